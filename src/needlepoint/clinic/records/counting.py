"""Counts that are kept as notes are signed: what was done in each month, by clinic, clinician and muscle."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, QuerySet, Sum
from django.db.models.functions import TruncMonth

from needlepoint.clinic.records.models import Insertion, MonthCount, Session
from needlepoint.clinic.records.scope import organisation_now


def count_session(session: Session, muscles: Iterable[str]) -> None:
    """Count a session that was just signed, with the muscle of each of its insertions. Call it within the transaction that signs."""
    needles = Counter(muscles)
    if not needles:
        return
    where: dict[str, Any] = {
        "month": session.on.replace(day=1),
        "clinic_id": session.clinic_id,
        "clinician_id": session.clinician_id,
    }
    # Always in the same order: two who sign at the same moment wait for each other and never for ever.
    for muscle, sessions, insertions in [
        ("", 1, needles.total()),
        *((one, 0, needles[one]) for one in sorted(needles)),
    ]:
        MonthCount.objects.get_or_create(**where, muscle=muscle)
        MonthCount.objects.filter(**where, muscle=muscle).update(
            sessions=F("sessions") + sessions, insertions=F("insertions") + insertions
        )


def uncount_person(person: UUID) -> None:
    """Take what was done to this person out of the counts: their events go, too, and a rate keeps its denominator. Call it before their rows go."""
    for (month, clinic, clinician, muscle), (sessions, insertions) in counts_anew(person).items():
        MonthCount.objects.filter(month=month, clinic=clinic, clinician=clinician, muscle=muscle).update(
            sessions=F("sessions") - sessions, insertions=F("insertions") - insertions
        )
    MonthCount.objects.filter(sessions=0, insertions=0).delete()


def counts_anew(person: UUID | None = None) -> dict[tuple[date, UUID, UUID, str], tuple[int, int]]:
    """The counts of this organisation as its rows say them, or those of one person: to make them after an import, and to verify them."""
    whose = {} if person is None else {"person": person}
    return counts_of(Session.objects.filter(**whose), Insertion.objects.filter(**whose))


def counts_of(
    sessions: "QuerySet[Session]", insertions: "QuerySet[Insertion]"
) -> dict[tuple[date, UUID, UUID, str], tuple[int, int]]:
    """How many sessions with needles, and insertions, by month, clinic, clinician and muscle (empty: all muscles)."""
    found: dict[tuple[date, UUID, UUID, str], tuple[int, int]] = {}
    held = sessions.filter(insertions__gt=0).annotate(month=TruncMonth("on"))
    by_clinician = held.values_list("month", "clinic", "clinician").annotate(Count("pk"), Sum("insertions")).order_by()
    for month, clinic, clinician, n, needles in by_clinician:
        found[month, clinic, clinician, ""] = n, needles
    needled = insertions.annotate(month=TruncMonth("on"))
    by_muscle = needled.values_list("month", "session__clinic", "clinician", "muscle").annotate(Count("pk")).order_by()
    for month, clinic, clinician, muscle, n in by_muscle:
        found[month, clinic, clinician, muscle] = 0, n
    return found


def count_anew() -> None:
    """Make the counts of this organisation anew from its rows: after rows were brought in without signing, or were lawfully deleted."""
    MonthCount.objects.all().delete()
    MonthCount.objects.bulk_create(
        (
            MonthCount(
                organisation_id=organisation_now(), month=month, clinic_id=clinic, clinician_id=clinician, muscle=muscle,
                sessions=sessions, insertions=insertions,
            )
            for (month, clinic, clinician, muscle), (sessions, insertions) in counts_anew().items()
        ),
        batch_size=1000,
    )  # fmt: skip
