"""A private link for the patient: made, seen once with its picture, taken back."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from needlepoint.clinic.access.links import DAYS, MOST_WRONG, is_open, make_link, now_utc, withdraw
from needlepoint.clinic.access.rights import MemberRequest, Right, may
from needlepoint.clinic.access.trail import leave_trail, open_visit
from needlepoint.clinic.pages.image import as_image
from needlepoint.clinic.pages.visit.qr import qr_picture
from needlepoint.clinic.records.models import PrivateLink, Visit


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A link that was made, and how it stands."""

    id: str
    words: str
    state: str
    open: bool


@dataclass(frozen=True, slots=True)
class LinkPage:
    """The links of a visit. ``address`` and ``picture``: of the one that was made just now, seen this once."""

    person: str
    visit: str
    day: str
    days: int
    lines: tuple[LinkLine, ...]
    address: str
    picture: str
    over: bool


@may(Right.WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def make_link_page(request: MemberRequest, id_: UUID) -> HttpResponse:
    """GET: the links of this visit. POST: a new one, or one taken back."""
    changed = request.method == "POST"
    visit = open_visit(
        request, id_, "changed a private link" if changed else "looked at the private links", changed=changed
    )
    address = picture = ""
    if changed and "withdraw" in request.POST:
        withdraw(_link(visit, request.POST["withdraw"]), now_utc())
        return redirect("make-link", id_=visit.pk)
    if changed and visit.state != Visit.State.CANCELLED:
        _link_made, token = make_link(visit, request.member, now_utc())
        address = request.build_absolute_uri(reverse("private-link", args=[token]))
        picture = as_image(qr_picture(address))
        leave_trail(request, "made a private link", visit.person_id, changed=True)
    return render(
        request, "patient/make_link.html", {"page": _page(visit, address, picture), "main_class": "page--reading"}
    )


def _link(visit: Visit, told: str) -> PrivateLink:
    try:
        return PrivateLink.objects.get(pk=UUID(told), visit=visit)
    except (ValueError, PrivateLink.DoesNotExist):
        raise Http404("there is no such link for this visit") from None


def _page(visit: Visit, address: str, picture: str) -> LinkPage:
    found = PrivateLink.objects.filter(visit=visit).select_related("made_by").order_by("-made_at")[:20]
    return LinkPage(
        person=str(visit.person),
        visit=reverse("visit", args=[visit.pk]),
        day=date_format(visit.on, "j F Y"),
        days=DAYS,
        lines=tuple(map(_line, found)),
        address=address,
        picture=picture,
        over=visit.state == Visit.State.CANCELLED,
    )


def _line(link: PrivateLink) -> LinkLine:
    words = _("Made by %(who)s on %(day)s") % {"who": link.made_by.name, "day": _moment(link.made_at)}
    return LinkLine(str(link.pk), words, _state(link), is_open(link, now_utc()))


def _state(link: PrivateLink) -> str:
    if link.withdrawn_at is not None:
        return _("Taken back on %(day)s") % {"day": _moment(link.withdrawn_at)}
    if link.wrong_tries >= MOST_WRONG:
        return _("Locked after %(count)s wrong dates of birth: make a new one") % {"count": link.wrong_tries}
    if link.expires_at <= now_utc():
        return _("Ended on %(day)s") % {"day": _moment(link.expires_at)}
    used = _("opened on %(day)s") % {"day": _moment(link.last_used_at)} if link.last_used_at else _("not opened yet")
    return _("Works until %(day)s, %(used)s") % {"day": _moment(link.expires_at), "used": used}


def _moment(at: object) -> str:
    return date_format(timezone.localtime(at), "j F, H:i")  # type: ignore[arg-type]
