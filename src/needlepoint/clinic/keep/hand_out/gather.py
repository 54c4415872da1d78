"""Everything that is kept about one person, read together."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import models

from needlepoint.clinic.keep.deleting import tables_of_people
from needlepoint.clinic.records.models import (
    Addendum,
    AdverseEvent,
    Attachment,
    AttachmentContent,
    AuditEntry,
    CheckIn,
    Clinic,
    Consent,
    Course,
    Insertion,
    Member,
    Note,
    Organisation,
    Person,
    Reaction,
    Seal,
    Session,
    Visit,
)
from needlepoint.clinic.records.reading import VisitRead, read_visit


@dataclass(frozen=True)
class Record:
    """One person's whole record. Each part is read when it is first asked for."""

    person: Person

    def _of_person(self, model: type[Any], *order: str, related: tuple[str, ...] = ()) -> list[Any]:
        rows = model.objects.filter(person=self.person.pk).order_by(*order)
        return list(rows.select_related(*related) if related else rows)

    @cached_property
    def organisation(self) -> Organisation:
        """Whose record it is."""
        return Organisation.objects.get(pk=self.person.organisation_id)

    @cached_property
    def courses(self) -> list[Course]:
        """Courses of care, the earliest first."""
        return self._of_person(Course, "opened_on", "pk")

    @cached_property
    def visits(self) -> list[Visit]:
        """Visits, the earliest first."""
        return self._of_person(Visit, "planned_at", "pk", related=("clinic", "clinician", "person", "course"))

    @cached_property
    def read(self) -> dict[UUID, VisitRead]:
        """What was written in each visit."""
        return {one.pk: read_visit(one) for one in self.visits}

    @cached_property
    def notes(self) -> list[Note]:
        """Signed notes with their addenda."""
        rows = Note.objects.filter(person=self.person.pk).order_by("seal__number")
        return list(rows.select_related("seal", "visit", "clinic", "person").prefetch_related("addenda__seal"))

    @cached_property
    def addenda(self) -> list[Addendum]:
        """Later words."""
        return self._of_person(Addendum, "seal__number", related=("seal",))

    @cached_property
    def consents(self) -> list[Consent]:
        """What was agreed, or not."""
        return self._of_person(Consent, "seal__number", related=("seal",))

    @cached_property
    def sessions(self) -> list[Session]:
        """Sessions that were signed."""
        return self._of_person(Session, "on", "pk")

    @cached_property
    def insertions(self) -> list[Insertion]:
        """Needles, in the order in which they went in."""
        return self._of_person(Insertion, "in_at", "pk", related=("session", "lot"))

    @cached_property
    def reactions(self) -> list[Reaction]:
        """Expected reactions."""
        return self._of_person(Reaction, "pk", related=("session",))

    @cached_property
    def events(self) -> list[AdverseEvent]:
        """What went wrong."""
        return self._of_person(AdverseEvent, "on", "reported_at", "pk")

    @cached_property
    def check_ins(self) -> list[CheckIn]:
        """What was asked some days later."""
        return self._of_person(CheckIn, "due_on", "pk")

    @cached_property
    def attachments(self) -> list[Attachment]:
        """Pictures and documents, without their bytes."""
        return self._of_person(Attachment, "at", "pk")

    @cached_property
    def trail(self) -> list[AuditEntry]:
        """Who saw or changed this record."""
        return self._of_person(AuditEntry, "number")

    @cached_property
    def members(self) -> dict[UUID, Member]:
        """Everybody who worked here, by id; only those that the record names are handed out."""
        return {one.pk: one for one in Member.objects.all()}

    @cached_property
    def clinics(self) -> list[Clinic]:
        """Where the visits were."""
        return sorted({one.clinic for one in self.visits}, key=lambda one: str(one.pk))

    @cached_property
    def seals(self) -> dict[UUID, Seal]:
        """The seals of what was signed, by the id of what they seal."""
        signed: list[Note | Addendum | Consent] = [*self.notes, *self.addenda, *self.consents]
        return {one.pk: one.seal for one in signed}

    def content(self, attachment: Attachment) -> bytes:
        """The bytes of a picture or a document."""
        return bytes(AttachmentContent.objects.get(attachment=attachment).content)

    def rows(self) -> Iterator[tuple[type[models.Model], list[Any]]]:
        """Every row of the person in every table, so that nothing is left out; bytes are handed out as files of their own."""
        for model, column in reversed(tables_of_people()):
            if model is not AttachmentContent:
                yield model, list(model._default_manager.filter(**{column: self.person.pk}).order_by("pk").values())

    def body(self, note: Note) -> dict[str, Any]:
        """What a signed note says."""
        body: dict[str, Any] = json.loads(note.body)
        return body
