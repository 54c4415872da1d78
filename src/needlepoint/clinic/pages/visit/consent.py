"""The step *consent*: the words for the places that are planned, and the signature in the room."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from needlepoint.clinic.access.rights import MemberRequest, Right, may
from needlepoint.clinic.access.trail import leave_trail, open_visit
from needlepoint.clinic.pages.people.saying import moment
from needlepoint.clinic.pages.visit.concluded import planned_of
from needlepoint.clinic.pages.visit.opened import Opened
from needlepoint.clinic.pages.visit.rail import consent_state
from needlepoint.clinic.records.consenting import NothingToConsentTo, WordingChanged, sign_consent
from needlepoint.clinic.records.keeping import VisitIsCancelled, VisitIsSigned
from needlepoint.clinic.records.models import Consent
from needlepoint.clinic.records.reading import read_visit
from needlepoint.exchange.paper.plan_page import GROUP_WORDS


def consent_context(opened: Opened) -> dict[str, Any]:
    """What the template ``visit/steps/consent.html`` shows."""
    wording, last = opened.page.get("consent"), opened.consent
    shown = last.wording if last is not None and opened.signed else wording
    return {
        "wording": shown,
        "risks": _risk_groups(shown) if shown else [],
        "state": consent_state(opened)[0],
        "signed_consent": _signed(last) if last is not None else None,
        "suggested": bool(not opened.page["error"] and opened.page["plan"]["suggested"]),
        "sign_address": reverse("visit-consent", args=[opened.visit.pk]),
        "person_name": str(opened.visit.person),
        "plan_address": opened.step_address("plan"),
        "next_step": opened.step_address("treat"),
    }


def _risk_groups(wording: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"title": words, "risks": [_risk(one) for one in wording["risks"] if one["group"] == group]}
        for group, words in GROUP_WORDS.items()
        if any(one["group"] == group for one in wording["risks"])
    ]


def _risk(one: dict[str, Any]) -> dict[str, Any]:
    """A risk with its icons, where a rate is known that icons can show."""
    has_icons = bool(one["people"]) and one["crowd"] is not None and one["crowd"] <= 100
    icons = reverse("visit-icons", args=[one["people"], one["crowd"]]) if has_icons else ""
    return {**one, "icons": icons, "places": "; ".join(one["places"])}


def _signed(last: Consent) -> dict[str, Any]:
    return {
        "name": last.name,
        "agreed": last.agreed,
        "at": moment(last.signed_at),
        "before": last.witness.name if last.witness is not None else "",
        "sha256": last.wording_sha256,
        "seal": last.seal.sha256,
    }


@may(Right.WRITE)
@require_POST
def visit_consent(request: MemberRequest, id_: UUID) -> HttpResponse:
    """Keep what the person signs in the room: yes or no, to the words that were on the page."""
    visit = open_visit(request, id_, "asked to have consent signed")
    back = redirect("visit-step", visit.pk, "consent")
    agrees = {"yes": True, "no": False}.get(str(request.POST.get("agrees")))
    planned = planned_of(visit, read_visit(visit))
    if agrees is None or planned is None:
        messages.error(request, _("Nothing was signed. Choose whether the person agrees."))
        return back
    try:
        with transaction.atomic():
            sign_consent(
                visit, planned, name=str(request.POST.get("name", "")), agreed=agrees,
                read_sha256=str(request.POST.get("sha256", "")), witness=request.member,
            )  # fmt: skip
            leave_trail(request, "had consent signed", visit.person_id, changed=True)
    except ValueError:
        messages.error(request, _("Nothing was signed. Write the name of the person who signs."))
    except NothingToConsentTo:
        messages.error(request, _("No place is needled today, so there is nothing to sign."))
    except WordingChanged:
        messages.error(
            request, _("The plan changed while it was read. Nothing was signed; read these words and sign them.")
        )
    except (VisitIsSigned, VisitIsCancelled):
        messages.error(request, _("This visit is closed. Nothing was signed."))
    return back
