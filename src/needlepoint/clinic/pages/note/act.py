"""An act of a session, posted by a page without scripts: the same entries come of it."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from needlepoint.clinic.access.rights import MemberRequest, Right, may
from needlepoint.clinic.access.trail import open_visit
from needlepoint.clinic.pages.entries.trailed import keep_with_trail
from needlepoint.clinic.records.keeping import VisitIsCancelled, VisitIsSigned, Writer
from needlepoint.clinic.records.models import Visit
from needlepoint.clinic.records.reading import read_visit
from needlepoint.treat import Session, Undone

#: The keys of an event's form; ``site`` stands for muscle and side.
_EVENT_KEYS = ("kind", "grade", "needle", "text")


@may(Right.TREAT)
@require_POST
def treat_act(request: MemberRequest, id_: UUID) -> HttpResponse:
    """Keep what was tapped, and show the session again."""
    visit = open_visit(request, id_, "asked to record what was done")
    back = redirect("visit-step", visit.pk, "sign" if request.POST.get("form") == "not-done" else "treat")
    try:
        entries = list(_entries(request, visit))
        writer = Writer(member=request.member, device="form")
        kept = keep_with_trail(
            request, visit.pk, writer, entries, person=visit.person_id, action="recorded what was done"
        )
    except (ValueError, RecursionError):
        messages.error(request, _("That could not be read. Nothing was recorded; try it again."))
        return back
    except VisitIsSigned:
        messages.error(request, _("The note is signed: write an addendum."))
        return back
    except VisitIsCancelled:
        messages.error(request, _("The visit was cancelled."))
        return back
    for one in kept.refused:
        messages.error(request, one.why)
    return back


def _entries(request: MemberRequest, visit: Visit) -> Iterable[dict[str, Any]]:
    at = datetime.now(UTC).isoformat()
    if request.POST.get("form") == "happened":
        yield _entry(request.POST.get("id", ""), "happened", at, _happened(request))
        return
    if request.POST.get("form") == "not-done":
        yield _entry("", "not-done", at, {"reason": request.POST.get("reason", "").strip()[:300]})
        return
    told = json.loads(request.POST.get("act", ""))
    if not isinstance(told, dict):
        raise ValueError("an act is an object")
    kind, body = str(told.get("kind")), told.get("body") or {}
    if not isinstance(body, dict):
        raise ValueError("the body of an act is an object")
    if kind == "undo":
        yield from (_entry("", "undone", at, {"act": act}) for act in _last(read_visit(visit).session))
    elif kind == "out-all":
        for needle in read_visit(visit).session.still_in:
            yield _entry("", "needle-out", at, {"needle": needle.needle, "intact": True})
    elif kind == "needle-in":
        yield _entry(told.get("id"), kind, at, {"needle": str(told.get("id")), **_chosen(request), **body})
    else:
        yield _entry(told.get("id"), kind, at, body)


def _chosen(request: MemberRequest) -> dict[str, Any]:
    preset = request.POST.get("preset")
    found = json.loads(preset) if preset else {}
    if not isinstance(found, dict):
        raise ValueError("a needle is an object")
    return found


def _happened(request: MemberRequest) -> dict[str, Any]:
    body: dict[str, Any] = {key: request.POST[key] for key in _EVENT_KEYS if request.POST.get(key)}
    body["event"] = request.POST.get("id") or str(uuid4())
    muscle, _slash, side = request.POST.get("site", "").partition("/")
    if muscle and side:
        body |= {"muscle": muscle, "side": side}
    return body


def _last(session: Session) -> tuple[str, ...]:
    """The acts that the last tap made: all of the same moment."""
    standing = [one for one in session.acts if not isinstance(one.what, Undone)]
    return tuple(one.id for one in standing if one.at == standing[-1].at) if standing else ()


def _entry(id_: Any, kind: str, at: str, body: dict[str, Any]) -> dict[str, Any]:
    return {"id": str(id_ or uuid4()), "kind": kind, "at": at, "body": body}
