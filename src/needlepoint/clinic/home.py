"""Where a clinic keeps what is its own on this machine: the database, the secret key, the backups. Nobody else on it may read them."""

import os
import secrets
import stat
from pathlib import Path

from needlepoint.clinic.secret_file import kept_word
from needlepoint.exchange.told import InputError

#: A file or folder that a clinic makes is for whoever runs it, and for nobody else.
ONLY_OURS = 0o077
#: What lies in the folder of a clinic.
_FILES = ("clinic.sqlite3", "clinic.sqlite3-wal", "clinic.sqlite3-shm", "secret-key", "setup-code")
#: Django holds a shorter key for weak; one that broke off while it was written is shorter.
_LEAST_KEY = 50


def home() -> Path:
    """The clinic's folder: ``NEEDLEPOINT_HOME``, else ``.needlepoint`` in the home of whoever runs it. Made when it is not there.

    One that others may read is closed when it is a clinic's and ours to close. Raises InputError when it is not.
    """
    folder = Path(os.environ.get("NEEDLEPOINT_HOME") or Path.home() / ".needlepoint")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if os.name == "posix":
        _close_folder(folder)
        for name in _FILES:
            _close_file(folder / name)
    return folder


def secret_key(folder: Path) -> str:
    """The key that signs cookies: from ``NEEDLEPOINT_SECRET_KEY``, else made once and kept where only its owner can read it."""
    told = os.environ.get("NEEDLEPOINT_SECRET_KEY")
    return told or kept_word(
        folder / "secret-key", lambda: secrets.token_urlsafe(64), lambda word: len(word) >= _LEAST_KEY
    )


def _close_folder(folder: Path) -> None:
    about = folder.stat()
    if not about.st_mode & ONLY_OURS:
        return
    if about.st_uid != os.geteuid():
        raise InputError(
            f"{folder}: others on this machine can look into it, and it belongs to somebody else; let its owner run"
            f" `chmod 700 {folder}`, or name another folder with NEEDLEPOINT_HOME"
        )
    there = {one.name for one in folder.iterdir()}
    if there and not there & {*_FILES, "backups"}:
        raise InputError(
            f"{folder}: others on this machine can look into it, and it holds other things than a clinic; name a folder of its"
            f" own with NEEDLEPOINT_HOME, or run `chmod 700 {folder}`"
        )
    folder.chmod(0o700)


def _close_file(path: Path) -> None:
    try:
        about = path.lstat()
    except FileNotFoundError:
        return
    if stat.S_ISREG(about.st_mode) and about.st_uid == os.geteuid() and about.st_mode & ONLY_OURS:
        path.chmod(0o600)
