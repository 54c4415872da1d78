"""Who saw or changed what, in the whole organisation."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from needlepoint.clinic.access.rights import MemberRequest, Right, has, may
from needlepoint.clinic.access.trail import leave_trail
from needlepoint.clinic.pages.people import saying
from needlepoint.clinic.records.models import AuditEntry, Member, Person

_A_PAGE = 100


@may(Right.TRAIL)
@require_safe
def lead_trail(request: MemberRequest) -> HttpResponse:
    """The trail, the latest first; of one member, or only changes, when asked for."""
    members = list(Member.objects.order_by("name", "pk"))
    of = next((one for one in members if str(one.pk) == request.GET.get("member")), None)
    only_changes = request.GET.get("changed") == "yes"
    entries = AuditEntry.objects.order_by("-number")
    if of is not None:
        entries = entries.filter(member=of)
    if only_changes:
        entries = entries.filter(changed=True)
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit() and len(before) < 19:
        entries = entries.filter(number__lt=int(before))
    rows = list(entries[: _A_PAGE + 1])
    leave_trail(request, "looked at the trail", None)
    names = _names(rows) if has(request.member, Right.SEE) else {}
    kept = [("member", str(of.pk))] if of else []
    kept += [("changed", "yes")] if only_changes else []
    context = {
        "rows": [
            (saying.moment(one.at), one.who, one.action, one.changed, one.person, names.get(one.person, ""), one.where)
            for one in rows[:_A_PAGE]
        ],
        "members": [(str(one.pk), one.name, one == of) for one in members],
        "only_changes": only_changes,
        "further": "&".join(f"{name}={value}" for name, value in [*kept, ("before", str(rows[_A_PAGE - 1].number))])
        if len(rows) > _A_PAGE
        else "",
    }
    return render(request, "lead/trail.html", context)


def _names(rows: list[AuditEntry]) -> dict[UUID | None, str]:
    people = Person.objects.filter(pk__in={one.person for one in rows if one.person})
    return {one.pk: str(one) for one in people}
