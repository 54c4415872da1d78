"""Needles that are in, wherever in the organisation: a forgotten one is on everybody's list."""

from dataclasses import dataclass
from datetime import datetime

from needlepoint.clinic.asking import known
from needlepoint.clinic.records.keeping import WROTE
from needlepoint.clinic.records.models import Entry, Visit
from needlepoint.clinic.records.reading import act_of
from needlepoint.treat import Act, Retained, retained, session_of


@dataclass(frozen=True, slots=True)
class StillIn:
    """The needles of one visit that are in; the most pressing first."""

    visit: Visit
    needles: tuple[Retained, ...]

    @property
    def first(self) -> Retained:
        """The needle that should come out first."""
        return self.needles[0]

    @property
    def late(self) -> bool:
        """Should one of them be out by now?"""
        return any(one.overdue for one in self.needles)


def still_in(now: datetime) -> list[StillIn]:
    """Every visit of the organisation in which a needle is in, overdue ones first. Two queries, one when there is none."""
    visits = {
        one.pk: one
        for one in Visit.objects.filter(needles_in__gt=0)
        .exclude(state=Visit.State.CANCELLED)
        .select_related("person", "clinic")
        .order_by("planned_at", "pk")
    }
    if not visits:
        return []
    acts: dict[object, list[Act]] = {}
    for entry in Entry.objects.filter(visit__in=visits).exclude(kind=WROTE).order_by("number"):
        acts.setdefault(entry.visit_id, []).append(act_of(entry))
    found = [
        StillIn(visit, needles)
        for key, visit in visits.items()
        if (needles := retained(session_of(acts.get(key, [])), known().treat, now=now))
    ]
    return sorted(found, key=lambda one: (not one.late, one.first.since))
