"""Needles that are still in: since when, how long they were to stay, and whether they should be out by now."""

from dataclasses import dataclass
from datetime import datetime

from needlepoint.terms import Side
from needlepoint.treat.knowledge import TreatKnowledge
from needlepoint.treat.session import Insertion, Session


@dataclass(frozen=True, slots=True)
class Retained:
    """A needle that is in. ``minutes`` is ``None`` when the clock stands before the needle went in: then it counts as overdue, and somebody looks.

    ``planned_minutes``: as it was planned, or the bound for a needle of which nobody said that it stays.
    """

    needle: str
    muscle: str | None
    side: Side | None
    since: datetime
    minutes: float | None
    planned_minutes: float
    planned: bool
    overdue: bool

    @property
    def clock_back(self) -> bool:
        """Does the clock stand before the needle went in?"""
        return self.minutes is None


def retained(session: Session, knowledge: TreatKnowledge, *, now: datetime) -> tuple[Retained, ...]:
    """Which needles are still in? Those that should be out come first, then the one that should be out next."""
    found = [_retained(one, knowledge, now) for one in session.still_in]
    return tuple(sorted(found, key=lambda one: (not one.overdue, one.planned_minutes - (one.minutes or 0), one.needle)))


def _retained(one: Insertion, knowledge: TreatKnowledge, now: datetime) -> Retained:
    minutes: float | None = (now - one.in_at).total_seconds() / 60
    assert minutes is not None
    if -knowledge.bound("clock-tolerance") <= minutes < 0:
        minutes = 0.0
    elif minutes < 0:
        minutes = None
    planned = one.stays_minutes if one.stays_minutes is not None else knowledge.bound("unplanned-stay")
    overdue = minutes is None or minutes >= planned
    return Retained(
        one.needle, one.muscle, one.side, one.in_at, minutes, planned, one.stays_minutes is not None, overdue
    )
