"""What an input file tells of one person, before anything is concluded from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from needlepoint.screen import Answers, Asked, Entry, Listener, NotUnderstood, Proposal, Reading, Reply
from needlepoint.terms import Side


class InputError(Exception):
    """The input cannot be used. Each line says what, where in the file, and how to mend it."""

    def __init__(self, *lines: str) -> None:
        self.lines = lines
        super().__init__("\n".join(lines))


@dataclass(frozen=True, slots=True)
class PainTold:
    """One place of pain as it was written; ``side`` is left, right, both, midline, or ``None`` when it was not told."""

    region: str
    side: str | None
    strength: float | None
    qualities: tuple[str, ...]
    origin: str


@dataclass(frozen=True, slots=True)
class Examined:
    """What the fingers found at one muscle, as it was written."""

    muscle: str
    side: str | None
    origin: str
    recognised_pain: bool | None = None
    referred_pain: bool | None = None
    tenderness: bool | None = None
    taut_band: bool | None = None
    twitch: bool | None = None


@dataclass(frozen=True, slots=True)
class NeedledBefore:
    """A muscle that was needled before: its id, the side (``None``: not told) and the day."""

    muscle: str
    side: Side | None
    on: date


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that one case file or one person's FHIR record says. ``notes``: what could not be told, for the reader.

    ``on`` is the day of the visit, where the input names one. ``stock`` are needles at hand, as length and diameter in mm; ``earlier`` is
    ``None`` when nobody told whether there were sessions before.
    """

    label: str
    on: date | None
    entries: tuple[Entry, ...] = ()
    replies: tuple[Reply, ...] = ()
    readings: tuple[Reading, ...] = ()
    asked: frozenset[Asked] = frozenset()
    proposed: tuple[Proposal, ...] = ()
    not_understood: tuple[NotUnderstood, ...] = ()
    notes: tuple[str, ...] = ()
    complaint: str | None = None
    pain: tuple[PainTold, ...] = ()
    painting: Mapping[str, object] | None = None
    examination: tuple[Examined, ...] = ()
    stock: tuple[tuple[float, float], ...] = ()
    earlier: tuple[NeedledBefore, ...] | None = None
    competitions: tuple[date, ...] = ()

    def answers(self, listener: Listener, *, on: date) -> Answers:
        """What is known of this person on this day."""
        return listener.hear(self.entries, self.replies, self.readings, self.asked, on=on, already=self.not_understood)
