"""A signed note in ready words, from its own text: what is shown is what was signed, whatever the knowledge says today."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from needlepoint.clinic.records.models import Note


@dataclass(frozen=True, slots=True)
class Part:
    """A headed part of a note."""

    title: str
    words: str


@dataclass(frozen=True, slots=True)
class AddendumShown:
    """An addendum: who, when, what, and the hash of its seal."""

    by: str
    at: str
    words: str
    hash: str


@dataclass(frozen=True, slots=True)
class NoteShown:
    """A signed note as it is read."""

    person: str
    heading: str
    parts: tuple[Part, ...]
    signed_by: str
    signed_at: str
    number: int
    hash: str
    before: str
    addenda: tuple[AddendumShown, ...]


def present_note(note: Note) -> NoteShown:
    """The note in words."""
    body = json.loads(note.body)
    person = body["person"]
    return NoteShown(
        person=f"{person['given']} {person['family']}, {_('born')} {person['birth_date']}",
        heading=f"{body['on']}, {body['clinic']}",
        parts=tuple(part for part in _parts(body) if part.words),
        signed_by=f"{note.signed_name}, {body['signed_by']['role']}",
        signed_at=_when(note.signed_at),
        number=note.seal.number,
        hash=note.seal.sha256,
        before=note.seal.previous_sha256,
        addenda=tuple(
            AddendumShown(one.by_name, _when(one.at), one.text, one.seal.sha256)
            for one in sorted(note.addenda.all(), key=lambda one: one.seal.number)
        ),
    )


def _when(at: datetime) -> str:
    return f"{localtime(at):%d %B %Y, %H:%M}"


def _parts(body: dict[str, Any]) -> Iterable[Part]:
    case, session = body["case"], body["session"]
    yield Part(_("Complaint"), case.get("complaint") or body["course"]["complaint"])
    yield Part(_("Told before needling"), "\n".join(_told(case)))
    yield Part(_("Clearance"), "\n".join(_clearance(body["clearance"])))
    yield Part(_("Plan"), "\n".join(_plan(body["plan"])))
    yield Part(_("Consent"), "\n".join(_consent(body)))
    yield Part(_("What was done"), "\n".join(_done(session)))
    yield Part(_("Reactions and events"), "\n".join(_afterwards(session)))
    yield Part(_("Note"), body["written"].get("text") or "")
    yield Part(_("Why it was done otherwise than planned"), body["written"].get("against-plan") or "")


def _told(case: dict[str, Any]) -> Iterable[str]:
    lists = {
        "conditions": _("Illnesses"),
        "medicines": _("Medicines"),
        "allergies": _("Allergies"),
        "implants": _("Implants"),
    }
    for key, words in lists.items():
        if key in case:
            listed = [one if isinstance(one, str) else str(one.get("text")) for one in case[key]]
            yield f"{words}: {', '.join(listed) or _('asked, none')}"
        else:
            yield f"{words}: {_('not asked')}"
    answers = case.get("answers", {})
    yes = [key.replace("-", " ") for key, value in answers.items() if value is True]
    no = [key for key, value in answers.items() if value is False]
    if answers:
        yield f"{_('Answered yes')}: {', '.join(yes) or _('none')}; {_('answered no')}: {len(no)}"


def _clearance(told: dict[str, Any] | None) -> Iterable[str]:
    if told is None:
        return
    yield told["clearance"] if told["complete"] else f"{told['clearance']}, {_('not everything is known')}"
    for one in told["findings"]:
        yield f"{one['level']}: {one['title']}"


def _plan(told: dict[str, Any] | None) -> Iterable[str]:
    for one in told["sites"] if told else ():
        where = f"{(one['muscle'] or one.get('text') or '').replace('-', ' ')}, {one['side']}"
        if one["declined"]:
            declined = one["declined"]
            yield f"{where}: {_('declined')}. {declined['reason'] if isinstance(declined, dict) else declined}"
        else:
            needle = one["needle"]
            yield f"{where}: {needle['length_mm']:g} × {needle['diameter_mm']:g} mm, {_('stop at')} {one['stop_depth_mm']:g} mm"


def _consent(body: dict[str, Any]) -> Iterable[str]:
    for one in body["consents"]:
        agreed = _("agreed") if one["agreed"] else _("did not agree")
        yield f"{one['name']} {agreed}, {one['signed_at'][:16].replace('T', ' ')} ({one['wording_sha256'][:12]}…)"
    if reason := body["written"].get("consent"):
        yield reason


def _done(session: dict[str, Any]) -> Iterable[str]:
    if session["not_done"]:
        yield f"{_('No needle')}: {session['not_done']}"
    for key, words in (("position", _("Position")), ("preparation", _("Skin"))):
        if session[key]:
            yield f"{words}: {session[key]}"
    for n, one in enumerate(session["needles"], 1):
        out = one["out_at"][11:16] if one["out_at"] else _("not out")
        lot = f", {_('lot')} {one['lot']}" if one["lot"] else ""
        whole = "" if one["intact"] else f", {_('not whole')}"
        yield (
            f"{n}. {(one['muscle'] or '?').replace('-', ' ')}, {one['side']}: {one['length_mm']:g} × {one['diameter_mm']:g} mm{lot},"
            f" {one['in_at'][11:16]}–{out} UTC, {_('twitches')} {one['twitches']}{whole}"
        )
    for one in session["pain"]:
        where = f", {one['muscle'].replace('-', ' ')}, {one['side']}" if one["muscle"] else ""
        value = _("not told") if one["value"] is None else f"{one['value']:g}/10"
        yield f"{_('Pain')} {one['when']}{where}: {value}"


def _afterwards(session: dict[str, Any]) -> Iterable[str]:
    seen = [one["kind"].replace("-", " ") for one in session["reactions"]]
    yield f"{_('Expected reactions')}: {', '.join(seen) or _('none seen')}"
    for one in session["events"]:
        where = f", {one['muscle'].replace('-', ' ')}, {one['side']}" if one["muscle"] else ""
        yield f"{_('Event')}: {one['kind'].replace('-', ' ')}, {one['grade']}{where}. {one['text']}"
        for step in one["steps"]:
            done = _("done") if step["done"] else f"{_('not done')}: {step['why']}"
            yield f"  {step['at'][11:16]} UTC {step['step'].replace('-', ' ')}: {done}"
    if session["advised"]:
        yield f"{_('Told')}: {', '.join(one.replace('-', ' ') for one in session['advised'])}"
