"""Where the faults happen: SQLite in a folder of its own, or a PostgreSQL server that keeps what it answered."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.clinic.faults.real_server import RealServer, serving
from tests.clinic.keep.conftest import filled_place, kept, set_up_place
from tests.clinic.keep.places import address_of, drop_place, new_place, on_postgresql


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    """One server for the tests of a file that do not kill it."""
    folder = tmp_path_factory.mktemp("running")
    place = new_place(folder) if on_postgresql() else None
    with serving(folder, address_of(place) if place else None, visits=6) as server:
        yield server
    if place:
        drop_place(place)


def how_much(usually: int, thorough: int) -> int:
    """More of it with NEEDLEPOINT_THOROUGH=yes."""
    return thorough if os.environ.get("NEEDLEPOINT_THOROUGH") == "yes" else usually


__all__ = ["filled_place", "kept", "set_up_place"]
