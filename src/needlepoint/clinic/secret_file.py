"""A secret word in a file of its own: there whole or not at all, whatever happens while it is written, and the same for all processes."""

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # pragma: no cover (a system without it has one process)
    fcntl = None  # type: ignore[assignment]


def kept_word(path: Path, make: Callable[[], str], whole: Callable[[str], bool]) -> str:
    """The word in this file. When none is there, or none that is whole, a new one is made and kept where only its owner can read it."""
    word = _read(path)
    if whole(word):
        return word
    with _alone(path.parent):
        # Another process may have made it meanwhile.
        word = _read(path)
        if not whole(word):
            word = make()
            _write(path, word)
    return word


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except (FileNotFoundError, PermissionError, UnicodeDecodeError):
        return ""


def _write(path: Path, word: str) -> None:
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(8)}.part")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(word + "\n")
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One process at a time."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        if fcntl is not None:
            fcntl.flock(opened, fcntl.LOCK_EX)
        yield
    finally:
        os.close(opened)
