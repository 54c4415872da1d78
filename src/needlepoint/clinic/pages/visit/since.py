"""What was written into a visit since somebody looked, in words: to be read before it is signed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from needlepoint.clinic.asking import known
from needlepoint.clinic.pages.people.saying import clock, place, title
from needlepoint.clinic.pages.visit.fields import muscle_title, title_of, words_of
from needlepoint.clinic.records.keeping import WROTE
from needlepoint.clinic.records.models import Entry
from needlepoint.clinic.records.reading import writer_of
from needlepoint.journey.ready import CONSENT_REASON, PLAN_REASON

#: So many lines are read before signing; who was away for longer looks through the visit itself.
_MOST = 40


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was written: who, when, and what."""

    who: str
    at: str
    words: str


@dataclass(frozen=True, slots=True)
class Since:
    """The latest lines, the first first, and how many came before them."""

    lines: tuple[Line, ...]
    before: int


def since(entries: Sequence[Entry]) -> Since:
    """These entries in words."""
    shown = entries[-_MOST:]
    return Since(tuple(Line(writer_of(one), clock(one.at), _words(one)) for one in shown), len(entries) - len(shown))


def _words(entry: Entry) -> str:
    body = entry.body
    if entry.kind == WROTE:
        name = body["field"]
        return f"{_of_the_note().get(name) or title_of(name)}: {words_of(name, body['value'])}"
    return ", ".join([_done().get(entry.kind, entry.kind.replace("-", " ")), *(one for one in _more(body) if one)])


def _of_the_note() -> dict[str, str]:
    return {
        "note.text": _("Note"),
        CONSENT_REASON: _("How consent was given, or what happened"),
        PLAN_REASON: _("Why it was done otherwise than planned"),
    }


def _done() -> dict[str, str]:
    return {
        "needle-in": _("a needle in"),
        "needle-out": _("a needle out"),
        "twitch": _("a twitch"),
        "stays": _("a needle stays"),
        "stimulated": _("current"),
        "positioned": _("position"),
        "prepared": _("skin"),
        "pain": _("pain"),
        "reacted": _("an expected reaction"),
        "no-reaction": _("no reaction"),
        "happened": _("an event"),
        "step-taken": _("a step of an event"),
        "advised": _("told before they go"),
        "not-done": _("no needle today"),
        "undone": _("something was taken back"),
    }


def _more(body: dict[str, Any]) -> Iterable[str]:
    if body.get("muscle"):
        yield place(muscle_title(str(body["muscle"])), str(body.get("side") or ""))
    if body.get("length_mm") and body.get("diameter_mm"):
        yield f"{body['length_mm']:g} × {body['diameter_mm']:g} mm"
    if body.get("lot"):
        yield _("lot %(number)s") % {"number": body["lot"]}
    if kind := body.get("kind"):
        yield title(known().treat.events, str(kind))
    for key in ("grade", "when", "value", "position", "skin", "step", "why", "reason", "text"):
        if body.get(key) is not None:
            yield str(body[key]).replace("-", " ") if key in ("position", "skin", "step") else str(body[key])
