"""What somebody did or saw during a session, one act at a time. An act is made once and never changed; ``Undone`` takes one back."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from math import isfinite
from typing import Literal, TypeAlias, get_args

from needlepoint.terms import Side

PainWhen: TypeAlias = Literal["before", "after"]


class Grade(StrEnum):
    """How bad an adverse event is, from best to worst."""

    MILD = "mild"
    SIGNIFICANT = "significant"
    SERIOUS = "serious"

    @property
    def rank(self) -> int:
        """0, 1 or 2, so that grades can be compared."""
        return tuple(Grade).index(self)


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the skin: three points of a triangle of the body and their weights, so that it moves with every body."""

    vertices: tuple[int, int, int]
    weights: tuple[float, float, float]

    def __post_init__(self) -> None:
        _must(len(self.vertices) == len(self.weights) == 3, "a point has three vertices and three weights")
        _must(min(self.vertices) >= 0, "a vertex is counted from 0")
        _must(all(isfinite(one) for one in self.weights), "a weight is a number")


@dataclass(frozen=True, slots=True)
class NeedleIn:
    """A needle went in. What was not told is ``None``, and the session stays open until it is."""

    needle: str
    muscle: str | None = None
    side: Side | None = None
    length_mm: float | None = None
    diameter_mm: float | None = None
    lot: str | None = None
    point: Point | None = None
    depth_mm: float | None = None

    def __post_init__(self) -> None:
        for name in ("length_mm", "diameter_mm", "depth_mm"):
            _positive(name, getattr(self, name))


@dataclass(frozen=True, slots=True)
class NeedleOut:
    """A needle came out. ``intact``: whole, not whole, or not told."""

    needle: str
    intact: bool | None = None


@dataclass(frozen=True, slots=True)
class Twitch:
    """A needle met local twitch responses."""

    needle: str
    count: int = 1

    def __post_init__(self) -> None:
        _must(self.count >= 1, "count: a twitch is counted from 1")


@dataclass(frozen=True, slots=True)
class Stays:
    """A needle is left in, for so many minutes since it went in."""

    needle: str
    minutes: float

    def __post_init__(self) -> None:
        _positive("minutes", self.minutes)


@dataclass(frozen=True, slots=True)
class Stimulated:
    """Current was sent through these needles."""

    needles: tuple[str, ...]
    device: str | None = None
    frequency_hz: float | None = None
    intensity_ma: float | None = None
    minutes: float | None = None

    def __post_init__(self) -> None:
        _must(bool(self.needles), "needles: name at least one")
        for name in ("frequency_hz", "intensity_ma", "minutes"):
            _positive(name, getattr(self, name))


@dataclass(frozen=True, slots=True)
class Positioned:
    """How the person lies or sits."""

    position: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """How the skin was prepared."""

    skin: str


@dataclass(frozen=True, slots=True)
class PainTold:
    """Pain from 0 to 10; ``None``: asked, and not told. Without a muscle it is the pain as a whole."""

    value: float | None
    when: PainWhen
    muscle: str | None = None
    side: Side | None = None

    def __post_init__(self) -> None:
        _must(self.value is None or 0 <= self.value <= 10, "value: pain goes from 0 to 10")
        _must(self.when in get_args(PainWhen), "when: before or after")


@dataclass(frozen=True, slots=True)
class Reacted:
    """An expected reaction was seen. ``kind`` names it in the knowledge."""

    reaction: str
    kind: str
    muscle: str | None = None
    side: Side | None = None


@dataclass(frozen=True, slots=True)
class NoReaction:
    """The person was asked and looked at: no reaction."""


@dataclass(frozen=True, slots=True)
class Happened:
    """An adverse event. Told again with the same ``event``, the later telling counts: an event may turn out worse."""

    event: str
    kind: str
    grade: Grade
    muscle: str | None = None
    side: Side | None = None
    needle: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class StepTaken:
    """One step of what an event asks for now was answered: done, or not done and why."""

    event: str
    step: str
    done: bool = True
    why: str | None = None

    def __post_init__(self) -> None:
        _must(self.done or bool(self.why), "why: say why the step was not done")


@dataclass(frozen=True, slots=True)
class Advised:
    """The person was told these, by their ids in the knowledge."""

    what: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotDone:
    """The session ended without any needle."""

    reason: str


@dataclass(frozen=True, slots=True)
class Undone:
    """An act is taken back. To take back an ``Undone`` brings the act back."""

    act: str


What: TypeAlias = (
    NeedleIn
    | NeedleOut
    | Twitch
    | Stays
    | Stimulated
    | Positioned
    | Prepared
    | PainTold
    | Reacted
    | NoReaction
    | Happened
    | StepTaken
    | Advised
    | NotDone
    | Undone
)


@dataclass(frozen=True, slots=True)
class Act:
    """One act with its own id and its time."""

    id: str
    at: datetime
    what: What

    def __post_init__(self) -> None:
        _must(self.at.utcoffset() is not None, "at: a time needs its zone")
        # One zone for all, so that the same moment is the same value.
        object.__setattr__(self, "at", self.at.astimezone(UTC))

    @property
    def order(self) -> tuple[datetime, str]:
        """By what acts are ordered: their time, and their id where two share it."""
        return self.at, self.id


def _must(holds: bool, otherwise: str) -> None:
    if not holds:
        raise ValueError(otherwise)


def _positive(name: str, value: float | None) -> None:
    _must(value is None or (isfinite(value) and value > 0), f"{name}: must be above 0")
