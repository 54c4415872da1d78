"""Backing up: the whole clinic in one file, as it was at one moment, while people go on working.

The file is a ZIP of tables, each a file of lines, and a manifest. It is the same from SQLite and from PostgreSQL, and is read by every later
release, so that it also moves a clinic from one to the other. It needs no program of the database: its version cannot be the wrong one.

The secret key is not in it. The key signs who is signed in; a backup that falls into wrong hands must not let anybody in. Nothing that was
recorded needs it: after restoring, everybody signs in again.
"""

import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models

from needlepoint import __version__
from needlepoint.clinic.keep.manifest import NAME, Manifest, Part, chains
from needlepoint.clinic.keep.plain import to_json
from needlepoint.clinic.keep.snapshot import snapshot
from needlepoint.clinic.keep.tables import columns, steps_taken, tables
from needlepoint.exchange.told import InputError

#: Rows that are written at once.
_AT_ONCE = 500
Progress = Callable[[str, int], None]


def backup(path: Path, *, of: str = DEFAULT_DB_ALIAS, progress: Progress = lambda _table, _rows: None) -> Manifest:
    """Write the whole clinic into this file, or nothing. Raises InputError when the file is there already or cannot be written."""
    if path.exists():
        raise InputError(f"{path}: is there already; a backup is never written over: choose another name")
    fresh = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        opened = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(opened, "wb") as file, snapshot(of) as view:
            manifest = _write(file, view, connections[of].vendor, progress)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise InputError(
            f"{path}: the backup cannot be written ({error.strerror}); make room or choose another folder"
        ) from None
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    return manifest


def _write(file: Any, view: str, database: str, progress: Progress) -> Manifest:
    steps = steps_taken(view)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as packed:
        there = tables(view, steps)
        parts = tuple(_write_table(packed, view, model, progress) for model in there)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        manifest = Manifest(__version__, now, database, steps, parts, tuple(chains(view, there)))
        packed.writestr(NAME, json.dumps(manifest.as_json(), indent=2))
    return manifest


def _write_table(packed: zipfile.ZipFile, view: str, model: type[models.Model], progress: Progress) -> Part:
    names = tuple(field.column for field in columns(model))
    told = Part(model._meta.db_table, names, 0, "")
    hashed, rows = hashlib.sha256(), 0
    with packed.open(told.name, "w", force_zip64=True) as out:
        for lines in _lines(view, model):
            text = b"".join(lines)
            hashed.update(text)
            out.write(text)
            rows += len(lines)
            progress(told.table, len(lines))
    return Part(told.table, names, rows, hashed.hexdigest())


def _lines(view: str, model: type[models.Model]) -> Iterator[list[bytes]]:
    attributes = [field.attname for field in columns(model)]
    some: list[bytes] = []
    for row in model._base_manager.using(view).order_by("pk").values_list(*attributes).iterator(_AT_ONCE):
        some.append(_AS_LINE.encode([to_json(one) for one in row]).encode("ascii") + b"\n")
        if len(some) == _AT_ONCE:
            yield some
            some = []
    if some:
        yield some


# Sorted keys: PostgreSQL forgets in which order the keys of a JSON value were written.
_AS_LINE = json.JSONEncoder(sort_keys=True, separators=(",", ":"))


def _sync_folder(folder: Path) -> None:
    """The name of a file is only kept when its folder is written, too."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
