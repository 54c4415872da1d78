"""From a session to a member or a patient, and the wall around their organisation."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from needlepoint.clinic.access.apps import SINCE
from needlepoint.clinic.access.asked import wants_json
from needlepoint.clinic.records.models import Member, PrivateLink
from needlepoint.clinic.records.scope import signing_in, within

LAST_SEEN = "last-seen"
LINK = "private-link"
#: Without a second factor a member reaches only these: setting one up, and signing out.
_BEFORE_SECOND_FACTOR = ("/account/", "/accounts/", "/static/", "/health/")
_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def signed_in(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: sets ``request.member`` or ``request.patient`` and ``request.link``, and asks within their organisation."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        request.member = request.patient = request.link = None  # type: ignore[attr-defined]
        if request.path.startswith("/my/"):
            return _as_patient(request, get_response)
        user = request.user
        if not user.is_authenticated:
            return get_response(request)
        if _is_over(request):
            logout(request)
            return get_response(request)
        with signing_in(user.pk):
            # Without the clinic, which stands behind the wall: it is read when it is asked for, within the organisation.
            member = Member.everywhere.filter(user=user, active=True).select_related("organisation").first()
        if member is None:
            # Who left is signed out, and not sent round in a circle between here and the sign-in.
            logout(request)
            return get_response(request)
        with within(member.organisation_id):
            request.member = member  # type: ignore[attr-defined]
            if settings.SECOND_FACTOR_REQUIRED and not _second_factor(request):
                return _set_up_second_factor(request)
            return get_response(request)

    return answer


def _second_factor(request: HttpRequest) -> bool:
    return request.path.startswith(_BEFORE_SECOND_FACTOR) or is_mfa_enabled(request.user, _FACTORS)


def _set_up_second_factor(request: HttpRequest) -> HttpResponseBase:
    if wants_json(request):
        return JsonResponse({"why": _("set up a second factor first")}, status=403)
    return redirect("account")


def _is_over(request: HttpRequest) -> bool:
    """Was nothing asked for too long, or has the session lasted its day? The clock set back counts as over: it cannot be told how long it was."""
    now = int(time.time())
    since = request.session.setdefault(SINCE, now)
    last = request.session.get(LAST_SEEN)
    if not 0 <= now - since <= settings.SESSION_COOKIE_AGE:
        return True
    if last is not None and not 0 <= now - last <= settings.IDLE_MINUTES * 60:
        return True
    if (last is None or now - last > 30) and not _asks_by_itself(request):
        request.session[LAST_SEEN] = now
    return False


def _asks_by_itself(request: HttpRequest) -> bool:
    """An open page asks every few seconds what others wrote: that is nobody at work."""
    told = request.headers.get("X-By-Itself") == "yes"
    return request.method == "GET" and (told or request.path.endswith("/entries/"))


def _as_patient(request: HttpRequest, get_response: Callable[[HttpRequest], HttpResponseBase]) -> HttpResponseBase:
    held = request.session.get(LINK)
    scope: AbstractContextManager[None] = within(UUID(held["organisation"])) if held else nullcontext()
    with scope:
        link = (
            PrivateLink.objects.select_related("person", "visit", "organisation").filter(pk=UUID(held["link"])).first()
            if held
            else None
        )
        if link is not None and link.withdrawn_at is None and link.expires_at > datetime.now(UTC):
            request.link, request.patient = link, link.person  # type: ignore[attr-defined]
        return get_response(request)
