"""A value of a column as JSON, the same from every database, and back."""

import base64
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db import models


def to_json(value: Any) -> Any:
    """A value as JSON. Times are told in UTC to the microsecond, bytes in base64."""
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date() | UUID():
            return value.isoformat() if isinstance(value, date) else str(value)
        case bytes() | memoryview() | bytearray():
            return base64.b64encode(bytes(value)).decode("ascii")
    return value


def from_json(field: "models.Field[Any, Any]", value: Any) -> Any:
    """The value of this column again. Raises ValueError when it cannot be one."""
    target: Any = field
    while target.remote_field is not None:
        target = target.target_field
    if value is None or isinstance(target, models.JSONField):
        return value
    if isinstance(target, models.BinaryField):
        return base64.b64decode(value, validate=True)
    if isinstance(target, models.DateTimeField):
        return datetime.fromisoformat(value)
    if isinstance(target, models.DateField):
        return date.fromisoformat(value)
    return target.to_python(value)
