"""The overview: what there is to do, and what is done."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from needlepoint.clinic.access.patients import PatientRequest, patient_page
from needlepoint.clinic.access.trail import leave_trail
from needlepoint.clinic.pages.patient.mine import mine
from needlepoint.clinic.pages.patient.present_overview import overview_page


@patient_page
@require_safe
def overview(request: PatientRequest) -> HttpResponse:
    """What is to do for this visit, the next thing first."""
    here = mine(request)
    leave_trail(request, "opened the own pages", request.patient.pk)
    return render(request, "patient/overview.html", here.context(page=overview_page(here)))
