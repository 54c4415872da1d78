"""Reading rows that somebody may have spoiled: one that cannot be read must not hide the others."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

#: What Django raises over a value that cannot be one of its column.
UNREADABLE = (ValueError, TypeError, AttributeError, OverflowError, ValidationError)
AT_ONCE = 200


def read(rows: "models.QuerySet[Any]") -> tuple[list[Any], list[str]]:
    """The rows that can be read, and the keys of those that cannot."""
    try:
        return list(rows), []
    except UNREADABLE:
        pass
    good: list[Any] = []
    bad: list[str] = []
    for key in list(rows.order_by("pk").values_list("pk", flat=True)):
        try:
            good.extend(rows.filter(pk=key))
        except UNREADABLE:
            bad.append(str(key))
    return good, bad


def in_pieces(rows: "models.QuerySet[Any]", key: str = "pk") -> Iterator[tuple[list[Any], list[str]]]:
    """All rows, some at a time, in the order of a key that is unique."""
    keys = rows.order_by(key).values_list(key, flat=True).iterator(10_000)
    while some := list(islice(keys, AT_ONCE)):
        yield read(rows.filter(**{f"{key}__in": some}).order_by(key))
