"""Restoring: a clinic from a backup, into an empty place, looked through before and after."""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from needlepoint.clinic.keep.manifest import NAME, Manifest, Part, read_manifest
from needlepoint.clinic.keep.migrating import migrate
from needlepoint.clinic.keep.plain import from_json
from needlepoint.clinic.keep.tables import columns, holds_records, last_of, steps_taken, tables
from needlepoint.exchange.told import InputError

_AT_ONCE = 500
Progress = Callable[[str, int], None]


def restore(path: Path, *, into: str = DEFAULT_DB_ALIAS, progress: Progress = lambda _table, _rows: None) -> Manifest:
    """Restore this backup into an empty database and bring it to this release. Raises InputError when it is damaged, or the place is not empty."""
    manifest = look_through(path, progress)
    _must_be_empty(into)
    _must_not_be_later(into, manifest)
    loader = MigrationLoader(connections[into])
    try:
        last = last_of(manifest.steps, loader)
    except KeyError as error:
        raise InputError(
            f"{path}: was made by a later release, {manifest.release}: this one does not know the step {error.args[0]};"
            " restore it with that release or a later one"
        ) from None
    executor = MigrationExecutor(connections[into])
    executor.migrate(last)
    with zipfile.ZipFile(path) as packed, transaction.atomic(using=into):
        _load(packed, manifest, into, path, progress)
    migrate(into)
    return manifest


def look_through(path: Path, progress: Progress = lambda _table, _rows: None) -> Manifest:
    """Read the whole backup and compare it with its manifest. Raises InputError that names the damaged place."""
    try:
        packed = zipfile.ZipFile(path)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from None
    except zipfile.BadZipFile:
        raise InputError(f"{path}: is damaged or no backup: its table of contents cannot be read") from None
    with packed:
        manifest = _manifest(path, packed)
        for part in manifest.parts:
            hashed, rows = hashlib.sha256(), 0
            for line in _lines(path, packed, part):
                hashed.update(line)
                rows += 1
                if rows % _AT_ONCE == 0:
                    progress(part.table, _AT_ONCE)
            if (rows, hashed.hexdigest()) != (part.rows, part.sha256):
                raise InputError(
                    f"{path}: is damaged in {part.name}: it has {rows} rows and another content than the {part.rows} rows that were"
                    " written; nothing was restored"
                )
    return manifest


def _manifest(path: Path, packed: zipfile.ZipFile) -> Manifest:
    try:
        return read_manifest(json.loads(packed.read(NAME)))
    except KeyError as error:
        raise InputError(f"{path}: is no backup of Needlepoint, or damaged in {NAME}: {error} is missing") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError):
        raise InputError(f"{path}: is damaged in {NAME}") from None
    except (ValueError, TypeError, AttributeError) as error:
        raise InputError(f"{path}: is no backup that this release reads: {error}") from None


def _lines(path: Path, packed: zipfile.ZipFile, part: Part) -> Iterator[bytes]:
    rows = 0
    try:
        with packed.open(part.name) as file:
            for line in _in(file):
                yield line
                rows += 1
    except KeyError:
        raise InputError(f"{path}: is damaged: {part.name} is missing; nothing was restored") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError):
        raise InputError(f"{path}: is damaged in {part.name} after row {rows}; nothing was restored") from None


def _in(file: IO[bytes]) -> Iterator[bytes]:
    yield from file


def _must_be_empty(into: str) -> None:
    """Only where no organisation is: a restore never mixes two clinics, and never writes over one."""
    if holds_records(into):
        raise InputError(
            "there is a clinic with records here, and a restore never writes over one;"
            " restore into an empty place: --into EMPTY-FOLDER, or --into postgresql://… of an empty database"
        )


def _must_not_be_later(into: str, manifest: Manifest) -> None:
    more = [
        f"{app}.{name}"
        for app, names in steps_taken(into).items()
        for name in names
        if name not in manifest.steps.get(app, ())
    ]
    if more:
        raise InputError(
            f"the database was set up by a later release than the backup (it has taken the step {more[0]});"
            " restore into a place where nothing is yet: --into EMPTY-FOLDER"
        )


def _load(packed: zipfile.ZipFile, manifest: Manifest, into: str, path: Path, progress: Progress) -> None:
    connection, parts = connections[into], {one.table: one for one in manifest.parts}
    loaded = tables(into, manifest.steps)
    with connection.cursor() as cursor:
        for model in reversed(loaded):
            # What the migrations themselves put there: kinds of content, permissions, the site.
            if model._base_manager.using(into).exists():
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608
        for model in loaded:
            part = parts.get(model._meta.db_table)
            if part is not None:
                _load_table(cursor, connection, model, part, _lines(path, packed, part), path, progress)
        for statement in connection.ops.sequence_reset_sql(no_style(), loaded):
            cursor.execute(statement)


def _load_table(
    cursor: Any,
    connection: Any,
    model: type[models.Model],
    part: Part,
    lines: Iterator[bytes],
    path: Path,
    progress: Progress,
) -> None:
    fields = {field.column: field for field in columns(model)}
    if set(fields) != set(part.columns):
        raise InputError(f"{path}: {part.name} has other columns than {part.table}; was it written by hand?")
    ordered = [fields[name] for name in part.columns]
    quoted = ", ".join(connection.ops.quote_name(name) for name in part.columns)
    statement = (
        f"INSERT INTO {connection.ops.quote_name(part.table)} ({quoted}) VALUES ({', '.join(['%s'] * len(ordered))})"  # noqa: S608
    )
    some: list[list[Any]] = []
    done = 0

    def write() -> None:
        nonlocal done
        if not some:
            return
        try:
            cursor.executemany(statement, some)
        except DatabaseError as error:
            raise InputError(f"{path}: {part.name}, rows {done + 1} to {done + len(some)}: {error}") from None
        done += len(some)
        progress(part.table, len(some))
        some.clear()

    for line in lines:
        row = json.loads(line)
        some.append(
            [
                field.get_db_prep_save(from_json(field, value), connection)
                for field, value in zip(ordered, row, strict=True)
            ]
        )
        if len(some) == _AT_ONCE:
            write()
    write()
