"""The visits of one day, and what is left over from earlier ones. The number of queries does not depend on how many there are."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.http import QueryDict
from django.utils import timezone

from needlepoint.clinic.records.models import CheckIn, Clinic, Member, Visit

#: A note that is not signed by the end of the day after the visit is overdue: our choice, on the side of what is still remembered.
DAYS_TO_SIGN = 1
#: More than these are not listed on one page; the page says that there are more.
MOST_DRAFTS = 20


@dataclass(frozen=True, slots=True)
class Day:
    """Which day, of which clinic, and whose visits."""

    on: date
    today: date
    clinic: Clinic
    mine: bool

    def address(self, *, on: date | None = None, clinic: UUID | None = None, mine: bool | None = None) -> str:
        """The query of this day in an address, with something else in it."""
        told = QueryDict(mutable=True)
        at = on or self.on
        if at != self.today:
            told["day"] = at.isoformat()
        told["clinic"] = str(clinic or self.clinic.pk)
        if self.mine if mine is None else mine:
            told["whose"] = "mine"
        return f"?{told.urlencode()}"


def day_of(told: QueryDict, member: Member, clinics: list[Clinic]) -> Day:
    """The day that an address asks for. What it does not say, or says wrongly, is today and the member's own clinic."""
    today = timezone.localdate()
    try:
        on = date.fromisoformat(told.get("day", ""))
    except ValueError:
        on = today
    # The days beside it are linked.
    on = min(max(on, date.min + timedelta(days=1)), date.max - timedelta(days=1))
    asked = told.get("clinic", "")
    clinic = next((one for one in clinics if str(one.pk) == asked), None)
    return Day(on, today, clinic or member.clinic, told.get("whose") == "mine")


def visits_of(day: Day, member: Member) -> list[Visit]:
    """The visits of this day in the order in which people come, each with the visit before it and its place in the course."""
    counted = Visit.objects.exclude(state=Visit.State.CANCELLED)
    before = (
        counted.filter(person=OuterRef("person"), planned_at__lt=OuterRef("planned_at"), head__gt=0)
        .order_by("-on", "-planned_at")
        .values("pk", "head")
    )
    nth = (
        counted.filter(course=OuterRef("course"), planned_at__lte=OuterRef("planned_at"))
        .order_by()
        .values("course")
        .annotate(n=Count("*"))
        .values("n")
    )
    return list(
        _of(Visit.objects.filter(clinic=day.clinic, on=day.on), day, member)
        .select_related("person", "course", "clinician")
        .annotate(
            before=Subquery(before.values("pk")[:1]),
            before_head=Subquery(before.values("head")[:1]),
            nth=Subquery(nth, output_field=IntegerField()),
        )
        .order_by("planned_at", "pk")
    )


def drafts_before(day: Day, member: Member) -> list[Visit]:
    """The visits of earlier days that nobody signed, the oldest first; one more than are listed, when there are more."""
    drafts = Visit.objects.filter(state=Visit.State.OPEN, on__lt=day.today, clinic=day.clinic)
    return list(
        _of(drafts, day, member).select_related("person", "clinician", "course").order_by("on", "pk")[: MOST_DRAFTS + 1]
    )


def to_look_at(day: Day, member: Member) -> list[CheckIn]:
    """The check-ins that need a look, the oldest first; one more than are listed, when there are more."""
    waiting = CheckIn.objects.filter(needs_look=True, looked_at=None, visit__clinic=day.clinic)
    if day.mine:
        waiting = waiting.filter(visit__clinician=member)
    return list(waiting.select_related("person", "visit").order_by("due_on", "pk")[: MOST_DRAFTS + 1])


def overdue(visit_on: date, today: date) -> bool:
    """Should the note of a visit on this day be signed by now?"""
    return today - visit_on > timedelta(days=DAYS_TO_SIGN)


def _of(visits: "QuerySet[Visit]", day: Day, member: Member) -> "QuerySet[Visit]":
    return visits.filter(clinician=member) if day.mine else visits
