"""What was refused leaves a trail, too: who tried what they may not."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from needlepoint.clinic.access.trail import leave_trail
from needlepoint.clinic.records.models import AdverseEvent, Attachment, CheckIn, Note, Person, Visit

#: The record that an ``<uuid>`` of an address names, by the word before it. What is not here is of no one person.
_NAMED: Mapping[str, Any] = MappingProxyType(
    {"visits": Visit, "notes": Note, "documents": Attachment, "events": AdverseEvent, "check-ins": CheckIn}
)


def refused(request: HttpRequest, what: str) -> PermissionDenied:
    """To be raised: this member may not do that. That they tried is in the trail, of the person whom the address names."""
    leave_trail(request, f"was refused: {what}"[:60], person_of_address(request))
    return PermissionDenied()


def person_of_address(request: HttpRequest) -> UUID | None:
    """The person whom the address of this request names, directly or by a record of theirs; None when that is nobody of this organisation."""
    before = ""
    for part in request.path.split("/"):
        try:
            id_ = UUID(part)
        except ValueError:
            before = part
            continue
        if before == "people":
            return id_ if Person.objects.filter(pk=id_).exists() else None
        if before in _NAMED:
            found: UUID | None = _NAMED[before].objects.filter(pk=id_).values_list("person_id", flat=True).first()
            return found
    return None
