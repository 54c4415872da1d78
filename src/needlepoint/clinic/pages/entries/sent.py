"""What a device sends: its name and its entries."""

import json
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from needlepoint.clinic.records.holdable import printable

#: As long as the column that keeps it.
MOST_OF_DEVICE = 40


class Unreadable(Exception):
    """This is nothing that a device of ours sends; the message says what it should be."""


@dataclass(frozen=True, slots=True)
class Sent:
    """The entries as they came, each still to be judged. ``device`` is printable ASCII, whatever the device calls itself."""

    device: str
    entries: list[Any]


def read_sent(request: HttpRequest) -> Sent:
    """Read the body of a request. Raises Unreadable."""
    try:
        told = json.loads(request.body)
    except (ValueError, RecursionError):
        raise Unreadable(_("the request is not readable as JSON")) from None
    if not isinstance(told, dict) or not isinstance(told.get("entries"), list):
        raise Unreadable(_("an object with `device` and a list `entries`"))
    return Sent(printable(told.get("device"), MOST_OF_DEVICE), told["entries"])
