"""Rates as words and as places on a line; never without what they were counted among."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from needlepoint.treat import Rate, rate

#: Below so many a rate is not told. Our choice: among fewer, one event more or less changes the rate by more than 10 in 1,000, and with no event
#: at all the interval still reaches 36 in 1,000, so that neither a muscle nor a clinician can be compared by it.
FEWEST = 100


@dataclass(frozen=True, slots=True)
class OnLine:
    """An interval as places from 0 to 100."""

    low: float
    point: float
    high: float


@dataclass(frozen=True, slots=True)
class RateWords:
    """One rate, ready to be shown. ``line`` is None where there is no rate."""

    counted: str
    per_1000: str
    interval: str
    line: OnLine | None


def asked_rate(events: int, among: int, unit: str) -> Rate | None:
    """The rate, or None where too few were counted to say."""
    return rate(events, among, unit) if among >= FEWEST else None


def in_words(events: int, among: int, unit: str, found: Rate | None, scale: float) -> RateWords:
    """A rate in words. ``scale``: the number per 1,000 at the right end of the line."""
    counted = _("%(events)s in %(among)s %(unit)s") % {
        "events": f"{events:,}", "among": f"{among:,}", "unit": unit_in_words(unit, among),
    }  # fmt: skip
    if found is None:
        return RateWords(counted, "", _("too few to say"), None)
    if found.per_1000 is None or found.low is None or found.high is None:
        return RateWords(counted, "", found.declined or "", None)
    interval = _("%(low)s to %(high)s") % {"low": number(found.low), "high": number(found.high)}
    line = OnLine(*(round(100 * min(1.0, one / scale), 2) for one in (found.low, found.per_1000, found.high)))
    return RateWords(counted, number(found.per_1000), interval, line)


def scale_of(rates: Sequence[Rate | None]) -> float:
    """Where the lines of several rates end: at the highest interval."""
    return max((one.high for one in rates if one is not None and one.high), default=1.0)


def number(per_1000: float) -> str:
    """A rate with as many digits as it is worth."""
    if per_1000 >= 100:
        return f"{per_1000:.0f}"
    return f"{per_1000:.1f}" if per_1000 >= 1 else f"{per_1000:.2g}"


def unit_in_words(unit: str, n: int) -> str:
    """The unit, as many as there are."""
    return ngettext("session", "sessions", n) if unit == "sessions" else ngettext("insertion", "insertions", n)
