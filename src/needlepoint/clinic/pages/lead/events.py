"""The events of a period, and one of them with what its grade means and which steps were taken."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from needlepoint.clinic.access.rights import MemberRequest, Right, has, may
from needlepoint.clinic.access.trail import leave_trail
from needlepoint.clinic.pages.lead.overview import events_of
from needlepoint.clinic.pages.lead.period import period_of
from needlepoint.clinic.pages.lead.present import event_line, period_words
from needlepoint.clinic.pages.lead.present_event import event_page
from needlepoint.clinic.pages.people import saying
from needlepoint.clinic.records.models import AdverseEvent, Clinic

_A_PAGE = 50


@may(Right.LEAD)
@require_safe
def lead_events(request: MemberRequest) -> HttpResponse:
    """The events of a period, the latest first."""
    period = period_of(request.GET, timezone.localdate(), list(Clinic.objects.order_by("name", "pk")))
    events = events_of(period)
    last = _last(request)
    if last is not None:
        events = events.filter(Q(on__lt=last.on) | Q(on=last.on, pk__lt=last.pk))
    rows = list(events[: _A_PAGE + 1])
    names = has(request.member, Right.SEE)
    leave_trail(request, "looked at the adverse events", None)
    context = {
        "period": period_words(period),
        "clinic": period.clinic.name if period.clinic else "",
        "back": period.query,
        "events": [event_line(one, names) for one in rows[:_A_PAGE]],
        "further": f"{period.query}&after={rows[_A_PAGE - 1].pk}" if len(rows) > _A_PAGE else "",
    }
    return render(request, "lead/events.html", context)


def _last(request: HttpRequest) -> AdverseEvent | None:
    try:
        id_ = UUID(request.GET.get("after", ""))
    except ValueError:
        return None
    found: AdverseEvent | None = AdverseEvent.objects.filter(pk=id_).first()
    return found


@may(Right.LEAD)
@require_safe
def lead_event(request: MemberRequest, id_: UUID) -> HttpResponse:
    """One event."""
    event = (
        AdverseEvent.objects.select_related("person", "clinician", "visit", "visit__clinic", "reported_by", "insertion")
        .filter(pk=id_)
        .first()
    )
    if event is None:
        raise Http404("there is no such record here")
    leave_trail(request, "opened an adverse event", event.person_id)
    return render(request, "lead/event.html", {"page": event_page(event, has(request.member, Right.SEE), _time)})


def _time(told: str) -> str:
    """A time as it stands among the steps, in words; as it stands when it is none."""
    try:
        at = datetime.fromisoformat(told)
    except ValueError:
        return told
    return saying.moment(at) if at.tzinfo else told
