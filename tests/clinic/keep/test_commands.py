"""The commands, typed as they stand in the guides, each as a process of its own."""

import os
import re
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.clinic.faults.real_server import ROOT, RealServer, free_port
from tests.clinic.keep.places import address_of, drop_place, new_place, on_postgresql


class Typed:
    """Somebody at a terminal of the clinic's server."""

    def __init__(self, home: Path, address: str | None) -> None:
        self.home, self.address = home, address
        self.env = {
            **{name: value for name, value in os.environ.items() if not name.startswith("NEEDLEPOINT_")},
            "NEEDLEPOINT_HOME": str(home),
            "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "src"))),
        }
        self.env.pop("DATABASE_URL", None)
        if address:
            self.env["DATABASE_URL"] = address

    def __call__(self, *words: object, code: int = 0) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "needlepoint.cli", *map(str, words)],
            env=self.env, capture_output=True, text=True, check=False, cwd=self.home,
        )  # fmt: skip
        assert done.returncode == code, (words, done.returncode, done.stdout, done.stderr)
        assert "Traceback" not in done.stderr
        return done.stdout + done.stderr


@pytest.fixture
def typed(tmp_path: Path) -> Iterator[Typed]:
    home = tmp_path / "home"
    home.mkdir()
    place = new_place(tmp_path) if on_postgresql() else None
    yield Typed(home, address_of(place) if place else None)
    if place:
        drop_place(place)


def tamper(typed: Typed, sql: str) -> None:
    if typed.address:
        with psycopg.connect(typed.address) as connection:
            connection.execute("SET session_replication_role = replica")
            connection.execute(sql)  # type: ignore[call-overload]
        return
    with closing(sqlite3.connect(typed.home / "clinic.sqlite3")) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(sql)
        connection.commit()


def test_a_clinic_is_set_up_backed_up_moved_and_verified(
    typed: Typed, filled_place: tuple[str, Any], empty_place: str, tmp_path: Path
) -> None:
    assert "run `needlepoint clinic migrate`" in typed("clinic", "verify", code=2)
    assert re.search(r"/setup/ and type the one-time code \w{4}(-\w{4}){3}", typed("clinic", "set-up"))
    name, house = filled_place
    here = Typed(typed.home, address_of(name) if on_postgresql() else None)
    if not on_postgresql():
        here.home = tmp_path / "filled"
        here.home.mkdir()
        here.env["NEEDLEPOINT_HOME"] = str(here.home)
        (here.home / "clinic.sqlite3").write_bytes(Path(name).read_bytes())
    told = here("clinic", "verify")
    assert "all is as it was sealed" in told and "Ours: 7 seals" in told
    head = re.search(r"Ours: 7 seals, the last hash is (\w{64})", told)
    assert head
    file = tmp_path / "backup.zip"
    assert "wrote" in here("clinic", "backup", file)
    assert "never writes over" in here("clinic", "restore", file, code=2)
    into = address_of(empty_place) if on_postgresql() else str(tmp_path / "moved")
    assert "all is as it was sealed; everybody signs in again" in here("clinic", "restore", file, "--into", into)
    # From either database to a folder with SQLite.
    assert "all is as it was sealed" in here("clinic", "restore", file, "--into", tmp_path / "laptop")
    assert "is not empty" in here("clinic", "restore", file, "--into", tmp_path / "laptop", code=2)
    moved = Typed(tmp_path / "laptop", None)
    assert "was found: seal 7 of Ours" in moved("clinic", "verify", "--against", head[1])
    assert "wrote" in moved("clinic", "hand-out", house.person.pk, tmp_path / "record.zip")
    tamper(moved, "UPDATE records_addendum SET text = 'other'")
    assert "addendum" in moved("clinic", "verify", code=1)


def test_a_server_says_where_to_begin_answers_and_stops_when_told(typed: Typed) -> None:
    assert "the database is behind this release" in typed("serve", "--no-migrate", "--this-machine-only", code=2)
    assert "can be reached from other machines" in typed("serve", "--this-machine-only", "--host", "0.0.0.0", code=2)
    port = free_port()
    log = typed.home / "log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "needlepoint.cli", "serve", "--port", str(port), "--this-machine-only"],
            env=typed.env, stdout=out, stderr=out, start_new_session=True,
        )  # fmt: skip
    server = RealServer.__new__(RealServer)
    server.home, server.port, server.process = typed.home, port, process
    try:
        server.wait()
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/live") as answer:
            assert answer.read() == b'{"alive": true}'
    finally:
        code = server.stop(60)
    told = log.read_text()
    assert code == 0, told
    assert f"Open http://127.0.0.1:{port}/setup/ and type the one-time code" in told
    lines = [line for line in told.splitlines() if line.startswith("{")]
    assert lines and all('"event"' in line for line in lines)
    assert "Granian shutdown completed" in told
