"""The chain of seals: each holds the hash of what is sealed and of the seal before it, so that a later change shows.

The hash is SHA-256 over the lines *organisation, number, kind, subject, time, content hash, hash before*, joined by line feeds.
Whoever can write into the database could forge the whole chain anew; a hash that was printed or sent away before cannot be forged, so
``needlepoint clinic verify`` prints the last one.
"""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from needlepoint.clinic.records.kept import Seal
from needlepoint.clinic.records.organisation import Organisation
from needlepoint.clinic.records.scope import organisation_now

#: Before the first seal.
NOTHING_BEFORE = "0" * 64


def canonical(value: Any) -> str:
    """The one text of a JSON value: sorted keys, no spaces, no NaN."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def sha256(text: str) -> str:
    """The SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def seal_hash(
    organisation: UUID, number: int, kind: str, subject: UUID, at: datetime, content: str, before: str
) -> str:
    """The hash of one seal, from all that it holds."""
    told = at.astimezone(UTC).isoformat(timespec="microseconds")
    return sha256("\n".join((str(organisation), str(number), kind, str(subject), told, content, before)))


def seal(kind: str, subject: UUID, content: str, at: datetime) -> Seal:
    """Seal this content as the next link of the organisation's chain. Call it within a transaction: two signers wait for each other."""
    here = organisation_now()
    if connection.vendor == "postgresql":
        Organisation.objects.select_for_update().get(pk=here)
    last = Seal.objects.order_by("-number").first()
    number, before = (last.number + 1, last.sha256) if last else (1, NOTHING_BEFORE)
    hashed = sha256(content)
    return Seal.objects.create(
        number=number,
        kind=kind,
        subject=subject,
        content_sha256=hashed,
        previous_sha256=before,
        sha256=seal_hash(here, number, kind, subject, at, hashed, before),
        at=at,
    )
