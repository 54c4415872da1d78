"""What each sealed record's seal holds the hash of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.db.models import Q

from needlepoint.clinic.keep.deleting import deletion_content
from needlepoint.clinic.keep.verify.reading import UNREADABLE
from needlepoint.clinic.records.checking_in import CHECK_IN, check_in_content
from needlepoint.clinic.records.consenting import sealed_text
from needlepoint.clinic.records.late import LATE_EVENT, event_content
from needlepoint.clinic.records.models import Addendum, AdverseEvent, Attachment, CheckIn, Consent, Deletion, Note
from needlepoint.clinic.records.papers import ATTACHMENT, attachment_content
from needlepoint.clinic.records.seal import sha256
from needlepoint.clinic.records.signing import addendum_content

#: Every row has a seal.
ALWAYS = Q()


@dataclass(frozen=True, slots=True)
class Sealed:
    """A kind of record that is sealed: its rows, the text that is sealed, the column with the time of the seal, and which rows must have a seal."""

    model: type[Any]
    text: Callable[[Any], str]
    at: str = "at"
    always: Q | None = ALWAYS


SEALED: Mapping[str, Sealed] = MappingProxyType(
    {
        "note": Sealed(Note, lambda one: one.body, "signed_at"),
        "addendum": Sealed(Addendum, addendum_content),
        "consent": Sealed(Consent, sealed_text, "signed_at"),
        "deletion": Sealed(Deletion, deletion_content),
        ATTACHMENT: Sealed(Attachment, attachment_content),
        CHECK_IN: Sealed(CheckIn, check_in_content, "answered_at", Q(answered_at__isnull=False)),
        # An event that was there when the note was signed is told by the note, and has no seal of its own: see note_rows.py.
        LATE_EVENT: Sealed(AdverseEvent, event_content, "reported_at", None),
    }
)


def content_hash(kind: str, record: Any) -> str:
    """The hash of what the record says now; no hash when what it says is none of its kind."""
    try:
        return sha256(SEALED[kind].text(record))
    except UNREADABLE:
        return ""
