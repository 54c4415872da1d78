"""The list of people. What somebody looks for is personal: it never stands in an address, but in the session under a short token."""

import secrets
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from needlepoint.clinic.access.rights import MemberRequest, Right, has, may
from needlepoint.clinic.access.trail import leave_trail
from needlepoint.clinic.pages.people.present_everybody import people_page
from needlepoint.clinic.pages.people.sought import Along, Sought, find, read_sought
from needlepoint.clinic.records.models import Person

_KEPT = "people-sought"
#: So many searches can be gone back to.
_MOST_KEPT = 20


@may(Right.SEE)
@require_http_methods(["GET", "POST"])
def people(request: MemberRequest) -> HttpResponse:
    """Everybody, or whom somebody looks for. Posted: look for these words."""
    if request.method == "POST":
        return _look_for(request)
    sought = read_sought(_kept(request).get(request.GET.get("s", ""), ""))
    leave_trail(request, "looked through the list of people", None)
    return _answer(request, sought, _after(request), request.GET.get("s", ""))


def _look_for(request: MemberRequest) -> HttpResponse:
    sought = read_sought(request.POST.get("q", ""))
    if sought.anybody:
        return redirect("people")
    token = secrets.token_urlsafe(6)
    kept = {**_kept(request), token: sought.typed}
    request.session[_KEPT] = dict(list(kept.items())[-_MOST_KEPT:])
    return redirect(f"{reverse('people')}?s={token}")


def _kept(request: MemberRequest) -> dict[str, str]:
    kept = request.session.get(_KEPT)
    return kept if isinstance(kept, dict) else {}


def _answer(request: MemberRequest, sought: Sought, after: tuple[Along, Person] | None, token: str) -> HttpResponse:
    page = people_page(
        sought, find(sought, after), token, timezone.localdate(), has(request.member, Right.WRITE), after is not None
    )
    return render(request, "people/people.html", {"page": page})


def _after(request: MemberRequest) -> tuple[Along, Person] | None:
    """The last person of the page before. An address that names none, or one who is not here, begins at the beginning."""
    along = request.GET.get("along")
    try:
        id_ = UUID(request.GET.get("after", ""))
    except ValueError:
        return None
    if along not in ("number", "family", "given"):
        return None
    person = Person.objects.filter(pk=id_).first()
    return (along, person) if person else None  # type: ignore[return-value]
