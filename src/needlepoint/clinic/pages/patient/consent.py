"""Consent at home: read what will be done and what can go wrong, then say yes or no, with a name."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from needlepoint.clinic.access.patients import PatientRequest, patient_page
from needlepoint.clinic.access.trail import leave_trail
from needlepoint.clinic.pages.patient.consenting import asked_consent, consent_page, planned_by_clinic
from needlepoint.clinic.pages.patient.mine import Mine, mine, over
from needlepoint.clinic.records.consenting import NothingToConsentTo, WordingChanged, last_consent, sign_consent
from needlepoint.clinic.records.keeping import VisitIsCancelled, VisitIsSigned


@patient_page
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: PatientRequest) -> HttpResponse:
    """The words to read, and the form to sign."""
    here = mine(request)
    if here.closed:
        return over(request, here)
    wrong, changed = "", False
    if request.method == "POST":
        wrong = _missing(request)
        if not wrong:
            try:
                return _sign(request, here)
            except WordingChanged:
                changed, wrong = True, _("The plan was changed while you were reading. Please read it again.")
            except NothingToConsentTo:
                return redirect("my")
            except (VisitIsSigned, VisitIsCancelled):
                return over(request, here)
    wording = asked_consent(here)
    if wording is None:
        return redirect("my")
    leave_trail(request, "read the words of consent", request.patient.pk)
    last = last_consent(here.visit)
    changed = changed or (last is not None and last.wording_sha256 != wording["sha256"])
    said = request.POST.get("agreed", "") if not changed else ""
    page = consent_page(wording, said, request.POST.get("name", "")[:200], wrong, changed=changed)
    return render(
        request, "patient/consent.html",
        here.context(page=page, has_errors=bool(wrong)), status=422 if wrong else 200,
    )  # fmt: skip


def _missing(request: PatientRequest) -> str:
    if request.POST.get("agreed") not in ("yes", "no"):
        return _("Say whether you agree or not.")
    if not request.POST.get("name", "").replace("\x00", "").strip():
        return _("Write your name: it stands for your signature.")
    return ""


def _sign(request: PatientRequest, here: Mine) -> HttpResponse:
    planned = planned_by_clinic(here)
    if planned is None:
        raise NothingToConsentTo
    sign_consent(
        here.visit,
        planned,
        name=request.POST["name"].replace("\x00", ""),
        agreed=request.POST["agreed"] == "yes",
        read_sha256=request.POST.get("sha256", ""),
        link=request.link,
    )
    leave_trail(request, "signed or refused consent", request.patient.pk, changed=True)
    return redirect("my")
