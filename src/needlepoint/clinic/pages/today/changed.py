"""What changed about a person since the last visit: only that, in a few words each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from needlepoint.clinic.asking import known
from needlepoint.clinic.records.keeping import WROTE, read_wrote
from needlepoint.clinic.records.models import Entry
from needlepoint.journey import Written, Wrote, written

#: What a page remembers of visits that it has compared before. Entries never change, so what was found for two heads stays true.
_REMEMBERED = 4000
#: What a clinician wants to know at the door. A painting is large and says nothing in a few words.
_LISTS = ("conditions", "medicines", "allergies", "implants")


@dataclass(frozen=True, slots=True)
class Pair:
    """A visit and the one before it, each with its last entry."""

    visit: UUID
    head: int
    before: UUID
    before_head: int


_found: dict[tuple[Pair, str], tuple[str, ...]] = {}


def changed(pairs: Sequence[Pair]) -> Mapping[UUID, tuple[str, ...]]:
    """For each visit what changed since the one before. One query, none when all were compared already."""
    language = get_language() or ""
    unknown = [one for one in pairs if (one, language) not in _found]
    if unknown:
        fields = _written({id_ for one in unknown for id_ in (one.visit, one.before)})
        if len(_found) > _REMEMBERED:
            _found.clear()
        nothing = Written()
        for one in unknown:
            _found[one, language] = tuple(differences(fields.get(one.before, nothing), fields.get(one.visit, nothing)))
    return {one.visit: _found.get((one, language), ()) for one in pairs}


def _written(visits: Iterable[UUID]) -> Mapping[UUID, Written]:
    wrote: dict[UUID, list[Wrote]] = {}
    entries = Entry.objects.filter(visit__in=list(visits), kind=WROTE).exclude(body__field="painting")
    for visit, id_, at, body in entries.values_list("visit_id", "id", "at", "body"):
        wrote.setdefault(visit, []).append(read_wrote({"id": str(id_), "at": at, "body": body}))
    return {visit: written(them) for visit, them in wrote.items()}


def differences(before: Written, now: Written) -> Iterable[str]:
    """What is known now and was otherwise, or was not known and worries. What nobody asked again did not change."""
    then, told = before.known, now.known
    if told.get("complaint") and told["complaint"] != then.get("complaint"):
        yield _("complaint: %(words)s") % {"words": _short(told["complaint"])}
    for name in _LISTS:
        if name in told:
            yield from _list(name, then.get(name), told[name])
    for name in told:
        group, _dot, key = name.partition(".")
        if told[name] == then.get(name):
            continue
        if group == "answers":
            yield from _answer(key, name in then, told[name])
        elif group == "measurements":
            yield from _measurement(key, then.get(name), told[name])


def _list(name: str, before: Any, now: Any) -> Iterable[str]:
    then, told = _words(before), _words(now)
    words = {
        "conditions": (_("new: %(words)s"), _("no longer: %(words)s")),
        "medicines": (_("new medicine: %(words)s"), _("no longer takes: %(words)s")),
        "allergies": (_("new allergy: %(words)s"), _("no longer: %(words)s")),
        "implants": (_("new implant: %(words)s"), _("no longer: %(words)s")),
    }[name]
    yield from (words[0] % {"words": _short(one)} for one in told if one not in then)
    yield from (words[1] % {"words": _short(one)} for one in then if one not in told)


def _answer(fact: str, was_known: bool, now: Any) -> Iterable[str]:
    title, adverse = _fact(fact)
    if was_known or now == adverse:
        yield f"{title}: {_said(now)}"


def _measurement(key: str, before: Any, now: Any) -> Iterable[str]:
    title = _measured(key)
    if before is None:
        yield f"{title} {_said(now)}"
    else:
        yield _("%(title)s %(now)s (was %(before)s)") % {"title": title, "now": _said(now), "before": _said(before)}


@lru_cache(1000)
def _fact(id_: str) -> tuple[str, bool]:
    found = known().screen.facts.get(id_)
    return (found.title, found.adverse) if found else (id_.replace("_", " ").replace("-", " "), True)


@lru_cache(1000)
def _measured(id_: str) -> str:
    found = known().screen.measurements.get(id_)
    return found.title if found else id_.replace("_", " ")


def _words(told: Any) -> list[str]:
    """The items of a list as it was told: words, or objects with words; what is no longer active is not there."""
    if not isinstance(told, list):
        return []
    items = (one for one in told if not (isinstance(one, dict) and one.get("active") is False))
    return [str(one.get("text", one) if isinstance(one, dict) else one) for one in items]


def _said(value: Any) -> str:
    if value is True:
        return _("yes")
    if value is False:
        return _("no")
    return _short(value)


def _short(value: Any) -> str:
    words = " ".join(str(value).split())
    return words if len(words) <= 60 else f"{words[:59]}…"
