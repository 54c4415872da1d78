"""Whoever changes what was signed, going around every wall, is found out, and the changed record is named."""

import uuid
from datetime import date
from itertools import product
from typing import Any

import pytest
from django.db import DatabaseError, connection, models

from needlepoint.clinic.keep.verify import Deleted, Finding, Verified, verify
from needlepoint.clinic.records.models import (
    Addendum,
    AdverseEvent,
    Attachment,
    CheckIn,
    Conclusion,
    Consent,
    Entry,
    Insertion,
    Note,
    Person,
    PersonChange,
    Reaction,
    Seal,
    Session,
    Visit,
)
from needlepoint.clinic.records.scope import within
from needlepoint.clinic.records.seal import NOTHING_BEFORE, seal_hash, sha256
from needlepoint.clinic.records.signing import addendum_content
from tests.clinic.keep.conftest import Kept
from tests.clinic.keep.tampering import columns_of, go_around_the_walls, other_values, put, tampered

SEALED = (
    Note, Addendum, Consent, Seal, Entry, Session, Insertion, Reaction, AdverseEvent, Conclusion, Attachment, CheckIn,
)  # fmt: skip
#: Of a signed visit only these are told by its note; what a list shows at a glance is renewed and no record.
OF_VISIT = ("id", "organisation", "person", "course", "clinic", "clinician", "on", "state")


def let_be(row: models.Model, name: str) -> bool:
    """Columns that nothing sealed speaks of: numbers that nothing refers to, when a row was made that the note tells, who looked at an answer."""
    if isinstance(row, AdverseEvent):
        return name == "reported_at" and row.kind == "faint"
    if isinstance(row, CheckIn):
        return row.answered_at is None or name in ("looked_by", "looked_at")
    if isinstance(row, Conclusion):
        return name in ("id", "made_at")
    return isinstance(row, Reaction) and name == "id"


def found(**options: Any) -> tuple[list[Finding | Deleted], Verified]:
    told: list[Finding | Deleted] = []
    came = verify(told.append, **options)
    return told, came


def name_of(row: Any) -> set[str]:
    """By what a record may be named."""
    names = {str(row.pk)}
    if isinstance(row, Entry):
        names = {str(row.id)}
    elif isinstance(row, Seal):
        names = {str(row.number)}
    elif isinstance(row, Conclusion):
        names |= {f"{row.kind} at {row.head}"}
    elif isinstance(row, Reaction):
        names |= {f"of session {row.session_id}"}
    return names


def test_a_clinic_that_nobody_touched_is_sound(kept: Kept) -> None:
    told, came = found()
    assert told == [] and came.findings == 0
    assert [seals for _name, seals, _head in came.heads.values()] == [7, 7]


@pytest.mark.parametrize("model", [*SEALED, Visit], ids=lambda one: one.__name__)
def test_a_change_of_any_column_is_found_and_named(kept: Kept, model: type[models.Model]) -> None:
    go_around_the_walls()
    rows = list(model.everywhere.filter(organisation=kept.house.organisation).order_by("pk"))  # type: ignore[attr-defined]
    assert rows
    # Some are told by the note and some by a seal of their own.
    looked_at = rows if model in (AdverseEvent, CheckIn, Conclusion) else [rows[len(rows) // 2]]
    unnoticed = []
    for row, field in product(looked_at, columns_of(model)):
        if (model is Visit and field.name not in OF_VISIT) or let_be(row, field.name):
            continue
        for value in other_values(field, getattr(row, field.attname), row):
            try:
                with tampered(model, row, field, value):
                    told, _came = found()
            except DatabaseError as error:
                # PostgreSQL holds to its constraints even then.
                assert any(one in str(error).lower() for one in ("unique", "not null", "check constraint")), error
                continue
            named = {one.id for one in told if isinstance(one, Finding)}
            changed = {str(value)} if field.primary_key or field.name in ("id", "number") else set()
            if not named & (name_of(row) | changed):
                unnoticed.append(f"{field.name} = {value}: {[str(one) for one in told]}")
    assert unnoticed == []
    assert found()[0] == []


def test_what_is_taken_away_is_found_and_named(kept: Kept) -> None:
    go_around_the_walls()
    for model in (AdverseEvent, Reaction, Insertion, Session, Entry, Addendum, Consent, Note):
        row = model.everywhere.filter(organisation=kept.house.organisation).order_by("pk").first()
        with connection.cursor() as cursor:
            table, key = model._meta.db_table, model._meta.pk.column
            cursor.execute(
                f"DELETE FROM {table} WHERE {key} = %s", [model._meta.pk.get_db_prep_save(row.pk, connection)]
            )
        told, _came = found()
        assert name_of(row) & {one.id for one in told if isinstance(one, Finding)}, model


def test_a_seal_that_is_taken_away_is_missing(kept: Kept) -> None:
    go_around_the_walls()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM records_seal WHERE number = 2")
    told, _came = found()
    assert any(
        isinstance(one, Finding) and (one.kind, one.id) == ("seal", "2") and "missing" in one.what for one in told
    )


def test_a_note_that_was_put_in_without_a_seal_is_found(kept: Kept) -> None:
    go_around_the_walls()
    with within(kept.house.organisation.pk):
        seal = Seal.objects.filter(kind="addendum").first()
    put(Seal, seal.pk, Seal._meta.get_field("kind"), "note")
    told, _came = found()
    assert ("addendum", "was put in without a seal") in {
        (one.kind, one.what) for one in told if isinstance(one, Finding)
    }


def test_a_value_that_cannot_be_read_does_not_hide_the_other_findings(kept: Kept) -> None:
    if connection.vendor == "postgresql":
        pytest.skip("a column of PostgreSQL holds no value that is none of its type")
    go_around_the_walls()
    with within(kept.house.organisation.pk):
        entry, note = Entry.objects.order_by("number").first(), Note.objects.get()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE records_entry SET body = '{' WHERE number = %s", [entry.number])
        cursor.execute("UPDATE records_consent SET wording = 'x'")
        cursor.execute("UPDATE records_session SET started_at = 'yesterday'")
    told, _came = found()
    named = {(one.kind, one.id) for one in told if isinstance(one, Finding)}
    with within(kept.house.organisation.pk):
        consent = Consent.objects.values_list("pk", flat=True).get()
        session = Session.objects.values_list("pk", flat=True).get()
    assert named >= {("consent", str(consent)), ("session", str(session)), ("entry", str(entry.id))}
    assert str(note.pk) not in {id_ for _kind, id_ in named}


def test_a_picture_whose_bytes_were_changed_is_found(kept: Kept) -> None:
    go_around_the_walls()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE records_attachmentcontent SET content = %s", [b"another picture"])
    told, _came = found()
    assert [one.kind for one in told if isinstance(one, Finding)] == ["attachment"] * 2


def test_a_chain_that_was_forged_anew_does_not_hold_the_hash_that_was_printed(kept: Kept) -> None:
    _told, before = found()
    printed = before.heads[str(kept.house.organisation.pk)][2]
    assert found(against=printed)[1].seen.startswith("seal 7 of Ours")
    go_around_the_walls()
    organisation, last = kept.house.organisation.pk, NOTHING_BEFORE
    with within(organisation):
        seals = list(Seal.objects.order_by("number"))
        addendum = Addendum.objects.order_by("at").first()
    field = Seal._meta.get_field
    put(Addendum, addendum.pk, Addendum._meta.get_field("text"), "Something else.")
    addendum.text = "Something else."
    for seal in seals:
        content = sha256(addendum_content(addendum)) if seal.subject == addendum.pk else seal.content_sha256
        hashed = seal_hash(organisation, seal.number, seal.kind, seal.subject, seal.at, content, last)
        for name, value in (("content_sha256", content), ("previous_sha256", last), ("sha256", hashed)):
            put(Seal, seal.pk, field(name), value)
        last = hashed
    assert found()[0] == []
    told, came = found(against=printed)
    assert not came.seen
    assert [one.kind for one in told if isinstance(one, Finding)] == ["hash"]


def test_a_count_from_which_a_rate_is_told_is_held_against_the_rows(kept: Kept) -> None:
    go_around_the_walls()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE records_monthcount SET insertions = insertions + 500 WHERE muscle = ''")
    told, _came = found()
    assert [(one.kind, one.id) for one in told if isinstance(one, Finding)] == [("count", "2026-03")] * 2
    assert "says 1 sessions and 502 insertions, and the rows of March 2026 say 1 and 2" in str(told[0])
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM records_monthcount WHERE muscle = ''")
    told, _came = found()
    assert ["says nothing" in str(one) for one in told] == [True, True]


def test_an_event_slipped_in_beside_a_signed_note_is_found(kept: Kept) -> None:
    go_around_the_walls()
    with within(kept.house.organisation.pk):
        late = AdverseEvent.objects.get(kind="bleeding")
        late.pk = uuid.uuid4()
        late.save(force_insert=True)
    told, _came = found()
    assert [(one.kind, one.id, one.what) for one in told if isinstance(one, Finding)] == [
        ("adverse event", str(late.pk), "was put in beside the signed note, without a seal")
    ]


def test_a_conclusion_that_was_put_in_after_signing_is_found(kept: Kept) -> None:
    go_around_the_walls()
    with within(kept.house.organisation.pk):
        forged = Conclusion.objects.filter(visit=kept.house.visit, kind="page").first()
        forged.pk, forged.knowledge_sha256 = None, "f" * 64
        forged.body = {**forged.body, "level": "go"}
        forged.save(force_insert=True)
    told, _came = found()
    assert [(one.kind, one.id, one.what) for one in told if isinstance(one, Finding)] == [
        ("conclusion", str(forged.pk), "was put in beside the signed note")
    ]


def test_a_name_that_was_changed_without_writing_it_down_is_found(kept: Kept) -> None:
    with within(kept.house.organisation.pk):
        person = kept.house.person
        PersonChange.objects.create(
            person=person, before={"given": person.given, "family": person.family}, by=kept.house.members["owner"]
        )
    put(Person, person.pk, Person._meta.get_field("family"), "Married")
    assert found()[0] == []
    put(Person, person.pk, Person._meta.get_field("birth_date"), date(1950, 1, 1))
    told, _came = found()
    assert [(one.kind, one.id) for one in told if isinstance(one, Finding)] == [("person", str(person.pk))]
    assert "`birth_date` was changed" in str(told[0])
