"""The pages of the JSON shapes that other programs may rely on: one page for each schema, as tables."""

from collections.abc import Iterator
from typing import Any

from manual.markup import page, table
from needlepoint.exchange.answers.schema import SCHEMAS, schema

PAGES = {
    "case": (
        "The case file",
        "A case file is YAML or JSON. Every key is optional; what is left out is *not known*. A key that is not listed is refused, so that no slip "
        "is silently lost. An empty list (`medicines: []`) means *asked, none*; a missing one means *not asked*.",
    ),
    "screen": (
        "The answer of screen",
        "What `needlepoint screen CASE --format json` prints. Keys may be added; those listed here keep their names, places and meanings. "
        "`sites` in a finding are positions in the list `sites`, counted from 0. `from` is the place in the input.",
    ),
}
_KINDS = {"string": "text", "number": "number", "integer": "whole number", "boolean": "yes or no", "null": "nothing", "object": "mapping"}


def shape_pages() -> Iterator[tuple[str, str]]:
    """Each page with its path below docs/."""
    for name in SCHEMAS:
        title, about = PAGES.get(name, (f"The shape of {name}", ""))
        yield f"reference/{name}.md", _shape(name, title, about)


def _shape(name: str, title: str, about: str) -> str:
    found = schema(name)
    parts = [about, f"`needlepoint schema {name}` prints the whole JSON Schema.", "## The whole", _keys(found)]
    for part, inner in found.get("$defs", {}).items():
        parts += [f"## {part} {{ #{part.lower()} }}", " ".join(inner.get("description", "").split()), _keys(inner)]
    return page(title, *parts)


def _keys(shape: dict[str, Any]) -> str:
    required = set(shape.get("required", ()))
    rows = []
    for key, value in shape.get("properties", {}).items():
        rows.append((f"`{key}`", kind_of(value), "always" if key in required else "may be left out", _limits(value)))
    return table(["key", "holds", "there", "limits"], rows)


def kind_of(value: dict[str, Any]) -> str:
    """What a key holds, in words, with links to the parts of this page."""
    if "$ref" in value:
        part = value["$ref"].rpartition("/")[2]
        return f"[{part}](#{part.lower()})"
    if "anyOf" in value:
        return " or ".join(dict.fromkeys(kind_of(one) for one in value["anyOf"]))
    if "enum" in value:
        return " or ".join(f"`{one}`" for one in value["enum"])
    if "const" in value:
        return f"`{value['const']}`"
    if value.get("type") == "array":
        return f"list of {kind_of(value.get('items', {}))}"
    if value.get("type") == "string" and value.get("format") == "date":
        return "day (2026-03-02)"
    if value.get("type") == "object" and isinstance(value.get("additionalProperties"), dict):
        return f"mapping from a name to {kind_of(value['additionalProperties'])}"
    return _KINDS.get(value.get("type", ""), "anything")


def _limits(value: dict[str, Any]) -> str:
    words = {"minimum": "at least", "exclusiveMinimum": "above", "maximum": "at most", "exclusiveMaximum": "below"}
    found = [f"{word} {one[key]:g}" for one in (value, *value.get("anyOf", ())) for key, word in words.items() if key in one]
    return ", ".join(found)
