"""What stands around every page: whose clinic it is, who is signed in, and where they may go."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from needlepoint.clinic.access.rights import Right, has
from needlepoint.clinic.records.models import Member


@dataclass(frozen=True, slots=True)
class Way:
    """A link of the navigation."""

    text: str
    href: str
    here: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame around a page."""

    organisation: str
    clinic: str
    member: str
    role: str
    ways: tuple[Way, ...]
    demo: bool


_WAYS = (
    ("Today", "today", Right.SEE),
    ("People", "people", Right.SEE),
    ("Lead", "lead", Right.LEAD),
    ("Settings", "settings", Right.SETTINGS),
)


def _here(path: str, way: str) -> bool:
    return path == way if way == "/" else path.startswith(way)


def frame(request: HttpRequest) -> dict[str, object]:
    """Context for every template."""
    member: Member | None = getattr(request, "member", None)
    if member is None:
        return {"frame": Frame("Needlepoint", "", "", "", (), settings.DEMO)}
    ways = tuple(
        Way(_(text), reverse(name), _here(request.path, reverse(name)))
        for text, name, right in _WAYS
        if has(member, right)
    )
    return {
        "frame": Frame(
            member.organisation.name,
            member.clinic.name,
            member.name,
            member.get_role_display(),
            ways,
            settings.DEMO or member.organisation.demo,
        )
    }
