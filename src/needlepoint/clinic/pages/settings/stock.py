"""Needles in stock: lots as they were delivered, and how many are left."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from needlepoint.clinic.access.rights import MemberRequest, Right, may
from needlepoint.clinic.access.trail import leave_trail
from needlepoint.clinic.pages.settings.found import found, say
from needlepoint.clinic.records.models import Clinic, Insertion, NeedleLot, StockChange

A_PAGE = 50


class LotForm(forms.ModelForm):  # type: ignore[type-arg]
    """A lot as it stands on the box."""

    clinic: Any = forms.ModelChoiceField(None, label=gettext_lazy("Clinic"), empty_label=None)

    class Meta:
        model = NeedleLot
        fields = ["maker", "number", "length_mm", "diameter_mm", "expires_on", "received"]
        labels = {
            "maker": gettext_lazy("Maker"),
            "number": gettext_lazy("Number of the lot"),
            "length_mm": gettext_lazy("Length (mm)"),
            "diameter_mm": gettext_lazy("Diameter (mm)"),
            "expires_on": gettext_lazy("Use before"),
            "received": gettext_lazy("Needles delivered"),
        }
        widgets = {
            "expires_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "length_mm": forms.NumberInput(attrs={"inputmode": "decimal", "step": "any", "min": "1"}),
            "diameter_mm": forms.NumberInput(attrs={"inputmode": "decimal", "step": "any", "min": "0.05"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clinic"].queryset = Clinic.objects.order_by("name")  # type: ignore[attr-defined]

    def clean_length_mm(self) -> float:
        """In millimetres, and no gauge."""
        return self._between("length_mm", 5, 150)

    def clean_diameter_mm(self) -> float:
        """In millimetres, and no gauge."""
        return self._between("diameter_mm", 0.05, 1)

    def _between(self, name: str, least: float, most: float) -> float:
        told: float = self.cleaned_data[name]
        if not least <= told <= most:
            raise forms.ValidationError(
                _("In millimetres, between %(least)s and %(most)s.") % {"least": least, "most": most}
            )
        return told


class CountForm(forms.Form):
    """How many are really there."""

    there = forms.IntegerField(label=gettext_lazy("Needles counted"), min_value=0, max_value=1_000_000)
    reason = forms.CharField(
        label=gettext_lazy("Why"), max_length=200, initial=gettext_lazy("counted anew"), strip=True
    )


@dataclass(frozen=True, slots=True)
class LotLine:
    """A lot in the list."""

    id: object
    title: str
    size: str
    clinic: str
    expires: str
    expired: bool
    recalled: bool
    left: int


@may(Right.SETTINGS)
def stock(request: MemberRequest) -> HttpResponse:
    """All lots, the newest first."""
    page = Paginator(_counted().order_by("-created_at"), A_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    return render(request, "settings/stock.html", {"page_of": page, "lines": [_line(one, today) for one in page]})


@may(Right.SETTINGS)
def new_lot(request: MemberRequest) -> HttpResponse:
    """A delivery."""
    form = LotForm(request.POST or None, initial={"clinic": request.member.clinic_id})
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                form.instance.clinic = form.cleaned_data["clinic"]
                form.save()
        except IntegrityError:
            form.add_error("number", _("This lot is in the list already; count it anew there."))
        else:
            leave_trail(request, "added a lot of needles", None, changed=True)
            say(request, _("The lot was added."))
            return redirect("settings-stock")
    about = {"title": _("Add a lot of needles"), "form": form, "act": _("Add the lot"), "back": "settings-stock"}
    return render(
        request, "settings/form.html", {**about, "has_errors": bool(form.errors)}, status=422 if form.errors else 200
    )


@may(Right.SETTINGS)
def count_lot(request: MemberRequest, id_: UUID) -> HttpResponse:
    """Count a lot anew: the difference is kept with its reason, and nothing of before is changed."""
    lot = found(NeedleLot, id_, "clinic")
    form = CountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            # Two who count at once wait for each other: each difference is to what really stood there.
            NeedleLot.objects.select_for_update().get(pk=lot.pk)
            left = _left(_counted().get(pk=lot.pk))
            difference = form.cleaned_data["there"] - left
            if difference:
                StockChange.objects.create(
                    lot=lot, needles=difference, reason=form.cleaned_data["reason"], by=request.member
                )
        leave_trail(request, "counted a lot of needles anew", None, changed=True)
        say(request, _("Counted."))
        return redirect("settings-stock")
    line = _line(_counted().get(pk=lot.pk), timezone.localdate())
    changes = StockChange.objects.filter(lot=lot).select_related("by").order_by("-at")[:20]
    return render(
        request,
        "settings/count_lot.html",
        {"line": line, "form": form, "changes": changes, "has_errors": bool(form.errors)},
        status=422 if form.errors else 200,
    )


def _counted() -> "QuerySet[NeedleLot]":
    """Lots with what came or went since, and what was used, counted by the database in one question."""
    used = Insertion.objects.filter(lot=OuterRef("pk")).order_by().values("lot").annotate(n=Count("pk")).values("n")
    came = (
        StockChange.objects.filter(lot=OuterRef("pk")).order_by().values("lot").annotate(n=Sum("needles")).values("n")
    )
    rows: QuerySet[NeedleLot] = NeedleLot.objects.select_related("clinic").annotate(
        used=Coalesce(Subquery(used, output_field=IntegerField()), 0),
        came=Coalesce(Subquery(came, output_field=IntegerField()), 0),
    )
    return rows


def _left(lot: Any) -> int:
    return int(lot.received + lot.came - lot.used)


def _line(lot: NeedleLot, today: date) -> LotLine:
    return LotLine(
        lot.pk,
        f"{lot.maker}, {lot.number}",
        f"{lot.length_mm:g} × {lot.diameter_mm:g} mm",
        lot.clinic.name,
        date_format(lot.expires_on, "SHORT_DATE_FORMAT") if lot.expires_on else _("not told"),
        bool(lot.expires_on and lot.expires_on < today),
        lot.recalled,
        _left(lot),
    )
