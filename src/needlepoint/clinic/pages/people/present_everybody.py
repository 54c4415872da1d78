"""The list of people, as ready words."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from needlepoint.clinic.pages.people import saying
from needlepoint.clinic.pages.people.sought import Found, Sought
from needlepoint.clinic.records.models import Person


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person of the list."""

    name: str
    href: str
    born: str
    age: str
    number: str
    last_visit: str
    next_visit: str


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """The list, and what was looked for."""

    sought: str
    rows: tuple[PersonRow, ...]
    further: str
    begin: str
    may_write: bool
    nobody: str
    hint: str
    short_hint: str


def people_page(sought: Sought, found: Found, token: str, today: date, may_write: bool, further: bool) -> PeoplePage:
    """A page of the list of people."""
    kept = f"s={token}&" if sought.typed and token else ""
    more = f"?{kept}along={found.further[0]}&after={found.further[1].pk}" if found.further else ""
    here = reverse("people")
    nobody = (
        _("Nobody is found whose family name, given name or number begins so.")
        if sought.typed
        else _("Nobody is written down here yet.")
    )
    return PeoplePage(
        sought=sought.typed,
        rows=tuple(_row(one, today) for one in found.people),
        further=more,
        begin=f"{here}?{kept}" if further else "",
        may_write=may_write,
        nobody=nobody if not further else _("That was everybody."),
        hint=_("Beginning of the family or given name, date of birth, or your own number"),
        short_hint=_("Name, date of birth or number"),
    )


def _row(person: Person, today: date) -> PersonRow:
    last: date | None = getattr(person, "last_visit", None)
    coming: date | None = getattr(person, "next_visit", None)
    return PersonRow(
        name=f"{person.family}, {person.given}",
        href=reverse("person", args=[person.pk]),
        born=saying.short_day(person.birth_date),
        age=saying.age(person.birth_date, today),
        number=person.number,
        last_visit=saying.short_day(last) if last else "",
        next_visit=saying.short_day(coming) if coming else "",
    )
