"""On PostgreSQL: what web processes cannot do, even with SQL of their own."""

from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from needlepoint.clinic.records.scope import within
from needlepoint.clinic.records.walls import BEHIND_THE_WALL, KEPT, ONLY_ADDED, WEB_ROLE
from tests.clinic.access.everything import everything
from tests.clinic.access.test_deploy import run
from tests.clinic.conftest import House
from tests.clinic.keep.places import address_of, drop_place, new_place


@pytest.fixture(autouse=True)
def _postgresql(db: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no roles: whoever opens the file is its owner")


def refused(sql: str, *parameters: object) -> str:
    with pytest.raises(DatabaseError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, parameters)
    return str(caught.value)


def rows(sql: str, *parameters: object) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return int(cursor.rowcount)


def test_web_processes_are_not_the_owner() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (WEB_ROLE,)
        cursor.execute(
            "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = %s", [WEB_ROLE]
        )
        assert cursor.fetchone() == (False, False, False, False)
        cursor.execute("SELECT count(*) FROM pg_tables WHERE tableowner = %s", [WEB_ROLE])
        assert cursor.fetchone() == (0,)


def test_every_table_behind_the_wall_has_it() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity")
        assert {name for (name,) in cursor.fetchall()} >= set(BEHIND_THE_WALL)


def test_what_belongs_to_others_is_neither_read_nor_changed_nor_added_to(ours: House, theirs: House) -> None:
    everything(ours)
    with within(theirs.organisation.pk):
        for table in BEHIND_THE_WALL:
            assert rows(f"SELECT 1 FROM {table} WHERE organisation_id = %s", ours.organisation.pk) == 0, table
            if table not in ONLY_ADDED:
                moved = f"UPDATE {table} SET organisation_id = organisation_id WHERE organisation_id = %s"
                assert rows(moved, ours.organisation.pk) == 0, table
        refused("UPDATE records_person SET organisation_id = %s", ours.organisation.pk)
        refused(
            "INSERT INTO records_clinic (id, organisation_id, name) VALUES (gen_random_uuid(), %s, 'planted')",
            ours.organisation.pk,
        )


def test_a_member_signing_in_sees_the_own_membership_and_no_other(ours: House, theirs: House) -> None:
    from needlepoint.clinic.records.scope import signing_in

    with signing_in(ours.members["clinician"].user_id):
        assert rows("SELECT 1 FROM records_member") == 1
        assert rows("SELECT 1 FROM records_person") == 0
        assert rows("UPDATE records_member SET role = 'owner'") == 0
    assert rows("SELECT 1 FROM records_member") == 0


@pytest.mark.parametrize("table", [*ONLY_ADDED, *KEPT])
def test_no_trigger_is_switched_off_and_no_table_changed(table: str) -> None:
    assert "must be owner" in refused(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
    assert "must be owner" in refused(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    assert "must be owner" in refused(f"DROP TABLE {table} CASCADE")
    assert "permission denied" in refused(f"TRUNCATE {table} CASCADE")


def test_the_walls_themselves_stand() -> None:
    assert "must be owner" in refused("DROP POLICY wall ON records_person")
    assert "permission denied" in refused(
        "CREATE OR REPLACE FUNCTION needlepoint_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"
    )
    assert "permission denied" in refused("SET session_replication_role = replica")
    assert refused("ALTER ROLE needlepoint_web BYPASSRLS")
    assert "permission denied" in refused("CREATE TABLE public.planted (a int)")
    assert refused("COPY records_person TO PROGRAM 'cat'")


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM django_migrations",
        "UPDATE django_migrations SET name = 'x'",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('x', 'x', now())",
    ],
)
def test_the_list_of_migrations_is_not_rewritten(sql: str) -> None:
    assert "permission denied" in refused(sql)


def test_after_migrating_the_web_role_counts_attempts_and_reads_no_record_without_an_organisation(
    tmp_path: Path,
) -> None:
    """In a database of its own, migrated and served as in a clinic."""
    name = new_place(tmp_path)
    try:
        assert run(tmp_path, "migrate", "-v", "0", DATABASE_URL=address_of(name)).returncode == 0
        ask = (
            "from django.core.cache import cache as c; from django.db import connection as d; c.set('a', 1); k = d.cursor();"
            " k.execute('select current_user, (select count(*) from records_person)'); print(c.get('a'), *k.fetchone())"
        )
        done = run(tmp_path, "shell", "-v", "0", "-c", ask, DATABASE_URL=address_of(name), NEEDLEPOINT_AS_WEB="yes")
        assert done.stdout.split() == ["1", WEB_ROLE, "0"], done.stderr
    finally:
        drop_place(name)
