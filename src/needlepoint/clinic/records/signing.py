"""Signing: a visit becomes a note that nobody changes. A later word is an addendum."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from needlepoint.clinic import asking
from needlepoint.clinic.records.consenting import last_consent, valid_consent, wording_of
from needlepoint.clinic.records.counting import count_session
from needlepoint.clinic.records.keeping import VisitIsCancelled
from needlepoint.clinic.records.models import (
    Addendum,
    AdverseEvent,
    CheckIn,
    Conclusion,
    Consent,
    Entry,
    Insertion,
    Member,
    NeedleLot,
    Note,
    Reaction,
    Session,
    Visit,
)
from needlepoint.clinic.records.projected import projected
from needlepoint.clinic.records.reading import VisitRead, read_visit, writer_of
from needlepoint.clinic.records.seal import canonical, seal, sha256
from needlepoint.exchange.answers.plan import plan_answer
from needlepoint.exchange.answers.screen import screen_answer
from needlepoint.exchange.planning import Planned
from needlepoint.exchange.told import InputError
from needlepoint.exchange.treating import session_answer
from needlepoint.journey.ready import Agreed, keeps_open
from needlepoint.terms import Side
from needlepoint.treat import Missing, missing


class NotReady(Exception):
    """The note cannot be signed yet; ``missing`` says what for."""

    def __init__(self, found: tuple[Missing, ...]) -> None:
        super().__init__("; ".join(one.words for one in found))
        self.missing = found


class SeenEarlier(Exception):
    """Something was written after the page was made on which somebody pressed *sign*; ``unseen`` is what."""

    def __init__(self, unseen: tuple[Entry, ...]) -> None:
        super().__init__(f"{len(unseen)} entries were written since")
        self.unseen = unseen


class AlreadySigned(Exception):
    """Somebody has signed this visit; ``note`` is what they signed."""

    def __init__(self, note: Note) -> None:
        super().__init__("this visit has a signed note already")
        self.note = note


def open_points(visit: Visit, read: VisitRead, planned: Planned | None, *, now: datetime) -> tuple[Missing, ...]:
    """Everything that keeps the note of this visit open."""
    treat = asking.known().treat
    unwanted: dict[tuple[str, Side], str] = {}
    today: set[tuple[str, Side]] = set()
    if planned is not None:
        for n, site in enumerate(planned.plan.sites):
            if site.muscle is None or site.side is None:
                continue
            if site.declined is not None:
                unwanted[site.muscle, site.side] = site.declined.reason
            elif n in planned.plan.session.today:
                today.add((site.muscle, site.side))
    return (
        *missing(read.session, treat, now=now),
        *keeps_open(read.written, read.session, agreed(visit, planned), unwanted, today),
    )


def agreed(visit: Visit, planned: Planned | None) -> Agreed:
    """Was consent signed for the wording that this plan makes, and did the person agree?"""
    wording = wording_of(planned) if planned is not None else None
    last = last_consent(visit)
    if last is None:
        return Agreed(False)
    if not last.agreed:
        return Agreed(True, False)
    return Agreed(valid_consent(visit, wording["sha256"] if wording else None) is not None, True)


def unseen(read: VisitRead, head: int, member: Member, device: str) -> tuple[Entry, ...]:
    """What was written after the entry with the number ``head``, but for what this member wrote at this device: they know what they wrote."""
    return tuple(
        one
        for one in read.entries
        if one.number > head and not (device and (one.by_id, one.device) == (member.pk, device))
    )


def sign(visit_id: UUID, member: Member, *, now: datetime, seen_head: int | None = None, device: str = "") -> Note:
    """Sign the note of this visit. Raises NotReady, SeenEarlier, AlreadySigned, VisitIsCancelled.

    ``seen_head`` is the number of the last entry on the page that is signed, ``device`` the device that shows it; without it nobody looks.
    Everything is made in one transaction: the note with all entries in it, its seal, and the rows that can be counted.
    """
    with transaction.atomic():
        held = Visit.objects.select_for_update().get(pk=visit_id)
        if held.state == Visit.State.SIGNED:
            raise AlreadySigned(Note.objects.select_related("seal").get(visit=held))
        if held.state == Visit.State.CANCELLED:
            raise VisitIsCancelled
        visit = Visit.objects.select_related("person", "course", "clinic", "clinician").get(pk=visit_id)
        read = read_visit(visit)
        if seen_head is not None and (new := unseen(read, seen_head, member, device)):
            raise SeenEarlier(new)
        try:
            planned: Planned | None = asking.ask(visit, read).planned
        except InputError as error:
            raise NotReady((Missing("case", " ".join(error.lines)),)) from None
        found = open_points(visit, read, planned, now=now)
        if found:
            raise NotReady(found)
        body = note_body(visit, read, planned, member, now)
        text = canonical(body)
        id_ = uuid4()
        note = Note.objects.create(
            id=id_, person=visit.person, visit=visit, clinic=visit.clinic, body=text, signed_by=member,
            signed_name=member.name, signed_at=now, seal=seal("note", id_, text, now),
        )  # fmt: skip
        _rows(visit, json.loads(text), member)
        _check_ins(visit)
        Visit.objects.filter(pk=visit.pk).update(state=Visit.State.SIGNED)
        return note


def note_body(visit: Visit, read: VisitRead, planned: Planned | None, member: Member, now: datetime) -> dict[str, Any]:
    """The note: who, what was told, concluded, agreed, done and written, and every entry it rests on."""
    person, known = visit.person, asking.known()
    return {
        "needlepoint_note": 1,
        "visit": str(visit.pk),
        "on": visit.on.isoformat(),
        "organisation": str(visit.organisation_id),
        "clinic": visit.clinic.name,
        "clinic_id": str(visit.clinic_id),
        "clinician": visit.clinician.name,
        "clinician_id": str(visit.clinician_id),
        "course": {"id": str(visit.course_id), "complaint": visit.course.complaint},
        "person": {
            "id": str(person.pk), "given": person.given, "family": person.family, "sex": person.sex,
            "birth_date": person.birth_date.isoformat(), "number": person.number,
        },
        "case": asking.case_document(visit, read),
        "clearance": _cited(screen_answer(planned.assessment.clearance)) if planned else None,
        "plan": _cited(plan_answer(planned, known.plan)) if planned else None,
        "consents": [
            {
                "id": str(one.pk), "agreed": one.agreed, "name": one.name, "wording_sha256": one.wording_sha256,
                "signed_at": one.signed_at.isoformat(),
            }
            for one in Consent.objects.filter(visit=visit).order_by("signed_at")
        ],
        "conclusions": [
            {"kind": one.kind, "head": one.head, "knowledge_sha256": one.knowledge_sha256, "sha256": sha256(canonical(one.body))}
            for one in Conclusion.objects.filter(visit=visit).order_by("head", "kind", "knowledge_sha256")
        ],
        "session": session_answer(read.session, ()),
        "written": {name.removeprefix("note."): value for name, value in read.written.known.items() if name.startswith("note.")},
        "entries": [
            {
                "id": str(one.id), "number": one.number, "kind": one.kind, "at": one.at.isoformat(), "body": one.body,
                "by": writer_of(one), "by_id": str(one.by_id) if one.by_id else None,
                "link_id": str(one.link_id) if one.link_id else None, "device": one.device,
                "received_at": one.received_at.isoformat(),
            }
            for one in read.entries
        ],
        "signed_by": {"id": str(member.pk), "name": member.name, "role": member.role},
        "signed_at": now.isoformat(),
        "knowledge": {"release": known.screen.release, "treat_sha256": known.treat.sha256},
    }  # fmt: skip


def _cited(answer: Any) -> Any:
    """An answer with its sources by their ids: the release of the knowledge that the note names says what each of them is."""
    if isinstance(answer, dict):
        return {
            key: [one["id"] if isinstance(one, dict) and "id" in one else one for one in value]
            if key == "sources" and isinstance(value, list)
            else _cited(value)
            for key, value in answer.items()
        }
    return [_cited(one) for one in answer] if isinstance(answer, list | tuple) else answer


def _rows(visit: Visit, body: dict[str, Any], member: Member) -> None:
    rows = projected(body)
    shared = {"person": visit.person, "organisation_id": visit.organisation_id}
    session = Session.objects.create(
        visit=visit, clinic=visit.clinic, clinician=visit.clinician, on=visit.on, **shared, **rows.session
    )
    lots = _lots(visit, rows.insertions)
    Insertion.objects.bulk_create(
        Insertion(
            session=session, clinician=visit.clinician, on=visit.on, **shared, **{**one, "lot": lots.get(_lot_key(one))}
        )
        for one in rows.insertions
    )
    count_session(session, [one["muscle"] for one in rows.insertions])
    Reaction.objects.bulk_create(Reaction(session=session, **shared, **one) for one in rows.reactions)
    AdverseEvent.objects.bulk_create(
        AdverseEvent(visit=visit, clinician=visit.clinician, on=visit.on, reported_by=member, **shared, **one)
        for one in rows.events
    )


def _lot_key(one: dict[str, Any]) -> tuple[str | None, float, float]:
    return one["lot"], one["length_mm"], one["diameter_mm"]


def _lots(visit: Visit, insertions: tuple[dict[str, Any], ...]) -> dict[tuple[str | None, float, float], NeedleLot]:
    numbers = {one["lot"] for one in insertions if one["lot"]}
    found = NeedleLot.objects.filter(clinic=visit.clinic, number__in=numbers) if numbers else ()
    return {(one.number, one.length_mm, one.diameter_mm): one for one in found}


def _check_ins(visit: Visit) -> None:
    """When the person is asked how it is going: our choice of days, in the knowledge of ``treat``."""
    treat = asking.known().treat
    for id_ in ("first-check-in", "second-check-in"):
        CheckIn.objects.create(
            person=visit.person, visit=visit, due_on=visit.on + timedelta(days=int(treat.bound(id_)))
        )


def add_addendum(note: Note, text: str, by: Member, *, now: datetime) -> Addendum:
    """A correction or a later word beside a signed note, sealed like it. Raises ValueError when it has no words."""
    if not text.strip():
        raise ValueError("an addendum has words")
    with transaction.atomic():
        one = Addendum(
            id=uuid4(), organisation_id=note.organisation_id, person_id=note.person_id, note=note, text=text, by=by,
            by_name=by.name, at=now,
        )  # fmt: skip
        one.seal = seal("addendum", one.id, addendum_content(one), now)
        one.save(force_insert=True)
        return one


def addendum_content(one: Addendum) -> str:
    """The text of an addendum that its seal holds the hash of."""
    return canonical(
        {
            "note": str(one.note_id),
            "text": one.text,
            "by": str(one.by_id),
            "by_name": one.by_name,
            "at": one.at.astimezone(UTC).isoformat(),
        }
    )
