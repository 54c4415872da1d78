"""The trouble in the person's own words."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from needlepoint.clinic.access.patients import PatientRequest, patient_page
from needlepoint.clinic.pages.patient.fields import MOST_LETTERS
from needlepoint.clinic.pages.patient.mine import mine, over
from needlepoint.clinic.pages.patient.present_questions import Seen
from needlepoint.clinic.pages.patient.writing import NotKept, write
from needlepoint.clinic.records.keeping import VisitIsCancelled, VisitIsSigned


@dataclass(frozen=True, slots=True)
class ComplaintPage:
    """A box for words."""

    text: str
    entries: str
    seen: tuple[Seen, ...]
    most: int
    wrong: str


@patient_page
@require_http_methods(["GET", "HEAD", "POST"])
def complaint(request: PatientRequest) -> HttpResponse:
    """What is the trouble, since when?"""
    here = mine(request)
    if here.closed:
        return over(request, here)
    written, wrong = here.read.written, ""
    text = str(written.value("complaint") or "")
    if request.method == "POST":
        text = request.POST.get("complaint", "").replace("\x00", "").replace("\r\n", "\n").strip()
        if not text:
            wrong = _("Write some words: what hurts, since when, and what makes it worse.")
        else:
            try:
                write(request, written, {"complaint": text})
                return redirect("my")
            except NotKept as error:
                wrong = error.words(_("This is too long. Please say it in fewer words."))
            except (VisitIsSigned, VisitIsCancelled):
                return over(request, here)
    entries = " ".join(written.entries("complaint"))
    page = ComplaintPage(text, entries, (Seen("complaint", entries),) if entries else (), MOST_LETTERS, wrong)
    return render(
        request, "patient/complaint.html",
        here.context(page=page, has_errors=bool(wrong)), status=422 if wrong else 200,
    )  # fmt: skip
