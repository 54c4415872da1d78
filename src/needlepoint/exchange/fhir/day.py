"""Dates as FHIR writes them: a year, a month, a day or a moment; and what an unexact date may mean."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

_DATE = re.compile(r"^([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?$")
_TIME = re.compile(r"^T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?(Z|[+-][0-9]{2}:[0-9]{2})?$")


@dataclass(frozen=True, slots=True)
class Day:
    """From the first to the last day that a written date can mean; both are the same when it names a day."""

    first: date
    last: date

    def after(self, on: date) -> bool:
        """Is it surely later than this day?"""
        return self.first > on

    def before_or(self, on: date) -> bool:
        """Is it surely this day or earlier?"""
        return self.last <= on

    def since(self, on: date) -> date | None:
        """The day to count from: the latest that it can be, or ``None`` when that is still to come."""
        return self.last if self.last <= on else None


@lru_cache(maxsize=65_536)
def _day(text: str) -> Day | None:
    found = _DATE.match(text)
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        if year is None or month is None:
            return Day(date(year or 0, 1, 1), date(year or 0, 12, 31))
        if day is None:
            return Day(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
        return Day(date(year, month, day), date(year, month, day))
    except ValueError:
        return None


def read_day(text: str) -> Day | None:
    """Which day or days does a FHIR date, dateTime or instant mean, where it was written? ``None``: it is no date."""
    if len(text) <= 10:
        return _day(text)
    return _day(text[:10]) if _TIME.match(text[10:]) else None


def full_years(born: date, on: date) -> int:
    """How many full years lie between a birth and this day?"""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
