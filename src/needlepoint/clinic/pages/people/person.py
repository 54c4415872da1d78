"""One person, and who saw their record."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from needlepoint.clinic.access.rights import MemberRequest, Right, has, may
from needlepoint.clinic.access.trail import leave_trail, open_person
from needlepoint.clinic.pages.people import saying
from needlepoint.clinic.pages.people.course_of_care import course_of_care
from needlepoint.clinic.pages.people.present_person import person_page
from needlepoint.clinic.records.models import AuditEntry, Person

#: Entries of a trail on one page; a print-out has them all.
A_PAGE = 100
#: Even a print-out ends somewhere: then it says so.
_MOST_PRINTED = 20_000


@may(Right.SEE)
@require_safe
def person(request: MemberRequest, id_: UUID) -> HttpResponse:
    """One person over time."""
    found = open_person(request, id_, "opened the page of a person")
    page = person_page(course_of_care(found), timezone.localdate(), request.GET.get("chart", ""))
    rights = {
        "may_write": has(request.member, Right.WRITE),
        "may_trail": has(request.member, Right.TRAIL),
        "may_hand_out": has(request.member, Right.HAND_OUT),
        "may_delete": has(request.member, Right.DELETE),
    }
    return render(request, "people/person.html", {"page": page, **rights})


@may(Right.TRAIL)
@require_safe
def person_trail(request: MemberRequest, id_: UUID) -> HttpResponse:
    """Who saw or changed this record. ``?whole=yes``: all of it, to print for the person. Who reads no record sees no name."""
    found = Person.objects.filter(pk=id_).first()
    entries = AuditEntry.objects.filter(person=id_).order_by("-number")
    if found is None and not entries.exists():
        raise Http404("there is no such record here")
    leave_trail(request, "looked at who saw a record", id_)
    whole = request.GET.get("whole") == "yes"
    before = request.GET.get("before", "")
    if not whole and before.isascii() and before.isdigit() and len(before) < 19:
        entries = entries.filter(number__lt=int(before))
    most = _MOST_PRINTED if whole else A_PAGE
    rows = list(entries[: most + 1])
    context = {
        "name": str(found) if found and has(request.member, Right.SEE) else "",
        "id": id_,
        "whole": whole,
        "printed": saying.moment(timezone.now()),
        "further": rows[most - 1].number if len(rows) > most else None,
        "audit": [
            {"at": saying.moment(one.at), "who": one.who, "what": one.action, "from": one.where} for one in rows[:most]
        ],
    }
    return render(request, "people/trail.html", context)
