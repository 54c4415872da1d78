"""What was done and what went wrong, on one page."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from needlepoint.clinic.access.rights import MemberRequest, Right, has, may
from needlepoint.clinic.access.trail import leave_trail
from needlepoint.clinic.pages.lead.counts import Counts, counted
from needlepoint.clinic.pages.lead.period import Period, period_of
from needlepoint.clinic.pages.lead.present import lead_page
from needlepoint.clinic.pages.today.day import DAYS_TO_SIGN
from needlepoint.clinic.records.models import AdverseEvent, Clinic, Member, Visit

_LISTED = 10


@may(Right.LEAD)
@require_safe
def lead(request: MemberRequest) -> HttpResponse:
    """Sessions, insertions, events with their rates, overdue notes."""
    today = timezone.localdate()
    clinics = list(Clinic.objects.order_by("name", "pk"))
    period = period_of(request.GET, today, clinics)
    counts = counted(period)
    names = has(request.member, Right.SEE)
    leave_trail(request, "looked at what was done", None)
    page = lead_page(
        period, today, clinics, counts, _clinicians(counts), _overdue(period, today), _events(period), names
    )
    context = {"page": page, "may_trail": has(request.member, Right.TRAIL)}
    return render(request, "lead/lead.html", context)


def _clinicians(counts: Counts) -> dict[UUID, str]:
    return dict(Member.objects.filter(pk__in=[*counts.by_clinician]).values_list("pk", "name"))


def _overdue(period: Period, today: date) -> tuple[list[Visit], int]:
    """The oldest of the visits that should be signed by now, whatever the period, and how many there are."""
    late = Visit.objects.filter(state=Visit.State.OPEN, on__lt=today - timedelta(days=DAYS_TO_SIGN))
    if period.clinic is not None:
        late = late.filter(clinic=period.clinic)
    return list(late.select_related("person", "clinician", "clinic").order_by("on", "pk")[:_LISTED]), late.count()


def _events(period: Period) -> list[AdverseEvent]:
    return list(events_of(period)[:_LISTED])


def events_of(period: Period) -> Any:
    """The events of a period, the latest first."""
    events = AdverseEvent.objects.filter(on__gte=period.first, on__lte=period.last)
    if period.clinic is not None:
        events = events.filter(visit__clinic=period.clinic)
    return events.select_related("person", "clinician", "visit").order_by("-on", "-pk")
