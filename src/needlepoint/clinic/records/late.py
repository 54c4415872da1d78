"""An adverse event that comes to light after the note is signed: a row that is counted, sealed like the note, and an addendum that tells it."""

from datetime import UTC, datetime

from django.db import transaction

from needlepoint.clinic.records.models import AdverseEvent, Member, Note
from needlepoint.clinic.records.seal import canonical, seal
from needlepoint.clinic.records.signing import add_addendum

#: The kind of its seal.
LATE_EVENT = "late-event"


def report_late(event: AdverseEvent, note: Note, words: str, by: Member, *, now: datetime) -> AdverseEvent:
    """Write and seal this event, and tell it in ``words`` in an addendum to the note of its visit.

    Raises IntegrityError when an event with this id is there already: nothing is written then.
    """
    with transaction.atomic():
        event.save(force_insert=True)
        # As every reader will find it, whatever the database makes of times and numbers.
        event.refresh_from_db()
        seal(LATE_EVENT, event.pk, event_content(event), event.reported_at)
        add_addendum(note, words, by, now=now)
        return event


def event_content(one: AdverseEvent) -> str:
    """The text of a late event that its seal holds the hash of: every column."""
    return canonical(
        {
            "id": str(one.pk),
            "person": str(one.person_id),
            "visit": str(one.visit_id),
            "clinician": str(one.clinician_id),
            "on": one.on.isoformat(),
            "kind": one.kind,
            "grade": one.grade,
            "muscle": one.muscle,
            "side": one.side,
            "insertion": str(one.insertion_id) if one.insertion_id else None,
            "text": one.text,
            "steps": one.steps,
            "reported_by": str(one.reported_by_id),
            "reported_at": one.reported_at.astimezone(UTC).isoformat(),
        }
    )
