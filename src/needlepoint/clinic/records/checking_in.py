"""A person's answer to *how is it going*: taken once, and sealed."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from needlepoint.clinic.records.models import CheckIn
from needlepoint.clinic.records.seal import canonical, seal

#: The kind of its seal.
CHECK_IN = "check-in"


def answer_check_in(id_: UUID, answers: dict[str, Any], *, needs_look: bool, now: datetime) -> bool:
    """Keep and seal what the person answered; whether it was kept. Of two answers, as by a double click, the first stands."""
    with transaction.atomic():
        held = CheckIn.objects.select_for_update().get(pk=id_)
        if held.answered_at is not None:
            return False
        held.answers, held.answered_at, held.needs_look = answers, now, needs_look
        held.save(update_fields=["answers", "answered_at", "needs_look"])
        held.refresh_from_db()
        seal(CHECK_IN, held.pk, check_in_content(held), now)
        return True


def check_in_content(one: CheckIn) -> str:
    """The text of an answered check-in that its seal holds the hash of. Who looked at it since is another matter, and may change."""
    return canonical(
        {
            "id": str(one.pk),
            "person": str(one.person_id),
            "visit": str(one.visit_id),
            "due_on": one.due_on.isoformat(),
            "answered_at": one.answered_at.astimezone(UTC).isoformat() if one.answered_at else None,
            "answers": one.answers,
            "needs_look": one.needs_look,
        }
    )
