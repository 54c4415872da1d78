"""A clinic comes back from its backup as it was, on whichever database; and a damaged backup is refused."""

import json
import threading
import uuid
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from needlepoint.clinic.keep.backup import backup
from needlepoint.clinic.keep.restore import look_through, restore
from needlepoint.clinic.keep.verify import verify
from needlepoint.clinic.records.keeping import Writer, keep
from needlepoint.clinic.records.models import Entry, Member, Note, Seal
from needlepoint.clinic.records.scope import within
from needlepoint.clinic.records.signing import add_addendum
from needlepoint.exchange.told import InputError
from tests.clinic.keep.conftest import NOW, Kept, another_visit, fill, wrote
from tests.clinic.keep.places import working_in


def test_everything_comes_back(kept: Kept, empty_place: str, tmp_path: Path) -> None:
    made = backup(tmp_path / "one.zip")
    assert (tmp_path / "one.zip").stat().st_mode & 0o077 == 0
    with working_in(empty_place):
        restore(tmp_path / "one.zip")
        told: list[object] = []
        came = verify(told.append)
        assert told == []
        assert came.heads[str(kept.house.organisation.pk)][2] == made.chains[0].sha256
        again = backup(tmp_path / "two.zip")
        # And the clinic goes on: new rows get numbers of their own, and the walls stand.
        with within(kept.house.organisation.pk):
            visit = another_visit(kept.house)
            keep(visit.pk, Writer(member=kept.house.members["clinician"]), [wrote("complaint", "knee")])
            assert Entry.objects.filter(visit=visit).get().number > 0
            with pytest.raises(Exception, match="stays as it is"), connection.cursor() as cursor:
                cursor.execute("UPDATE records_note SET body = 'other'")
    assert {one.table: (one.rows, one.sha256) for one in again.parts} == {
        one.table: (one.rows, one.sha256) for one in made.parts
    }
    assert {one.table for one in made.parts} >= {"records_entry", "records_note", "records_auditentry", "auth_user"}
    assert "django_session" not in {one.table for one in made.parts}


def test_the_secret_key_and_open_sign_ins_are_not_in_it(kept: Kept, tmp_path: Path, settings: Any) -> None:
    kept.house.client("clinician")
    backup(tmp_path / "one.zip")
    with zipfile.ZipFile(tmp_path / "one.zip") as packed:
        everything = b"".join(packed.read(name) for name in packed.namelist())
    assert settings.SECRET_KEY.encode() not in everything
    assert not any("session_data" in part["columns"] for part in json.loads(_manifest(tmp_path / "one.zip"))["parts"])


def _manifest(path: Path) -> bytes:
    with zipfile.ZipFile(path) as packed:
        return packed.read("manifest.json")


def test_a_backup_made_while_people_write_is_of_one_moment(kept: Kept, empty_place: str, tmp_path: Path) -> None:
    house, visit = kept.house, another_visit(kept.house)
    done, written = threading.Event(), []

    def write() -> None:
        # Each time an entry and, with the same number, an addendum: a backup holds both of a pair or neither of the later one.
        with working_in(kept.name), within(house.organisation.pk):
            note = Note.objects.get()
            member = Member.objects.get(pk=house.members["clinician"].pk)
            n = 0
            while not done.is_set() or n < 20:
                keep(visit.pk, Writer(member=member), [wrote("note.text", n)])
                add_addendum(note, f"{n}", member, now=NOW)
                written.append(n)
                n += 1

    writer = threading.Thread(target=write)
    writer.start()
    while len(written) < 5 and writer.is_alive():
        done.wait(0.01)
    before = len(written)
    # Between two tables the writer goes on for a while.
    backup(tmp_path / "one.zip", progress=lambda _table, _rows: done.wait(0.05) and None)
    after = len(written)
    done.set()
    writer.join()
    assert after > before, "nobody wrote while the backup was made"
    with working_in(empty_place):
        restore(tmp_path / "one.zip")
        told: list[object] = []
        verify(told.append)
        assert told == []
        with within(house.organisation.pk):
            entries = sorted(one.body["value"] for one in Entry.objects.filter(visit=visit))
            addenda = Seal.objects.filter(kind="addendum").count() - 2
    assert entries == list(range(len(entries)))
    assert before - 1 <= addenda <= len(entries) <= addenda + 1


def test_a_clinic_with_records_is_never_written_over(kept: Kept, tmp_path: Path) -> None:
    backup(tmp_path / "one.zip")
    with pytest.raises(InputError, match="never writes over"):
        restore(tmp_path / "one.zip")
    with pytest.raises(InputError, match="there already"):
        backup(tmp_path / "one.zip")


def changed(path: Path, name: str, change: Any) -> Path:
    """A copy of a backup in which one part is another."""
    other = path.with_name(f"changed-{uuid.uuid4().hex}.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.namelist():
            content = change(old.read(one)) if one == name else old.read(one)
            if content is not None:
                new.writestr(one, content)
    return other


def test_a_damaged_backup_is_refused_with_the_place(kept: Kept, empty_place: str, tmp_path: Path) -> None:
    path = tmp_path / "one.zip"
    backup(path)
    part = "tables/records_entry.jsonl"
    damaged = (
        ("records_entry.jsonl", changed(path, part, lambda told: told.replace(b"soleus", b"deltoi", 1))),
        ("records_entry.jsonl", changed(path, part, lambda told: told.rpartition(b"\n")[0])),
        ("records_entry.jsonl is missing", changed(path, part, lambda _told: None)),
        ("no backup that this release reads", changed(path, "manifest.json", lambda told: told[:100])),
        ("manifest.json", changed(path, "manifest.json", lambda _told: b"{}")),
    )
    for place, one in damaged:
        with working_in(empty_place), pytest.raises(InputError) as caught:
            restore(one)
        assert place in " ".join(caught.value.lines)
    whole = path.read_bytes()
    for cut in (0, 100, len(whole) // 2, len(whole) - 10):
        (tmp_path / "cut.zip").write_bytes(whole[:cut])
        with pytest.raises(InputError, match="damaged"):
            look_through(tmp_path / "cut.zip")


def test_flipped_bytes_anywhere_are_found(kept: Kept, tmp_path: Path) -> None:
    path = tmp_path / "one.zip"
    made = backup(path)
    whole = path.read_bytes()
    for n in range(60):
        at = (n * 7919) % len(whole)
        (tmp_path / "flipped.zip").write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        try:
            found = look_through(tmp_path / "flipped.zip")
        except InputError:
            continue
        # A byte that nobody reads, such as a time in the table of contents: then all that is read is as it was.
        assert found == made


def test_a_backup_of_a_later_release_is_told_as_such(kept: Kept, empty_place: str, tmp_path: Path) -> None:
    path = tmp_path / "one.zip"
    backup(path)

    def later(told: bytes) -> bytes:
        manifest = json.loads(told)
        manifest["migrations"]["records"].append("9999_from_the_future")
        return json.dumps({**manifest, "release": "99.0"}).encode()

    with working_in(empty_place), pytest.raises(InputError, match=r"later release, 99\.0"):
        restore(changed(path, "manifest.json", later))


def test_a_restore_that_is_interrupted_leaves_nothing_half(kept: Kept, empty_place: str, tmp_path: Path) -> None:
    path = tmp_path / "one.zip"
    backup(path)

    def stop(table: str, _rows: int) -> None:
        if table == "records_session" and connection.in_atomic_block:
            raise KeyboardInterrupt

    with working_in(empty_place):
        with pytest.raises(KeyboardInterrupt):
            restore(path, progress=stop)
        connections["default"].close()
        restore(path)
        told: list[object] = []
        verify(told.append)
        assert told == []


def test_what_was_written_later_is_in_the_next_backup(kept: Kept, tmp_path: Path) -> None:
    first = backup(tmp_path / "one.zip")
    house = kept.house
    house.visit = another_visit(house)
    fill(house)
    second = backup(tmp_path / "two.zip")
    assert second.chains[0].seals == first.chains[0].seals + 7
    assert second.chains[0].sha256 != first.chains[0].sha256
