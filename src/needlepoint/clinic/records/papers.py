"""Pictures and documents of a person: kept once, and sealed, so that another picture in its place shows."""

from datetime import UTC
from typing import Any

from django.db import transaction

from needlepoint.clinic.records.models import Attachment, AttachmentContent
from needlepoint.clinic.records.seal import canonical, seal

#: The kind of its seal.
ATTACHMENT = "attachment"


def keep_attachment(content: bytes, **told: Any) -> Attachment:
    """Write and seal a picture or document; ``told`` are the columns of ``Attachment``, with the hash of the content."""
    with transaction.atomic():
        one: Attachment = Attachment.objects.create(**told)
        AttachmentContent.objects.create(attachment=one, person=one.person, content=content)
        one.refresh_from_db()
        seal(ATTACHMENT, one.pk, attachment_content(one), one.at)
        return one


def attachment_content(one: Attachment) -> str:
    """The text of an attachment that its seal holds the hash of: every column, and of its bytes the hash."""
    return canonical(
        {
            "id": str(one.pk),
            "person": str(one.person_id),
            "visit": str(one.visit_id) if one.visit_id else None,
            "kind": one.kind,
            "title": one.title,
            "media_type": one.media_type,
            "size": one.size,
            "sha256": one.sha256,
            "by": str(one.by_id),
            "at": one.at.astimezone(UTC).isoformat(),
        }
    )
