"""All that the treat step knows, as one frozen value."""

from collections.abc import Mapping
from dataclasses import dataclass

from needlepoint.body import Atlas
from needlepoint.plan import Risk
from needlepoint.terms import Statement
from needlepoint.treat.acts import Grade


@dataclass(frozen=True, slots=True)
class ReactionKind:
    """A reaction that is expected and is no adverse event; ``beyond`` says from when it is one, and of which kind."""

    id: str
    title: str
    words: str
    patient: str
    beyond: str
    event: str | None
    risks: tuple[Risk, ...]
    choice: str | None
    sources: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class NowStep:
    """One step to take now. ``must_from``: from this grade on it has to be answered before the note is signed."""

    id: str
    words: str
    must_from: Grade | None
    choice: str | None
    sources: tuple[Statement, ...]

    def must(self, grade: Grade) -> bool:
        """Does it have to be answered for an event of this grade?"""
        return self.must_from is not None and grade.rank >= self.must_from.rank


@dataclass(frozen=True, slots=True)
class EventKind:
    """A kind of adverse event: how it is graded, what to do now, what to ask for the report, who is told.

    A grade without a definition cannot be given. ``local``: it belongs to a muscle and side. ``broken``: it accounts for a needle that
    did not come out whole.
    """

    id: str
    title: str
    grades: Mapping[Grade, str]
    grade: Grade
    signs: tuple[str, ...]
    now: tuple[NowStep, ...]
    ask: tuple[str, ...]
    report: tuple[str, ...]
    patient: str
    local: bool
    broken: bool
    watch: str | None
    risks: tuple[Risk, ...]
    disagreement: str | None
    choice: str | None
    sources: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class GradeMeaning:
    """What a grade means for an event of any kind."""

    grade: Grade
    title: str
    words: str
    disagreement: str | None
    choice: str | None
    sources: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Advice:
    """Something to tell after needling; with structures, only where one of them lies beneath what was needled."""

    id: str
    title: str
    words: str
    structures: frozenset[str]
    choice: str | None
    sources: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Bound:
    """One number that the step needs and no study gives."""

    id: str
    title: str
    value: float
    unit: str
    says: str
    choice: str | None
    sources: tuple[Statement, ...]


#: Every number that the step asks for; the knowledge holds just these.
BOUNDS = frozenset({"unplanned-stay", "clock-tolerance", "first-check-in", "second-check-in"})


@dataclass(frozen=True)
class TreatKnowledge:
    """Reactions, adverse events, grades, advice and bounds, with the body they speak of."""

    atlas: Atlas
    grades: Mapping[Grade, GradeMeaning]
    reactions: Mapping[str, ReactionKind]
    events: Mapping[str, EventKind]
    advice: tuple[Advice, ...]
    bounds: Mapping[str, Bound]
    release: str
    sha256: str

    def bound(self, id_: str) -> float:
        """The value of one number."""
        return self.bounds[id_].value
