"""What a device sends: whose entries these are, its own name, and the entries."""

import json
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from needlepoint.clinic.records.holdable import printable

#: As long as the column that keeps it.
MOST_OF_DEVICE = 40
#: Browsers put one of these on everything that a page sends; no page can leave them out.
_BY_A_PAGE = ("Origin", "Sec-Fetch-Site")
_NOT_TOLD = object()


@dataclass(frozen=True, slots=True)
class Sent:
    """The entries as they came, each still to be judged.

    ``device`` is printable ASCII, whatever the device calls itself. ``unreadable`` says what the request should have been; then it holds no entries.
    """

    device: str = ""
    entries: list[Any] = field(default_factory=list)
    who: Any = _NOT_TOLD
    unreadable: str = ""


def read_sent(request: HttpRequest) -> Sent:
    """Read the body of a request."""
    try:
        told = json.loads(request.body)
    except (ValueError, RecursionError):
        return Sent(unreadable=_("the request is not readable as JSON"))
    if not isinstance(told, dict):
        return Sent(unreadable=_("an object with `device` and a list `entries`"))
    who = told.get("who", _NOT_TOLD)
    if not isinstance(told.get("entries"), list):
        return Sent(who=who, unreadable=_("an object with `device` and a list `entries`"))
    return Sent(printable(told.get("device"), MOST_OF_DEVICE), told["entries"], who)


def number_of(told: str | None) -> int | None:
    """The number of an entry as an address or a form tells it; ``None`` where it tells none."""
    return int(told) if told and told.isascii() and told.isdigit() and len(told) <= 18 else None


def by_somebody_else(request: HttpRequest, sent: Sent, who: str) -> JsonResponse | None:
    """The answer to a page of somebody who is not signed in any more; ``None`` for who is signed in now, ``who``.

    All tabs of a browser share its cookies: a tab that one member left open would write in the name of the member who signed in after them. So a page
    tells whose it is, as it was when it was opened, and what it holds waits on the device until that person signs in again. A request without
    ``who`` is taken only from a program that is no browser, which has one session and knows whose: on what a page sends, a browser always writes
    where it comes from. An open page of an earlier release does not tell it, and waits until it is opened anew.
    """
    told = all(name not in request.headers for name in _BY_A_PAGE) if sent.who is _NOT_TOLD else sent.who == who
    if told:
        return None
    why = _("somebody else is signed in here now; what you wrote waits on this device until you sign in again")
    return JsonResponse({"why": why}, status=401)
