"""The database itself refuses to lose or change what is kept, and keeps organisations apart."""

import uuid
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from needlepoint.clinic.records.models import Deletion, Entry, Note, Organisation, Person, Seal, Visit
from needlepoint.clinic.records.scope import OutsideAnyOrganisation, within
from needlepoint.clinic.records.seal import seal
from needlepoint.clinic.records.walls import BEHIND_THE_WALL, LATER, ONLY_ADDED, sqlite_walls
from tests.clinic.conftest import House

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def wrote(house: House, field: str = "complaint", value: object = "neck pain") -> Entry:
    return Entry.objects.create(
        person=house.person, visit=house.visit, kind="wrote", at=AT, by=house.members["clinician"],
        body={"field": field, "value": value, "seen": None},
    )  # fmt: skip


def signed(house: House) -> Note:
    id_ = uuid.uuid4()
    return Note.objects.create(
        id=id_, person=house.person, visit=house.visit, clinic=house.clinic, body="{}", signed_at=AT,
        signed_by=house.members["clinician"], signed_name="The clinician", seal=seal("note", id_, "{}", AT),
    )  # fmt: skip


def refused(sql: str, *parameters: object) -> str:
    with pytest.raises(DatabaseError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, parameters)
    return str(caught.value)


def test_an_entry_cannot_be_changed_even_by_hand_in_the_database(here: House) -> None:
    entry = wrote(here)
    answer = refused("UPDATE records_entry SET kind = 'other' WHERE number = %s", entry.number)
    assert "stays as it is" in answer or "permission denied" in answer


def test_a_signed_note_cannot_be_changed_or_deleted(here: House) -> None:
    note = signed(here)
    assert refused("UPDATE records_note SET body = 'other' WHERE body = %s", "{}")
    assert "lawful reason" in refused("DELETE FROM records_note WHERE body = %s", "{}")
    assert Note.objects.get(pk=note.pk).body == "{}"


def test_after_the_note_is_signed_nothing_more_is_written_into_the_visit(here: House) -> None:
    signed(here)
    with pytest.raises(DatabaseError, match="is signed; write an addendum"), transaction.atomic():
        wrote(here)


def test_a_signed_visit_cannot_be_opened_again(here: House) -> None:
    Visit.objects.filter(pk=here.visit.pk).update(state="signed")
    with pytest.raises(DatabaseError, match="is signed"), transaction.atomic():
        Visit.objects.filter(pk=here.visit.pk).update(state="open")


def test_a_person_cannot_be_deleted_without_a_reason_that_stays(here: House) -> None:
    entry = wrote(here)
    with pytest.raises(DatabaseError, match="lawful reason"), transaction.atomic():
        Entry.objects.filter(pk=entry.pk).delete()
    Deletion.objects.create(person=here.person.pk, reason="asked for it in writing", by=here.members["owner"])
    Entry.objects.filter(pk=entry.pk).delete()
    assert not Entry.objects.exists()
    with pytest.raises(DatabaseError, match="lawful reason"), transaction.atomic():
        Deletion.objects.all().delete()


def test_a_query_within_no_organisation_is_refused(ours: House) -> None:
    with pytest.raises(OutsideAnyOrganisation):
        Person.objects.count()


def test_one_organisation_does_not_see_the_other(ours: House, theirs: House) -> None:
    with within(ours.organisation.pk):
        assert set(Person.objects.all()) == {ours.person}
        assert not Person.objects.filter(pk=theirs.person.pk).exists()
        with pytest.raises(OutsideAnyOrganisation):
            Person(organisation=theirs.organisation, given="A", family="B", birth_date="1990-01-01").save()


def test_postgresql_hides_other_organisations_even_from_a_query_without_a_filter(ours: House, theirs: House) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no row-level security; the manager keeps the wall there")
    with within(ours.organisation.pk), connection.cursor() as cursor:
        for table in (*BEHIND_THE_WALL, *LATER):
            cursor.execute(f"SELECT count(*) FROM {table} WHERE organisation_id <> %s", [ours.organisation.pk])
            assert cursor.fetchone() == (0,), table
        cursor.execute("SELECT count(*) FROM records_person")
        assert cursor.fetchone() == (1,)
    with within(theirs.organisation.pk):
        assert refused(
            "INSERT INTO records_auditentry (organisation_id, at, who, action, changed, \"where\") VALUES (%s, now(), '', '', false, '')",
            ours.organisation.pk,
        )
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM records_person")
        assert cursor.fetchone() == (0,)


def test_every_table_of_records_stands_behind_the_wall(db: None) -> None:
    tables = {name for name in connection.introspection.table_names() if name.startswith("records_")}
    assert tables == {*BEHIND_THE_WALL, *LATER, "records_organisation"}
    assert set(ONLY_ADDED) <= tables


def test_two_seals_never_follow_the_same_one(here: House) -> None:
    first = seal("note", uuid.uuid4(), "one", AT)
    second = seal("note", uuid.uuid4(), "two", AT)
    assert second.previous_sha256 == first.sha256
    with pytest.raises(DatabaseError), transaction.atomic():
        Seal.objects.create(
            number=3,
            kind="note",
            subject=uuid.uuid4(),
            content_sha256="",
            previous_sha256=first.sha256,
            sha256="",
            at=AT,
        )


def test_an_organisation_is_never_deleted(ours: House) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM records_organisation")
    assert Organisation.objects.count() == 1


def test_a_wall_that_fell_with_a_table_stands_again_after_the_next_migration(db: None) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite builds a table anew and drops its triggers")
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER records_note_stays")
        for statement in sqlite_walls(again=True):
            cursor.execute(statement)
        cursor.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name = 'records_note_stays'")
        assert cursor.fetchone() == (1,)
