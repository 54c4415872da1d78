"""What stands beside the chain and should not: sealed kinds of records without a seal, counted rows without a note, bytes that changed."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from needlepoint.clinic.keep.sealed import SEALED
from needlepoint.clinic.keep.verify.finding import Finding
from needlepoint.clinic.keep.verify.reading import UNREADABLE
from needlepoint.clinic.records.counting import counts_of
from needlepoint.clinic.records.models import (
    AdverseEvent,
    AttachmentContent,
    Deletion,
    Insertion,
    MonthCount,
    Note,
    Organisation,
    Person,
    Reaction,
    Seal,
    Session,
    Visit,
)

Tell = Callable[[Finding], None]


def look_beside(using: str, organisation: Organisation, tell: Tell) -> None:
    """Look for what no seal speaks of."""
    for kind, what, keys in _strangers(using, organisation):
        for key in keys.values_list("pk", flat=True).iterator():
            tell(Finding(kind, str(key), what))
    _deleted_and_there(using, organisation, tell)
    _attachments(using, organisation, tell)
    _counts(using, organisation, tell)


def _strangers(using: str, organisation: Organisation) -> Iterator[tuple[str, str, "QuerySet[Any]"]]:
    def all_of(model: type[Any]) -> "QuerySet[Any]":
        rows: QuerySet[Any] = model.everywhere.using(using).filter(organisation=organisation)
        return rows

    for kind, told in SEALED.items():
        if told.always is None:
            continue
        sealed = Seal.everywhere.using(using).filter(organisation=organisation, kind=kind, subject=OuterRef("pk"))
        yield kind, "was put in without a seal", all_of(told.model).filter(told.always, ~Exists(sealed))
    note = Note.everywhere.using(using).filter(visit=OuterRef("visit_id"))
    yield "session", "has no signed note", all_of(Session).filter(~Exists(note))
    own_note = Note.everywhere.using(using).filter(visit=OuterRef("pk"))
    yield "visit", "is signed, but has no note", all_of(Visit).filter(~Exists(own_note), state=Visit.State.SIGNED)
    session = Session.everywhere.using(using).filter(pk=OuterRef("session_id"))
    yield "insertion", "belongs to no session", all_of(Insertion).filter(~Exists(session))
    yield "reaction", "belongs to no session", all_of(Reaction).filter(~Exists(session))
    yield "adverse event", "is of a visit without a signed note", all_of(AdverseEvent).filter(~Exists(note))


def _deleted_and_there(using: str, organisation: Organisation, tell: Tell) -> None:
    people = Person.everywhere.using(using).filter(pk=OuterRef("person"))
    found = Deletion.everywhere.using(using).filter(Exists(people), organisation=organisation)
    for person in found.values_list("person", flat=True):
        tell(Finding("person", str(person), "was lawfully deleted, and is there again"))


def _attachments(using: str, organisation: Organisation, tell: Tell) -> None:
    rows = AttachmentContent.everywhere.using(using).filter(organisation=organisation)
    for key in rows.order_by("pk").values_list("pk", flat=True).iterator():
        try:
            one = rows.select_related("attachment").filter(pk=key).first()
        except UNREADABLE:
            tell(Finding("attachment", str(key), "cannot be read"))
            continue
        if one is None:
            tell(Finding("attachment", str(key), "these bytes belong to no attachment"))
            continue
        if hashlib.sha256(bytes(one.content)).hexdigest() != one.attachment.sha256:
            tell(Finding("attachment", str(one.attachment_id), "its bytes were changed", one.attachment.visit_id))


def _counts(using: str, organisation: Organisation, tell: Tell) -> None:
    """The counts of each month, from which the rates are told, against the rows that were counted."""
    rows = MonthCount.everywhere.using(using).filter(organisation=organisation)
    here = {(one.month, one.clinic_id, one.clinician_id, one.muscle): one for one in rows}
    counted = counts_of(
        Session.everywhere.using(using).filter(organisation=organisation),
        Insertion.everywhere.using(using).filter(organisation=organisation),
    )
    for key, (sessions, insertions) in counted.items():
        one = here.pop(key, None)
        if one is None or (one.sessions, one.insertions) != (sessions, insertions):
            tell(Finding("count", f"{key[0]:%Y-%m}", _said(key, sessions, insertions, one)))
    for key, one in here.items():
        if one.sessions or one.insertions:
            tell(Finding("count", f"{key[0]:%Y-%m}", _said(key, 0, 0, one)))


def _said(key: tuple[date, UUID, UUID, str], sessions: int, insertions: int, told: MonthCount | None) -> str:
    month, clinic, clinician, muscle = key
    where = f"of clinician {clinician} in clinic {clinic}" + (f", {muscle}" if muscle else "")
    says = f"{told.sessions} sessions and {told.insertions} insertions" if told else "nothing"
    return f"{where}: says {says}, and the rows of {month:%B %Y} say {sessions} and {insertions}"
