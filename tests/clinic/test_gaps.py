"""Ways around the walls that somebody who can write SQL may try: another row in the place of one, a table of the same name, a record that comes back."""

import uuid

import pytest
from django.db import DatabaseError, connection, transaction

from needlepoint.clinic import asking
from needlepoint.clinic.records.models import (
    Conclusion,
    Deletion,
    Note,
    Organisation,
    Person,
    Visit,
)
from needlepoint.clinic.records.scope import within
from needlepoint.clinic.records.walls import KEPT, ONLY_ADDED
from tests.clinic.conftest import House
from tests.clinic.test_walls import AT, refused, signed, wrote


def sqlite_only() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite can put a row in the place of another")


def postgresql_only() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL has roles and functions")


def test_a_signed_note_cannot_be_replaced_either(here: House) -> None:
    sqlite_only()
    note = signed(here)
    columns = ", ".join(f'"{one.column}"' for one in Note._meta.local_concrete_fields)
    values = columns.replace('"body"', "'another note'")
    assert "in its place" in refused(
        f"INSERT OR REPLACE INTO records_note ({columns}) SELECT {values} FROM records_note"
    )
    assert Note.objects.get(pk=note.pk).body == "{}"


def test_a_note_is_not_replaced_by_way_of_any_other_unique_key(here: House) -> None:
    sqlite_only()
    note = signed(here)
    columns = ", ".join(f'"{one.column}"' for one in Note._meta.local_concrete_fields)
    values = columns.replace('"id"', f"'{uuid.uuid4().hex}'").replace('"body"', "'another note'")
    assert "in its place" in refused(
        f"INSERT OR REPLACE INTO records_note ({columns}) SELECT {values} FROM records_note"
    )
    assert list(Note.objects.values_list("pk", "body")) == [(note.pk, "{}")]


def test_a_replacing_update_takes_no_other_row_away(here: House) -> None:
    sqlite_only()
    other = Visit.objects.create(
        person=here.person, course=here.visit.course, clinic=here.clinic, clinician=here.members["clinician"],
        state="planned", planned_at=AT, on=AT.date(),
    )  # fmt: skip
    assert refused("UPDATE OR REPLACE records_visit SET id = %s WHERE id = %s", here.visit.pk.hex, other.pk.hex)
    assert Visit.objects.filter(pk__in=(other.pk, here.visit.pk)).count() == 2


def test_every_table_that_is_kept_refuses_another_row_in_the_place_of_one(db: None) -> None:
    sqlite_only()
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        found = {name for (name,) in cursor.fetchall()}
        cursor.execute("PRAGMA recursive_triggers")
        assert cursor.fetchone() == (1,)
    assert {f"{table}_once" for table in (*ONLY_ADDED, *KEPT)} <= found


def test_a_table_of_ones_own_with_the_same_name_opens_no_wall(here: House) -> None:
    postgresql_only()
    note = signed(here)
    with connection.cursor() as cursor:
        # The owner may make such tables; the web role may not even that.
        cursor.execute("RESET ROLE")
        cursor.execute("CREATE TEMP TABLE records_deletion (person uuid)")
        cursor.execute("INSERT INTO records_deletion VALUES (%s)", [here.person.pk])
        cursor.execute("CREATE TEMP TABLE records_note (visit_id uuid)")
    try:
        assert "lawful reason" in refused("DELETE FROM public.records_note")
        with pytest.raises(DatabaseError, match="is signed"), transaction.atomic():
            wrote(here)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE pg_temp.records_deletion, pg_temp.records_note")
            cursor.execute("SET ROLE needlepoint_web")
    assert Note.objects.get(pk=note.pk).body == "{}"


def test_the_web_role_makes_no_tables_of_its_own(db: None) -> None:
    postgresql_only()
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_database_privilege('needlepoint_web', current_database(), 'TEMPORARY')")
        assert cursor.fetchone() == (False,)
        cursor.execute("SELECT has_schema_privilege('needlepoint_web', 'public', 'CREATE')")
        assert cursor.fetchone() == (False,)


def test_the_name_of_another_organisation_cannot_be_changed(ours: House, theirs: House) -> None:
    postgresql_only()
    with within(ours.organisation.pk), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE needlepoint_web")
        cursor.execute("UPDATE records_organisation SET name = 'Mine' WHERE id = %s", [theirs.organisation.pk])
        assert cursor.rowcount == 0
        cursor.execute("UPDATE records_organisation SET name = 'Still ours' WHERE id = %s", [ours.organisation.pk])
        assert cursor.rowcount == 1
        cursor.execute("RESET ROLE")
    assert set(Organisation.objects.values_list("name", flat=True)) == {"Still ours", theirs.organisation.name}


def test_who_was_lawfully_deleted_does_not_come_back_under_the_same_id(here: House) -> None:
    stranger = Person.objects.create(given="A", family="B", birth_date="1990-01-01")
    key = stranger.pk
    Deletion.objects.create(person=key, reason="asked for it in writing", by=here.members["owner"])
    Person.objects.filter(pk=key).delete()
    with pytest.raises(DatabaseError, match="lawfully deleted"), transaction.atomic():
        Person.objects.create(pk=key, given="A", family="B", birth_date="1990-01-01")
    assert not Person.objects.filter(pk=key).exists()


def test_after_signing_nothing_more_is_concluded(here: House) -> None:
    asking.conclude(here.visit, "page", 1, "a" * 64, {"level": "stop"})
    signed(here)
    with pytest.raises(DatabaseError, match="is signed"), transaction.atomic():
        Conclusion.objects.create(
            person=here.person, visit=here.visit, kind="page", head=1, knowledge_sha256="b" * 64, body={"level": "go"}
        )
    Visit.objects.filter(pk=here.visit.pk).update(state="signed")
    asking.conclude(here.visit, "page", 1, "c" * 64, {"level": "go"})
    assert Conclusion.objects.filter(visit=here.visit).count() == 1
