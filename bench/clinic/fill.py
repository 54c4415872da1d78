"""Fills a migrated, empty database with the rows of a chain of clinics, as quickly as it takes them.

Usage: fill.py --people 100000 --sessions 1000000      (NEEDLEPOINT_HOME or DATABASE_URL say where)
"""

import argparse
import os
import sys
import time
import uuid
from datetime import UTC, date, datetime

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "needlepoint.clinic.settings")

import django

django.setup()

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from bench.clinic.rows import Chain, House
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from rich.progress import track

from needlepoint.clinic.records.counting import count_anew
from needlepoint.clinic.records.models import Clinic, Member, NeedleLot, Organisation
from needlepoint.clinic.records.scope import within

COLUMNS = {
    "person": "id given family birth_date sex number phone email sought_family sought_given created_at organisation_id",
    "course": "id complaint opened_on closed_on organisation_id person_id",
    "visit": "id planned_at on state level complete head needles_in serious created_at clinic_id clinician_id course_id organisation_id person_id",
    "entry": "id kind at body device received_at by_id organisation_id person_id link_id visit_id",
    "session": "id on started_at ended_at insertions twitches pain_before pain_after not_done clinic_id clinician_id organisation_id person_id visit_id",
    "insertion": "id on muscle side length_mm diameter_mm in_at out_at twitches clinician_id lot_id organisation_id person_id session_id",
    "adverseevent": "id on kind grade muscle side text steps reported_at insertion_id clinician_id reported_by_id organisation_id person_id visit_id",
    "seal": "id number kind subject content_sha256 previous_sha256 sha256 at organisation_id",
    "note": "id body signed_name signed_at clinic_id signed_by_id organisation_id person_id seal_id visit_id",
}
PASSWORD = "a bench is no clinic"
#: Of every member of the bench, for the codes of the second factor.
SECRET = "JBSWY3DPEHPK3PXP"
CLINICS, CLINICIANS = 20, 3
AT_ONCE = 2_000


def members() -> House:
    """The organisation, its clinics, an owner, and clinicians who can sign in as c<clinic>-<n>@bench.example."""
    organisation = Organisation.objects.create(name="Bench clinics")
    clinics, clinicians = [], []
    with within(organisation.pk):
        for c in range(CLINICS):
            clinic = Clinic.objects.create(name=f"Bench clinic {c:02}")
            NeedleLot.objects.create(
                clinic=clinic, maker="Bench", number=f"L{c}", length_mm=30, diameter_mm=0.25, received=100_000
            )
            team = []
            for n in range(CLINICIANS):
                role = "owner" if c == n == 0 else "clinician"
                mail = f"c{c}-{n}@bench.example"
                user = get_user_model().objects.create_user(mail, email=mail, password=PASSWORD)
                # Whoever signs in shows a second factor, here as anywhere.
                TOTP.activate(user, SECRET)
                team.append(Member.objects.create(user=user, clinic=clinic, name=f"Bench {role} {c}-{n}", role=role).pk)
            clinics.append(clinic.pk)
            clinicians.append(tuple(team))
    return House(organisation.pk, tuple(clinics), tuple(clinicians))


def code_now() -> str:
    """The code that every member's device shows now."""
    return str(format_hotp_value(hotp_value(SECRET, int(time.time()) // 30)))


def plain(value: object) -> object:
    """A value as SQLite keeps it."""
    if isinstance(value, uuid.UUID):
        return value.hex
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    if isinstance(value, date):
        return value.isoformat()
    return value


def write(tables: dict[str, list[tuple]]) -> None:
    """These rows, in the order in which they refer to each other."""
    if connection.vendor == "sqlite":
        raw = connection.connection
        for table, columns in COLUMNS.items():
            names = columns.split()
            quoted = ", ".join(f'"{one}"' for one in names)
            marks = ", ".join("?" * len(names))
            raw.executemany(
                f"INSERT INTO records_{table} ({quoted}) VALUES ({marks})",
                ([plain(value) for value in row] for row in tables.get(table, ())),
            )
        return
    with connection.cursor() as cursor:
        for table, columns in COLUMNS.items():
            quoted = ", ".join(f'"{one}"' for one in columns.split())
            with cursor.copy(f"COPY records_{table} ({quoted}) FROM STDIN") as copy:
                for row in tables.get(table, ()):
                    copy.write_row(row)


def main() -> None:
    """Migrate, fill, say how long it took."""
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--people", type=int, default=100_000)
    told.add_argument("--sessions", type=int, default=1_000_000)
    told.add_argument(
        "--entries-of", type=float, default=1.0, help="the share of visits whose single entries are written, too"
    )
    asked = told.parse_args()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    chain = Chain(members(), asked.people, asked.sessions, date.today(), asked.entries_of)
    started = time.monotonic()
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        # Only while it is being filled: a database that can be made again needs no sync.
        connection.connection.execute("PRAGMA synchronous=OFF")
        connection.connection.execute("PRAGMA foreign_keys=OFF")
        # Ids are random: what is not kept in memory is read from the disk for every row.
        connection.connection.execute("PRAGMA cache_size=-2000000")
    counts: dict[str, int] = {}
    waiting: dict[str, list[tuple]] = {}
    for n in track(range(asked.people), description="Filling", disable=not sys.stderr.isatty()):
        for table, rows in chain.of(n).items():
            waiting.setdefault(table, []).extend(rows)
            counts[table] = counts.get(table, 0) + len(rows)
        if n % AT_ONCE == AT_ONCE - 1 or n == asked.people - 1:
            if connection.vendor == "sqlite":
                connection.connection.execute("BEGIN")
            write(waiting)
            if connection.vendor == "sqlite":
                connection.connection.execute("COMMIT")
            waiting = {}
    with within(chain.house.organisation):
        count_anew()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence('records_seal', 'id'), (SELECT max(id) FROM records_seal))"
            )
            cursor.execute("VACUUM ANALYZE")
        else:
            cursor.execute("ANALYZE")
    print({**counts, "seconds": round(time.monotonic() - started)})


if __name__ == "__main__":
    main()
