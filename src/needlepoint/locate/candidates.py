"""What we conclude: muscles in the order of their probability, each with its reasons; dangers first; what else it could be."""

from collections.abc import Mapping
from dataclasses import dataclass

from needlepoint.terms import NotUnderstood, Side, Statement


@dataclass(frozen=True, slots=True)
class Factor:
    """One reason for or against a muscle: ``factor`` multiplies its odds (above 1 speaks for it). ``kind`` is prior, place, side,
    symptom, palpation or width."""

    kind: str
    says: str
    factor: float
    sources: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceFit:
    """One marked or expected place: ``zone`` is main, spill, near (beside the zone) or outside; ``drawn`` says whether it was marked."""

    region: str
    side: Side
    zone: str
    drawn: bool
    effect: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """One muscle on one side: how probable it is that it contributes to the pain, and why."""

    muscle: str
    title: str
    side: Side
    probability: float
    because: tuple[PlaceFit, ...]
    factors: tuple[Factor, ...]
    sources: tuple[Statement, ...]
    read: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Flag:
    """A danger that imitates muscle pain: what points to it, and what to do now."""

    id: str
    title: str
    stops: bool
    says: str
    action: str
    because: tuple[str, ...]
    sources: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class OtherCause:
    """What else hurts there and is no muscle, and what speaks for it."""

    id: str
    title: str
    kind: str
    why: str
    raised_by: tuple[str, ...]
    sources: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """A question still open, and why it matters."""

    id: str
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Next:
    """The muscle to palpate next: its examination would change the ranking most."""

    muscle: str
    title: str
    side: Side
    now: float
    if_recognised: float
    if_not: float


@dataclass(frozen=True, slots=True)
class Candidates:
    """Which muscles could explain this pain? ``stopped``: a red flag holds, so nothing is ranked. ``wide``: the drawing is so wide that
    the order says little. ``certainty`` is how much of the evidence counted (1 narrow, less for wide drawings)."""

    candidates: tuple[Candidate, ...]
    red_flags: tuple[Flag, ...]
    look_alikes: tuple[OtherCause, ...]
    questions: tuple[Ask, ...]
    palpate_next: tuple[Next, ...]
    not_understood: tuple[NotUnderstood, ...]
    stopped: bool
    wide: bool
    certainty: float
    problems: Mapping[str, str]
    release: str
    sha256: str
