"""A new visit of a person, and a visit that does not take place."""

import uuid
from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from needlepoint.clinic.access.rights import MemberRequest, Right, may
from needlepoint.clinic.access.trail import leave_trail, open_person, open_visit
from needlepoint.clinic.pages.people import saying
from needlepoint.clinic.pages.people.visit_form import VisitForm
from needlepoint.clinic.records.keeping import WROTE
from needlepoint.clinic.records.models import Course, Entry, Person, Visit


@may(Right.WRITE)
@require_http_methods(["GET", "POST"])
def new_visit(request: MemberRequest, id_: UUID) -> HttpResponse:
    """Plan a visit: for what, when, where and with whom. The form carries the id of the visit to be: a double click makes one visit."""
    person = open_person(request, id_, "opened the form of a new visit")
    visit = _id(request.POST.get("id"))
    if request.method == "GET":
        return _form(request, VisitForm(person=person, member=request.member), person, visit)
    if Visit.objects.filter(pk=visit, person=person).exists():
        return redirect("visit", visit)
    form = VisitForm(request.POST, person=person, member=request.member)
    if not form.is_valid():
        return _form(request, form, person, visit)
    try:
        with transaction.atomic():
            made = _make(form, person, visit)
            leave_trail(request, "planned a visit", person.pk, changed=True)
    except IntegrityError:
        if not Visit.objects.filter(pk=visit, person=person).exists():
            return _form(request, form, person, uuid.uuid4())
        return redirect("visit", visit)
    if made.on == timezone.localdate():
        return redirect("visit", visit)
    messages.success(request, _("Planned for %(when)s.") % {"when": saying.moment(made.planned_at)})
    return redirect("person", person.pk)


def _make(form: VisitForm, person: Person, id_: UUID) -> Visit:
    told = form.cleaned_data
    on = timezone.localtime(told["planned_at"]).date()
    # The course has the id of its first visit: the second click of a double click makes no second course.
    course = told["course"] or Course.objects.create(pk=id_, person=person, complaint=told["complaint"], opened_on=on)
    made: Visit = Visit.objects.create(
        pk=id_, person=person, course=course, clinic=told["clinic"], clinician=told["clinician"],
        planned_at=told["planned_at"], on=on,
    )  # fmt: skip
    return made


@may(Right.WRITE)
@require_http_methods(["GET", "POST"])
def cancel_visit(request: MemberRequest, id_: UUID) -> HttpResponse:
    """A visit does not take place. What was written for it stays; a visit in which something was done is signed instead."""
    visit = open_visit(request, id_, "opened a visit to cancel it")
    why_not = _why_not(visit)
    if request.method == "POST" and not why_not:
        with transaction.atomic():
            held = Visit.objects.select_for_update().get(pk=id_)
            why_not = _why_not(held)
            if not why_not:
                Visit.objects.filter(pk=id_).update(state=Visit.State.CANCELLED)
                leave_trail(request, "cancelled a visit", visit.person_id, changed=True)
        if not why_not:
            messages.success(request, _("The visit is cancelled."))
            return redirect("person", visit.person_id)
    if why_not:
        messages.warning(request, why_not)
        return redirect("person", visit.person_id)
    confirm = {
        "title": _("Cancel this visit?"),
        "says": _("%(who)s, %(when)s") % {"who": visit.person, "when": saying.moment(visit.planned_at)},
        "stays": _("What was written for it stays in the record."),
        "act": _("Cancel the visit"),
        "danger": True,
        "back": reverse("person", args=[visit.person_id]),
    }
    return render(request, "people/confirm.html", {"confirm": confirm, "main_class": "page--reading"})


def _why_not(visit: Visit) -> str:
    """Why this visit cannot be cancelled; empty when it can."""
    if visit.state == Visit.State.SIGNED:
        return _("The note of this visit is signed; it took place.")
    if visit.state == Visit.State.CANCELLED:
        return _("This visit is cancelled already.")
    if Entry.objects.filter(visit=visit).exclude(kind=WROTE).exists():
        return _("Something was done in this visit: sign its note instead.")
    return ""


def _form(request: MemberRequest, form: VisitForm, person: Person, visit: UUID) -> HttpResponse:
    context = {
        "form": form,
        "id": visit,
        "person": person,
        "has_errors": bool(form.errors),
        "main_class": "page--reading",
    }
    return render(request, "people/new_visit.html", context)


def _id(told: str | None) -> UUID:
    try:
        return UUID(told or "")
    except ValueError:
        return uuid.uuid4()
