"""Entries of a visit, to and from devices: the protocol stands in the reference under *entries*."""

import logging
from typing import Any
from uuid import UUID

from django.db import DatabaseError, DataError
from django.http import Http404, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from needlepoint.clinic.access.refused import refused
from needlepoint.clinic.access.rights import MemberRequest, Right, has, may
from needlepoint.clinic.access.trail import leave_trail
from needlepoint.clinic.pages.entries.sent import Sent, by_somebody_else, number_of, read_sent
from needlepoint.clinic.pages.entries.trailed import keep_with_trail
from needlepoint.clinic.records.keeping import (
    WROTE,
    VisitIsCancelled,
    VisitIsSigned,
    Writer,
    cannot_be_held,
)
from needlepoint.clinic.records.models import Entry, Visit
from needlepoint.clinic.records.reading import writer_of

log = logging.getLogger("needlepoint.entries")


@may(Right.SEE)
@require_http_methods(["GET", "POST"])
def entries(request: MemberRequest, id_: UUID) -> HttpResponse:
    """GET: what was written after a number. POST: keep these, if they are of who is signed in (see ``by_somebody_else``)."""
    visit = Visit.objects.filter(pk=id_).first()
    if request.method == "POST":
        sent = read_sent(request)
        # Before anything is said of the visit: what one person's page holds is none of the other's business.
        if (waits := by_somebody_else(request, sent, str(request.member.pk))) is not None:
            return waits
    if visit is None:
        raise Http404
    if request.method == "GET":
        return _after(request, visit)
    if not has(request.member, Right.WRITE):
        refused(request, Right.WRITE)
        return JsonResponse({"why": _("you may read here, not write")}, status=403)
    return _keep(request, visit, sent)


def _after(request: MemberRequest, visit: Visit) -> HttpResponse:
    after = number_of(request.GET.get("after", "0"))
    if after is None:
        return JsonResponse({"why": "after: the number of an entry"}, status=422)
    found = Entry.objects.filter(visit=visit, number__gt=after).select_related("by").order_by("number")
    rows = [entry_as_json(one) for one in found]
    if rows:
        # A device that asks every few seconds and hears nothing new has seen nothing new.
        leave_trail(request, "read what was written", visit.person_id)
    return JsonResponse({"entries": rows, "head": rows[-1]["number"] if rows else after})


def entry_as_json(entry: Entry) -> dict[str, Any]:
    """An entry as devices see it."""
    return {
        "id": str(entry.id),
        "number": entry.number,
        "kind": entry.kind,
        "at": entry.at.isoformat(),
        "body": entry.body,
        "by": writer_of(entry),
        "device": entry.device,
    }


def _keep(request: MemberRequest, visit: Visit, sent: Sent) -> HttpResponse:
    if sent.unreadable:
        return JsonResponse({"why": sent.unreadable}, status=422)
    if not has(request.member, Right.TREAT) and any(
        isinstance(one, dict) and one.get("kind") != WROTE for one in sent.entries
    ):
        refused(request, Right.TREAT)
        return JsonResponse({"why": _("only a clinician records what was done")}, status=403)
    writer = Writer(member=request.member, device=sent.device)
    try:
        kept = keep_with_trail(
            request, visit.pk, writer, sent.entries, person=visit.person_id, action="wrote into a visit"
        )
    except VisitIsSigned:
        return JsonResponse({"signed": True, "why": _("the note is signed: write an addendum")}, status=409)
    except VisitIsCancelled:
        return JsonResponse({"signed": False, "why": _("the visit was cancelled")}, status=409)
    except DataError:
        return JsonResponse({"why": cannot_be_held()}, status=422)
    except DatabaseError as error:
        # A full disk, or a database that went away: the device keeps what it has and tries again.
        log.error("not kept: %s", type(error).__name__)
        return JsonResponse(
            {"why": _("it could not be kept just now; this device keeps it and tries again")}, status=503
        )
    return JsonResponse(
        {
            "kept": list(kept.kept),
            "refused": [{"id": one.id, "why": one.why} for one in kept.refused],
            "head": kept.head,
        }
    )
