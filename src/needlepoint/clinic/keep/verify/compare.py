"""Comparing a column with what was sealed about it."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from needlepoint.clinic.records.seal import canonical


def differing(row: Any, told: Mapping[str, Any]) -> Iterator[str]:
    """The columns of a row that are not as they were told. Their values are not repeated: they are a person's."""
    for name, value in told.items():
        if not same(getattr(row, name), value):
            yield name.removesuffix("_id")


def same(found: Any, told: Any) -> bool:
    """Is the value of a column the one that was told, which may be told as JSON?"""
    if found is None or told is None:
        return found is told
    try:
        if isinstance(found, datetime):
            return found == (told if isinstance(told, datetime) else datetime.fromisoformat(told))
        if isinstance(found, date):
            return found == (told if isinstance(told, date) else date.fromisoformat(told))
        if isinstance(found, UUID):
            return found == (told if isinstance(told, UUID) else UUID(told))
        if isinstance(found, dict | list):
            return canonical(found) == canonical(told)
    except (ValueError, TypeError):
        return False
    if isinstance(found, bool) != isinstance(told, bool) or isinstance(found, str) != isinstance(told, str):
        return False
    return bool(found == told)


def words(columns: Iterator[str]) -> str:
    """The columns in words, or nothing."""
    found = list(columns)
    return " and ".join(f"`{one}`" for one in found)
