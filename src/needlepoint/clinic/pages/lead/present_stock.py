"""Stock and lots, as ready words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from needlepoint.clinic.pages.lead.recall import Beyond, Told
from needlepoint.clinic.pages.lead.stock import A_PAGE, Stocked, Touched
from needlepoint.clinic.pages.people import saying
from needlepoint.clinic.pages.people.on_the_body import muscle
from needlepoint.clinic.records.models import NeedleLot, Person

#: So long before its date a lot is shown as expiring. Our choice: time to use it up or to order.
SOON = timedelta(days=60)
#: Fewer needles than these are shown as running out. Our choice: some sessions' worth.
FEW = 20


@dataclass(frozen=True, slots=True)
class LotRow:
    """A lot in the list."""

    needle: str
    lot: str
    href: str
    clinic: str
    received: str
    used: str
    changed: str
    left: str
    expires: str
    warnings: tuple[str, ...]
    late: bool


@dataclass(frozen=True, slots=True)
class TouchedRow:
    """Somebody whom a lot touched, or of whom its number is told; ``why``: how that differs from the lot."""

    name: str
    href: str
    born: str
    reach: str
    needles: int
    days: str
    places: str
    why: str = ""


def lot_row(one: Stocked, today: date) -> LotRow:
    """A lot with what is left of it."""
    lot = one.lot
    return LotRow(
        needle=needle(lot),
        lot=f"{lot.maker} {lot.number}",
        href=reverse("lead-lot", args=[lot.pk]),
        clinic=lot.clinic.name,
        received=f"{lot.received:,}",
        used=f"{one.used:,}",
        changed=f"{one.changed:+,}" if one.changed else "–",
        left=f"{one.left:,}",
        expires=saying.short_day(lot.expires_on) if lot.expires_on else _("not told"),
        warnings=tuple(_warnings(one, today)),
        late=lot.recalled or one.expired(today),
    )


def needle(lot: NeedleLot) -> str:
    """The needle of a lot, as `30 × 0.25 mm`."""
    return f"{lot.length_mm:g} × {lot.diameter_mm:g} mm"


def _warnings(one: Stocked, today: date) -> list[str]:
    words = []
    if one.lot.recalled:
        words.append(_("recalled"))
    if one.expired(today):
        words.append(_("expired"))
    elif one.lot.expires_on and one.lot.expires_on - today <= SOON:
        words.append(_("expires soon"))
    if one.left < 0:
        words.append(_("more used than written down"))
    elif one.left < FEW and not one.lot.recalled and not one.expired(today):
        words.append(_("few left"))
    return words


def touched_rows(people: Sequence[Touched], names: bool) -> tuple[TouchedRow, ...]:
    """Everyone whom a lot touched; who may read no record gets no list."""
    if not names:
        return ()
    return tuple(_touched_row(one) for one in people)


@dataclass(frozen=True, slots=True)
class BeyondRows:
    """Who is not linked to a lot and has to be thought of, in two lists that are told apart. ``words``: how many."""

    words: tuple[str, ...]
    unsigned: tuple[TouchedRow, ...]
    perhaps: tuple[TouchedRow, ...]
    more: bool


def beyond_rows(found: Beyond, names: bool) -> BeyondRows:
    """Both lists; who may read no record learns only how many there are."""
    unsigned, perhaps = len(found.unsigned), len(found.perhaps)
    words = []
    if unsigned:
        told = ngettext("%(n)s person in notes not signed yet", "%(n)s people in notes not signed yet", unsigned)
        words.append(told % {"n": f"{unsigned:,}"})
    if perhaps:
        told = ngettext("%(n)s person who may also have had it", "%(n)s people who may also have had it", perhaps)
        words.append(told % {"n": f"{perhaps:,}"})
    shown = A_PAGE if names else 0
    return BeyondRows(
        tuple(words),
        tuple(_touched_row(one, one.why) for one in found.unsigned[:shown]),
        tuple(_touched_row(one, one.why) for one in found.perhaps[:shown]),
        names and max(unsigned, perhaps) > A_PAGE,
    )


def _touched_row(one: Touched | Told, why: Sequence[str] = ()) -> TouchedRow:
    return TouchedRow(
        name=f"{one.person.family}, {one.person.given}",
        href=reverse("person", args=[one.person.pk]),
        born=saying.short_day(one.person.birth_date),
        reach=_how_to_reach(one.person),
        needles=one.needles,
        days="; ".join(saying.short_day(day) for day in one.days),
        places=place_words(one.places),
        why="; ".join(why),
    )


def place_words(places: Sequence[tuple[str, str]]) -> str:
    """Muscles and sides, one after the other."""
    return "; ".join(saying.place(muscle(name), side) if name else _("no muscle told") for name, side in places)


def _how_to_reach(person: Person) -> str:
    return ", ".join(word for word in (person.phone, person.email) if word) or _("nothing written down")


def reach_words(people: int, needles: int, first: date | None, last: date | None) -> str:
    """How far a lot reached."""
    if not people or first is None or last is None:
        return _("No needle of this lot is in a signed session.")
    who = ngettext("%(n)s person", "%(n)s people", people) % {"n": f"{people:,}"}
    how = ngettext("%(n)s needle", "%(n)s needles", needles) % {"n": f"{needles:,}"}
    when = _("%(first)s to %(last)s") % {"first": saying.day(first), "last": saying.day(last)}
    return f"{who}, {how}, {when}"
