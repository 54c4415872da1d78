"""The last signed visit of the same person: a starting point for this one, and what changed since."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from needlepoint.clinic.asking import known
from needlepoint.clinic.pages.people.saying import short_day
from needlepoint.clinic.pages.today.changed import differences
from needlepoint.clinic.pages.visit.fields import kind_of, title_of, words_of
from needlepoint.clinic.records.keeping import WROTE, read_wrote
from needlepoint.clinic.records.models import Entry, Visit
from needlepoint.journey import Written, carried, written


@dataclass(frozen=True, slots=True)
class LastVisit:
    """When it was, and what was written then."""

    id: UUID
    on: date
    written: Written

    @property
    def day(self) -> str:
        """The day in words."""
        return short_day(self.on)


@dataclass(frozen=True, slots=True)
class StillSo:
    """A value of the last visit, until somebody confirms it only a question: *from 12 March, still so?*"""

    field: str
    title: str
    words: str
    whence: str
    value: Any

    @property
    def act(self) -> dict[str, str]:
        """What a tap on *still so* asks for."""
        return {"act": "still-so", "field": self.field}


def last_visit(visit: Visit) -> LastVisit | None:
    """The last signed visit of this person before this one. Two queries, however many visits and entries there are."""
    before = (
        Visit.objects.filter(person=visit.person_id, state=Visit.State.SIGNED, on__lte=visit.on)
        .exclude(pk=visit.pk)
        .order_by("-on", "-planned_at")
        .only("id", "on", "organisation_id")
        .first()
    )
    if before is None:
        return None
    rows = Entry.objects.filter(visit=before.pk, kind=WROTE).exclude(body__field="painting")
    told = written(
        read_wrote({"id": str(id_), "at": at, "body": body}) for id_, at, body in rows.values_list("id", "at", "body")
    )
    return LastVisit(before.pk, before.on, told)


def still_so(visit: Visit, now: Written, last: LastVisit | None) -> tuple[StillSo, ...]:
    """What is preloaded, marked with where it comes from: it counts only once somebody confirms it."""
    found: dict[str, StillSo] = {}
    if last is not None:
        whence = _("from %(day)s") % {"day": last.day}
        for field, value in _carried(last.written, now).items():
            found[field] = StillSo(field, title_of(field), words_of(field, value), whence, value)
    if "complaint" not in found and "complaint" not in now.fields and visit.course.complaint:
        words = visit.course.complaint
        found["complaint"] = StillSo("complaint", title_of("complaint"), words, _("from the course of care"), words)
    return tuple(sorted(found.values(), key=lambda one: _ORDER.index(kind_of(one.field))))


_ORDER = ("text", "list", "yes-no", "number", "object", "painting")


def _carried(before: Written, now: Written) -> Mapping[str, Any]:
    return carried(before, now, known().screen.facts)


def still_so_entry(visit: Visit, one: StillSo, at: str) -> dict[str, Any]:
    """The entry that makes it a fact of today. The same tap on two devices makes the same entry."""
    return {
        "id": str(uuid5(visit.pk, f"still so: {one.field}: {one.whence}: {one.words}")),
        "kind": WROTE,
        "at": at,
        "body": {"field": one.field, "value": one.value, "seen": None},
    }


def changed_since(now: Written, last: LastVisit | None) -> tuple[str, ...]:
    """What is different from the last visit, in a few words each."""
    return () if last is None else tuple(differences(last.written, now))
