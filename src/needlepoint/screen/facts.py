"""What may be true of a person: the definition of one fact, and of one measurement."""

from dataclasses import dataclass
from enum import StrEnum

from needlepoint.terms import Statement
from needlepoint.terms.code import CodeRange


class FactKind(StrEnum):
    """Where a fact comes from."""

    CONDITION = "condition"
    MEDICINE = "medicine"
    IMPLANT = "implant"
    PROCEDURE = "procedure"
    ALLERGY = "allergy"
    ANSWER = "answer"


class Asked(StrEnum):
    """The lists that a person or a record gives as a whole. An empty list means: asked, none."""

    CONDITIONS = "conditions"
    MEDICINES = "medicines"
    ALLERGIES = "allergies"
    IMPLANTS = "implants"


@dataclass(frozen=True, slots=True)
class Between:
    """From ``low`` to ``high``; an end that is ``None`` is open. ``low_in`` and ``high_in``: the end itself belongs to it."""

    id: str
    low: float | None = None
    low_in: bool = True
    high: float | None = None
    high_in: bool = True

    def holds(self, value: float) -> bool:
        """Does this value lie in it?"""
        above = self.low is None or value > self.low or (self.low_in and value == self.low)
        below = self.high is None or value < self.high or (self.high_in and value == self.high)
        return above and below


@dataclass(frozen=True, slots=True)
class FactDefinition:
    """One thing that may be true of a person, and how it is recognised.

    ``adverse`` is the worrying answer. ``implies`` are more general facts that are so whenever this one is. ``settled_by`` are the lists
    that answer *no* when they were asked for and do not hold it. ``within_weeks``: it counts only when dated within so many weeks.
    ``lasts_weeks``: dated longer ago than that, it is over, unless it is said to be active.
    """

    id: str
    title: str
    kind: FactKind
    adverse: bool
    question: str | None
    implies: tuple[str, ...]
    names: tuple[str, ...]
    abbreviations: tuple[str, ...]
    codes: tuple[CodeRange, ...]
    settled_by: frozenset[Asked]
    past_counts: bool
    within_weeks: float | None
    lasts_weeks: float | None
    located: bool
    areas: tuple[str, ...]
    words_that_spare: tuple[str, ...]
    rules_out: tuple[str, ...]
    only_between: Between | None
    explain: str | None
    sources: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Medicine:
    """One medicine of a class, with its brands and codes."""

    name: str
    brands: tuple[str, ...]
    codes: tuple[CodeRange, ...]


@dataclass(frozen=True, slots=True)
class Unremarkable:
    """Something that is known and changes nothing: understood, no rule."""

    id: str
    title: str
    kind: FactKind
    names: tuple[str, ...]
    abbreviations: tuple[str, ...]
    codes: tuple[CodeRange, ...]


@dataclass(frozen=True, slots=True)
class Measurement:
    """A number that can be known of a person: its unit, what is believable, and how long it stays true."""

    id: str
    title: str
    unit: str
    key: str
    plausible: tuple[float, float]
    loinc: tuple[str, ...]
    other_units: tuple[tuple[str, float], ...]
    question: str | None
    valid_days: int | None
    sources: tuple[Statement, ...]
