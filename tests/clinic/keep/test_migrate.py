"""A clinic of the first schema, with data, comes to this release with every row and every seal."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection

from needlepoint.clinic.keep.backup import backup
from needlepoint.clinic.keep.migrating import bring_up, migrate, pending
from needlepoint.clinic.keep.restore import restore
from needlepoint.clinic.keep.verify import verify
from needlepoint.clinic.records.models import Entry, Insertion, Note, Person
from tests.clinic.keep.conftest import NOW
from tests.clinic.keep.places import working_in

#: A small clinic with one signed visit, as the first release wrote it on SQLite. It is never made anew: that it is old is its use.
FILE = Path(__file__).parent / "first-schema.sql"


@pytest.fixture
def first(tmp_path: Path, django_db_blocker: Any) -> Iterator[Path]:
    """A file of SQLite in the first schema."""
    path = tmp_path / "first.sqlite3"
    with closing(sqlite3.connect(path)) as database:
        database.executescript(FILE.read_text(encoding="utf-8"))
    with django_db_blocker.unblock():
        yield path


def sound() -> bool:
    told: list[object] = []
    came = verify(told.append)
    assert told == []
    ((_name, seals, _head),) = came.heads.values()
    everything = Person.everywhere.count(), Note.everywhere.count(), Insertion.everywhere.count()
    assert (seals, *everything) == (4, 1, 1, 2)
    return (seals, *everything) == (4, 1, 1, 2) and Entry.everywhere.count() > 15


@pytest.mark.usefixtures("not_postgresql")
def test_a_clinic_of_the_first_schema_is_brought_to_this_release_after_a_backup(first: Path, tmp_path: Path) -> None:
    with working_in(str(first)):
        if pending():
            bring_up(tmp_path / "backups", NOW, lambda _words: None)
            assert list((tmp_path / "backups").glob("before-*.zip"))
        else:
            migrate()
        assert pending() == []
        assert sound()
        # The walls of the first schema still stand.
        with pytest.raises(Exception, match="stays as it is"), connection.cursor() as cursor:
            cursor.execute("UPDATE records_note SET body = 'other'")


def test_a_backup_of_the_first_schema_is_restored_into_either_database(
    first: Path, empty_place: str, tmp_path: Path
) -> None:
    import dj_database_url
    from django.db import connections
    from django.db.backends.sqlite3.base import DatabaseWrapper

    told = {
        **connections.configure_settings({"old": dj_database_url.parse(f"sqlite:///{first}"), "default": {}})["old"]
    }
    connections["old"] = DatabaseWrapper(told, "old")
    try:
        made = backup(tmp_path / "first.zip", of="old")
    finally:
        connections["old"].close()
        del connections["old"]
    assert made.database == "sqlite"
    with working_in(empty_place):
        restore(tmp_path / "first.zip")
        assert connection.vendor == (
            "postgresql" if "postgresql" in django_settings.DATABASES["default"]["ENGINE"] else "sqlite"
        )
        assert pending() == []
        assert sound()


@pytest.fixture
def not_postgresql() -> None:
    from tests.clinic.keep.places import on_postgresql

    if on_postgresql():
        pytest.skip("the file is one of SQLite; PostgreSQL gets it from a backup")
