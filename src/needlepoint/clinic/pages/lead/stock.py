"""Needles in stock, and everyone whom a lot touched."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Max, Min, Q, Sum

from needlepoint.clinic.records.models import Insertion, NeedleLot, Person, StockChange

#: So many lots are shown at once; those that can still be used come first.
MOST_LOTS = 50
A_PAGE = 100


@dataclass(frozen=True, slots=True)
class Stocked:
    """A lot with what was used and what is left."""

    lot: NeedleLot
    used: int
    changed: int

    @property
    def left(self) -> int:
        """Needles that should be on the shelf. Below zero: more were used than anybody wrote down."""
        return self.lot.received + self.changed - self.used

    def expired(self, today: date) -> bool:
        """Is the lot past its date?"""
        return self.lot.expires_on is not None and self.lot.expires_on < today


def stocked(clinic: UUID | None, lot: UUID | None = None) -> tuple[list[Stocked], bool]:
    """The lots of a clinic, or of all, recalled ones first, then those that can be used longest. True when there are more."""
    lots = NeedleLot.objects.all()
    if clinic is not None:
        lots = lots.filter(clinic=clinic)
    if lot is not None:
        lots = lots.filter(pk=lot)
    ordered = lots.select_related("clinic").order_by(
        "-recalled", F("expires_on").desc(nulls_first=True), "-created_at", "pk"
    )
    found = list(ordered[: MOST_LOTS + 1])
    shown = found[:MOST_LOTS]
    # Only for the lots that are shown: all needles of all lots are too many to count for one page.
    used = _by_lot(Insertion.objects.filter(lot__in=shown).values("lot").annotate(n=Count("*")))
    changed = _by_lot(StockChange.objects.filter(lot__in=shown).values("lot").annotate(n=Sum("needles")))
    stock = [Stocked(one, used.get(one.pk, 0), changed.get(one.pk, 0)) for one in shown]
    return stock, len(found) > MOST_LOTS


def _by_lot(rows: Any) -> dict[UUID, int]:
    return {one["lot"]: one["n"] for one in rows.order_by()}


@dataclass(frozen=True, slots=True)
class Touched:
    """Somebody in whom needles of this lot were, with the days."""

    person: Person
    needles: int
    first: date
    last: date
    days: tuple[date, ...]
    places: tuple[tuple[str, str], ...]


def touched(lot: NeedleLot, after: Person | None = None, most: int = A_PAGE) -> tuple[list[Touched], bool]:
    """Everyone in whom needles of this lot were, by name, after the last one of the page before. True when there are more. Two queries."""
    needled = Insertion.objects.filter(lot=lot)
    people = Person.objects.filter(pk__in=needled.values("person"))
    if after is not None:
        people = people.filter(
            Q(sought_family__gt=after.sought_family) | Q(sought_family=after.sought_family, pk__gt=after.pk)
        )
    found = list(people.order_by("sought_family", "pk")[: most + 1])
    shown = found[:most]
    rows: dict[UUID, list[Any]] = {}
    # SQLite takes so many values in one question and no more; the whole list asks without them.
    which = needled.filter(person__in=[one.pk for one in shown]) if most <= A_PAGE else needled
    for row in which.values("person", "on", "muscle", "side").annotate(n=Count("*")).order_by("on", "muscle", "side"):
        rows.setdefault(row["person"], []).append(row)
    return [_touched(one, rows.get(one.pk, [])) for one in shown], len(found) > most


def _touched(person: Person, rows: Sequence[Any]) -> Touched:
    days = tuple(dict.fromkeys(one["on"] for one in rows))
    places = tuple(dict.fromkeys((one["muscle"], one["side"]) for one in rows))
    return Touched(person, sum(one["n"] for one in rows), days[0], days[-1], days, places)


def reach(lot: NeedleLot) -> dict[str, Any]:
    """How many people and needles, and from when to when, in one query."""
    found: dict[str, Any] = Insertion.objects.filter(lot=lot).aggregate(
        people=Count("person", distinct=True), needles=Count("*"), first=Min("on"), last=Max("on")
    )
    return found
