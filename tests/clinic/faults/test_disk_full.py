"""The disk is full: what cannot be kept is answered in words and stays on the device; what was kept stays; with room again it goes on.

What is really full, and what is simulated:

- SQLite: a small file system in memory where this machine lets us mount one, else a limit on the size of files, at which a write fails half-way
  as on a full disk; and, within one process, SQLite's own limit on pages.
- PostgreSQL: its server runs elsewhere, so nothing of ours can fill its disk. A trigger raises the error that PostgreSQL raises then (53100).
"""

import contextlib
import json
import os
import resource
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from needlepoint.clinic.records.models import Entry
from needlepoint.clinic.records.scope import within
from tests.clinic.faults.real_server import Device, RealServer, serving, words
from tests.clinic.keep.conftest import Kept, another_visit
from tests.clinic.keep.places import on_postgresql

only_sqlite = pytest.mark.skipif(on_postgresql(), reason="the disk of a PostgreSQL server is not ours to fill")
only_postgresql = pytest.mark.skipif(not on_postgresql(), reason="SQLite is filled for real")


def post(kept: Kept, visit: Any, *entries: dict[str, Any]) -> Any:
    client = kept.house.client("clinician")
    return client.post(f"/visits/{visit.pk}/entries/", json.dumps({"entries": entries}), "application/json")


def fill_until_refused(send: Any) -> tuple[list[str], dict[str, Any], tuple[int, dict[str, Any]]]:
    """Send until it is not kept any more: the ids that were kept, the entry that was not, and the answer to it."""
    answered: list[str] = []
    for n in range(2_000):
        one = words(n)
        one["body"]["value"] *= 200
        status, told = send(one)
        if status != 200:
            return answered, one, (status, told)
        answered += told["kept"]
    raise AssertionError("the disk did not become full")


def in_words(answer: tuple[int, dict[str, Any]]) -> bool:
    return answer[0] == 503 and "keeps it and tries again" in answer[1]["why"]


@only_sqlite
def test_a_full_database_is_told_and_nothing_is_lost(kept: Kept, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    visit = another_visit(kept.house)
    client = kept.house.client("clinician")

    def send(one: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        answer = client.post(f"/visits/{visit.pk}/entries/", json.dumps({"entries": [one]}), "application/json")
        return answer.status_code, answer.json()

    assert send(words(0))[0] == 200
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0] + 100}")
        cursor.fetchall()
    answered, waiting, answer = fill_until_refused(send)
    assert in_words(answer)
    with within(kept.house.organisation.pk):
        assert {str(one) for one in Entry.objects.filter(visit=visit).values_list("id", flat=True)} >= set(answered)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 1000000")
        cursor.fetchall()
    assert send(waiting)[0] == 200
    with within(kept.house.organisation.pk):
        assert Entry.objects.filter(id=waiting["id"]).count() == 1


@contextlib.contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[bool]:
    """A file system of this size at this folder; False when this machine lets nobody mount one."""
    mounted = (
        os.geteuid() == 0
        and not subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)], capture_output=True, check=False
        ).returncode
    )
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=False)


@only_sqlite
def test_the_server_on_a_full_disk_tells_it_and_goes_on_when_there_is_room(home: Path) -> None:
    with small_disk(home, 16) as really, serving(home, None) as server, Device(server) as device:
        visit = server.known["visits"][0]
        if not really:
            server.no_more_than(server.database.stat().st_size + 5_000_000)
        answered, waiting, answer = fill_until_refused(lambda one: device.send(visit, [one]))
        assert in_words(answer), server.log()
        assert server.ask("/health/live")[0] == 200
        if really:
            status, told = server.ask("/health/ready")
            assert status == 503 and b"nearly full" in told
        if really:
            subprocess.run(["mount", "-o", "remount,size=64m", str(home)], check=True)
        else:
            server.no_more_than(resource.RLIM_INFINITY)
        assert device.send_until_kept(visit, [waiting]) >= 1
        _all_there(server, [*answered, waiting["id"]])


def _all_there(server: RealServer, ids: list[str]) -> None:
    from tests.clinic.faults.test_killed import kept

    assert kept(server).keys() >= set(ids)


@only_postgresql
def test_a_full_disk_of_the_database_server_is_told(kept: Kept, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    visit, waiting = another_visit(kept.house), words(1)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$"
        )
        cursor.execute(
            "CREATE TRIGGER full_disk BEFORE INSERT ON records_entry FOR EACH ROW EXECUTE FUNCTION full_disk()"
        )
    answer = post(kept, visit, waiting)
    assert in_words((answer.status_code, answer.json()))
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER full_disk ON records_entry")
    assert post(kept, visit, waiting).status_code == 200
    with within(kept.house.organisation.pk):
        assert Entry.objects.filter(id=waiting["id"]).count() == 1
