"""The numbers that a plan needs and that no study gives: each is a choice, written in the knowledge with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass

from needlepoint.terms import Statement


@dataclass(frozen=True, slots=True)
class Number:
    """One number, its unit, what it does and who says so."""

    id: str
    title: str
    value: float
    unit: str
    says: str
    choice: str | None
    sources: tuple[Statement, ...]


#: Every number that the plan asks for; the knowledge holds just these.
NUMBERS = frozenset(
    {
        "bare-mean-share", "surety", "margin", "margin-measured", "margin-slim", "slim-bmi", "short-height", "margin-weigh",
        "angle-tolerance", "shaft-out", "shaft-out-share", "held-back-share", "press", "into-muscle", "adult-age", "child-share",
        "first-muscles", "first-insertions", "later-muscles", "later-insertions", "first-share", "same-site-block", "same-site-warn",
        "before-competition",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Numbers:
    """All of them, by id."""

    by_id: Mapping[str, Number]

    def __getitem__(self, id_: str) -> float:
        return self.by_id[id_].value
