"""The trail: every look at a person's record, and every change, leaves an entry."""

import logging
from typing import TypeVar
from uuid import UUID

from django.db import models
from django.http import Http404, HttpRequest

from needlepoint.clinic.access.address import where_from
from needlepoint.clinic.records.models import AuditEntry, Member, Person, Visit

log = logging.getLogger("needlepoint.trail")


def leave_trail(request: HttpRequest, action: str, person: UUID | None, *, changed: bool = False) -> None:
    """Write down that this was done, by whom, to whose record, and from where."""
    member: Member | None = getattr(request, "member", None)
    patient: Person | None = getattr(request, "patient", None)
    who = member.name if member else "the patient, by a private link" if patient else "nobody signed in"
    AuditEntry.objects.create(
        member=member,
        who=who,
        person=person,
        action=action,
        changed=changed,
        where=where_from(request),
    )


_Row = TypeVar("_Row", bound=models.Model)


def _found(rows: "models.QuerySet[_Row]", id_: UUID) -> _Row:
    found = rows.filter(pk=id_).first()
    if found is None:
        # The same answer for what is not there and for what belongs to others.
        raise Http404("there is no such record here")
    return found


def open_person(request: HttpRequest, id_: UUID, action: str, *, changed: bool = False) -> Person:
    """The person with this id, if of this organisation; the look is written into the trail. Raises Http404."""
    person = _found(Person.objects.all(), id_)
    leave_trail(request, action, person.pk, changed=changed)
    return person


def open_visit(request: HttpRequest, id_: UUID, action: str, *, changed: bool = False) -> Visit:
    """The visit with this id, with its person, course, clinic and clinician; the look is written into the trail. Raises Http404."""
    visit = _found(Visit.objects.select_related("person", "course", "clinic", "clinician"), id_)
    leave_trail(request, action, visit.person_id, changed=changed)
    return visit
