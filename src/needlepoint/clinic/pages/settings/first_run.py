"""The first run: an organisation, its first clinic and its owner, set up by whoever can read the server's code."""

from django import forms
from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from needlepoint.clinic.access.first_run import CodeWasUsed, is_first_run, is_setup_code, setup_code, use_setup_code
from needlepoint.clinic.access.forms import NewPassword
from needlepoint.clinic.access.members import Details, EmailIsTaken, add_member
from needlepoint.clinic.access.rights import anyone
from needlepoint.clinic.pages.settings.found import say
from needlepoint.clinic.records.models import AuditEntry, Clinic, Organisation
from needlepoint.clinic.records.organisation import Role
from needlepoint.clinic.records.scope import within


class SetUpForm(NewPassword):
    """Everything that a clinic needs to begin."""

    code = forms.CharField(
        label=gettext_lazy("Code of the server"),
        help_text=gettext_lazy(
            "The server printed it when it started; it also stands in the file setup-code in the clinic's folder."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}),
    )
    organisation = forms.CharField(label=gettext_lazy("Name of your practice or organisation"), max_length=200)
    clinic = forms.CharField(label=gettext_lazy("Name of the first clinic"), max_length=200)
    name = forms.CharField(
        label=gettext_lazy("Your name, as it stands under notes"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail, for signing in"),
        max_length=150,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    field_order = ["code", "organisation", "clinic", "name", "email", "password1", "password2"]

    def clean_code(self) -> str:
        """It is the code that the server printed."""
        told: str = self.cleaned_data["code"]
        if not is_setup_code(told):
            raise forms.ValidationError(_("This is not the code that the server printed."))
        return told

    def clean_password1(self) -> str:
        """Not too like the name or the e-mail, which come before it."""
        user = get_user_model()(username=self.cleaned_data.get("email", ""), email=self.cleaned_data.get("email", ""))
        field = self.fields["password1"]
        field.user = user  # type: ignore[attr-defined]
        return str(field.clean(self.cleaned_data["password1"]))


@anyone
def set_up(request: HttpRequest) -> HttpResponse:
    """Only as long as there is no organisation; afterwards there is no such page."""
    if not is_first_run():
        raise Http404
    setup_code()
    form = SetUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _found(form)
        except (CodeWasUsed, EmailIsTaken):
            raise Http404 from None
        say(request, _("Your clinic is set up. Sign in, then add a second factor."))
        return redirect("account_login")
    return render(
        request,
        "setup/set_up.html",
        {"form": form, "has_errors": bool(form.errors)},
        status=422 if form.errors else 200,
    )


def _found(form: SetUpForm) -> None:
    told = form.cleaned_data
    with transaction.atomic():
        organisation = Organisation.objects.create(name=told["organisation"])
        with within(organisation.pk):
            clinic = Clinic.objects.create(name=told["clinic"])
            owner = add_member(told["email"], Details(told["name"], Role.OWNER, clinic), told["password1"])
            AuditEntry.objects.create(member=owner, who=owner.name, action="set the clinic up", changed=True)
        # Last, and once: of two who press the button together, the other finds the code used and nothing of theirs is kept.
        use_setup_code()
