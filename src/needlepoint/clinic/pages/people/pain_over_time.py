"""Pain before and after each session, as the places of a small drawing; the same numbers stand in a table beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from needlepoint.clinic.pages.people import saying
from needlepoint.clinic.records.models import Session

#: The drawing: its size, and where 10 and 0 lie.
WIDTH, HEIGHT, TOP, BOTTOM, LEFT, RIGHT = 520, 240, 16, 196, 36, 510
#: More labels than these below it would touch each other.
_MOST_LABELS = 4


@dataclass(frozen=True, slots=True)
class Spot:
    """One session in the drawing. A pain that was not told has no place."""

    x: float
    before: float | None
    after: float | None
    label: str


@dataclass(frozen=True, slots=True)
class PainRow:
    """One session in the table."""

    on: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PainOverTime:
    """The drawing and the table. ``lines``: the heights 0, 5 and 10 with their words."""

    width: int
    height: int
    left: int
    right: int
    lines: tuple[tuple[float, int], ...]
    came: str
    spots: tuple[Spot, ...]
    rows: tuple[PainRow, ...]


def pain_over_time(sessions: Sequence[Session], not_told: str) -> PainOverTime | None:
    """Pain over sessions, oldest first. ``None`` when no pain was told."""
    told = [one for one in sessions if one.pain_before is not None or one.pain_after is not None]
    if not told:
        return None
    step = (RIGHT - LEFT - 96) / max(len(told) - 1, 1)
    every = -(-len(told) // _MOST_LABELS)
    spots = tuple(
        Spot(
            round(LEFT + 48 + n * step, 1),
            _height(one.pain_before),
            _height(one.pain_after),
            saying.short_day(one.on) if n % every == 0 else "",
        )
        for n, one in enumerate(told)
    )
    came = " ".join(f"{one.x},{one.before}" for one in spots if one.before is not None)
    rows = tuple(
        PainRow(saying.day(one.on), _said(one.pain_before, not_told), _said(one.pain_after, not_told)) for one in told
    )
    lines = tuple((_height(pain) or 0.0, pain) for pain in (10, 5, 0))
    return PainOverTime(WIDTH, HEIGHT, LEFT, RIGHT, lines, came, spots, rows)


def _height(pain: int | None) -> float | None:
    return None if pain is None else round(BOTTOM - (BOTTOM - TOP) * min(pain, 10) / 10, 1)


def _said(pain: int | None, not_told: str) -> str:
    return not_told if pain is None else str(pain)
