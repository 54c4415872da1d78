"""Entries by the patient's own device: the protocol of the clinic's entries, but only fields that a patient tells."""

from uuid import UUID

from django.db import DatabaseError, DataError
from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from needlepoint.clinic.access.patients import PatientRequest, patient_page
from needlepoint.clinic.access.trail import leave_trail
from needlepoint.clinic.pages.entries.sent import Sent, by_somebody_else, number_of, read_sent
from needlepoint.clinic.pages.entries.views import entry_as_json
from needlepoint.clinic.pages.patient.fields import why_refused
from needlepoint.clinic.pages.patient.mine import whose_device
from needlepoint.clinic.pages.patient.writing import keep_by_patient
from needlepoint.clinic.records.keeping import WROTE, VisitIsCancelled, VisitIsSigned, cannot_be_held, id_told
from needlepoint.clinic.records.models import Entry


@patient_page
@require_http_methods(["GET", "POST"])
def my_entries(request: PatientRequest, visit: UUID) -> HttpResponse:
    """GET: what was written into the fields that a patient tells. POST: keep these, if they are of who came in by this link."""
    if request.method == "POST":
        sent = read_sent(request)
        if (waits := by_somebody_else(request, sent, whose_device(request.patient.pk))) is not None:
            return waits
    if visit != request.link.visit_id:
        return JsonResponse({"why": _("this belongs to another visit")}, status=404)
    return _after(request) if request.method == "GET" else _keep(request, sent)


def _after(request: PatientRequest) -> HttpResponse:
    after = number_of(request.GET.get("after", "0"))
    if after is None:
        return JsonResponse({"why": "after: the number of an entry"}, status=422)
    found = Entry.objects.filter(visit=request.link.visit_id, number__gt=after, kind=WROTE)
    rows = list(found.select_related("by").order_by("number"))
    told = [entry_as_json(one) for one in rows if why_refused(one.kind, one.body) is None]
    if told:
        leave_trail(request, "read the own answers", request.patient.pk)
    return JsonResponse({"entries": told, "head": rows[-1].number if rows else after})


def _keep(request: PatientRequest, sent: Sent) -> HttpResponse:
    if sent.unreadable:
        return JsonResponse({"why": sent.unreadable}, status=422)
    allowed, refused = [], []
    for one in sent.entries:
        entry = one if isinstance(one, dict) else {}
        why = why_refused(entry.get("kind"), entry.get("body"))
        if why is None:
            allowed.append(one)
        else:
            refused.append({"id": id_told(one), "why": why})
    try:
        kept = keep_by_patient(request, allowed, device=sent.device)
    except VisitIsSigned:
        return JsonResponse({"signed": True, "why": _("the visit is over: tell your clinic")}, status=409)
    except VisitIsCancelled:
        return JsonResponse({"signed": False, "why": _("the visit was cancelled")}, status=409)
    except DataError:
        return JsonResponse({"why": cannot_be_held()}, status=422)
    except DatabaseError:
        return JsonResponse(
            {"why": _("it could not be kept just now; this device keeps it and tries again")}, status=503
        )
    refused += [{"id": one.id, "why": one.why} for one in kept.refused]
    return JsonResponse({"kept": list(kept.kept), "refused": refused, "head": kept.head})
