"""Settings: where to go."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from needlepoint.clinic.access.rights import MemberRequest, Right, may
from needlepoint.clinic.records.models import Clinic, Member, NeedleLot, NoteTemplate


@dataclass(frozen=True, slots=True)
class Door:
    """One part of the settings."""

    url: str
    title: str
    says: str
    symbol: str


@may(Right.SETTINGS)
def start(request: MemberRequest) -> HttpResponse:
    """The parts of the settings, and how much is in each."""
    n_clinics, n_members = Clinic.objects.count(), Member.objects.filter(active=True).count()
    n_lots, n_words = NeedleLot.objects.count(), NoteTemplate.objects.count()
    doors = (
        Door("settings-clinics", _("Clinics"), ngettext("%d clinic", "%d clinics", n_clinics) % n_clinics, "today"),
        Door("settings-members", _("Members"), ngettext("%d member", "%d members", n_members) % n_members, "people"),
        Door("settings-stock", _("Needles in stock"), ngettext("%d lot", "%d lots", n_lots) % n_lots, "needle"),
        Door("settings-words", _("Words for notes"), ngettext("%d text", "%d texts", n_words) % n_words, "paper"),
        Door("account", _("My account"), _("password, passkeys, codes"), "key"),
    )
    return render(request, "settings/start.html", {"doors": doors})
