"""The patient's own pages: who is let in, and that nobody is a patient and a member in one browser session."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from needlepoint.clinic.access.links import MOST_WRONG
from needlepoint.clinic.access.rights import Right, View
from needlepoint.clinic.access.signed_in import LINK
from needlepoint.clinic.records.models import Person, PrivateLink

PATIENT_LAST_SEEN = "patient-last-seen"


class PatientRequest(HttpRequest):
    """A request by somebody who came by a private link; the wall stands around the organisation of the link."""

    patient: Person
    link: PrivateLink
    htmx: Any


def patient_page(view: Callable[..., HttpResponseBase]) -> View:
    """Only who came by a private link that still works, and gave the right date of birth, reaches the view."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        link: PrivateLink | None = getattr(request, "link", None)
        if request.user.is_authenticated:
            # A member signed in where a patient was: the patient's way in ends here, and a member never looks through it.
            request.session.pop(LINK, None)
            return _closed(request)
        if link is None or link.wrong_tries >= MOST_WRONG or _idle(request):
            leave(request)
            return _closed(request)
        return view(request, *args, **kwargs)

    marked = cast("View", checked)
    marked.needs = Right.PATIENT
    return marked


def enter(request: HttpRequest, link_key: dict[str, str]) -> None:
    """Begin the patient's session: a fresh one, so that nobody who knew the old one is in, too."""
    request.session.flush()
    request.session[LINK] = link_key
    request.session[PATIENT_LAST_SEEN] = int(time.time())
    request.session.cycle_key()


def leave(request: HttpRequest) -> None:
    """End the patient's session."""
    if LINK in request.session:
        request.session.flush()


def _idle(request: HttpRequest) -> bool:
    """Was nothing asked for too long? On a borrowed telephone the next one must not read on."""
    now, last = int(time.time()), request.session.get(PATIENT_LAST_SEEN)
    if not isinstance(last, int) or not 0 <= now - last <= settings.IDLE_MINUTES * 60:
        return True
    if now - last > 30:
        request.session[PATIENT_LAST_SEEN] = now
    return False


def _closed(request: HttpRequest) -> HttpResponse:
    if request.headers.get("Accept", "").startswith("application/json") or request.content_type == "application/json":
        return JsonResponse({"why": _("open your link again; what you wrote waits on this device")}, status=401)
    return render(request, "patient/closed.html", {"member": request.user.is_authenticated}, status=403)
