"""What a resource says, as plain tuples that can be written to disk and read again quickly."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from needlepoint.exchange.fhir.concept import Concept
from needlepoint.exchange.fhir.said import Measured, NoneKnown, Person, Pointing, Replied, Said
from needlepoint.screen import Asked, Entry
from needlepoint.terms import Code, Side

Packed = tuple[Any, ...]
_ENTRY, _POINTING, _MEASURED, _REPLIED, _NONE_KNOWN, _PERSON = range(6)


def pack(one: Said) -> Packed | None:
    """This as a tuple; ``None`` for what says nothing of a person."""
    match one:
        case Entry():
            return (_ENTRY, *_entry(one))
        case Pointing():
            return (_POINTING, one.reference, *_entry(one.entry))
        case Measured():
            return (_MEASURED, one.id, one.value, one.unit, one.origin, one.when, _number(one.on))
        case Replied():
            return (_REPLIED, one.id, one.value, one.origin, one.when, _number(one.on), one.form)
        case NoneKnown():
            return (_NONE_KNOWN, one.asked.value, one.origin)
        case Person():
            born = tuple(day.toordinal() for day in one.born) if one.born else None
            return (_PERSON, one.origin, born, one.sex, one.died)
        case _:
            return None


def unpack(tuples: Iterable[Packed]) -> Iterator[Said]:
    """What these tuples say."""
    for kind, *rest in tuples:
        if kind == _ENTRY:
            yield _entry_again(rest)
        elif kind == _MEASURED:
            id_, value, unit, origin, when, on = rest
            yield Measured(id_, value, unit, origin, when, _day(on))
        elif kind == _PERSON:
            origin, born, sex, died = rest
            yield Person(origin, tuple(date.fromordinal(day) for day in born) if born else None, sex, died)  # type: ignore[arg-type]
        elif kind == _POINTING:
            yield Pointing(_entry_again(rest[1:]), rest[0])
        elif kind == _REPLIED:
            id_, value, origin, when, on, form = rest
            yield Replied(id_, value, origin, when, _day(on), form)
        else:
            yield NoneKnown(Asked(rest[0]), rest[1])


def is_newer(one: Packed, other: Packed) -> bool:
    """Of two measurements of the same thing, is the first the one that counts? As in ``gather``."""
    return bool((one[5], one[4], one[2]) > (other[5], other[4], other[2]))


def measurement_of(packed: Packed) -> str | None:
    """Which measurement is this, if it is one?"""
    return str(packed[1]) if packed[0] == _MEASURED else None


def pack_concept(concept: Concept) -> Packed:
    """A name as a tuple."""
    return (concept.text, tuple((code.system, code.value) for code in concept.codes))


def unpack_concept(packed: Packed) -> Concept:
    """A name from its tuple."""
    return Concept(_codes(packed[1]), packed[0])


def _entry(one: Entry) -> Packed:
    return (
        one.origin,
        _number(one.since),
        one.asked.value if one.asked else None,
        one.text,
        tuple((code.system, code.value) for code in one.codes),
        one.side.value if one.side else None,
        one.place,
        one.active,
        one.confirmed,
    )


def _entry_again(rest: list[Any]) -> Entry:
    origin, since, asked, text, codes, side, place, active, confirmed = rest
    return Entry(
        Asked(asked) if asked else None,
        text,
        origin,
        _codes(codes),
        Side(side) if side else None,
        place,
        active,
        confirmed,
        _day(since),
    )


@lru_cache(maxsize=65_536)
def _codes(packed: tuple[tuple[str, str], ...]) -> tuple[Code, ...]:
    return tuple(Code(system, value) for system, value in packed)


def _number(day: date | None) -> int | None:
    return day.toordinal() if day else None


def _day(number: int | None) -> date | None:
    return date.fromordinal(number) if number else None
