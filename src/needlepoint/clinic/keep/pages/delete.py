"""Delete a person's record lawfully."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from needlepoint.clinic.access.rights import MemberRequest, Right, may
from needlepoint.clinic.access.trail import leave_trail, open_person
from needlepoint.clinic.keep import deleting
from needlepoint.clinic.keep.pages.counted import counted
from needlepoint.clinic.records.models import Person


class DeleteForm(forms.Form):
    """A reason that stays, and the person's number or name typed once more."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=deleting.LONGEST_REASON,
        help_text=gettext_lazy("It stays for good. Write it without the person's name: who asked for it, when, by which right."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    confirmation = forms.CharField(
        label=gettext_lazy("To be sure"), widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        wanted = person.number or str(person)
        self.fields["confirmation"].help_text = _("Type %(wanted)s.") % {"wanted": wanted}

    def clean_confirmation(self) -> str:
        """The number or the name, as it is written in the record."""
        told = " ".join(self.cleaned_data["confirmation"].split())
        if told.casefold() not in {one.casefold() for one in (self.person.number, str(self.person)) if one}:
            raise ValidationError(_("This is not the number or the name of the person on this page."))
        return told


@dataclass(frozen=True, slots=True)
class Confirm:
    """The decision that is asked once more."""

    title: str
    says: str
    stays: str
    form: DeleteForm
    act: str
    back: str
    danger: bool = True


@may(Right.DELETE)
@reauthentication_required  # type: ignore[untyped-decorator]
@require_http_methods(["GET", "POST"])
def delete_person(request: MemberRequest, id_: UUID) -> HttpResponse:
    """GET: what goes and what stays. POST: with a reason, delete. Asked for by somebody who signed in within minutes."""
    person = open_person(request, id_, "asked to delete the record")
    form = DeleteForm(person, request.POST or None)
    if request.method == "POST" and form.is_valid() and _delete(request, person, form):
        messages.success(request, _("The record was deleted. The reason stays."))
        return redirect("people")
    context = {"confirm": _confirm(person, form), "form": form, "person": str(person), "has_errors": bool(form.errors)}
    context["counts"] = counted(deleting.what_there_is(person.pk))
    return render(request, "keep/delete_person.html", {**context, "main_class": "page--reading"})


def _delete(request: MemberRequest, person: Person, form: DeleteForm) -> bool:
    gone = person.pk
    # What waits to be shown to this member may name the person; their own sign-in is not ended for it.
    list(messages.get_messages(request))
    request.session.save()
    try:
        with transaction.atomic():
            deleting.delete_person(
                person, form.cleaned_data["reason"], request.member, spare=request.session.session_key
            )
            leave_trail(request, "deleted the record lawfully", gone, changed=True)
    except ValueError as error:
        form.add_error("reason", str(error))
        return False
    return True


def _confirm(person: Person, form: DeleteForm) -> Confirm:
    return Confirm(
        title=_("Delete the whole record of %(person)s") % {"person": person},
        says=_("Everything that was written about this person goes, at once and for good. Hand out the record before, if it is wanted."),
        stays=_("The reason, who deleted it and when, the trail of who saw it (without a name), and the seals, which hold no words."),
        form=form,
        act=_("Delete for good"),
        back=reverse("person", args=[person.pk]),
    )  # fmt: skip
