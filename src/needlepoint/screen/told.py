"""What we are told: entries as they were written, and the answers that they come to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from needlepoint.body import Place
from needlepoint.screen.facts import Asked
from needlepoint.terms import Code, NotUnderstood, Side, Truth


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list, as a person wrote it or a record holds it.

    ``active`` is ``False`` for what is over (a resolved condition, a stopped medicine). ``confirmed`` is ``None`` for a suspicion and
    ``False`` for what was refuted. ``origin`` is the place in the input: ``medicines[0]``, ``Condition/123``.
    """

    asked: Asked | None
    text: str
    origin: str
    codes: tuple[Code, ...] = ()
    side: Side | None = None
    place: str | None = None
    active: Truth = None
    confirmed: Truth = True
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to one question by its id: yes, no, not known, or a number."""

    id: str
    value: Truth | float | str
    origin: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A measurement as it was told: the value in ``unit`` (ours when ``None``), and when it was taken."""

    id: str
    value: float
    origin: str
    unit: str | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Because:
    """Why a fact is held to be so: in words, and from where in the input."""

    fact: str
    origin: str
    code: str | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class SetAside:
    """Something understood that does not count, and why: a stopped medicine, a mother's illness."""

    text: str
    origin: str
    reason: str


@dataclass(frozen=True, slots=True)
class Answers:
    """What is known of a person on the day. A fact that is in no mapping is *not known*.

    ``places`` holds, for located facts that are so, the bits of the areas where they lie; a fact that is missing there lies we know not where.
    ``asked`` are the lists that were given as a whole.
    """

    facts: Mapping[str, bool] = field(default_factory=lambda: MappingProxyType({}))
    places: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    quantities: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    because: Mapping[str, tuple[Because, ...]] = field(default_factory=lambda: MappingProxyType({}))
    asked: frozenset[Asked] = frozenset()
    not_understood: tuple[NotUnderstood, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    unsure: frozenset[str] = frozenset()

    def truth(self, fact: str) -> Truth:
        """Is this so? ``None``: it is not known."""
        return self.facts.get(fact)


@dataclass(frozen=True, slots=True)
class Needle:
    """A planned needle: length and diameter in mm."""

    length_mm: float | None = None
    diameter_mm: float | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """Where the clinician thinks of needling, and how. What is ``None`` was not stated."""

    place: Place | None
    text: str
    origin: str
    needle: Needle = field(default_factory=Needle)
    technique: str | None = None
    stimulation: str | None = None
    guidance: str | None = None
    position: str | None = None
    measured_mm: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))

    def shallowest_mm(self, structure: str) -> float | None:
        """The depth that counts: measured on this person if it was, else the shallowest published one."""
        measured = self.measured_mm.get(structure)
        if measured is not None:
            return measured
        return self.place.shallowest_mm(structure) if self.place else None
