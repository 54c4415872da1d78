"""A fault of the knowledge: what, where in which file, and how to mend it."""

from dataclasses import dataclass
from pathlib import Path

import yaml


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong with a knowledge file. ``line`` is 0 when the whole file is meant."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.what}"


class KnowledgeFaultsError(Exception):
    """The knowledge cannot be used; ``faults`` holds every reason."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        super().__init__("\n".join(map(str, faults)))


def line_of(file: Path, path: tuple[str | int, ...]) -> int:
    """On which line of a YAML file does this path of keys stand? The nearest line that exists; 0 for none."""
    try:
        return line_in(file.read_text(encoding="utf-8"), path)
    except (OSError, UnicodeDecodeError):
        return 0


def line_in(text: str, path: tuple[str | int, ...]) -> int:
    """On which line of this YAML or JSON text does this path of keys stand? The nearest line that exists; 0 for none."""
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, RecursionError):
        return 0
    line = 0
    for step in path:
        if isinstance(node, yaml.MappingNode):
            found = next(((key, value) for key, value in node.value if key.value == str(step)), None)
            if found is None:
                break
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
        else:
            break
    return line
