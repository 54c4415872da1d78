"""The details of a person, as a form."""

import hashlib
import json
import unicodedata
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from needlepoint.clinic.records.models import Person

DETAILS = ("given", "family", "birth_date", "sex", "number", "phone", "email")
#: Nobody is known to have become older than 122 years.
_OLDEST = 125


if TYPE_CHECKING:
    _OfPerson = forms.ModelForm[Person]
else:
    _OfPerson = forms.ModelForm


class PersonForm(_OfPerson):
    """The details of a person. ``seen``: the details as they stood when the form was opened, so that nobody overwrites a colleague unseen."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Person
        fields = DETAILS
        widgets = {
            "given": forms.TextInput(attrs={"autocomplete": "off"}),
            "family": forms.TextInput(attrs={"autocomplete": "off"}),
            "birth_date": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "sex": forms.RadioSelect,
            "number": forms.TextInput(attrs={"autocomplete": "off"}),
            "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
            "email": forms.EmailInput(attrs={"autocomplete": "off"}),
        }
        help_texts = {
            "sex": gettext_lazy("Some questions are asked, and some needles chosen, by it. It may stay open."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sex = self.fields["sex"]
        assert isinstance(sex, forms.TypedChoiceField)
        sex.choices = [*(Person._meta.get_field("sex").choices or ()), ("", _("not told"))]
        self.initial["seen"] = as_seen(self.instance)

    def clean_given(self) -> str:
        """The given names, one space between two."""
        return _name(self.cleaned_data["given"])

    def clean_family(self) -> str:
        """The family name, one space between two."""
        return _name(self.cleaned_data["family"])

    def clean_birth_date(self) -> date:
        """A day on which somebody who lives may have been born."""
        born: date = self.cleaned_data["birth_date"]
        today = timezone.localdate()
        if born > today:
            raise ValidationError(_("This day has not come yet."))
        if today.year - born.year > _OLDEST:
            raise ValidationError(_("More than %(years)d years ago: is the year right?") % {"years": _OLDEST})
        return born

    def clean(self) -> dict[str, Any]:
        """Names that can be sought, and details that nobody changed in between."""
        told = super().clean() or self.cleaned_data
        # Some letters become several when a name is made ready to be sought.
        if len(f"{told.get('family', '')} {told.get('given', '')}".casefold()) > 210:
            raise ValidationError(_("These names are too long to be kept; shorten one of them."))
        if self.instance._state.adding is False and told.get("seen") != as_seen(self.instance_before):
            raise ValidationError(
                _("A colleague changed these details in the meantime. Open the page anew, and compare.")
            )
        return told

    @property
    def instance_before(self) -> Person:
        """The person as the record has them now, not as the form fills them in."""
        found: Person = Person.objects.get(pk=self.instance.pk)
        return found


def details_of(person: Person) -> dict[str, str]:
    """The details of a person as they are kept before a change."""
    return {name: str(getattr(person, name) or "") for name in DETAILS}


def as_seen(person: Person) -> str:
    """A short mark of these details, without telling them."""
    return hashlib.sha256(json.dumps(details_of(person)).encode()).hexdigest()[:16]


def _name(told: str) -> str:
    name = " ".join(unicodedata.normalize("NFC", told).split())
    if not any(one.isalnum() for one in name):
        raise ValidationError(_("A name has at least one letter."))
    return name
