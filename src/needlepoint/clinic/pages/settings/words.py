"""Words that a clinic writes often into its notes."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from needlepoint.clinic.access.rights import MemberRequest, Right, may
from needlepoint.clinic.access.trail import leave_trail
from needlepoint.clinic.pages.settings.found import found, say
from needlepoint.clinic.records.models import NoteTemplate


class WordsForm(forms.ModelForm):  # type: ignore[type-arg]
    """A name and the words."""

    class Meta:
        model = NoteTemplate
        fields = ["name", "text"]
        labels = {"name": gettext_lazy("Name"), "text": gettext_lazy("Words")}
        widgets = {"text": forms.Textarea(attrs={"rows": 8})}


@may(Right.SETTINGS)
def templates(request: MemberRequest) -> HttpResponse:
    """All of them."""
    return render(request, "settings/words.html", {"words": NoteTemplate.objects.order_by("name")})


@may(Right.SETTINGS)
def new_template(request: MemberRequest) -> HttpResponse:
    """One more."""
    return _write(request, WordsForm(request.POST or None), _("New words for notes"))


@may(Right.SETTINGS)
def template(request: MemberRequest, id_: UUID) -> HttpResponse:
    """Change one; notes that were signed with it stay as they are."""
    one = found(NoteTemplate, id_)
    return _write(request, WordsForm(request.POST or None, instance=one), _("Change the words"), one)


@may(Right.SETTINGS)
@require_POST
def remove_template(request: MemberRequest, id_: UUID) -> HttpResponse:
    """One less; notes that were signed with it stay as they are."""
    found(NoteTemplate, id_).delete()
    leave_trail(request, "removed words for notes", None, changed=True)
    say(request, _("The words were removed."))
    return redirect("settings-words")


def _write(request: MemberRequest, form: WordsForm, title: str, one: NoteTemplate | None = None) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        form.save()
        leave_trail(request, "wrote words for notes", None, changed=True)
        say(request, _("The words were kept."))
        return redirect("settings-words")
    about = {"title": title, "form": form, "act": _("Keep the words"), "back": "settings-words", "removable": one}
    return render(
        request, "settings/form.html", {**about, "has_errors": bool(form.errors)}, status=422 if form.errors else 200
    )
