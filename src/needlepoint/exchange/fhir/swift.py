"""A listener that remembers: what an entry comes to is worked out once for each distinct content, and then told again."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from needlepoint.screen import Asked, Because, Entry, Listener, NotUnderstood, SetAside
from needlepoint.screen.hear import Hearing

#: Stands for the origin of an entry, and for its date in words, while what it comes to is being worked out.
_ORIGIN, _DATE = "\0origin\0", "\0since\0"
#: More than this is not remembered, so that texts which never come twice do not fill the memory.
_MOST = 200_000


class _Since(date):
    """A date that can be found again in what was heard, as itself and in words."""

    def isoformat(self) -> str:
        """The mark that stands for this date in words."""
        return _DATE


@dataclass(frozen=True, slots=True)
class _Reason:
    """A reason with gaps for the origin and the date."""

    fact: str
    code: str | None
    on: date | None
    dated: bool

    def again(self, origin: str, since: date | None) -> Because:
        if self.dated and since is not None:
            return Because(self.fact.replace(_DATE, since.isoformat()), origin, self.code, since)
        return Because(self.fact, origin, self.code, self.on)


@dataclass(frozen=True, slots=True)
class _Heard:
    """What one entry adds to what was heard."""

    yes: tuple[tuple[str, tuple[_Reason, ...]], ...]
    no: tuple[tuple[str, tuple[_Reason, ...]], ...]
    unsure: tuple[tuple[str, tuple[_Reason, ...]], ...]
    places: tuple[tuple[str, int], ...]
    nowhere: frozenset[str]
    asked: frozenset[Asked]
    not_understood: tuple[NotUnderstood, ...]
    set_aside: tuple[SetAside, ...]

    @classmethod
    def of(cls, hearing: Hearing) -> "_Heard":
        return cls(
            _reasons(hearing.yes),
            _reasons(hearing.no),
            _reasons(hearing.unsure),
            tuple(hearing.places.items()),
            frozenset(hearing.nowhere),
            frozenset(hearing.asked),
            tuple(hearing.not_understood),
            tuple(hearing.set_aside),
        )

    def tell(self, hearing: Hearing, origin: str, since: date | None) -> None:
        """Add it again, for another entry with the same content."""
        for facts, into in ((self.yes, hearing.yes), (self.no, hearing.no), (self.unsure, hearing.unsure)):
            for fact, reasons in facts:
                into.setdefault(fact, []).extend(reason.again(origin, since) for reason in reasons)
        for fact, bits in self.places:
            hearing.places[fact] = hearing.places.get(fact, 0) | bits
        hearing.nowhere |= self.nowhere
        hearing.asked |= self.asked
        hearing.not_understood.extend(replace(one, origin=origin) for one in self.not_understood)
        written = since.isoformat() if since else ""
        hearing.set_aside.extend(
            SetAside(one.text.replace(_DATE, written), origin, one.reason) for one in self.set_aside
        )


def _reasons(facts: dict[str, list[Because]]) -> tuple[tuple[str, tuple[_Reason, ...]], ...]:
    return tuple(
        (fact, tuple(_Reason(one.fact, one.code, one.on, isinstance(one.on, _Since)) for one in reasons))
        for fact, reasons in facts.items()
    )


@dataclass(slots=True)
class SwiftListener(Listener):
    """A listener for many people on one day. It hears what a plain one hears, without the nearest known words.

    The date of an entry matters only by which of the facts that count for some weeks it is still in time for.
    """

    on: date = field(default=date.min, kw_only=True)
    _limits: list[date] = field(init=False)
    _remembered: dict[tuple[object, ...], _Heard] = field(init=False)

    def __post_init__(self) -> None:
        Listener.__post_init__(self)
        facts = self.knowledge.facts.values()
        weeks = {one for fact in facts for one in (fact.within_weeks, fact.lasts_weeks) if one is not None}
        self._limits = sorted(self.on - timedelta(weeks=one) for one in weeks)
        self._remembered = {}

    def nearest(self, text: str) -> tuple[str, ...]:
        """Nothing: nobody reads the nearest words of a million people, and they are slow to find."""
        return ()

    def hear_entry(self, hearing: Hearing, entry: Entry, *, on: date) -> None:
        """Hear one line of a list, from memory when its content was heard before."""
        if on != self.on:
            Listener.hear_entry(self, hearing, entry, on=on)
            return
        since = entry.since
        limits = self._limits
        still_in_time = None if since is None else (bisect_left(limits, since), bisect_right(limits, since))
        content = (entry.asked, entry.text, entry.codes, entry.side, entry.place, entry.active, entry.confirmed)
        key = (*content, still_in_time)
        heard = self._remembered.get(key)
        if heard is None:
            apart = Hearing()
            marked = None if since is None else _Since(since.year, since.month, since.day)
            Listener.hear_entry(self, apart, replace(entry, origin=_ORIGIN, since=marked), on=on)
            heard = _Heard.of(apart)
            if len(self._remembered) < _MOST:
                self._remembered[key] = heard
        heard.tell(hearing, entry.origin, since)
