"""Places for a clinic of its own: a file of SQLite, or a database on the PostgreSQL server that the tests run beside."""

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any

import psycopg
from django.db import connections

Run = Callable[[str], None]


def on_postgresql() -> bool:
    return bool(os.environ.get("DATABASE_URL"))


@contextmanager
def server() -> Iterator[Run]:
    """What runs a statement on the server, outside any of its databases."""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        yield lambda sql: connection.execute(sql) and None  # type: ignore[arg-type,func-returns-value]


def new_place(folder: Path, like: str | None = None, *, empty_name: str = "clinic") -> str:
    """The name of a new database, empty or a copy of another."""
    if not on_postgresql():
        path = folder / f"{empty_name}-{uuid.uuid4().hex[:8]}.sqlite3"
        if like is not None:
            shutil.copy(like, path)
        return str(path)
    name = f"keep_{uuid.uuid4().hex[:12]}"
    with server() as run:
        run(f"CREATE DATABASE {name} TEMPLATE {like or 'template0'}")
    return name


def drop_place(name: str) -> None:
    if on_postgresql():
        with server() as run:
            run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@contextmanager
def working_in(name: str, alias: str = "default") -> Iterator[Any]:
    """Inside, the alias is this database."""
    before: Any = connections[alias] if alias in connections.settings else None
    told = deepcopy((before or connections["default"]).settings_dict)
    told.update(NAME=name, CONN_MAX_AGE=0)
    if not on_postgresql():
        # These tests ask what is kept, not what a power cut does.
        told["OPTIONS"]["init_command"] += "; PRAGMA synchronous=OFF"
    kind = type(before or connections["default"])
    connections[alias] = made = kind(told, alias)
    try:
        yield made
    finally:
        made.close()
        if before is not None:
            connections[alias] = before
        else:
            del connections[alias]


def address_of(name: str) -> str:
    """The same place as ``DATABASE_URL`` tells it."""
    if not on_postgresql():
        return f"sqlite:///{name}"
    start, _, rest = os.environ["DATABASE_URL"].rpartition("/needlepoint?")
    return f"{start}/{name}?{rest}"
