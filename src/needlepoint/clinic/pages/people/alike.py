"""Is this person written down already?"""

import unicodedata

from rapidfuzz import fuzz

from needlepoint.clinic.records.models import Person

#: From here on two names may be the same one, written otherwise. Our choice: it only makes us ask, and rather once too often.
ALIKE = 75.0


def alike(person: Person) -> list[Person]:
    """People with the same date of birth and a similar name, or with the same own number; the most similar first."""
    same_day = Person.objects.filter(birth_date=person.birth_date).exclude(pk=person.pk)[:200]
    found = {one.pk: one for one in same_day if _similar(one, person) >= ALIKE}
    if person.number:
        found |= {one.pk: one for one in Person.objects.filter(number=person.number).exclude(pk=person.pk)[:5]}
    return sorted(found.values(), key=lambda one: (-_similar(one, person), one.sought_family, str(one.pk)))[:5]


def _similar(one: Person, other: Person) -> float:
    return float(fuzz.token_sort_ratio(_plain(one), _plain(other)))


def _plain(person: Person) -> str:
    """Names without accents, in small letters: `José Núñez` and `Jose Nunez` are alike."""
    apart = unicodedata.normalize("NFD", f"{person.given} {person.family}".casefold())
    return "".join(one for one in apart if not unicodedata.combining(one))
