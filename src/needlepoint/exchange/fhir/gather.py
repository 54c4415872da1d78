"""All that the resources of one person say together: the same thing once, the newest measurement, what still counts."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from needlepoint.exchange.fhir.concept import Concept
from needlepoint.exchange.fhir.day import full_years
from needlepoint.exchange.fhir.lasting import DENIAL, FORM, PREGNANCY, lasts
from needlepoint.exchange.fhir.said import (
    Aside,
    Measured,
    Named,
    NoneKnown,
    Person,
    Pointing,
    Replied,
    Said,
    Trouble,
    Why,
)
from needlepoint.exchange.fhir.wanted import AGE, BMI, HEIGHT, WEIGHT, Wanted
from needlepoint.screen import Asked, Entry, FactKind, Reading, Reply

#: A body height counts for a later weight when the person was grown up, or when both were taken within this many days.
_GROWN_UP, _SAME_HEIGHT_DAYS = 20, 90


@dataclass(slots=True)
class Gathered:
    """What is told of one person: ready for a listener, and what to tell the reader besides."""

    entries: tuple[Entry, ...] = ()
    replies: tuple[Reply, ...] = ()
    readings: tuple[Reading, ...] = ()
    asked: frozenset[Asked] = frozenset()
    known_who: bool = False
    born_later: bool = False
    died: bool = False
    aside: Counter[Why] = field(default_factory=Counter)
    repeated: int = 0
    troubles: tuple[Trouble, ...] = ()
    notes: list[str] = field(default_factory=list)


def gather(said: Iterable[Said], wanted: Wanted, named: Callable[[str], Concept | None]) -> Gathered:
    """What do the resources of one person say together? ``named`` gives the name behind a reference.

    The order in which they come does not matter. The same thing said several times is told once, with its newest date.
    """
    told = Gathered()
    entries: list[Entry] = []
    measured: list[Measured] = []
    replied: list[Replied] = []
    none_known: list[NoneKnown] = []
    people: list[Person] = []
    troubles: dict[Trouble, None] = {}
    for one in said:
        match one:
            case Entry():
                entries.append(one)
            case Measured():
                measured.append(one)
            case Replied():
                replied.append(one)
            case Pointing():
                entries.append(_named(one, named))
            case NoneKnown():
                none_known.append(one)
            case Person():
                people.append(one)
            case Aside(why=why):
                told.aside[why] += 1
            case Trouble():
                troubles[one] = None
            case Named():
                pass
    told.entries = told_once(entries)
    told.repeated = len(entries) - len(told.entries)
    newest = _newest(measured, wanted, told)
    replies = _replies(replied, wanted, told)
    who = min(people, key=lambda one: (one.origin, str(one))) if people else None
    if who is not None:
        told.known_who, told.died = True, any(one.died for one in people)
        if who.sex and who.sex in wanted.knowledge.facts:
            replies.append(Reply(who.sex, True, who.origin))
    worked_out = _body_mass(newest, who, wanted)
    if worked_out is not None:
        newest.pop(BMI, None)
    readings = [_age(who, wanted, told), *(_reading(one) for one in newest.values()), worked_out]
    told.readings = tuple(sorted((one for one in readings if one), key=lambda one: one.id))
    told.replies = tuple(replies)
    told.asked = _asked(none_known, told)
    told.troubles = tuple(troubles)
    return told


# Entries

_LISTS = {asked: n for n, asked in enumerate(Asked)}


def told_once(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """What was written several times is told once, with its newest date. A copy without a date stays beside it."""
    kept: dict[tuple[object, ...], Entry] = {}
    for entry in entries:
        key = (
            entry.asked,
            entry.text,
            entry.codes,
            entry.side,
            entry.place,
            entry.active,
            entry.confirmed,
            entry.since is None,
        )
        known = kept.get(key)
        if known is None or _newness(entry) < _newness(known):
            kept[key] = entry
    return tuple(sorted(kept.values(), key=_place_in_list))


def _newness(entry: Entry) -> tuple[int, str]:
    return (-entry.since.toordinal() if entry.since else 0, entry.origin)


def _place_in_list(entry: Entry) -> tuple[object, ...]:
    return (
        _LISTS[entry.asked] if entry.asked else 9, *_newness(entry), entry.text,
        str((entry.active, entry.confirmed, entry.side, entry.place)), tuple((code.system, code.value) for code in entry.codes),
    )  # fmt: skip


def _named(pointing: Pointing, named: Callable[[str], Concept | None]) -> Entry:
    concept = named(pointing.reference)
    return replace(pointing.entry, text=concept.text, codes=concept.codes) if concept else pointing.entry


def _asked(none_known: list[NoneKnown], told: Gathered) -> frozenset[Asked]:
    """Lists that are said to be empty, unless the same record holds something that belongs in them."""
    filled = {entry.asked for entry in told.entries if entry.active is not False and entry.confirmed is not False}
    for one in sorted(none_known, key=lambda one: one.origin):
        if one.asked in filled:
            told.notes.append(f"{one.origin} says: no {one.asked.value}; but the record holds some.")
    return frozenset(one.asked for one in none_known) - frozenset(asked for asked in filled if asked)


# Measurements


def _newest(measured: list[Measured], wanted: Wanted, told: Gathered) -> dict[str, Measured]:
    """The newest of each measurement. One without a date only counts where its age does not matter."""
    newest: dict[str, Measured] = {}
    for one in measured:
        if not one.when and wanted.knowledge.measurements[one.id].valid_days is not None:
            told.aside[Why.OLD] += 1
            continue
        known = newest.get(one.id)
        if known is None or (one.when, one.origin, one.value) > (known.when, known.origin, known.value):
            newest[one.id] = one
    return newest


def _reading(one: Measured) -> Reading:
    return Reading(one.id, one.value, one.origin, one.unit, one.on)


def _age(who: Person | None, wanted: Wanted, told: Gathered) -> Reading | None:
    """Age in full years. Where only a year or month of birth is told: a child while it may be one, else the older."""
    if who is None or who.born is None or AGE not in wanted.knowledge.measurements:
        return None
    first, last = who.born
    if first > wanted.on:
        told.born_later = True
        return None
    youngest, oldest = full_years(min(last, wanted.on), wanted.on), full_years(first, wanted.on)
    return Reading(AGE, float(youngest if youngest < 18 else oldest), who.origin)


def _body_mass(newest: dict[str, Measured], who: Person | None, wanted: Wanted) -> Reading | None:
    """The body mass index from the newest weight and height, where none was recorded that is as new."""
    weight, height, known = newest.get(WEIGHT), newest.get(HEIGHT), newest.get(BMI)
    if weight is None or height is None or BMI not in wanted.knowledge.measurements:
        return None
    if known is not None and known.when[:10] >= weight.when[:10]:
        return None
    kg, cm = (_in_our_unit(one, wanted) for one in (weight, height))
    if kg is None or cm is None or not _height_still_holds(weight.on, height.on, who):
        return None
    return Reading(BMI, round(kg / (cm / 100) ** 2, 1), f"{weight.origin} and {height.origin}", None, weight.on)


def _in_our_unit(one: Measured, wanted: Wanted) -> float | None:
    measurement = wanted.knowledge.measurements[one.id]
    times = 1.0 if one.unit in (None, measurement.unit) else dict(measurement.other_units).get(one.unit or "")
    if times is None:
        return None
    value = one.value * times
    low, high = measurement.plausible
    return value if low <= value <= high and value > 0 else None


def _height_still_holds(weighed: date | None, measured: date | None, who: Person | None) -> bool:
    if weighed is None or measured is None:
        return False
    if abs((weighed - measured).days) <= _SAME_HEIGHT_DAYS:
        return True
    return bool(who and who.born and who.born[1] <= measured and full_years(who.born[1], measured) >= _GROWN_UP)


# Replies


def _replies(replied: list[Replied], wanted: Wanted, told: Gathered) -> list[Reply]:
    """The newest answers to each question, as far as they still say something of this day."""
    newest: dict[tuple[str, bool], str] = {}
    for one in replied:
        key = (one.id, one.form)
        newest[key] = max(newest.get(key, ""), one.when)
    kept: dict[Reply, None] = {}
    for one in sorted(replied, key=lambda one: (one.id, one.origin, str(one.value))):
        if one.when != newest[one.id, one.form]:
            continue
        if _still_said(one, wanted):
            kept[Reply(one.id, one.value, one.origin)] = None
        else:
            told.aside[Why.OLD] += 1
    return list(kept)


def _still_said(one: Replied, wanted: Wanted) -> bool:
    if not one.form:
        return lasts(one.on, PREGNANCY if one.value is True else DENIAL, wanted.on)
    if lasts(one.on, FORM, wanted.on):
        return True
    fact = wanted.knowledge.facts.get(one.id)
    if fact is None:
        return one.on is None
    return fact.kind is not FactKind.ANSWER and one.value is fact.adverse
