"""The list of a day, and the check-ins that need a look."""

from datetime import UTC, datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from needlepoint.clinic.access.rights import MemberRequest, Right, has, may
from needlepoint.clinic.access.trail import leave_trail
from needlepoint.clinic.pages.today.changed import Pair, changed
from needlepoint.clinic.pages.today.day import Day, day_of, drafts_before, to_look_at, visits_of
from needlepoint.clinic.pages.today.needles import still_in
from needlepoint.clinic.pages.today.present import Listed, day_page, listed
from needlepoint.clinic.pages.today.present_check_in import check_in_page
from needlepoint.clinic.pages.visit.concluded import page_of
from needlepoint.clinic.records.models import CheckIn, Clinic, Visit
from needlepoint.clinic.records.reading import read_visit


@may(Right.HOME)
@require_GET
def today(request: MemberRequest) -> HttpResponse:
    """The list of a day. Asked again by the page itself, only what renews itself is answered, and nothing when nothing changed."""
    if not has(request.member, Right.SEE):
        # Who reads no record, such as an auditor, begins at what was done.
        return redirect("lead")
    clinics = list(Clinic.objects.order_by("name", "pk"))
    day = day_of(request.GET, request.member, clinics)
    renewed = request.htmx and "seen" in request.GET
    the_list = _list(request, day)
    if renewed:
        if request.GET["seen"] == the_list.seen:
            return HttpResponse(status=204)
        return render(request, "today/list.html", {"list": the_list})
    leave_trail(request, "looked at the list of a day", None)
    drafts, check_ins = drafts_before(day, request.member), to_look_at(day, request.member)
    page = day_page(day, clinics, drafts, check_ins, has(request.member, Right.TREAT))
    return render(request, "today/today.html", {"page": page, "list": the_list})


def _list(request: MemberRequest, day: Day) -> Listed:
    visits = list(visits_of(day, request.member))
    _conclude_one(visits)
    pairs = [
        Pair(one.pk, one.head, before, getattr(one, "before_head", 0))
        for one in visits
        if one.head and (before := getattr(one, "before", None)) is not None
    ]
    return listed(day, visits, still_in(datetime.now(UTC)), changed(pairs) if pairs else {})


def _conclude_one(visits: list[Visit]) -> None:
    """Somebody wrote answers, and nobody has opened the visit since: conclude for the first such visit, so that the list tells its clearance.

    One at a time: the page renews itself, and nobody waits for all of them.
    """
    for one in visits:
        if one.head and not one.level and one.state in (Visit.State.PLANNED, Visit.State.OPEN):
            page_of(one, read_visit(one))
            if one.level:
                return


@may(Right.SEE)
@require_http_methods(["GET", "POST"])
def check_in(request: MemberRequest, id_: UUID) -> HttpResponse:
    """What somebody told some days after a visit. Posted: I have looked at it."""
    found = CheckIn.objects.select_related("person", "visit", "looked_by").filter(pk=id_).first()
    if found is None:
        raise Http404("there is no such record here")
    if request.method == "POST":
        return _looked(request, found)
    leave_trail(request, "opened a check-in", found.person_id)
    return render(request, "today/check_in.html", {"page": check_in_page(found, has(request.member, Right.WRITE))})


def _looked(request: MemberRequest, found: CheckIn) -> HttpResponse:
    if not has(request.member, Right.WRITE):
        return HttpResponse(_("you may read here, not write"), status=403)
    # The first who looked stays; a second click changes nothing.
    looked = CheckIn.objects.filter(pk=found.pk, looked_at=None).update(
        looked_by=request.member, looked_at=datetime.now(UTC)
    )
    if looked:
        leave_trail(request, "looked at a check-in", found.person_id, changed=True)
        messages.success(request, _("Looked at."))
    return redirect("today")
