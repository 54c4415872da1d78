"""A session as it was, put together from its acts."""

from dataclasses import dataclass
from datetime import datetime

from needlepoint.terms import Side
from needlepoint.treat.acts import Act, Grade, PainTold, Point, StepTaken, Stimulated
from needlepoint.treat.undo import Odd


@dataclass(frozen=True, slots=True)
class Insertion:
    """One needle put in once: where, when, which, and whether it is out. ``out_at`` is ``None`` while it is in."""

    needle: str
    muscle: str | None
    side: Side | None
    in_at: datetime
    out_at: datetime | None
    intact: bool | None
    length_mm: float | None
    diameter_mm: float | None
    lot: str | None
    point: Point | None
    depth_mm: float | None
    twitches: int
    stays_minutes: float | None
    stimulated: tuple[Stimulated, ...]

    @property
    def is_in(self) -> bool:
        """Is it still in?"""
        return self.out_at is None

    @property
    def dwell_minutes(self) -> float | None:
        """How long was it in? ``None`` while it is in, and where the clock says that it came out before it went in."""
        if self.out_at is None or self.out_at < self.in_at:
            return None
        return (self.out_at - self.in_at).total_seconds() / 60


@dataclass(frozen=True, slots=True)
class Site:
    """What was done at one muscle of one side: needles, how many of them are still in, twitches, pain before and after."""

    muscle: str | None
    side: Side | None
    insertions: int
    still_in: int
    twitches: int
    pain_before: float | None
    pain_after: float | None


@dataclass(frozen=True, slots=True)
class Reaction:
    """An expected reaction that was seen."""

    id: str
    kind: str
    muscle: str | None
    side: Side | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Event:
    """An adverse event as it was told last, since when, and the steps that were answered, each with its time."""

    id: str
    kind: str
    grade: Grade
    muscle: str | None
    side: Side | None
    needle: str | None
    text: str
    at: datetime
    steps: tuple[tuple[datetime, StepTaken], ...]

    @property
    def answered(self) -> frozenset[str]:
        """The steps that were done, or of which it was said why not."""
        return frozenset(one.step for _, one in self.steps)


@dataclass(frozen=True, slots=True)
class Session:
    """Everything that was done. ``acts`` are all that stand and ``undone`` all that were taken back, in order; nothing is lost.

    ``pain``: told and asked, the last word of each place and time. ``none_seen``: somebody looked and saw no reaction.
    """

    acts: tuple[Act, ...] = ()
    undone: tuple[Act, ...] = ()
    odd: tuple[Odd, ...] = ()
    needles: tuple[Insertion, ...] = ()
    pain: tuple[PainTold, ...] = ()
    position: str | None = None
    preparation: str | None = None
    reactions: tuple[Reaction, ...] = ()
    none_seen: bool = False
    events: tuple[Event, ...] = ()
    advised: frozenset[str] = frozenset()
    not_done: str | None = None

    @property
    def insertions(self) -> int:
        """How many needles went in?"""
        return len(self.needles)

    @property
    def still_in(self) -> tuple[Insertion, ...]:
        """The needles that did not come out yet."""
        return tuple(one for one in self.needles if one.is_in)

    @property
    def reactions_answered(self) -> bool:
        """Was anything seen, or was it said that nothing was?"""
        return bool(self.reactions or self.events) or self.none_seen

    @property
    def sites(self) -> tuple[Site, ...]:
        """Each muscle and side in the order of the first needle there."""
        here: dict[tuple[str | None, Side | None], list[Insertion]] = {}
        for one in self.needles:
            here.setdefault((one.muscle, one.side), []).append(one)
        return tuple(
            Site(
                muscle,
                side,
                len(found),
                sum(one.is_in for one in found),
                sum(one.twitches for one in found),
                self.pain_of("before", muscle, side),
                self.pain_of("after", muscle, side),
            )
            for (muscle, side), found in here.items()
        )

    def pain_asked(self, when: str, muscle: str | None = None, side: Side | None = None) -> bool:
        """Was the pain of this place, or without a muscle the pain as a whole, asked for?"""
        return any((one.when, one.muscle, one.side) == (when, muscle, side) for one in self.pain)

    def pain_of(self, when: str, muscle: str | None = None, side: Side | None = None) -> float | None:
        """The pain of this place, or without a muscle the pain as a whole; ``None``: not told."""
        return next((one.value for one in self.pain if (one.when, one.muscle, one.side) == (when, muscle, side)), None)
