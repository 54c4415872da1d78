"""Finding people by the beginnings of their names, by date of birth and by own number; page by page, by key and never by offset.

Each list is read along one index, from where the page before ended. The number of people does not matter.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, get_args

from django.db.models import OuterRef, Q, QuerySet, Subquery

from needlepoint.clinic.records.models import Person, Visit

#: The lists in which people are found, in the order in which they are shown.
Along = Literal["number", "family", "given"]
_ALONG = get_args(Along)
_FIELD = {"number": "number", "family": "sought_family", "given": "sought_given"}
A_PAGE = 50
#: Longer than any name that is kept.
_LONGEST = 210
#: Sorts after every other letter.
_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for. ``words`` is how names are kept to be sought; ``number`` as it was typed."""

    typed: str = ""
    words: str = ""
    number: str = ""
    birth_date: date | None = None

    @property
    def anybody(self) -> bool:
        """Is nobody in particular looked for?"""
        return not self.words and self.birth_date is None


@dataclass(frozen=True, slots=True)
class Found:
    """A page of people. ``further`` is the last one of it and the list it was found in, when there are more."""

    people: tuple[Person, ...]
    further: tuple[Along, Person] | None


def read_sought(typed: str) -> Sought:
    """What does somebody look for who typed this? A date of birth may stand among the words."""
    plain = " ".join(unicodedata.normalize("NFC", typed.replace("\x00", " ")).replace(",", " ").split())[:_LONGEST]
    born: date | None = None
    words: list[str] = []
    for word in plain.split(" "):
        told = None if born else _birth_date(word)
        born = born or told
        if told is None and word:
            words.append(word)
    return Sought(plain, " ".join(words).casefold(), " ".join(words), born)


def _birth_date(word: str) -> date | None:
    """A day as 1985-04-02, 02.04.1985 or 02/04/1985: the day stands before the month, unless the year comes first."""
    if not re.fullmatch(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}", word, re.ASCII):
        return None
    for shape in ("%Y-%m-%d", "%d-%m-%Y"):
        try:
            return datetime.strptime(re.sub(r"[./]", "-", word), shape).date()
        except ValueError:
            continue
    return None


def find(sought: Sought, after: tuple[Along, Person] | None = None) -> Found:
    """A page of the people who are looked for, each once, after the last one of the page before. At most one query a list."""
    lists: tuple[Along, ...] = ("family",) if not sought.words else _ALONG
    people: list[tuple[Along, Person]] = []
    for along in lists[lists.index(after[0]) if after and after[0] in lists else 0 :]:
        last = after[1] if after and after[0] == along else None
        rows = _along(sought, along, last)[: A_PAGE + 1 - len(people)]
        people += [(along, one) for one in rows]
        if len(people) > A_PAGE:
            break
    page = people[:A_PAGE]
    return Found(tuple(one for _along_, one in page), page[-1] if len(people) > A_PAGE else None)


def _along(sought: Sought, along: Along, after: Person | None) -> "QuerySet[Person]":
    field = _FIELD[along]
    low = sought.number if along == "number" else sought.words
    rows: QuerySet[Person] = Person.objects.all()
    if sought.birth_date is not None:
        rows = rows.filter(birth_date=sought.birth_date)
    if low:
        rows = rows.filter(**{f"{field}__lt": low + _LAST})
    # Whoever is found in an earlier list is not found again.
    for earlier in _ALONG[: _ALONG.index(along)] if sought.words else ():
        start = sought.number if earlier == "number" else sought.words
        rows = rows.exclude(**{f"{_FIELD[earlier]}__gte": start, f"{_FIELD[earlier]}__lt": start + _LAST})
    if after is not None:
        key = getattr(after, field)
        low = max(low, key)
        rows = rows.filter(Q(**{f"{field}__gt": key}) | Q(**{field: key, "pk__gt": after.pk}))
    # Also without a beginning, so that SQLite reads along the index and stops after a page, instead of sorting everybody.
    rows = rows.filter(**{f"{field}__gte": low})
    ordered: QuerySet[Person] = rows.order_by(field, "pk").annotate(
        last_visit=Subquery(_last_visit()), next_visit=Subquery(_next_visit())
    )
    return ordered


def _last_visit() -> "QuerySet[Visit, Any]":
    came: QuerySet[Visit] = Visit.objects.filter(
        person=OuterRef("pk"), state__in=[Visit.State.OPEN, Visit.State.SIGNED]
    )
    return came.order_by("-on").values("on")[:1]


def _next_visit() -> "QuerySet[Visit, Any]":
    comes: QuerySet[Visit] = Visit.objects.filter(person=OuterRef("pk"), state=Visit.State.PLANNED)
    return comes.order_by("on").values("on")[:1]
