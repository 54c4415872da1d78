"""The places where people are treated."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from needlepoint.clinic.access.rights import MemberRequest, Right, may
from needlepoint.clinic.access.trail import leave_trail
from needlepoint.clinic.pages.settings.found import found, say
from needlepoint.clinic.records.models import Clinic


class ClinicForm(forms.ModelForm):  # type: ignore[type-arg]
    """The name of a clinic."""

    class Meta:
        model = Clinic
        fields = ["name"]
        labels = {"name": gettext_lazy("Name of the clinic")}


@may(Right.SETTINGS)
def clinics(request: MemberRequest) -> HttpResponse:
    """GET: all of them. POST: one more."""
    form = ClinicForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        leave_trail(request, "added a clinic", None, changed=True)
        say(request, _("The clinic was added."))
        return redirect("settings-clinics")
    return render(
        request,
        "settings/clinics.html",
        {"clinics": Clinic.objects.order_by("name"), "form": form, "has_errors": bool(form.errors)},
        status=422 if form.errors else 200,
    )


@may(Right.SETTINGS)
def clinic(request: MemberRequest, id_: UUID) -> HttpResponse:
    """Another name for a clinic; what was written there stays there."""
    form = ClinicForm(request.POST or None, instance=found(Clinic, id_))
    if request.method == "POST" and form.is_valid():
        form.save()
        leave_trail(request, "renamed a clinic", None, changed=True)
        say(request, _("The new name holds."))
        return redirect("settings-clinics")
    about = {"title": _("Rename the clinic"), "form": form, "act": _("Keep this name"), "back": "settings-clinics"}
    return render(
        request, "settings/form.html", {**about, "has_errors": bool(form.errors)}, status=422 if form.errors else 200
    )
