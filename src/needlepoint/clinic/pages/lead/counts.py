"""What was done and what went wrong in a period: two queries.

Sessions and insertions are kept counted by month as notes are signed, so that their number does not matter.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Sum

from needlepoint.clinic.pages.lead.period import Period
from needlepoint.clinic.records.models import AdverseEvent, MonthCount


@dataclass(frozen=True, slots=True)
class Done:
    """Sessions and insertions of one clinician."""

    sessions: int
    insertions: int


@dataclass(frozen=True, slots=True)
class Counts:
    """The counts of a period. Events are counted by grade, by muscle (empty: none was told) and by clinician."""

    by_clinician: Mapping[UUID, Done]
    by_muscle: Mapping[str, int]
    events_by_grade: Mapping[str, int]
    events_by_muscle: Mapping[str, int]
    events_by_clinician: Mapping[UUID, int]

    @property
    def sessions(self) -> int:
        """Sessions in which at least one needle went in."""
        return sum(one.sessions for one in self.by_clinician.values())

    @property
    def insertions(self) -> int:
        """Needles that went in."""
        return sum(one.insertions for one in self.by_clinician.values())

    @property
    def events(self) -> int:
        """Adverse events of every grade."""
        return sum(self.events_by_grade.values())


def counted(period: Period) -> Counts:
    """Count. A session without a needle is no denominator: nothing could go wrong in it that a needle does."""
    months = MonthCount.objects.filter(month__gte=period.first, month__lte=period.last)
    events = AdverseEvent.objects.filter(on__gte=period.first, on__lte=period.last)
    if period.clinic is not None:
        months = months.filter(clinic=period.clinic)
        events = events.filter(visit__clinic=period.clinic)
    done: dict[UUID, Done] = {}
    needled: Counter[str] = Counter()
    kept = months.values("clinician", "muscle").annotate(held=Sum("sessions"), put_in=Sum("insertions"))
    for one in kept.order_by():
        if one["muscle"]:
            needled[one["muscle"]] += one["put_in"]
        else:
            done[one["clinician"]] = Done(one["held"], one["put_in"])
    grade: Counter[str] = Counter()
    muscle: Counter[str] = Counter()
    clinician: Counter[UUID] = Counter()
    for how_bad, where, who, n in events.values_list("grade", "muscle", "clinician").annotate(Count("pk")).order_by():
        grade[how_bad] += n
        muscle[where] += n
        clinician[who] += n
    return Counts(
        by_clinician=done,
        by_muscle=needled,
        events_by_grade=grade,
        events_by_muscle=muscle,
        events_by_clinician=clinician,
    )
