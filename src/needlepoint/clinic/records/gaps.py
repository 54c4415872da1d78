"""Gaps in the first walls, closed: a row put in the place of another, a table of the same name, a record that comes back."""

from collections.abc import Iterator
from typing import Any

from needlepoint.clinic.records.walls import KEPT, ONLY_ADDED

_ONCE = "what is written stays as it is; nothing is put in its place"
_AGAIN = "this person was lawfully deleted; write them down anew, under another id"
_CONCLUDED = "the note of this visit is signed; what was concluded stays as it was"


def sqlite_gaps(connection: Any) -> Iterator[str]:
    """``INSERT OR REPLACE`` deletes the row before without telling the trigger that guards it. Run after every migration: keys may be new."""
    with connection.cursor() as cursor:
        for table in (*ONLY_ADDED, *KEPT):
            constraints = connection.introspection.get_constraints(cursor, table)
            keys = sorted(
                {tuple(one["columns"]) for one in constraints.values() if one["unique"] or one["primary_key"]}
            )
            same = " OR ".join(" AND ".join(f't."{one}" = NEW."{one}"' for one in key) for key in keys)
            yield f"DROP TRIGGER IF EXISTS {table}_once"
            yield (
                f"CREATE TRIGGER {table}_once BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} t WHERE {same})"
                f" BEGIN SELECT RAISE(ABORT, 'needlepoint: {_ONCE}'); END"
            )
    yield (
        "CREATE TRIGGER IF NOT EXISTS records_conclusion_open BEFORE INSERT ON records_conclusion"
        " WHEN EXISTS (SELECT 1 FROM records_note n WHERE n.visit_id = NEW.visit_id)"
        f" BEGIN SELECT RAISE(ABORT, 'needlepoint: {_CONCLUDED}'); END"
    )
    yield (
        "CREATE TRIGGER IF NOT EXISTS records_person_again BEFORE INSERT ON records_person"
        " WHEN EXISTS (SELECT 1 FROM records_deletion d WHERE d.person = NEW.id)"
        f" BEGIN SELECT RAISE(ABORT, 'needlepoint: {_AGAIN}'); END"
    )


def postgresql_gaps() -> Iterator[str]:
    """Run once, by the owner."""
    yield (
        # A temporary table of the same name would be found first: the functions look where the records are.
        "DO $$ DECLARE f regprocedure; BEGIN"
        " FOR f IN SELECT oid::regprocedure FROM pg_proc WHERE proname LIKE 'needlepoint\\_%' AND pronamespace = 'public'::regnamespace"
        " LOOP EXECUTE format('ALTER FUNCTION %s SET search_path = public, pg_temp', f); END LOOP; END $$"
    )
    yield (
        "CREATE TRIGGER records_conclusion_open BEFORE INSERT ON records_conclusion FOR EACH ROW EXECUTE FUNCTION needlepoint_open()"
    )
    yield (
        "CREATE FUNCTION needlepoint_again() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$ BEGIN"
        " IF EXISTS (SELECT 1 FROM records_deletion d WHERE d.person = NEW.id) THEN"
        f" RAISE EXCEPTION 'needlepoint: {_AGAIN}' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$"
    )
    yield (
        "CREATE TRIGGER records_person_again BEFORE INSERT ON records_person FOR EACH ROW EXECUTE FUNCTION needlepoint_again()"
    )
    # That there is an organisation must be seen before anybody signs in; to change one is for its own members.
    here = "id = NULLIF(current_setting('needlepoint.organisation', true), '')::uuid"
    yield "ALTER TABLE records_organisation ENABLE ROW LEVEL SECURITY"
    yield "CREATE POLICY seen ON records_organisation FOR SELECT USING (true)"
    # Refused by the trigger that guards it, and told so.
    yield "CREATE POLICY kept ON records_organisation FOR DELETE USING (true)"
    yield "CREATE POLICY founded ON records_organisation FOR INSERT WITH CHECK (true)"
    yield f"CREATE POLICY own ON records_organisation FOR UPDATE USING ({here}) WITH CHECK ({here})"


def postgresql_no_temporary_tables() -> str:
    """Nobody but the owner makes tables that live as long as a connection."""
    return (
        "DO $$ BEGIN EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());"
        " EXCEPTION WHEN insufficient_privilege THEN NULL; END $$"
    )
