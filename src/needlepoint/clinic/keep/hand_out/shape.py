"""The small shapes of FHIR R4 that all resources share."""

import base64
import hashlib
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid5

Resource = dict[str, Any]
LOINC = "http://loinc.org"
TERMINOLOGY = "http://terminology.hl7.org/CodeSystem"


def concept(text: str, *codings: tuple[str, str] | tuple[str, str, str]) -> dict[str, Any]:
    """A CodeableConcept: words, and codes where one is sure."""
    told: dict[str, Any] = {}
    if codings:
        told["coding"] = [coding(*one) for one in codings]
    told["text"] = text
    return told


def coding(system: str, code: str, display: str = "") -> dict[str, str]:
    """One code of a system."""
    return {"system": system, "code": code, **({"display": display} if display else {})}


def refer(kind: str, id_: object, words: str = "") -> dict[str, str]:
    """A reference to another resource of the bundle."""
    return {"reference": f"{kind}/{id_}", **({"display": words} if words else {})}


def when(at: datetime) -> str:
    """An instant, in UTC."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def day(on: date) -> str:
    """A day."""
    return on.isoformat()


def period(start: datetime | date | None, end: datetime | date | None) -> dict[str, str]:
    """From when to when, as far as it is known."""
    told: dict[str, str] = {}
    for name, value in (("start", start), ("end", end)):
        if value is not None:
            told[name] = when(value) if isinstance(value, datetime) else day(value)
    return told


def resource(kind: str, id_: object, /, **fields: Any) -> Resource:
    """A resource without empty fields: FHIR has no empty ones."""
    told: Resource = {"resourceType": kind, "id": str(id_)}
    return told | {name: value for name, value in fields.items() if value not in (None, "", [], {})}


def made_id(of: UUID, *parts: object) -> UUID:
    """The id of a resource that has no row of its own: the same each time."""
    return uuid5(of, "/".join(map(str, parts)))


def attachment(media_type: str, content: bytes, title: str, *, at: datetime | None = None, url: str = "") -> Resource:
    """Bytes within the bundle, or beside it when ``url`` says where. FHIR's hash is SHA-1, for finding, not for trust."""
    sha1 = hashlib.sha1(content, usedforsecurity=False).digest()
    told: Resource = {
        "contentType": media_type,
        "size": len(content),
        "hash": base64.b64encode(sha1).decode("ascii"),
        "title": title,
    }
    told |= {"url": url} if url else {"data": base64.b64encode(content).decode("ascii")}
    if at is not None:
        told["creation"] = when(at)
    return told
