"""A new person, and changed details of one. Earlier details are kept."""

import uuid
from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from needlepoint.clinic.access.rights import MemberRequest, Right, may
from needlepoint.clinic.access.trail import leave_trail, open_person
from needlepoint.clinic.pages.people import saying
from needlepoint.clinic.pages.people.alike import alike
from needlepoint.clinic.pages.people.forms import PersonForm, details_of
from needlepoint.clinic.records.models import Deletion, Person, PersonChange


@may(Right.WRITE)
@require_http_methods(["GET", "POST"])
def new_person(request: MemberRequest) -> HttpResponse:
    """Write somebody down. The form carries the id of the person to be, so that a double click makes one person."""
    id_ = _id(request.POST.get("id"))
    if request.method == "GET":
        return _form(request, PersonForm(), id_)
    if Person.objects.filter(pk=id_).exists():
        return redirect("person", id_)
    if Deletion.objects.filter(person=id_).exists():
        # A form that lay open while the record was deleted must not write the person down again by itself.
        messages.warning(
            request,
            _(
                "Nothing was written down: the record that this form was for has been deleted lawfully. Here is a new form."
            ),
        )
        return _form(request, PersonForm(), uuid.uuid4())
    form = PersonForm(request.POST, instance=Person(pk=id_))
    if not form.is_valid():
        return _form(request, form, id_)
    others = alike(form.instance) if "another" not in request.POST else []
    if others:
        leave_trail(request, "was shown a person who may be the same", others[0].pk)
        return _form(request, form, id_, others)
    try:
        with transaction.atomic():
            form.save()
            leave_trail(request, "wrote down a new person", id_, changed=True)
    except IntegrityError:
        # The other click of a double click was quicker; or the id is taken elsewhere, and then a fresh form mends it.
        if not Person.objects.filter(pk=id_).exists():
            return _form(request, form, uuid.uuid4())
    return redirect("person", id_)


@may(Right.WRITE)
@require_http_methods(["GET", "POST"])
def edit_person(request: MemberRequest, id_: UUID) -> HttpResponse:
    """Change somebody's details; how they were before is kept."""
    person = open_person(request, id_, "opened the details of a person")
    if request.method == "GET":
        return _form(request, PersonForm(instance=person), id_, person=person)
    with transaction.atomic():
        before = details_of(Person.objects.select_for_update().get(pk=id_))
        form = PersonForm(request.POST, instance=person)
        if not form.is_valid():
            return _form(request, form, id_, person=person)
        if details_of(form.instance) != before:
            form.save()
            PersonChange.objects.create(person=person, before=before, by=request.member)
            leave_trail(request, "changed the details of a person", id_, changed=True)
            messages.success(request, _("Kept. How it was before stays in the record."))
    return redirect("person", id_)


def _form(
    request: MemberRequest,
    form: PersonForm,
    id_: UUID,
    others: list[Person] | None = None,
    person: Person | None = None,
) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "form": form,
        "id": id_,
        "others": [
            (one, saying.short_day(one.birth_date), saying.age(one.birth_date, today), one.number)
            for one in others or ()
        ],
        "person": person,
        "has_errors": bool(form.errors),
        "main_class": "page--reading",
    }
    return render(request, "people/details.html", context, status=200)


def _id(told: str | None) -> UUID:
    try:
        return UUID(told or "")
    except ValueError:
        return uuid.uuid4()
