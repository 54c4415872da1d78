"""Which months, and which clinic, the lead looks at. Whole months: what was done is kept counted by month."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import QueryDict

from needlepoint.clinic.records.models import Clinic


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day of a month to the last day of one, both in it; of one clinic, or of all."""

    first: date
    last: date
    clinic: Clinic | None

    @property
    def query(self) -> str:
        """The period in an address."""
        told = QueryDict(mutable=True)
        told["from"], told["to"] = month(self.first), month(self.last)
        if self.clinic is not None:
            told["clinic"] = str(self.clinic.pk)
        return told.urlencode()


def period_of(told: QueryDict, today: date, clinics: list[Clinic]) -> Period:
    """The period that an address asks for; without one, or with one that is no period, the last twelve months of all clinics."""
    last = _first_day(told.get("to")) or today.replace(day=1)
    first = _first_day(told.get("from")) or a_year_before(last)
    if first > last:
        first = a_year_before(last)
    asked = told.get("clinic", "")
    return Period(first, last_day(last), next((one for one in clinics if str(one.pk) == asked), None))


def a_year_before(last: date) -> date:
    """The first day of the twelve months of which this day's month is the last."""
    if last.year == 1:
        return date.min
    return date(last.year, 1, 1) if last.month == 12 else date(last.year - 1, last.month + 1, 1)


def last_day(first: date) -> date:
    """The last day of the month that begins on this day."""
    if (first.year, first.month) == (date.max.year, date.max.month):
        return date.max
    return (first.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def month(on: date) -> str:
    """A month as a browser writes it, as `2026-03`."""
    return on.isoformat()[:7]


def _first_day(told: str | None) -> date | None:
    try:
        return date.fromisoformat(f"{told or ''}-01")
    except ValueError:
        return None
