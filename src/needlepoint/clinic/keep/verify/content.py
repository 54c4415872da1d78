"""What a sealed record says now, as its seal would hold it."""

from typing import Any

from needlepoint.clinic.keep.sealed import SEALED
from needlepoint.clinic.keep.verify.reading import UNREADABLE
from needlepoint.clinic.records.seal import sha256


def content_hash(kind: str, record: Any) -> str:
    """The hash of what the record says now; no hash when what it says is none of its kind."""
    try:
        return sha256(SEALED[kind].text(record))
    except UNREADABLE:
        return ""
