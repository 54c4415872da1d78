"""Acts of a session as entries: from a tap on a device to what the core understands, and back; and what the session comes to."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import datetime
from enum import Enum
from types import MappingProxyType
from typing import Any, TypeAlias

from needlepoint.exchange.told import InputError
from needlepoint.terms import Side
from needlepoint.treat import (
    Act,
    Advised,
    Event,
    Grade,
    Happened,
    Insertion,
    Missing,
    NeedleIn,
    NeedleOut,
    NoReaction,
    NotDone,
    PainTold,
    PainWhen,
    Point,
    Positioned,
    Prepared,
    Reacted,
    Retained,
    Session,
    Site,
    Stays,
    StepTaken,
    Stimulated,
    Twitch,
    Undone,
)

#: The kinds of entries that are acts, and what each is in the core.
KINDS: Mapping[str, type[Any]] = MappingProxyType(
    {
        "needle-in": NeedleIn,
        "needle-out": NeedleOut,
        "twitch": Twitch,
        "stays": Stays,
        "stimulated": Stimulated,
        "positioned": Positioned,
        "prepared": Prepared,
        "pain": PainTold,
        "reacted": Reacted,
        "no-reaction": NoReaction,
        "happened": Happened,
        "step-taken": StepTaken,
        "advised": Advised,
        "not-done": NotDone,
        "undone": Undone,
    }
)
_KIND_OF = {what: kind for kind, what in KINDS.items()}
#: A text or a list that is longer than this was not tapped in a session.
LONGEST_TEXT = 5_000
LONGEST_LIST = 200


@dataclass(frozen=True, slots=True)
class _UnfitError(Exception):
    """A value that cannot be used: what would be right instead."""

    mend: str


def read_act(entry: Mapping[str, Any]) -> Act:
    """The act of an entry. Raises InputError that names the key and says how to mend it."""
    if not isinstance(entry, Mapping):
        raise InputError("an entry is an object with the keys id, kind, at and body")
    for key in entry:
        if key not in ("id", "kind", "at", "body"):
            raise InputError(f"{key}: this key is not known; an entry has id, kind, at and body")
    id_, kind = _value("id", entry.get("id"), _text), _value("kind", entry.get("kind"), _text)
    what = KINDS.get(kind)
    if what is None:
        raise InputError(f"kind: '{kind}' is no act; use one of {', '.join(KINDS)}")
    at, body = _value("at", entry.get("at"), _time), entry.get("body", {})
    if not isinstance(body, Mapping):
        raise InputError("body: must be an object")
    known = {one.name: one for one in fields(what)}
    for key in body:
        if key not in known:
            raise InputError(f"body.{key}: this key is not known; '{kind}' has {', '.join(known) or 'no keys'}")
    told: dict[str, Any] = {}
    for name, one in known.items():
        if name in body:
            told[name] = _value(f"body.{name}", body[name], _MAY_BE_EMPTY.get(name) or _READ[one.type])
        elif one.default is MISSING:
            raise InputError(f"body.{name}: this key is missing")
    try:
        return Act(id_, at, what(**told))
    except ValueError as error:
        raise InputError(f"body.{error}") from None


def act_as_json(act: Act) -> dict[str, Any]:
    """The entry of an act; ``read_act`` of it is the same act."""
    body = {one.name: _plain(getattr(act.what, one.name)) for one in fields(act.what)}
    return {"id": act.id, "kind": _KIND_OF[type(act.what)], "at": act.at.isoformat(), "body": body}


def session_answer(
    session: Session, missing: Iterable[Missing] = (), retained: Iterable[Retained] = ()
) -> dict[str, Any]:
    """The session as JSON: what was done, what is missing, which needles are still in. ``complete``: it can be signed."""
    lacking = [_fields_of(one) for one in missing]
    return {
        "complete": not lacking,
        "missing": lacking,
        "insertions": session.insertions,
        "still_in": [one.needle for one in session.still_in],
        "retained": [{**_fields_of(one), "clock_back": one.clock_back} for one in retained],
        "needles": [_insertion(one) for one in session.needles],
        "sites": [_fields_of(one) for one in session.sites],
        "pain": [_fields_of(one) for one in session.pain],
        "position": session.position,
        "preparation": session.preparation,
        "reactions": [_fields_of(one) for one in session.reactions],
        "reactions_answered": session.reactions_answered,
        "events": [_event(one) for one in session.events],
        "advised": sorted(session.advised),
        "not_done": session.not_done,
        "odd": [{"act": act_as_json(one.act), "reason": one.reason} for one in session.odd],
        "undone": [one.id for one in session.undone],
    }


def _insertion(one: Insertion) -> dict[str, Any]:
    return {**_fields_of(one), "dwell_minutes": one.dwell_minutes}


def _event(one: Event) -> dict[str, Any]:
    steps = [{"at": at.isoformat(), "step": step.step, "done": step.done, "why": step.why} for at, step in one.steps]
    return {**_fields_of(one), "steps": steps}


def _fields_of(value: Missing | Insertion | Site | PainTold | Event | Retained | Any) -> dict[str, Any]:
    return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}


def _plain(value: Any) -> Any:
    """A value of the core as JSON."""
    match value:
        case Enum():
            return value.value
        case datetime():
            return value.isoformat()
        case Point():
            return {"vertices": list(value.vertices), "weights": list(value.weights)}
        case Stimulated():
            return _fields_of(value)
        case tuple():
            return [_plain(one) for one in value]
    return value


# Reading single values. Each reader raises ``_UnfitError`` with the way to mend it.

Reader: TypeAlias = Callable[[Any], Any]


def _value(name: str, told: Any, read: Reader) -> Any:
    try:
        return read(told)
    except _UnfitError as unfit:
        raise InputError(f"{name}: {unfit.mend}") from None
    except ValueError as error:
        raise InputError(f"{name}: {error}") from None


def _text(told: Any) -> str:
    if not isinstance(told, str) or not told.strip():
        raise _UnfitError("must be a text that is not empty")
    return _any_text(told)


def _any_text(told: Any) -> str:
    if not isinstance(told, str):
        raise _UnfitError("must be a text")
    if len(told) > LONGEST_TEXT:
        raise _UnfitError(f"may have at most {LONGEST_TEXT} letters")
    if any((one < " " and one not in "\n\r\t") or "\ud800" <= one <= "\udfff" for one in told):
        raise _UnfitError("has signs that are no letters; type it again")
    return told


def _text_or_none(told: Any) -> str | None:
    """Nothing typed is nothing told: a needle is not refused for an empty box."""
    return None if told is None or _any_text(told).strip() == "" else _text(told)


def _texts(told: Any) -> tuple[str, ...]:
    if not isinstance(told, list | tuple) or len(told) > LONGEST_LIST:
        raise _UnfitError(f"must be a list of at most {LONGEST_LIST} texts")
    return tuple(_text(one) for one in told)


def _number(told: Any) -> float:
    if isinstance(told, bool) or not isinstance(told, int | float):
        raise _UnfitError("must be a number")
    if abs(told) > 1e9:
        raise _UnfitError("must be a number that can be")
    return float(told)


def _count(told: Any) -> int:
    if isinstance(told, bool) or not isinstance(told, int) or told > 1_000:
        raise _UnfitError("must be a whole number of at most 1,000")
    return told


def _yes_or_no(told: Any) -> bool:
    if not isinstance(told, bool):
        raise _UnfitError("must be true or false")
    return told


def _time(told: Any) -> datetime:
    mend = 'must be a time with its zone, such as "2026-11-26T10:12:03+00:00"'
    if isinstance(told, datetime):
        time = told
    else:
        try:
            time = datetime.fromisoformat(_text(told))
        except ValueError:
            raise _UnfitError(mend) from None
    if time.utcoffset() is None or not 1900 < time.year < 9000:
        raise _UnfitError(mend)
    return time


def _one_of(words: type[Side] | type[Grade]) -> Reader:
    def read(told: Any) -> Side | Grade:
        try:
            return words(told)
        except ValueError:
            raise _UnfitError(f"must be one of {', '.join(words)}") from None

    return read


def _point(told: Any) -> Point:
    match told:
        case {"vertices": [_, _, _] as vertices, "weights": [_, _, _] as weights} if len(told) == 2:
            if all(isinstance(one, int) and not isinstance(one, bool) and one < 2**31 for one in vertices):
                return Point(tuple(vertices), tuple(map(_number, weights)))  # type: ignore[arg-type]
    raise _UnfitError("must be an object with three whole vertices and three weights")


def _or_none(read: Reader) -> Reader:
    return lambda told: None if told is None else read(told)


#: Texts that somebody types and that may be left empty.
_MAY_BE_EMPTY: Mapping[str, Reader] = MappingProxyType({"text": _any_text, "reason": _any_text})
#: How a value of each type of field is read.
_READ: Mapping[Any, Reader] = MappingProxyType(
    {
        str: _text,
        int: _count,
        float: _number,
        bool: _yes_or_no,
        tuple[str, ...]: _texts,
        Grade: _one_of(Grade),
        PainWhen: _text,
        str | None: _text_or_none,
        float | None: _or_none(_number),
        bool | None: _or_none(_yes_or_no),
        Side | None: _or_none(_one_of(Side)),
        Point | None: _or_none(_point),
    }
)
