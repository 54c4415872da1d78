"""What was signed, and who saw it, as FHIR R4: Consent, DocumentReference, Provenance, AuditEvent."""

import base64
import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from needlepoint.clinic.keep.hand_out.gather import Record
from needlepoint.clinic.keep.hand_out.shape import (
    LOINC,
    TERMINOLOGY,
    Resource,
    attachment,
    coding,
    concept,
    made_id,
    refer,
    resource,
    when,
)
from needlepoint.clinic.records.models import Attachment, AuditEntry, Consent, Seal
from needlepoint.clinic.records.seal import canonical

#: *Author's signature*, of the list that FHIR names for Signature.type.
_SIGNATURE = ("urn:iso-astm:E1762-95:2013", "1.2.840.10065.1.12.1.1", "Author's Signature")
_ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "application/pdf": "pdf"}


def signed(record: Record) -> Iterator[Resource]:
    """Consents, notes, addenda and documents, each with who signed it; then who saw the record."""
    for consent in record.consents:
        yield _consent(record, consent)
        yield _provenance(record, "Consent", consent.pk, consent.seal, refer("Patient", record.person.pk, consent.name))
    for note in record.notes:
        content = attachment("application/json", note.body.encode(), "signed note", at=note.signed_at)
        yield _document(record, note.pk, "Signed note", content, note.signed_at, note.signed_by_id, note.visit_id)
        by = refer("Practitioner", note.signed_by_id, note.signed_name)
        yield _provenance(record, "DocumentReference", note.pk, note.seal, by)
    visits = {one.pk: one.visit_id for one in record.notes}
    for one in record.addenda:
        content = attachment("text/plain; charset=utf-8", one.text.encode(), "addendum", at=one.at)
        related = [{"code": "appends", "target": refer("DocumentReference", one.note_id)}]
        yield _document(
            record, one.pk, "Addendum", content, one.at, one.by_id, visits.get(one.note_id), relatesTo=related
        )
        by = refer("Practitioner", one.by_id, one.by_name)
        yield _provenance(record, "DocumentReference", one.pk, one.seal, by)
    for picture in record.attachments:
        content = attachment(
            picture.media_type, record.content(picture), picture.title, at=picture.at, url=picture_name(picture)
        )
        yield _document(
            record, picture.pk, picture.get_kind_display(), content, picture.at, picture.by_id, picture.visit_id
        )
    for entry in record.trail:
        yield _audit(record, entry)


def picture_name(picture: Attachment) -> str:
    """Where its bytes lie within the ZIP."""
    return f"documents/{picture.at:%Y-%m-%d}-{picture.kind}-{str(picture.pk)[:8]}.{_ENDINGS.get(picture.media_type, 'bin')}"


def _consent(record: Record, consent: Consent) -> Resource:
    words = consent.wording if isinstance(consent.wording, dict) else {"words": consent.wording}
    return resource(
        "Consent", consent.pk, status="active" if consent.agreed else "rejected",
        scope={"coding": [coding(f"{TERMINOLOGY}/consentscope", "treatment")]},
        category=[concept("Consent to dry needling", (LOINC, "59284-0"))],
        patient=refer("Patient", record.person.pk), dateTime=when(consent.signed_at),
        performer=[refer("Patient", record.person.pk, consent.name)], organization=[refer("Organization", record.organisation.pk)],
        sourceAttachment=attachment("application/json", canonical(words).encode(), "the words that were read"),
        policyRule=concept("The words and places that were signed, by their hash", ("urn:needlepoint:wording-sha256", consent.wording_sha256)),
        provision={"type": "permit" if consent.agreed else "deny"},
    )  # fmt: skip


def _document(
    record: Record, id_: UUID, title: str, content: Resource, at: Any, by: UUID, visit: UUID | None, **more: Any
) -> Resource:
    return resource(
        "DocumentReference", id_, status="current", docStatus="final", type=concept(title),
        subject=refer("Patient", record.person.pk), date=when(at), author=[refer("Practitioner", by)],
        custodian=refer("Organization", record.organisation.pk), content=[{"attachment": content}],
        context={"encounter": [refer("Encounter", visit)]} if visit else None, **more,
    )  # fmt: skip


def _provenance(record: Record, kind: str, id_: UUID, seal: Seal, by: dict[str, str]) -> Resource:
    """Who signed it and when, with its link of the chain of seals."""
    link = {
        "number": seal.number, "content_sha256": seal.content_sha256, "previous_sha256": seal.previous_sha256, "sha256": seal.sha256,
    }  # fmt: skip
    return resource(
        "Provenance", made_id(id_, "seal"), target=[refer(kind, id_)], recorded=when(seal.at),
        agent=[{"who": by, "onBehalfOf": refer("Organization", record.organisation.pk)}],
        signature=[
            {
                "type": [coding(*_SIGNATURE)], "when": when(seal.at), "who": by, "sigFormat": "application/json",
                "data": base64.b64encode(json.dumps(link, sort_keys=True).encode()).decode("ascii"),
            }
        ],
    )  # fmt: skip


def _audit(record: Record, entry: AuditEntry) -> Resource:
    agent: dict[str, Any] = {"name": entry.who, "requestor": True}
    if entry.member_id in record.members:
        agent["who"] = refer("Practitioner", entry.member_id)
    if entry.where:
        agent["network"] = {"address": entry.where, "type": "2"}
    return resource(
        "AuditEvent", made_id(record.person.pk, "trail", entry.number),
        type=coding(f"{TERMINOLOGY}/audit-event-type", "rest", "RESTful Operation"), action="U" if entry.changed else "R",
        recorded=when(entry.at), outcome="0", outcomeDesc=entry.action, agent=[agent],
        source={"observer": refer("Organization", record.organisation.pk)},
        entity=[{"what": refer("Patient", record.person.pk)}],
    )  # fmt: skip
