"""What each sealed record's seal holds the hash of."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from needlepoint.clinic.keep.deleting import deletion_content
from needlepoint.clinic.keep.verify.reading import UNREADABLE
from needlepoint.clinic.records.consenting import sealed_text
from needlepoint.clinic.records.late import LATE_EVENT, event_content
from needlepoint.clinic.records.models import Addendum, AdverseEvent, Consent, Deletion, Note
from needlepoint.clinic.records.seal import sha256
from needlepoint.clinic.records.signing import addendum_content

#: Every kind of record that is sealed, and its text.
SEALED: Mapping[str, tuple[type[Any], Callable[[Any], str]]] = MappingProxyType(
    {
        "note": (Note, lambda one: one.body),
        "addendum": (Addendum, addendum_content),
        "consent": (Consent, sealed_text),
        "deletion": (Deletion, deletion_content),
        LATE_EVENT: (AdverseEvent, event_content),
    }
)


def content_hash(kind: str, record: Any) -> str:
    """The hash of what the record says now; no hash when what it says is none of its kind."""
    try:
        return sha256(SEALED[kind][1](record))
    except UNREADABLE:
        return ""
