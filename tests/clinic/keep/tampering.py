"""Somebody with the keys of the database, who goes around every wall."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, models

from needlepoint.clinic.keep.plain import from_json, to_json


def go_around_the_walls() -> None:
    """No trigger, no key and no check holds this connection any more."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            return
        cursor.execute("PRAGMA foreign_keys=OFF")
        cursor.execute("PRAGMA ignore_check_constraints=ON")
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")


def columns_of(model: type[models.Model]) -> list[Any]:
    return list(model._meta.local_concrete_fields)


def other_values(field: Any, value: Any, row: Any) -> Iterator[Any]:
    """Values that this column could have instead."""
    target = field
    while target.remote_field is not None:
        target = target.target_field
    if field.remote_field is not None:
        model = field.remote_field.model
        others = getattr(model, "everywhere", model._base_manager).exclude(pk=value)
        if (other := others.values_list("pk", flat=True).order_by("pk").last()) is not None:
            yield other
    if isinstance(target, models.BooleanField):
        yield not value
    elif isinstance(target, models.UUIDField):
        yield uuid.uuid4()
    elif isinstance(target, models.JSONField):
        yield {"something": "else"}
    elif isinstance(value, datetime | date):
        yield value + timedelta(days=400)
        yield value - timedelta(days=400)
    elif isinstance(target, models.IntegerField | models.FloatField):
        yield (value or 0) + 1000
    elif isinstance(target, models.DateTimeField):
        yield datetime.fromisoformat("2026-03-02T10:00:00+00:00")
    else:
        most = target.max_length or 10_000
        yield (f"{value}x" if len(str(value)) < most else f"{str(value)[:-1]}{'y' if str(value)[-1] != 'y' else 'z'}")
    if field.null and value is not None:
        yield None


def put(model: type[models.Model], key: Any, field: Any, value: Any) -> None:
    """Write a value into a column of one row, straight into the table."""
    meta, quote = model._meta, connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {quote(meta.db_table)} SET {quote(field.column)} = %s WHERE {quote(meta.pk.column)} = %s",
            [
                field.get_db_prep_save(from_json(field, to_json(value)), connection),
                meta.pk.get_db_prep_save(key, connection),
            ],
        )
        assert cursor.rowcount == 1


@contextmanager
def tampered(model: type[models.Model], row: Any, field: Any, value: Any) -> Iterator[None]:
    """Inside, one column of one row is another."""
    before = getattr(row, field.attname)
    put(model, row.pk, field, value)
    try:
        yield
    finally:
        put(model, value if field.primary_key else row.pk, field, before)
