"""The server is killed in the midst of a thousand saves: nothing that was answered is lost, nothing is half written, nothing doubles."""

import json
import random
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from tools.with_postgresql import postgresql

from tests.clinic.faults.conftest import how_much
from tests.clinic.faults.real_server import Device, RealServer, serving, words
from tests.clinic.keep.places import on_postgresql

WRITERS = 4
SAVES = how_much(1_000, 5_000)
KILLS = how_much(3, 30)
Batches = list[list[dict[str, Any]]]


@pytest.fixture
def server(home: Path) -> Iterator[RealServer]:
    with _durable() as address, serving(home, address) as one:
        yield one


@contextmanager
def _durable() -> Iterator[str | None]:
    """A server of PostgreSQL that keeps what it answered, when the tests are about PostgreSQL."""
    if not on_postgresql():
        yield None
        return
    with postgresql(durable=True) as address:
        yield address


def kept(server: RealServer) -> dict[str, tuple[str, Any, str]]:
    """What lies in the database now, read past the server. Doubles would show as an error."""
    sql = "SELECT id, kind, body, visit_id FROM records_entry"
    if "DATABASE_URL" in server.env:
        with psycopg.connect(server.env["DATABASE_URL"]) as connection:
            rows: list[Any] = connection.execute(sql).fetchall()
    else:
        with closing(sqlite3.connect(server.database)) as connection:
            assert connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
            rows = [
                (_dashes(id_), kind, json.loads(body), _dashes(visit))
                for id_, kind, body, visit in connection.execute(sql)
            ]
    found = {str(id_): (kind, body, str(visit)) for id_, kind, body, visit in rows}
    assert len(found) == len(rows)
    return found


def _dashes(told: str) -> str:
    return f"{told[:8]}-{told[8:12]}-{told[12:16]}-{told[16:20]}-{told[20:]}"


def test_a_thousand_saves_and_a_server_that_is_killed_again_and_again(server: RealServer) -> None:
    chance = random.Random(5)
    answered: list[tuple[str, list[dict[str, Any]]]] = []
    sent: list[tuple[str, list[dict[str, Any]]]] = []
    failed: list[BaseException] = []
    busy = threading.Event()
    busy.set()

    def write(n: int) -> None:
        # Two write into each visit.
        visit = server.known["visits"][n // 2]
        try:
            with Device(server, "clinician" if n % 2 else "owner", f"tablet {n}") as device:
                for save in range(SAVES // WRITERS):
                    batch = [words(save, device.name) for _ in range(1 + save % 3)]
                    sent.append((visit, batch))
                    device.send_until_kept(visit, batch)
                    answered.append((visit, batch))
        except BaseException as error:
            failed.append(error)

    writers = [threading.Thread(target=write, args=(n,)) for n in range(WRITERS)]
    for one in writers:
        one.start()
    killed = 0
    while killed < KILLS and any(one.is_alive() for one in writers):
        time.sleep(chance.uniform(0.3, 1.5))
        server.kill()
        killed += 1
        _nothing_lost(server, list(answered), list(sent))
        server.start()
    for one in writers:
        one.join()
    assert not failed, failed[0]
    assert killed == KILLS, "the saves were done before the server could be killed often enough"
    _nothing_lost(server, answered, sent)
    assert len(kept(server)) == sum(len(batch) for _visit, batch in sent)
    verified = server.command("clinic", "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr


def _nothing_lost(server: RealServer, answered: Any, sent: Any) -> None:
    found = kept(server)
    for visit, batch in answered:
        for one in batch:
            assert found[one["id"]] == (one["kind"], one["body"], visit)
    for _visit, batch in sent:
        # A save is whole or not there at all, answered or not.
        assert len({one["id"] in found for one in batch}) == 1
