"""YAML as people mean it: each key once, and ``on`` is a word (the day of a visit), not the opposite of off."""

import re
from typing import Any

import yaml


class PlainLoader(yaml.CSafeLoader):
    """A safe loader that refuses a key that stands twice and reads only yes, no, true and false as truths.

    Dates stay text here, so that a day that does not exist is refused by whoever checks the shape, with its place in the file.
    """

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """The mapping; YAML would silently keep the last of two equal keys."""
        seen = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    raise yaml.constructor.ConstructorError(
                        None, None, f"the key '{key.value}' stands here twice; keep one of them", key.start_mark
                    )
                seen.add(key.value)
        return super().construct_mapping(node, deep)


_TRUTHS = re.compile(r"^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE)$")
PlainLoader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag not in ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp")
    ]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
PlainLoader.add_implicit_resolver("tag:yaml.org,2002:bool", _TRUTHS, list("yYnNtTfF"))


def load_yaml(text: str) -> Any:
    """The values that this text holds. Raises yaml.YAMLError with the place of the fault."""
    return yaml.load(text, Loader=PlainLoader)  # noqa: S506 - PlainLoader is a safe loader
