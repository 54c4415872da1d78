"""What stands around every page: whose clinic it is, who is signed in, and where they may go."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from needlepoint.clinic.access.rights import Right, has
from needlepoint.clinic.pages.today.needles import still_in
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


@dataclass(frozen=True, slots=True)
class NeedlesIn:
    """Needles of one visit that are still in, told on every page."""

    words: str
    since: str
    planned_minutes: str
    late: bool
    href: str


def _needles_in(request: HttpRequest, member: Member) -> Callable[[], tuple[NeedlesIn, ...]]:
    """Asked for only by the frame of a whole page; not where the same is told already: on the list of today, and in the session itself."""

    def told() -> tuple[NeedlesIn, ...]:
        if not has(member, Right.SEE) or request.path == "/":
            return ()
        found = [
            NeedlesIn(
                ngettext("%(n)d needle is still in: %(who)s", "%(n)d needles are still in: %(who)s", len(one.needles))
                % {"n": len(one.needles), "who": one.visit.person},
                one.first.since.isoformat(),
                f"{one.first.planned_minutes:g}",
                one.late,
                reverse("visit-step", args=[one.visit.pk, "treat"]),
            )
            for one in still_in(datetime.now(UTC))
        ]
        return tuple(one for one in found if one.href != request.path)

    return told


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
        ),
        "needles_in": _needles_in(request, member),
    }
