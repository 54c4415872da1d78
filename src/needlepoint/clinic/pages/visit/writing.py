"""What a form or a tap on the visit page writes: entries, the same that the script makes."""

import json
import re
from collections.abc import Iterator, Mapping
from math import isfinite
from typing import Any
from uuid import uuid4, uuid5

from django.http import QueryDict

from needlepoint.clinic.pages.visit.fields import FINDING_TITLES, entry_text, kind_of
from needlepoint.clinic.pages.visit.last_visit import StillSo, still_so_entry
from needlepoint.clinic.records.holdable import whole
from needlepoint.clinic.records.keeping import WROTE
from needlepoint.clinic.records.models import Member, Visit
from needlepoint.clinic.records.reading import VisitRead
from needlepoint.clinic.records.seal import canonical
from needlepoint.journey.case import is_field

SEEN = "seen:"
_ANSWERS = {"yes": True, "no": False, "unknown": None}
_ABSENT = object()


class NotReadable(ValueError):
    """The form holds something that no page of ours sends, or a number that is none. ``field`` says where."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        # It is said back on the page, so it has to be such as a page can hold.
        self.field = whole(field)[:200]


def entries_of_form(visit: Visit, read: VisitRead, post: QueryDict, by: Member, at: str) -> Iterator[dict[str, Any]]:
    """The fields of a form that say something else than what its reader saw. Raises NotReadable."""
    values = {str(one.id): one.body.get("value") for one in read.entries if one.kind == WROTE}
    for name in post:
        if not name.startswith(SEEN) or not is_field(field := name.removeprefix(SEEN)):
            continue
        seen = str(post[name]).split()
        value = _value(field, post)
        before = values.get(seen[0]) if seen else None
        if value is _ABSENT or (len(seen) < 2 and _same(field, value, before) and (seen or value is None)):
            continue
        if isinstance(value, list) and isinstance(before, list):
            # What a record told about a line beside its words stays with the line.
            lines = {entry_text(one): one for one in before}
            value = [lines.get(one, one) for one in value]
        # A double click on the button sends the same form twice: it is one entry.
        id_ = uuid5(visit.pk, canonical(["form", str(by.pk), field, value, sorted(seen)]))
        yield {"id": str(id_), "kind": WROTE, "at": at, "body": {"field": field, "value": value, "seen": seen or None}}


def entries_of_act(
    visit: Visit, read: VisitRead, told: Mapping[str, Any], post: QueryDict, offered: tuple[StillSo, ...], at: str
) -> Iterator[dict[str, Any]]:
    """What one tap writes. ``offered``: what may be confirmed as *still so*. Raises NotReadable."""
    act, field = str(told.get("act")), str(told.get("field", ""))
    match act:
        case "keep":
            return
        case "still-so":
            wanted = [one for one in offered if not field or one.field == field]
            yield from (still_so_entry(visit, one, at) for one in wanted)
        case "settle":
            yield _settled(read, field, str(told.get("holds", "")), at)
        case "none":
            yield _wrote(read, field, [], at)
        case "propose":
            yield _wrote(read, _place(field), _as_planned(field, post), at)
        case "withdraw":
            yield _wrote(read, _place(field), None, at)
        case "instead":
            yield _instead(read, told, at)
        case _:
            raise NotReadable("act")


def _wrote(read: VisitRead, field: str, value: Any, at: str) -> dict[str, Any]:
    if not is_field(field):
        raise NotReadable(field)
    seen = list(read.written.entries(field)) or None
    return {"id": str(uuid4()), "kind": WROTE, "at": at, "body": {"field": field, "value": value, "seen": seen}}


def _settled(read: VisitRead, field: str, holds: str, at: str) -> dict[str, Any]:
    """One of the values that contradict each other holds; its writer saw them all."""
    for one in read.written.conflicts.get(field, ()):
        if holds in one.entries:
            return _wrote(read, field, one.value, at)
    raise NotReadable(field)


def _place(field: str) -> str:
    if not field.startswith("proposed."):
        raise NotReadable(field)
    return field


def _as_planned(field: str, post: QueryDict) -> dict[str, Any]:
    """How the clinician means to needle a place: what was left open is not told."""
    told: dict[str, Any] = {}
    measured: dict[str, float] = {}
    needle: dict[str, float] = {}
    for key in ("technique", "stimulation", "guidance", "position"):
        if word := str(post.get(f"{field}:{key}", "")).strip():
            told[key] = word[:40]
    for name in post:
        if not name.startswith(f"{field}:"):
            continue
        key = name.removeprefix(f"{field}:")
        if key.startswith("skin_to_") and (number := _number(name, post)) is not None:
            measured[key] = number
        if key in ("length_mm", "diameter_mm") and (number := _number(name, post)) is not None:
            needle[key] = number
    return {**told, **({"needle": needle} if needle else {}), **({"measured": measured} if measured else {})}


_LINE = re.compile(r"^(conditions|medicines|allergies|implants)\[(\d{1,4})\]$")


def _instead(read: VisitRead, told: Mapping[str, Any], at: str) -> dict[str, Any]:
    """A known word in the place of one that nobody understood."""
    origin, text, word = (str(told.get(key, "")) for key in ("origin", "text", "word"))
    line = _LINE.match(origin)
    if line is None:
        if origin != "complaint":
            raise NotReadable(origin)
        return _wrote(read, origin, _replaced(str(read.written.value(origin) or ""), text, word), at)
    field, n = line[1], int(line[2])
    value = read.written.value(field)
    if not isinstance(value, list) or n >= len(value):
        raise NotReadable(field)
    old = value[n]
    new = (
        {**old, "text": _replaced(str(old.get("text", "")), text, word)}
        if isinstance(old, dict)
        else _replaced(str(old), text, word)
    )
    return _wrote(read, field, [*value[:n], new, *value[n + 1 :]], at)


def _replaced(whole: str, text: str, word: str) -> str:
    found = re.search(re.escape(text), whole, re.IGNORECASE)
    return whole[: found.start()] + word + whole[found.end() :] if found and text else word


def _value(field: str, post: QueryDict) -> Any:
    match kind_of(field):
        case "yes-no":
            return _answer(field, post)
        case "list":
            lines = [line.strip() for line in str(post.get(field, "")).splitlines() if line.strip()]
            return lines or ([] if f"none:{field}" in post else None)
        case "number":
            return _number(field, post)
        case "object":
            return _finding(field, post)
        case "painting":
            return _ABSENT
    return " ".join(str(post[field]).split()) or None if field in post else _ABSENT


def _answer(name: str, post: QueryDict) -> Any:
    """Radios cannot be un-chosen: nothing chosen is nothing said."""
    if name not in post:
        return _ABSENT
    word = str(post[name])
    if word not in _ANSWERS:
        raise NotReadable(name)
    return _ANSWERS[word]


def _finding(field: str, post: QueryDict) -> Any:
    found = {key: _answer(f"{field}:{key}", post) for key in FINDING_TITLES}
    said = {key: value for key, value in found.items() if value is not _ABSENT}
    return said or _ABSENT


def _number(name: str, post: QueryDict) -> float | None:
    text = str(post.get(name, "")).strip().replace(",", ".")
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        raise NotReadable(name) from None
    if not isfinite(number):
        raise NotReadable(name)
    return int(number) if number.is_integer() else number


def _same(field: str, value: Any, before: Any) -> bool:
    """Does the form say what its reader saw? Spaces, and keys that say nothing, make no difference."""
    if isinstance(value, list) and isinstance(before, list):
        return value == [entry_text(one) for one in before]
    if isinstance(value, dict) and isinstance(before, dict):
        return _said(value) == _said(before)
    if isinstance(before, str) and kind_of(field) == "text":
        before = " ".join(before.split())
    return canonical(value) == canonical(before)


def _said(value: dict[str, Any]) -> dict[str, Any]:
    return {key: one for key, one in value.items() if one is not None}


def act_of(post: QueryDict) -> Mapping[str, Any]:
    """The tap of a form; a form that is only sent keeps its fields. Raises NotReadable."""
    if "holds" in post:
        return {"act": "settle", "field": post.get("field", ""), "holds": post["holds"]}
    try:
        told = json.loads(str(post.get("act", '{"act":"keep"}')))
    except (ValueError, RecursionError):
        raise NotReadable("act") from None
    if not isinstance(told, dict):
        raise NotReadable("act")
    return told
