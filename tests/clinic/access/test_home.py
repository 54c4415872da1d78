"""The clinic's folder is its own: nobody else on the machine reads what lies in it."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from needlepoint.clinic.home import home, secret_key
from needlepoint.exchange.told import InputError


def mode(path: Path) -> str:
    return oct(stat.S_IMODE(path.stat().st_mode))[2:]


@pytest.fixture(autouse=True)
def _no_key_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEEDLEPOINT_SECRET_KEY", raising=False)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that was there already, open to everybody."""
    there = tmp_path / "clinic"
    there.mkdir()
    there.chmod(0o755)
    monkeypatch.setenv("NEEDLEPOINT_HOME", str(there))
    return there


def test_nobody_else_on_this_machine_reads_the_database(folder: Path) -> None:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "DATABASE_"))}
    prepare = [sys.executable, "-m", "needlepoint.clinic.keep.preparing", "http://127.0.0.1:9"]
    loose = "import os, sys; os.umask(0o022); os.execv(sys.argv[1], sys.argv[1:])"
    done = subprocess.run(
        [sys.executable, "-c", loose, *prepare], env=clean, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert mode(folder) == "700"
    files = [one for one in folder.iterdir() if one.is_file()]
    assert {one.name for one in files} >= {"clinic.sqlite3", "secret-key", "setup-code"}
    assert {one.name: mode(one) for one in files if mode(one) != "600"} == {}


def test_a_clinic_that_lay_open_is_closed_at_the_next_start(folder: Path) -> None:
    for name in ("clinic.sqlite3", "clinic.sqlite3-wal", "secret-key"):
        (folder / name).write_text("")
        (folder / name).chmod(0o644)
    assert home() == folder
    assert [mode(one) for one in (folder, *folder.iterdir())] == ["700", "600", "600", "600"]


def test_an_open_folder_with_other_things_in_it_is_refused_in_words_and_left_as_it_is(folder: Path) -> None:
    (folder / "letters.txt").write_text("mine")
    with pytest.raises(InputError, match="holds other things than a clinic"):
        home()
    assert mode(folder) == "755"
    folder.chmod(0o700)
    assert home() == folder


def test_an_open_folder_of_somebody_else_is_refused_in_words(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: folder.stat().st_uid + 1)
    with pytest.raises(InputError, match="belongs to somebody else"):
        home()


@pytest.mark.parametrize("broken", ["", "\n", "half a key"])
def test_a_key_that_was_not_written_to_its_end_is_made_anew(tmp_path: Path, broken: str) -> None:
    (tmp_path / "secret-key").write_text(broken)
    key = secret_key(tmp_path)
    assert len(key) > 80 and key == secret_key(tmp_path)
    assert mode(tmp_path / "secret-key") == "600"
