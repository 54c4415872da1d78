"""From a form to entries: the same that a device with scripts would have written."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import QueryDict

from needlepoint.clinic.access.links import now_utc
from needlepoint.clinic.access.patients import PatientRequest
from needlepoint.clinic.pages.entries.trailed import keep_with_trail
from needlepoint.clinic.pages.patient.fields import why_refused
from needlepoint.clinic.records.keeping import WROTE, Kept, Writer
from needlepoint.clinic.records.room import no_room
from needlepoint.journey import Written

SEEN = "seen."


class NotKept(Exception):
    """Something of what was written cannot stand in its field; nothing was lost, the page tells it."""

    def __init__(self, fields: tuple[str, ...], *, full: bool = False) -> None:
        super().__init__(", ".join(fields))
        self.fields = fields
        self.full = full

    def words(self, wrong: str) -> str:
        """What the page says: ``wrong``, unless nothing is wrong and no more is taken."""
        return no_room() if self.full else wrong


def keep_by_patient(request: PatientRequest, entries: Sequence[Any], device: str = "") -> Kept:
    """Keep these entries of the visit that the link is for. Raises VisitIsSigned, VisitIsCancelled."""
    writer = Writer(link=request.link, device=device)
    return keep_with_trail(
        request, request.link.visit_id, writer, entries, person=request.patient.pk, action="wrote the own answers"
    )


def write(request: PatientRequest, now: Written, values: Mapping[str, Any]) -> None:
    """Write these values, those that stand there already not again. Raises NotKept, VisitIsSigned, VisitIsCancelled.

    What the writer had seen is told by the page that was sent; an answer that came in between by another device is then shown as a conflict.
    """
    at = now_utc().isoformat()
    entries = [
        {
            "id": str(uuid.uuid4()),
            "kind": WROTE,
            "at": at,
            "body": {"field": name, "value": value, "seen": _seen(request.POST, now, name)},
        }
        for name, value in values.items()
        if not _stands(now, name, value)
    ]
    wrong = [one["body"]["field"] for one in entries if why_refused(WROTE, one["body"]) is not None]  # type: ignore[index]
    if wrong:
        raise NotKept(tuple(wrong))
    if entries:
        kept = keep_by_patient(request, entries, device="form")
        if kept.refused:
            raise NotKept(tuple(one.id for one in kept.refused), full=any(one.full for one in kept.refused))


def _stands(now: Written, name: str, value: Any) -> bool:
    standing = now.fields.get(name, ())
    return (
        len(standing) == 1
        and standing[0].value == value
        and isinstance(standing[0].value, bool) == isinstance(value, bool)
    )


def _seen(form: QueryDict, now: Written, name: str) -> list[str]:
    """The entries that the page showed. Only such as stand in this field count: a page cannot make up what it saw."""
    told = set(form.get(f"{SEEN}{name}", "").split())
    return [one for one in now.entries(name) if one in told]
