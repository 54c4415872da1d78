"""Keeping entries and the trail of it: both, or neither."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest

from needlepoint.clinic.access.trail import leave_trail
from needlepoint.clinic.records.keeping import Kept, Writer, keep


def keep_with_trail(
    request: HttpRequest, visit: UUID, writer: Writer, entries: Sequence[Any], *, person: UUID, action: str
) -> Kept:
    """Keep these entries, and leave ``action`` in the person's trail when something of it was kept. Raises as ``keep`` does."""
    with transaction.atomic():
        kept = keep(visit, writer, entries)
        if kept.kept:
            leave_trail(request, action, person, changed=True)
    return kept
