"""Which role may do what, as one table; and the mark that every view carries."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cache, wraps
from typing import Any, Protocol, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _

from needlepoint.clinic.access.asked import wants_a_piece, wants_json
from needlepoint.clinic.access.refused import refused
from needlepoint.clinic.records.organisation import Member, Role
from needlepoint.library import load_question_groups
from needlepoint.screen.groups import told_by_clinician


class Right(StrEnum):
    """What somebody may do. ``ANYONE`` and ``PATIENT`` are for pages without a member."""

    ANYONE = "anyone"
    PATIENT = "patient"
    HOME = "see the own pages"
    SEE = "see people and visits"
    WRITE = "write into visits and people"
    TREAT = "record and sign a session"
    LEAD = "see what was done and what went wrong"
    TRAIL = "see who saw and changed what"
    HAND_OUT = "hand out a whole record"
    SETTINGS = "change clinics, members and stock"
    DELETE = "delete a person's record lawfully"


#: The safest table that still lets people work: an assistant prepares but does not treat; an auditor counts but reads no record.
RIGHTS: Mapping[str, frozenset[Right]] = {
    Role.OWNER: frozenset(Right) - {Right.PATIENT},
    Role.CLINICIAN: frozenset(
        {Right.ANYONE, Right.HOME, Right.SEE, Right.WRITE, Right.TREAT, Right.LEAD, Right.HAND_OUT}
    ),
    Role.ASSISTANT: frozenset({Right.ANYONE, Right.HOME, Right.SEE, Right.WRITE}),
    Role.READER: frozenset({Right.ANYONE, Right.HOME, Right.SEE}),
    Role.AUDITOR: frozenset({Right.ANYONE, Right.HOME, Right.LEAD, Right.TRAIL}),
}


#: Groups of the fields of a visit that say what who treats has found, means to do, and answers for. Whoever may write fills in the others.
TREATED = frozenset({"examination", "note", "proposed"})


def field_needs(name: str) -> Right:
    """Which right writes into this field of a visit? The reasons in a note lift what keeps it from being signed, so an assistant gives none."""
    group, _dot, rest = name.partition(".")
    if group == "answers":
        # That somebody agreed, or that whoever needles was trained for this place, is answered for by who treats.
        return Right.TREAT if rest.replace("_", "-") in _answered_by_who_treats() else Right.WRITE
    return Right.TREAT if group in TREATED else Right.WRITE


@cache
def _answered_by_who_treats() -> frozenset[str]:
    return told_by_clinician(load_question_groups())


class MemberRequest(HttpRequest):
    """A request by a member; the wall stands around their organisation."""

    member: Member
    htmx: Any


class View(Protocol):
    """A view that says what it needs."""

    needs: Right

    def __call__(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer."""
        ...


def has(member: Member | None, right: Right) -> bool:
    """May this member do that?"""
    return member is not None and member.active and right in RIGHTS[member.role]


def may(right: Right) -> Callable[[Callable[..., HttpResponseBase]], View]:
    """Only members with this right reach the view: others sign in first, or are told that they may not."""

    def mark(view: Callable[..., HttpResponseBase]) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            member: Member | None = getattr(request, "member", None)
            if member is None:
                return _sign_in(request)
            if not has(member, right):
                raise refused(request, right)
            return view(request, *args, **kwargs)

        marked = cast("View", checked)
        marked.needs = right
        return marked

    return mark


def anyone(view: Callable[..., HttpResponseBase]) -> View:
    """Anyone may see this, signed in or not: nothing of a person is on it."""
    marked = cast("View", view)
    marked.needs = Right.ANYONE
    return marked


def _sign_in(request: HttpRequest) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"why": _("sign in again; what you wrote waits on this device")}, status=401)
    # After signing in a page is shown, not what was to be changed: that is pressed once more, by whoever signed in.
    to_page = redirect_to_login(request.get_full_path() if request.method in ("GET", "HEAD") else "/")
    if wants_a_piece(request):
        return HttpResponse(status=401, headers={"HX-Redirect": to_page.url})
    return to_page
