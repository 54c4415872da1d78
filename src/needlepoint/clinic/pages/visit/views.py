"""The visit on one page: a rail of steps, each opens in place."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import DatabaseError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from needlepoint.clinic.access.refused import refused
from needlepoint.clinic.access.rights import MemberRequest, Right, has, may
from needlepoint.clinic.access.trail import open_visit
from needlepoint.clinic.pages.entries.trailed import keep_with_trail
from needlepoint.clinic.pages.visit.concluded import planned_of
from needlepoint.clinic.pages.visit.header import conflicts, errors, header
from needlepoint.clinic.pages.visit.last_visit import last_visit, still_so
from needlepoint.clinic.pages.visit.opened import Opened
from needlepoint.clinic.pages.visit.rail import STEPS, first_open, rail
from needlepoint.clinic.pages.visit.steps import step_context
from needlepoint.clinic.pages.visit.writing import NotReadable, act_of, entries_of_act, entries_of_form
from needlepoint.clinic.records.keeping import VisitIsCancelled, VisitIsSigned, Writer
from needlepoint.clinic.records.models import Visit
from needlepoint.clinic.records.reading import read_visit


@may(Right.SEE)
@require_GET
def visit(request: MemberRequest, id_: UUID) -> HttpResponse:
    """The visit, open where something is still to do."""
    found = open_visit(request, id_, "opened a visit")
    opened = Opened(request, found, "screen")
    opened.step = first_open(opened)
    return _page(opened)


@may(Right.SEE)
@require_http_methods(["GET", "POST"])
def visit_step(request: MemberRequest, id_: UUID, step: str) -> HttpResponse:
    """GET: the visit, open at this step. POST: keep what a form or a tap says, and show the step again."""
    if step not in STEPS:
        raise Http404
    if request.method == "POST":
        return _write(request, id_, step)
    found = open_visit(request, id_, f"opened a visit: {step}")
    return _page(Opened(request, found, step, refresh="refresh" in request.GET))


def _page(opened: Opened) -> HttpResponse:
    visit = opened.visit
    context: dict[str, Any] = {
        "opened": opened,
        "visit": visit,
        "head": opened.read.head,
        "may_write": opened.may_write,
        "may_treat": opened.may_treat,
        "step_template": f"visit/steps/{opened.step}.html",
        "step_address": opened.step_address(),
        "back_address": reverse("today"),
        "main_class": "page--whole",
        "errors": errors(opened),
        "conflicts": conflicts(opened),
        **step_context(opened, lambda: planned_of(visit, opened.read)),
    }
    # What follows from what was told comes last: until here nothing of it was asked twice.
    context |= {"header": header(opened), "rail": rail(opened), "still_so": opened.still_so}
    return render(opened.request, "visit/visit.html", context)


def _write(request: MemberRequest, id_: UUID, step: str) -> HttpResponse:
    if not has(request.member, Right.WRITE):
        raise refused(request, Right.WRITE)
    found = open_visit(request, id_, "asked to write into a visit")
    back = redirect("visit-step", found.pk, step)
    try:
        entries = _entries(request, found)
        writer = Writer(member=request.member, device="form")
        kept = (
            keep_with_trail(request, found.pk, writer, entries, person=found.person_id, action="wrote into a visit")
            if entries
            else None
        )
    except NotReadable as error:
        messages.error(
            request,
            _("“%(field)s” could not be read. Nothing was kept; look at it and send it again.")
            % {"field": error.field},
        )
        return back
    except VisitIsSigned:
        messages.error(request, _("The note is signed: write an addendum."))
        return back
    except VisitIsCancelled:
        messages.error(request, _("The visit was cancelled."))
        return back
    except DatabaseError:
        messages.error(request, _("It could not be kept just now. Go back, and send it again."))
        return back
    for one in kept.refused if kept else ():
        messages.error(request, one.why)
    return back


def _entries(request: MemberRequest, found: Visit) -> list[dict[str, Any]]:
    read, at, told = read_visit(found), datetime.now(UTC).isoformat(), act_of(request.POST)
    offered = still_so(found, read.written, last_visit(found)) if told.get("act") == "still-so" else ()
    entries = list(entries_of_act(found, read, told, request.POST, offered, at))
    # Where the script runs it has kept the fields already: the tap alone is new.
    if not request.htmx:
        by_act = {one["body"]["field"] for one in entries}
        entries += [
            one
            for one in entries_of_form(found, read, request.POST, request.member, at)
            if one["body"]["field"] not in by_act
        ]
    return entries
