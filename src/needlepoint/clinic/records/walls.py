"""What the database itself refuses, whoever asks: to change what is written, to delete without a lawful reason, to write into a signed visit,
and (on PostgreSQL) to see another organisation. The same on SQLite and PostgreSQL, except for the last, which SQLite does not have."""

from collections.abc import Iterable, Iterator

#: Rows that are only ever added. ``person`` says by which column a lawful deletion is found; ``None``: never deleted.
ONLY_ADDED: dict[str, str | None] = {
    "records_entry": "person_id",
    "records_conclusion": "person_id",
    "records_consent": "person_id",
    "records_note": "person_id",
    "records_addendum": "person_id",
    "records_session": "person_id",
    "records_insertion": "person_id",
    "records_reaction": "person_id",
    "records_adverseevent": "person_id",
    "records_personchange": "person_id",
    "records_attachment": "person_id",
    "records_attachmentcontent": "person_id",
    "records_stockchange": None,
    "records_auditentry": None,
    "records_seal": None,
    "records_deletion": None,
}
#: Rows that may change, but are deleted only with a lawful reason.
KEPT: dict[str, str | None] = {
    "records_person": "id",
    "records_course": "person_id",
    "records_visit": "person_id",
    "records_privatelink": "person_id",
    "records_checkin": "person_id",
    "records_member": None,
    "records_clinic": None,
    "records_organisation": None,
    "records_needlelot": None,
}
#: Rows behind the wall between organisations, as the first walls were built. A table that came later stands in ``LATER``.
BEHIND_THE_WALL = (
    *ONLY_ADDED,
    "records_person",
    "records_course",
    "records_visit",
    "records_privatelink",
    "records_checkin",
    "records_member",
    "records_clinic",
    "records_needlelot",
    "records_notetemplate",
)
#: Tables behind the wall whose walls were built by a later migration.
LATER = ("records_monthcount",)
#: The role that web processes take on PostgreSQL: it owns nothing, so it can neither lift a wall nor drop a trigger.
WEB_ROLE = "needlepoint_web"

_CHANGE = "what is written stays as it is; write beside it"
_DELETE = "nothing is deleted without a lawful reason that stays"
_SIGNED = "the note of this visit is signed; write an addendum"


def sqlite_walls(*, again: bool = False) -> Iterator[str]:
    """The triggers, as SQLite writes them. ``again``: those that are there stay."""
    create = "CREATE TRIGGER IF NOT EXISTS" if again else "CREATE TRIGGER"
    for table in ONLY_ADDED:
        yield (
            f"{create} {table}_stays BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, 'needlepoint: {_CHANGE}'); END"
        )
    for table, person in {**ONLY_ADDED, **KEPT}.items():
        unless = _unless(person)
        yield (
            f"{create} {table}_kept BEFORE DELETE ON {table} {f'WHEN {unless}' if unless else ''}"
            f" BEGIN SELECT RAISE(ABORT, 'needlepoint: {_DELETE}'); END"
        )
    yield (
        f"{create} records_entry_open BEFORE INSERT ON records_entry"
        f" WHEN EXISTS (SELECT 1 FROM records_note n WHERE n.visit_id = NEW.visit_id) BEGIN SELECT RAISE(ABORT, 'needlepoint: {_SIGNED}'); END"
    )
    yield (
        f"{create} records_visit_signed BEFORE UPDATE ON records_visit WHEN {_REOPENED}"
        f" BEGIN SELECT RAISE(ABORT, 'needlepoint: {_SIGNED}'); END"
    )


_REOPENED = (
    'OLD.state = \'signed\' AND (NEW.state <> OLD.state OR NEW."on" <> OLD."on" OR NEW.person_id <> OLD.person_id'
    " OR NEW.course_id <> OLD.course_id OR NEW.clinician_id <> OLD.clinician_id OR NEW.clinic_id <> OLD.clinic_id)"
)


def _unless(person: str | None) -> str:
    return f"NOT EXISTS (SELECT 1 FROM records_deletion d WHERE d.person = OLD.{person})" if person is not None else ""


def postgresql_walls() -> Iterator[str]:
    """The triggers and the row-level security, as PostgreSQL writes them."""
    for name, words in (("stays", _CHANGE), ("kept", _DELETE), ("signed", _SIGNED)):
        yield (
            f"CREATE OR REPLACE FUNCTION needlepoint_{name}() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN RAISE EXCEPTION 'needlepoint: {words}' USING ERRCODE = 'restrict_violation'; END $$"
        )
    for table in ONLY_ADDED:
        yield f"CREATE TRIGGER {table}_stays BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION needlepoint_stays()"
    for table, person in {**ONLY_ADDED, **KEPT}.items():
        yield from _postgresql_kept(table, person)
        yield (
            f"CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION needlepoint_kept()"
        )
    yield (
        "CREATE FUNCTION needlepoint_open() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " IF EXISTS (SELECT 1 FROM records_note n WHERE n.visit_id = NEW.visit_id) THEN"
        f" RAISE EXCEPTION 'needlepoint: {_SIGNED}' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$"
    )
    yield (
        "CREATE TRIGGER records_entry_open BEFORE INSERT ON records_entry FOR EACH ROW EXECUTE FUNCTION needlepoint_open()"
    )
    yield (
        f"CREATE TRIGGER records_visit_signed BEFORE UPDATE ON records_visit FOR EACH ROW WHEN ({_REOPENED})"
        " EXECUTE FUNCTION needlepoint_signed()"
    )
    yield from row_level_security(BEHIND_THE_WALL)
    yield (
        "CREATE POLICY own_membership ON records_member FOR SELECT"
        " USING (user_id::text = current_setting('needlepoint.member', true))"
    )


def _postgresql_kept(table: str, person: str | None) -> Iterator[str]:
    if person is None:
        yield f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION needlepoint_kept()"
        return
    # A trigger's WHEN cannot look into another table: the function does.
    yield (
        f"CREATE FUNCTION needlepoint_kept_{table}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {_unless(person)} THEN"
        f" RAISE EXCEPTION 'needlepoint: {_DELETE}' USING ERRCODE = 'restrict_violation'; END IF; RETURN OLD; END $$"
    )
    yield (
        f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION needlepoint_kept_{table}()"
    )


def row_level_security(tables: Iterable[str]) -> Iterator[str]:
    """The wall between organisations around these tables, in PostgreSQL's words."""
    here = "organisation_id = NULLIF(current_setting('needlepoint.organisation', true), '')::uuid"
    for table in tables:
        yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
        yield f"CREATE POLICY wall ON {table} USING ({here}) WITH CHECK ({here})"


def postgresql_grants() -> Iterator[str]:
    """What the web role may do; run after every migration, when all tables are there."""
    yield (
        # Two databases of one server may be made at the same moment: the role is the server's.
        f"DO $$ BEGIN CREATE ROLE {WEB_ROLE} NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
    )
    yield (
        # Since PostgreSQL 16 whoever makes a role may not take it without granting it to themselves; where somebody else granted it, this may not.
        # A superuser needs no grant, and two who grant at the same moment would disturb each other.
        f"DO $$ BEGIN IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN GRANT {WEB_ROLE} TO CURRENT_USER; END IF;"
        " EXCEPTION WHEN insufficient_privilege THEN NULL; END $$"
    )
    yield f"GRANT USAGE ON SCHEMA public TO {WEB_ROLE}"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {WEB_ROLE}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {WEB_ROLE}"
    for table in ONLY_ADDED:
        yield f"REVOKE UPDATE ON {table} FROM {WEB_ROLE}"
    yield f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {WEB_ROLE}"
