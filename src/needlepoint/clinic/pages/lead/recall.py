"""Whom a recalled lot reached beyond the needles that are linked to it: notes that are not signed yet, and numbers told another way.

A needle is linked to a lot when its note is signed, and only where number, size and clinic are those of the stock. What was told stands in the
entries, whether it is linked or not: a recall looks there, so that nobody is missed. Rather one call too many.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from needlepoint.clinic.records.models import Entry, Insertion, NeedleLot, Person, Visit

#: Needles may be used before anybody writes their lot down. Our choice: a year is longer than a box stands open.
BEFORE_WRITTEN_DOWN = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody of whom a needle with this number is told, and how that differs from a needle that is linked to the lot."""

    person: Person
    needles: int
    days: tuple[date, ...]
    places: tuple[tuple[str, str], ...]
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Beyond:
    """Beside everybody who is linked to the lot: in notes not signed yet, and those who may also have had it."""

    unsigned: tuple[Told, ...] = ()
    perhaps: tuple[Told, ...] = ()


def folded(number: str) -> str:
    """The number of a lot without what people write in different ways: capitals, spaces and hyphens."""
    letters = unicodedata.normalize("NFKC", number).casefold()
    return "".join(one for one in letters if not one.isspace() and unicodedata.category(one) != "Pd")


def beyond(lot: NeedleLot) -> Beyond:
    """Everybody of the organisation of whom a needle with the number of this lot is told and not linked, by name. At most four queries."""
    told = Entry.objects.filter(kind="needle-in", at__gte=lot.created_at - BEFORE_WRITTEN_DOWN)
    spelled = told.order_by().values_list("body__lot", flat=True).distinct()
    ways = [one for one in spelled if isinstance(one, str) and folded(one) == folded(lot.number)]
    if not ways:
        return Beyond()
    named = told.filter(body__lot__in=ways)
    undone = _undone(named)
    linked = set(Insertion.objects.filter(lot=lot).values_list("session__visit", "in_at", "muscle", "side"))
    unsigned: list[Entry] = []
    perhaps: list[Entry] = []
    for one in named.select_related("person", "visit__clinic").order_by("visit__on", "number"):
        if str(one.id) in undone:
            continue
        if one.visit.state != Visit.State.SIGNED:
            unsigned.append(one)
        elif (one.visit_id, one.at, one.body.get("muscle"), one.body.get("side")) not in linked:
            perhaps.append(one)
    return Beyond(_by_person(unsigned, lot), _by_person(perhaps, lot))


def _undone(named: "QuerySet[Entry]") -> set[str]:
    """The acts that were taken back; taking back what took it back brings an act back."""
    undos = Entry.objects.filter(kind="undone", visit__in=named.order_by().values("visit"))
    acts = {str(id_): str(act) for id_, act in undos.values_list("id", "body__act")}
    back = set(acts.values())
    return {act for id_, act in acts.items() if id_ not in back}


def _by_person(entries: Iterable[Entry], lot: NeedleLot) -> tuple[Told, ...]:
    of: dict[Person, list[Entry]] = {}
    for one in entries:
        of.setdefault(one.person, []).append(one)
    found = (
        Told(
            person=person,
            needles=len(rows),
            days=tuple(dict.fromkeys(one.visit.on for one in rows)),
            places=tuple(dict.fromkeys((one.body.get("muscle") or "", one.body.get("side") or "") for one in rows)),
            why=tuple(dict.fromkeys(word for one in rows for word in _why(one, lot))),
        )
        for person, rows in of.items()
    )
    return tuple(sorted(found, key=lambda one: (one.person.sought_family, one.person.pk)))


def _why(entry: Entry, lot: NeedleLot) -> Iterable[str]:
    """How what was told differs from the lot as it stands in the stock."""
    body, visit = entry.body, entry.visit
    signed, same = visit.state == Visit.State.SIGNED, True
    if not signed:
        yield _("the note is not signed yet")
    if visit.clinic_id != lot.clinic_id:
        same = False
        yield _("at %(clinic)s") % {"clinic": visit.clinic.name}
    length, diameter = body.get("length_mm"), body.get("diameter_mm")
    if (length, diameter) != (lot.length_mm, lot.diameter_mm):
        same = False
        yield f"{length:g} × {diameter:g} mm" if length and diameter else _("the size was not told")
    if body["lot"] != lot.number:
        same = False
        yield _("written “%(number)s”") % {"number": body["lot"]}
    if signed and same:
        yield _("signed without a link to the stock")
