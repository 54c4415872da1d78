"""The published accidents and ordinary treatments under ``cases/plan``: their shape, and which half each belongs to."""

from typing import TYPE_CHECKING, Literal, TypeVar

import yaml
from tools.accuracy.cases import ROOT, Strict

if TYPE_CHECKING:
    from pathlib import Path

CASES = ROOT / "cases" / "plan"
SPLIT = ROOT / "cases" / "plan-halves.yaml"
#: The accidents were drawn into two halves with this seed before any depth or approach was changed because of them.
SEED = 20261126


class Publication(Strict):
    """Where it was published, and how far that was read."""

    citation: str
    year: int | None = None
    locator: str | None = None
    kind: str
    read: Literal["full", "abstract", "secondary", "recall"]


class Who(Strict):
    """What is told of the person."""

    age: float | None = None
    sex: Literal["female", "male"] | None = None
    height_cm: float | None = None
    weight_kg: float | None = None
    bmi: float | None = None
    build: str | None = None


class Size(Strict):
    """The needle that was used, as far as it is told."""

    length_mm: float | None = None
    diameter_mm: float | None = None


class Accident(Strict):
    """A needle that met what it must not. ``structure_mm``: how deep that lay, or was met, where the source tells."""

    id: str
    title: str
    source: Publication
    person: Who = Who()
    muscle: str
    side: Literal["left", "right", "unknown"]
    structure: str
    needle: Size = Size()
    structure_mm: float | None = None
    kind: Literal["accident", "near", "cadaver"]
    what_happened: str
    fit: str


class Ordinary(Strict):
    """A treatment as it is usually given."""

    id: str
    title: str
    source: Publication
    person: Who = Who()
    muscle: str
    side: Literal["left", "right", "unknown"]
    needle: Size = Size()
    technique: Literal["deep", "superficial"]
    depth_mm: float | None = None
    position: str | None = None
    how: str


Case = TypeVar("Case", Accident, Ordinary)


def read_accidents() -> tuple[Accident, ...]:
    """All accidents, in the order of their ids. Raises ValueError naming the file when one has another shape."""
    return tuple(_read(Accident, file) for file in sorted((CASES / "accidents").glob("*.yaml")))


def read_ordinary() -> tuple[Ordinary, ...]:
    """All ordinary treatments, likewise."""
    return tuple(_read(Ordinary, file) for file in sorted((CASES / "ordinary").glob("*.yaml")))


def _read(model: type[Case], file: "Path") -> Case:
    try:
        case = model.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
    except ValueError as error:
        raise ValueError(f"{file.name}: {error}") from None
    if case.id != file.stem:
        raise ValueError(f"{file.name}: its id is {case.id}")
    return case


def halves() -> dict[str, dict[str, list[str]]]:
    """Which cases were tuned on and which were set aside, as it was written down."""
    found: dict[str, dict[str, list[str]]] = yaml.safe_load(SPLIT.read_text(encoding="utf-8"))
    return {kind: found[kind] for kind in ("accidents", "ordinary")}
