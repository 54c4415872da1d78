"""Every kind of record that is sealed: one table for whoever verifies and for whoever deletes lawfully."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.db.models import Q

from needlepoint.clinic.records.checking_in import CHECK_IN, check_in_content
from needlepoint.clinic.records.consenting import sealed_text
from needlepoint.clinic.records.late import LATE_EVENT, event_content
from needlepoint.clinic.records.models import Addendum, AdverseEvent, Attachment, CheckIn, Consent, Deletion, Note
from needlepoint.clinic.records.papers import ATTACHMENT, attachment_content
from needlepoint.clinic.records.seal import canonical
from needlepoint.clinic.records.signing import addendum_content

#: The kind of the seal of a lawful deletion: the one that is of no person's rows.
DELETION = "deletion"


def deletion_content(one: Deletion) -> str:
    """The text of a deletion that its seal holds the hash of."""
    return canonical(
        {
            "id": str(one.pk),
            "person": str(one.person),
            "reason": one.reason,
            "by": str(one.by_id),
            "at": one.at.isoformat(),
            "counts": one.counts,
        }
    )


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
        DELETION: Sealed(Deletion, deletion_content),
        ATTACHMENT: Sealed(Attachment, attachment_content),
        CHECK_IN: Sealed(CheckIn, check_in_content, "answered_at", Q(answered_at__isnull=False)),
        # An event that was there when the note was signed is told by the note, and has no seal of its own: see note_rows.py.
        LATE_EVENT: Sealed(AdverseEvent, event_content, "reported_at", None),
    }
)
