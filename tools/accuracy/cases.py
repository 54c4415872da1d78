"""The published cases under ``cases/locate``: their shape, and which half each belongs to."""

import random
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "cases" / "locate"
SPLIT = ROOT / "cases" / "locate-halves.yaml"
#: The cases were drawn into two halves with this seed before anything was fitted.
SEED = 20261125


class Strict(BaseModel):
    """Refuses keys that it does not know."""

    model_config = ConfigDict(extra="forbid")


class Publication(Strict):
    """Where the case was published, and how far it was read."""

    citation: str
    year: int
    locator: str
    kind: Literal["case-report", "series", "trial", "review", "thesis"]
    read: Literal["full", "abstract", "secondary"]


class Confirmed(Strict):
    """A muscle that was confirmed, and its side."""

    muscle: str
    side: Literal["left", "right", "both", "unknown"]


class PublishedCase(Strict):
    """One person or series: what was told before the muscle was found, and which muscle was confirmed, how."""

    id: str
    title: str
    source: Publication
    people: Annotated[int, Field(gt=0)]
    evidence: Literal["strong", "weak"]
    told: dict[str, Any]
    confirmed: list[Confirmed]
    truth: str | None = None
    how: str
    decoys: str | None = None
    note: str | None = None
    quote: str | None = None

    @property
    def tells_a_side(self) -> bool:
        """Does what was told name a left or a right?"""
        text = f"{self.told.get('complaint', '')} {self.told.get('pain', '')}".lower()
        return "left" in text or "right" in text


def read_cases() -> tuple[PublishedCase, ...]:
    """All cases in the order of their ids. Raises ValueError naming the file when one has another shape."""
    found = []
    for file in sorted(CASES.glob("*.yaml")):
        try:
            case = PublishedCase.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
        except ValueError as error:
            raise ValueError(f"{file.name}: {error}") from None
        if case.id != file.stem:
            raise ValueError(f"{file.name}: its id is {case.id}")
        found.append(case)
    return tuple(found)


def draw_halves(ids: list[str], seed: int = SEED) -> dict[str, list[str]]:
    """The two halves: shuffled with the seed, the first half for tuning, the other set aside."""
    shuffled = sorted(ids)
    random.Random(seed).shuffle(shuffled)
    middle = (len(shuffled) + 1) // 2
    return {"tuning": sorted(shuffled[:middle]), "aside": sorted(shuffled[middle:])}


def halves() -> dict[str, list[str]]:
    """Which case belongs to which half."""
    document = yaml.safe_load(SPLIT.read_text(encoding="utf-8"))
    return {"tuning": document["tuning"], "aside": document["aside"]}


def write_halves(drawn_on: date) -> None:
    """Draw once and keep it; refuses to draw again."""
    if SPLIT.exists():
        raise SystemExit(f"{SPLIT.name} exists: the halves were drawn, and are not drawn again")
    drawn = draw_halves([case.id for case in read_cases()])
    lines = [
        "# Which published cases the ranking was fitted on, and which were set aside. Drawn once, before anything was fitted.",
        f"seed: {SEED}",
        f"drawn: {drawn_on}",
    ]
    for half, ids in drawn.items():
        lines += [f"{half}:", *(f"  - {id_}" for id_ in ids)]
    SPLIT.write_text("\n".join(lines) + "\n", encoding="utf-8")
