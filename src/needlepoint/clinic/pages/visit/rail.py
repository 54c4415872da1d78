"""The rail: the seven steps of a visit, and how far each is."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from needlepoint.clinic.pages.visit.header import open_words
from needlepoint.clinic.pages.visit.opened import Opened
from needlepoint.clinic.records.models import Visit

STEPS = ("screen", "locate", "plan", "consent", "treat", "recover", "sign")
DONE, OPEN, MISSING, BLOCKED = "done", "open", "missing", "blocked"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the rail."""

    id: str
    word: str
    href: str
    state: str
    says: str
    current: bool


def rail(opened: Opened) -> tuple[Step, ...]:
    """All steps, in their order."""
    words = {
        "screen": _("Screen"),
        "locate": _("Locate"),
        "plan": _("Plan"),
        "consent": _("Consent"),
        "treat": _("Treat"),
        "recover": _("Recover"),
        "sign": _("Sign"),
    }
    states = {
        "screen": _screen(opened),
        "locate": _locate(opened),
        "plan": _plan(opened),
        "consent": consent_state(opened),
        "treat": _treat(opened),
        "recover": (DONE, _("told")) if opened.read.session.advised else (OPEN, ""),
        "sign": (DONE, _("signed")) if opened.signed else (OPEN, ""),
    }
    return tuple(Step(id_, words[id_], opened.step_address(id_), *states[id_], opened.step == id_) for id_ in STEPS)


def first_open(opened: Opened) -> str:
    """At which step a visit opens: where a needle is in, else where something is still to do."""
    if opened.signed or opened.visit.state == Visit.State.CANCELLED:
        return "screen"
    if opened.read.session.still_in:
        return "treat"
    for id_, state in (("screen", _screen), ("locate", _locate), ("plan", _plan), ("consent", consent_state)):
        if state(opened)[0] in (OPEN, MISSING):
            return id_
    return "sign" if _treat(opened)[0] == DONE else "treat"


def _screen(opened: Opened) -> tuple[str, str]:
    page = opened.page
    if page["error"]:
        return MISSING, _("does not fit together")
    if not page["complete"]:
        number = sum(len(group["questions"]) for group in page["screen"]["questions"] if group["level"] != "clear")
        return MISSING, open_words(number) if number else _("not yet cleared")
    if page["person_level"] == "stop":
        return BLOCKED, _("do not needle")
    return DONE, ""


def _locate(opened: Opened) -> tuple[str, str]:
    page = opened.page
    if page["error"]:
        return OPEN, ""
    if page["located"]["stopped"]:
        return BLOCKED, _("a danger first")
    if not page["candidates"]:
        return OPEN, ""
    return DONE, str(page["candidates"][0]["title"])


def _plan(opened: Opened) -> tuple[str, str]:
    page = opened.page
    if page["error"] or page["plan"]["suggested"]:
        return OPEN, ""
    today = sum(one["today"] for one in page["sites"])
    if today:
        return DONE, ngettext("%(n)d place", "%(n)d places", today) % {"n": today}
    return BLOCKED, _("no needle")


def consent_state(opened: Opened) -> tuple[str, str]:
    """Whether the words of this very plan are signed."""
    last, wording = opened.consent, opened.page.get("consent")
    if last is None:
        return OPEN, ""
    if not last.agreed:
        return BLOCKED, _("does not agree")
    if wording is not None and last.wording_sha256 == wording["sha256"]:
        return DONE, _("signed")
    return (DONE, _("signed")) if opened.signed else (MISSING, _("for another plan"))


def _treat(opened: Opened) -> tuple[str, str]:
    session = opened.read.session
    if session.still_in:
        number = len(session.still_in)
        return MISSING, ngettext("%(n)d needle in", "%(n)d needles in", number) % {"n": number}
    if session.needles or getattr(session, "not_done", None):
        return DONE, ngettext("%(n)d needle", "%(n)d needles", session.insertions) % {"n": session.insertions}
    return OPEN, ""
