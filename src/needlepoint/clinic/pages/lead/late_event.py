"""An adverse event that came to light after the note was signed: it is counted, and an addendum tells it beside the note."""

import uuid
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from needlepoint.clinic.access.rights import MemberRequest, Right, may
from needlepoint.clinic.access.trail import leave_trail, open_visit
from needlepoint.clinic.asking import known
from needlepoint.clinic.pages.people import saying
from needlepoint.clinic.pages.people.on_the_body import muscle
from needlepoint.clinic.records.late import report_late
from needlepoint.clinic.records.models import AdverseEvent, Insertion, Note, Visit
from needlepoint.treat import EventKind, Grade

#: What a form tells of an event: the same in all of it is the same event, sent twice.
_TOLD = ("visit_id", "kind", "grade", "on", "muscle", "side", "text", "steps")


class LateEventForm(forms.Form):
    """What happened, how bad it was, where, and which of the steps were taken."""

    grade = forms.ChoiceField(label=gettext_lazy("How bad was it"), widget=forms.RadioSelect)
    on = forms.DateField(
        label=gettext_lazy("Day on which it showed"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    place = forms.ChoiceField(label=gettext_lazy("Where"), required=False)
    steps = forms.MultipleChoiceField(
        label=gettext_lazy("Steps that were taken"), widget=forms.CheckboxSelectMultiple, required=False
    )
    text = forms.CharField(
        label=gettext_lazy("What happened"), widget=forms.Textarea(attrs={"rows": 5}), max_length=5000
    )

    def __init__(self, *args: Any, kind: EventKind, visit: Visit, **kwargs: Any) -> None:
        self.visit = visit
        self.insertions = {
            f"{one.muscle}/{one.side}": one for one in Insertion.objects.filter(session__visit=visit).order_by("-in_at")
        }
        kwargs.setdefault("initial", {"on": timezone.localdate()})
        super().__init__(*args, **kwargs)
        self._choices("grade", [(str(one), _grade(one, words)) for one, words in kind.grades.items()])
        places = [(key, saying.place(muscle(one.muscle), one.side)) for key, one in sorted(self.insertions.items())]
        self._choices("place", [("", _("at no one place, or not known")), *places])
        self._choices("steps", [(one.id, one.words) for one in kind.now])
        if kind.ask:
            self.fields["text"].help_text = " ".join(kind.ask)

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean_on(self) -> date:
        """Not before the visit, and not in the future."""
        on: date = self.cleaned_data["on"]
        if not self.visit.on <= on <= timezone.localdate():
            raise ValidationError(_("A day from the visit until today."))
        return on


def _grade(grade: Grade, words: str) -> str:
    return f"{known().treat.grades[grade].title}: {words}"


@may(Right.TREAT)
@require_http_methods(["GET", "POST"])
def late_event(request: MemberRequest, id_: UUID) -> HttpResponse:
    """First the kind is chosen, then what happened is told. The form carries the id of the event to be: a double click makes one."""
    visit = open_visit(request, id_, "opened the form for a late event")
    note = Note.objects.filter(visit=visit).defer("body").first()
    if note is None:
        raise Http404("the note of this visit is not signed yet: it is told in the session")
    kind = known().treat.events.get(request.POST.get("kind") or request.GET.get("kind", ""))
    if kind is None:
        kinds = sorted(known().treat.events.values(), key=lambda one: one.title)
        return render(request, "lead/late_event_kind.html", {"visit": visit, "kinds": kinds, **_frame(visit)})
    event = _id(request.POST.get("id"))
    form = LateEventForm(request.POST if request.method == "POST" else None, kind=kind, visit=visit)
    if request.method == "POST" and form.is_valid():
        if _report(request, form, kind, note, event):
            messages.success(request, _("Reported. An addendum tells it beside the note."))
            return redirect("lead-event", event)
        # A form from the browser's history carries the id of what was reported by it before.
        event = uuid.uuid4()
        messages.warning(
            request,
            _("Nothing was reported: this form had reported another event before. Look at it, and report it again."),
        )
    context = {
        "form": form, "kind": kind, "id": event, "visit": visit, "has_errors": bool(form.errors), **_frame(visit),
    }  # fmt: skip
    return render(request, "lead/late_event.html", context)


def _frame(visit: Visit) -> dict[str, object]:
    return {"main_class": "page--reading", "visit_words": f"{visit.person}, {saying.day(visit.on)}"}


def _report(request: MemberRequest, form: LateEventForm, kind: EventKind, note: Note, id_: UUID) -> bool:
    """Is this very event in the record now? It is written when nothing has its id; something else that has it stays as it is."""
    told, now = form.cleaned_data, datetime.now(UTC)
    insertion = form.insertions.get(told["place"])
    grade = Grade(told["grade"])
    event = AdverseEvent(
        pk=id_, person_id=note.person_id, visit=form.visit, clinician=form.visit.clinician, on=told["on"],
        kind=kind.id, grade=grade.value, muscle=insertion.muscle if insertion else "",
        side=insertion.side if insertion else "", text=told["text"], reported_by=request.member,
        steps=[{"at": None, "step": one, "done": True, "why": None} for one in told["steps"]],
    )  # fmt: skip
    there = AdverseEvent.objects.filter(pk=id_).first()
    if there is not None:
        return _same(there, event)
    try:
        with transaction.atomic():
            report_late(event, note, _words(form, kind, grade, id_), request.member, now=now)
            leave_trail(request, "reported a late event", note.person_id, changed=True)
    except IntegrityError:
        # The other click of a double click was quicker; or the id is taken where we may not look.
        there = AdverseEvent.objects.filter(pk=id_).first()
        return there is not None and _same(there, event)
    return True


def _same(there: AdverseEvent, told: AdverseEvent) -> bool:
    return all(getattr(there, name) == getattr(told, name) for name in _TOLD)


def _words(form: LateEventForm, kind: EventKind, grade: Grade, id_: UUID) -> str:
    """The addendum. It names the event, so that the row that is counted can be held against it."""
    told = form.cleaned_data
    insertion = form.insertions.get(told["place"])
    where = saying.place(muscle(insertion.muscle), insertion.side) if insertion else _("no one place")
    steps = [one.words for one in kind.now if one.id in told["steps"]]
    lines = [
        _("Adverse event, reported after signing: %(title)s (%(grade)s).")
        % {"title": kind.title, "grade": known().treat.grades[grade].title.lower()},
        _("Showed on %(day)s. Where: %(where)s.") % {"day": saying.day(told["on"]), "where": where},
        told["text"],
        *([_("Steps taken: %(steps)s") % {"steps": " ".join(steps)}] if steps else []),
        f"[{id_}]",
    ]
    return "\n".join(lines)


def _id(told: str | None) -> UUID:
    try:
        return UUID(told or "")
    except ValueError:
        return uuid.uuid4()
