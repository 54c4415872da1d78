"""A signed note against everything that was made from it: its own columns, its visit, its entries, and the rows that are counted."""

import json
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from needlepoint.clinic.keep.verify.compare import differing, same, words
from needlepoint.clinic.keep.verify.finding import Finding
from needlepoint.clinic.keep.verify.reading import read
from needlepoint.clinic.records.late import LATE_EVENT
from needlepoint.clinic.records.models import (
    Addendum,
    AdverseEvent,
    Clinic,
    Conclusion,
    Entry,
    Insertion,
    Member,
    NeedleLot,
    Note,
    Person,
    PersonChange,
    Reaction,
    Seal,
    Session,
    Visit,
)
from needlepoint.clinic.records.projected import Projected, projected
from needlepoint.clinic.records.reading import writer_of
from needlepoint.clinic.records.seal import canonical, sha256

Tell = Callable[[Finding], None]
#: How a note names whoever wrote by a private link.
THE_PATIENT = "the patient"


def visit_of(using: str, kind: str, record: Any) -> tuple[UUID | None, date | None]:
    """Of which visit, and of which day, is this record?"""
    if kind == "deletion":
        return None, record.at.date() if record.at else None
    visit = record.visit_id if kind != "addendum" else (
        Note.everywhere.using(using).filter(pk=record.note_id).values_list("visit_id", flat=True).first()
    )  # fmt: skip
    on = Visit.everywhere.using(using).filter(pk=visit).values_list("on", flat=True).first() if visit else None
    return visit, on


class Rows:
    """The rows of some visits, found both by their visit and by the ids that the notes say."""

    def __init__(self, using: str, bodies: Mapping[UUID, dict[str, Any]], said: Mapping[UUID, Projected]) -> None:
        self.using, self.spoiled = using, dict[str, list[str]]()
        visits = list(bodies)
        sessions = [one.session["id"] for one in said.values()]
        needles = [one["id"] for rows in said.values() for one in rows.insertions]
        events = [one["id"] for rows in said.values() for one in rows.events]
        entries = [one["id"] for body in bodies.values() for one in body["entries"]]

        def found(
            kind: str, model: type[Any], *filters: dict[str, Any], related: tuple[str, ...] = ()
        ) -> dict[Any, Any]:
            rows: dict[Any, Any] = {}
            for one in filters:
                query = model.everywhere.using(using).filter(**one)
                good, bad = read(query.select_related(*related) if related else query)
                rows.update({row.pk: row for row in good})
                self.spoiled.setdefault(kind, []).extend(bad)
            return rows

        self.visits = found("visit", Visit, {"pk__in": visits})
        self.entries = found("entry", Entry, {"visit__in": visits}, {"id__in": entries}, related=("by", "link"))
        self.sessions = found("session", Session, {"visit__in": visits}, {"pk__in": sessions})
        all_sessions = [*sessions, *self.sessions]
        self.insertions = found(
            "insertion", Insertion, {"session__in": all_sessions}, {"pk__in": needles}, related=("lot",)
        )
        self.reactions = found("reaction", Reaction, {"session__in": all_sessions})
        self.events = found("adverse event", AdverseEvent, {"visit__in": visits}, {"pk__in": events})
        late = Seal.everywhere.using(using).filter(kind=LATE_EVENT, subject__in=list(self.events))
        self.sealed = frozenset(late.values_list("subject", flat=True))
        self.conclusions = found("conclusion", Conclusion, {"visit__in": visits})
        people = [one.person_id for one in self.visits.values()]
        self.people = found("person", Person, {"pk__in": people})
        self.changes = found("change of a person", PersonChange, {"person__in": people})


def look_at_notes(using: str, notes: Iterable[tuple[Note, Seal]], tell: Tell) -> None:
    """Is everything beside these notes as they say?"""
    bodies: dict[UUID, dict[str, Any]] = {}
    said: dict[UUID, Projected] = {}
    sound: list[Note] = []
    for note, _seal in notes:
        try:
            body = json.loads(note.body)
            said[note.visit_id] = projected(body)
            bodies[note.visit_id] = {**body, "entries": list(body["entries"])}
        except (ValueError, KeyError, TypeError):
            tell(Finding("note", str(note.pk), "its text is no note that this release can read", note.visit_id))
            said.pop(note.visit_id, None)
            continue
        sound.append(note)
    if not sound:
        return
    rows = Rows(using, bodies, said)
    for kind, keys in rows.spoiled.items():
        for key in dict.fromkeys(keys):
            tell(Finding(kind, key, "cannot be read: one of its columns was changed after the note was signed"))
    for note in sound:
        One(note, bodies[note.visit_id], said[note.visit_id], rows, tell).look()


class One:
    """One note, with what it says."""

    def __init__(self, note: Note, body: dict[str, Any], said: Projected, rows: Rows, tell: Tell) -> None:
        self.note, self.body, self.said, self.rows, self.tell = note, body, said, rows, tell
        self.visit = rows.visits.get(note.visit_id)
        self.shared = {"organisation_id": body["organisation"], "person_id": body["person"]["id"]}

    def look(self) -> None:
        """Look at everything."""
        self._note()
        self._visit()
        self._clinic()
        self._clinician()
        self._person()
        self._entries()
        self._conclusions()
        self._session()
        self._insertions()
        self._reactions()
        self._events()

    def find(self, kind: str, id_: object, what: str) -> None:
        """Tell a finding of this visit."""
        self.tell(Finding(kind, str(id_), what, self.body["visit"], self.body["on"]))

    def compare(self, kind: str, row: Any, told: Mapping[str, Any], id_: object = None) -> None:
        """Tell the columns of a row that the note says otherwise."""
        if found := words(differing(row, {**self.shared, **told})):
            self.find(kind, row.pk if id_ is None else id_, f"{found} is not what the signed note says")

    def _spoiled(self, kind: str, key: object) -> bool:
        return str(key) in self.rows.spoiled.get(kind, ())

    def _note(self) -> None:
        body = self.body
        told = {
            "visit_id": body["visit"], "signed_by_id": body["signed_by"]["id"], "signed_name": body["signed_by"]["name"],
            "signed_at": body["signed_at"],
        }  # fmt: skip
        self.compare("note", self.note, told)

    def _visit(self) -> None:
        body, visit = self.body, self.visit
        if visit is None:
            if not self._spoiled("visit", self.note.visit_id):
                self.find("visit", self.note.visit_id, "is missing, though its note is signed")
            return
        self.compare("visit", visit, {"on": body["on"], "course_id": body["course"]["id"], "state": Visit.State.SIGNED})

    def _clinic(self) -> None:
        rows = [
            ("note", self.note),
            ("visit", self.visit),
            ("session", self.rows.sessions.get(self.said.session["id"])),
        ]
        held = [(kind, row.pk, row.clinic_id) for kind, row in rows if row is not None]
        self._agree("clinic", self.body.get("clinic_id"), held, Clinic)

    def _clinician(self) -> None:
        rows: list[tuple[str, Any]] = [
            ("visit", self.visit),
            ("session", self.rows.sessions.get(self.said.session["id"])),
        ]
        rows += [("insertion", self.rows.insertions.get(one["id"])) for one in self.said.insertions]
        rows += [("adverse event", self.rows.events.get(one["id"])) for one in self.said.events]
        held = [(kind, row.pk, row.clinician_id) for kind, row in rows if row is not None]
        self._agree("clinician", self.body.get("clinician_id"), held, Member)

    def _agree(self, column: str, told: str | None, held: list[tuple[str, Any, UUID]], model: type[Any]) -> None:
        """The note tells a name, which may have been another since. Rows that disagree are judged by most of them, and by the name."""
        values = [value for _kind, _key, value in held]
        if told is None and len(set(values)) < 2:
            return
        if told is None:
            named = dict(model.everywhere.using(self.rows.using).filter(pk__in=values).values_list("pk", "name"))
            right = max(values, key=lambda one: (values.count(one), named.get(one) == self.body[column]))
        else:
            right = UUID(told)
        for kind, key, value in held:
            if value != right:
                self.find(kind, key, f"`{column}` is not what the signed note says")

    def _entries(self) -> None:
        here = {str(one.id): one for one in self.rows.entries.values()}
        told = {one["id"]: one for one in self.body["entries"]}
        found = []
        for id_, one in told.items():
            row = here.get(id_)
            if row is None:
                self.find("entry", id_, "is missing or cannot be read, though the signed note holds it")
                continue
            columns = {name: one[name] for name in ("kind", "at", "body", "device", "received_at")}
            columns |= {key: one[key] for key in ("number", "by_id", "link_id") if key in one}
            self.compare("entry", row, {**columns, "visit_id": self.body["visit"]}, id_)
            if "by_id" not in one and not self._wrote(row, one["by"]):
                self.find("entry", id_, "its writer is not the one that the signed note names")
            found.append(row)
        for row in out_of_order(found):
            self.find("entry", row.id, "its `number` was changed: it is out of its order")
        for id_, row in here.items():
            if row.visit_id == self.note.visit_id and id_ not in told:
                self.find("entry", id_, "was put in after the note was signed")

    def _person(self) -> None:
        """Whom the note names, they are still, or a change that was written down says what they were."""
        told = self.body["person"]
        person = self.rows.people.get(UUID(told["id"]))
        if person is None:
            return
        later = [
            one.before
            for one in self.rows.changes.values()
            if one.person_id == person.pk and one.at > self.note.signed_at and isinstance(one.before, dict)
        ]
        for name in ("given", "family", "sex", "birth_date", "number"):
            was = str(told[name] or "")
            if str(getattr(person, name) or "") != was and was not in {one.get(name) for one in later}:
                self.find(
                    "person", person.pk, f"`{name}` was changed since the note was signed, and nobody wrote it down"
                )

    def _conclusions(self) -> None:
        """What was concluded before signing: exactly what the note lists."""
        if "conclusions" not in self.body:
            return
        told = {(one["kind"], one["head"], one["knowledge_sha256"]): one["sha256"] for one in self.body["conclusions"]}
        for row in self.rows.conclusions.values():
            if row.visit_id != self.note.visit_id:
                continue
            hashed = told.pop((row.kind, row.head, row.knowledge_sha256), None)
            if hashed is None:
                self.find("conclusion", row.pk, "was put in beside the signed note")
            elif hashed != sha256(canonical(row.body)):
                self.find("conclusion", row.pk, "is not what it was when the note was signed")
            else:
                self.compare("conclusion", row, {})
        for kind, head, _knowledge in told:
            self.find("conclusion", f"{kind} at {head}", "is missing, though the signed note lists it")

    def _wrote(self, row: Entry, name: str) -> bool:
        """Did the one write it whom the note names? Somebody may have another name by now: one under which they signed counts, too."""
        if (row.by_id is None) == (row.link_id is None):
            return False
        if writer_of(row) == name or row.by_id is None:
            return row.by_id is not None or (
                name == THE_PATIENT and row.link is not None and same(row.link.person_id, self.note.person_id)
            )
        signed = Note.everywhere.using(self.rows.using).filter(signed_by=row.by_id, signed_name=name)
        added = Addendum.everywhere.using(self.rows.using).filter(by=row.by_id, by_name=name)
        return bool(signed.exists() or added.exists())

    def _session(self) -> None:
        id_ = self.said.session["id"]
        row = self.rows.sessions.get(id_)
        if row is None:
            if not self._spoiled("session", id_):
                self.find("session", id_, "is missing, though the signed note tells it")
        else:
            self.compare("session", row, {**self.said.session, "on": self.body["on"], "visit_id": self.body["visit"]})
        for key, other in self.rows.sessions.items():
            if other.visit_id == self.note.visit_id and key != id_:
                self.find("session", key, "was put in after the note was signed")

    def _insertions(self) -> None:
        told = {one["id"]: one for one in self.said.insertions}
        shared = {"on": self.body["on"], "session_id": self.said.session["id"]}
        for id_, one in told.items():
            row = self.rows.insertions.get(id_)
            if row is None:
                if not self._spoiled("insertion", id_):
                    self.find("insertion", id_, "is missing, though the signed note tells it")
                continue
            self.compare("insertion", row, {**shared, **{key: value for key, value in one.items() if key != "lot"}})
            if not self._is_lot(row, one):
                self.find("insertion", id_, "its needle lot is not the one that the signed note tells")
        for key, row in self.rows.insertions.items():
            if row.session_id == self.said.session["id"] and key not in told:
                self.find("insertion", key, "was put in after the note was signed")

    def _is_lot(self, row: Insertion, told: dict[str, Any]) -> bool:
        """A lot is a row of the stock of that clinic when it has the number that was told; a number that is in no stock is told all the same."""
        size = {"number": told["lot"], "length_mm": told["length_mm"], "diameter_mm": told["diameter_mm"]}
        if row.lot_id is not None:
            lot = row.lot
            return lot is not None and lot.clinic_id == self.note.clinic_id and not list(differing(lot, size))
        stock = NeedleLot.everywhere.using(self.rows.using).filter(
            clinic=self.note.clinic_id, created_at__lt=self.note.signed_at
        )
        return not told["lot"] or not stock.filter(**size).exists()

    def _reactions(self) -> None:
        """Reactions have no id of their own in the note: they are matched by what they say."""
        id_ = self.said.session["id"]
        here = [one for one in self.rows.reactions.values() if one.session_id == id_]
        missing = []
        for one in self.said.reactions:
            row = next((row for row in here if not list(differing(row, {**self.shared, **one}))), None)
            if row is None:
                missing.append(one)
            else:
                here.remove(row)
        for row in here:
            self.find("reaction", row.pk, "is not what the signed note says")
        for _one in missing[len(here) :]:
            self.find("reaction", f"of session {id_}", "is missing, though the signed note tells it")

    def _events(self) -> None:
        told = {one["id"]: one for one in self.said.events}
        for id_, one in told.items():
            row = self.rows.events.get(id_)
            if row is None:
                if not self._spoiled("adverse event", id_):
                    self.find("adverse event", id_, "is missing, though the signed note tells it")
                continue
            columns = {**one, "visit_id": self.body["visit"], "on": self.body["on"]}
            columns |= {"reported_by_id": self.body["signed_by"]["id"]}
            self.compare("adverse event", row, columns)
        for key, row in self.rows.events.items():
            # One that came to light later has a seal of its own, which is looked at in its turn.
            if row.visit_id == self.note.visit_id and key not in told and key not in self.rows.sealed:
                self.find("adverse event", key, "was put in beside the signed note, without a seal")


def out_of_order(rows: list[Entry]) -> list[Entry]:
    """The rows that would have to be taken out so that the numbers of the others rise: the fewest."""
    ends: list[int] = []
    best: list[list[int]] = []
    for n, row in enumerate(rows):
        place = bisect_left([rows[one].number for one in ends], row.number)
        chain = [*(best[ends[place - 1]] if place else []), n]
        best.append(chain)
        ends[place : place + 1] = [n]
    kept = set(best[ends[-1]]) if ends else set()
    return [row for n, row in enumerate(rows) if n not in kept]
