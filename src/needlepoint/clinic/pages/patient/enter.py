"""Coming in by a private link, and going out again."""

from datetime import date

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from needlepoint.clinic.access.links import Token, Tried, now_utc, read_token, try_birth_date, works
from needlepoint.clinic.access.patients import PatientRequest, enter, leave, patient_page
from needlepoint.clinic.access.rights import anyone
from needlepoint.clinic.access.trail import leave_trail
from needlepoint.clinic.records.models import PrivateLink
from needlepoint.clinic.records.scope import within

_WRONG = "a wrong date of birth"
#: What the trail keeps of a date of birth that opened nothing.
_TOLD = {Tried.WRONG: (_WRONG,), Tried.LOCKED: (_WRONG, "a link was locked")}


class BirthDateForm(forms.Form):
    """The date of birth in three fields: quicker by thumb than a calendar, and no order of day and month to guess."""

    day = forms.IntegerField(label=gettext_lazy("Day"), min_value=1, max_value=31)
    month = forms.IntegerField(label=gettext_lazy("Month"), min_value=1, max_value=12)
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=1890, max_value=2200)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name, complete, length in (("day", "bday-day", 2), ("month", "bday-month", 2), ("year", "bday-year", 4)):
            # A text field with digits: a number field changes when a finger or a wheel slides over it.
            self.fields[name].widget = forms.TextInput(
                attrs={"inputmode": "numeric", "autocomplete": complete, "maxlength": length, "size": length}
            )

    def clean(self) -> dict[str, object]:
        """The three as one day."""
        told = super().clean() or {}
        if {"day", "month", "year"} <= told.keys():
            try:
                told["date"] = date(told["year"], told["month"], told["day"])
            except ValueError:
                self.add_error(None, _("There is no such day. Please look at the date again."))
        return told


@anyone
@require_http_methods(["GET", "HEAD", "POST"])
def private_link(request: HttpRequest, token: str) -> HttpResponse:
    """Asks for the date of birth, then opens the patient's pages; the token is in no address from then on."""
    if request.user.is_authenticated:
        return render(request, "patient/closed.html", {"member": True}, status=403)
    read = read_token(token)
    now = now_utc()
    if read is None or not works(read, now):
        return _closed(request)
    form = BirthDateForm(request.POST) if request.method == "POST" else BirthDateForm()
    if request.method == "POST" and form.is_valid():
        tried = try_birth_date(read, form.cleaned_data["date"], now)
        if tried in _TOLD:
            _leave_trail(request, read, _TOLD[tried])
        if tried in (Tried.CLOSED, Tried.LOCKED):
            return _closed(request)
        if tried is Tried.RIGHT:
            return _come_in(request, read)
        form.add_error(None, _("This is not the date of birth that we have. Please look at it again."))
    # Answered as 200 also when it is wrong: Django writes the address of every other answer into the log, and this address is a secret.
    page = render(request, "patient/enter.html", {"form": form, "has_errors": bool(form.errors)})
    # No request, not even of our own style sheets, names this address; its origin alone is told, which the check against forged forms needs.
    page["Referrer-Policy"] = "strict-origin"
    return page


def _come_in(request: HttpRequest, token: Token) -> HttpResponse:
    enter(request, {"organisation": str(token.organisation), "link": str(token.link)})
    with within(token.organisation):
        link = PrivateLink.objects.select_related("person").get(pk=token.link)
        request.patient, request.link = link.person, link  # type: ignore[attr-defined]
        leave_trail(request, "came in by a private link", link.person_id)
    return redirect("my")


def _leave_trail(request: HttpRequest, token: Token, actions: tuple[str, ...]) -> None:
    """Whoever guesses is nobody that we know: the trail of the person holds that it happened, and from where."""
    with within(token.organisation):
        person = PrivateLink.objects.filter(pk=token.link).values_list("person_id", flat=True).first()
        for action in actions:
            leave_trail(request, action, person)


def _closed(request: HttpRequest) -> HttpResponse:
    return render(request, "patient/closed.html", {"member": False}, status=404)


@patient_page
@require_POST
def done(request: PatientRequest) -> HttpResponse:
    """The patient goes out; the next one at this device comes in only by a link and a date of birth."""
    leave(request)
    return render(request, "patient/goodbye.html")
