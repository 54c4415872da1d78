"""The step *screen*: what was told, what is still to ask, and what follows from it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from needlepoint.clinic.access.rights import Right, field_needs
from needlepoint.clinic.asking import known
from needlepoint.clinic.pages.visit.fields import PERSON_TITLES, Shown, kind_of
from needlepoint.clinic.pages.visit.header import open_words
from needlepoint.clinic.pages.visit.opened import Opened
from needlepoint.screen.questions import LIST_QUESTIONS
from needlepoint.screen.reasons import unit_word

#: Numbers that a clinician takes in the room; all others stand folded beneath.
TAKEN_IN_THE_ROOM = ("systolic-mmhg", "diastolic-mmhg", "heart-rate-per-min", "temperature-c")
#: Measurements that are fields of the person.
OF_THE_PERSON = {"height-cm": "height_cm", "weight-kg": "weight_kg", "bmi": "bmi", "gestation-weeks": "gestation_weeks"}
NOT_ENTERED = frozenset({"age-years", *OF_THE_PERSON})
#: A longer list of places is folded into what more there is to a finding.
MOST_WHERE = 120
BUILDS = ("slim", "average", "heavy")


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its control. ``matters``: what its answer could change; ``before``: the last visit's answer, no fact yet."""

    id: str
    shown: Shown
    hint: str
    matters: str
    before: str
    still_so: str


@dataclass(frozen=True, slots=True)
class Listed:
    """One of the lists: asked as a whole, or not asked."""

    shown: Shown
    question: str
    none: bool
    matters: str
    before: str
    still_so: str


@dataclass(frozen=True, slots=True)
class Number:
    """A measurement with its unit."""

    shown: Shown
    unit: str
    asked: bool


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Words that nobody understood, and the nearest known ones to choose by a tap."""

    text: str
    whence: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A question that is answered at another place of the visit."""

    text: str
    where: str
    href: str
    matters: str


def screen_context(opened: Opened) -> dict[str, Any]:
    """What the template ``visit/steps/screen.html`` shows."""
    if not opened.may_write:
        return {**findings_context(opened), **_for_a_reader(opened)}
    asked = set(opened.request.GET.getlist("asked"))
    questions = list(_questions(opened))
    return {
        **findings_context(opened),
        "complaint": opened.shown("complaint"),
        "lists": [_listed(opened, which) for which in LIST_QUESTIONS],
        "questions": questions,
        "new_questions": [one for one in questions if one.id not in asked] if asked else [],
        "elsewhere": list(_elsewhere(opened)),
        "answered": list(_answered(opened, {one.shown.field for one in questions})),
        "person": [
            Number(opened.shown(f"person.{key}"), str(PERSON_TITLES[key][1]), id_ in _open_ids(opened))
            for id_, key in OF_THE_PERSON.items()
            if key in ("height_cm", "weight_kg") or f"person.{key}" in opened.read.written.fields or id_ in _open_ids(opened)
        ],
        "build": opened.shown("person.build"),
        "builds": BUILDS,
        "numbers": list(_numbers(opened, first=True)),
        "more_numbers": list(_numbers(opened, first=False)),
        "closed": _closed(opened),
        "next_step": opened.step_address("locate"),
    }  # fmt: skip


def _closed(opened: Opened) -> frozenset[str]:
    """The fields that are answered for by who treats, when that is somebody else."""
    if opened.may_treat:
        return frozenset()
    names = {*opened.read.written.fields, *(f"answers.{one}" for one in _open_ids(opened))}
    return frozenset(one for one in names if field_needs(one) is Right.TREAT)


def _for_a_reader(opened: Opened) -> dict[str, Any]:
    """The same in words: what was told by whom, and what is still open."""
    names = [name for name in opened.read.written.fields if kind_of(name) in ("text", "list", "yes-no", "number")]
    return {
        "told": [opened.shown(name) for name in sorted(names, key=_reading_order) if not name.startswith("note.")],
        "open_questions": [one["text"] for group in _groups(opened) for one in group["questions"]],
        "next_step": opened.step_address("locate"),
    }


def _reading_order(name: str) -> tuple[int, str]:
    kinds = ("text", "list", "yes-no", "number")
    return kinds.index(kind_of(name)), name


def findings_context(opened: Opened) -> dict[str, Any]:
    """The part that follows from what was told: it is fetched anew after every answer."""
    screen = opened.page.get("screen")
    return {
        "answer": _answer(opened),
        "screen": screen,
        "findings": _findings(screen) if screen else [],
        "sites": [] if screen is None else screen["sites"],
        "not_understood": list(_not_understood(opened)),
        "set_aside": [] if screen is None else screen["set_aside"],
        "notes": [] if screen is None else screen["notes"],
    }


def _answer(opened: Opened) -> dict[str, Any]:
    page = opened.page
    if page["error"]:
        return {
            "level": "",
            "word": _("Not known"),
            "complete": False,
            "sentence": "",
            "missing": _("What was written does not fit together."),
        }
    open_, missed = _open_number(opened), len(page["screen"]["not_understood"])
    missing = [open_words(open_)] if open_ else []
    if missed:
        missing.append(_("words not understood"))
    return {
        "level": page["level"],
        "word": page["screen"]["answer"].capitalize(),
        "sentence": page["screen"]["sentence"],
        "complete": page["complete"],
        "missing": _("Not yet cleared: %(words)s") % {"words": ", ".join(missing)} if missing else _("Not yet cleared"),
    }


def _open_number(opened: Opened) -> int:
    screen = opened.page.get("screen")
    return 0 if screen is None else sum(len(one["questions"]) for one in screen["questions"] if one["level"] != "clear")


def _findings(screen: dict[str, Any]) -> list[dict[str, Any]]:
    """Each finding with its sources in full: nothing is shown that cannot be checked."""
    sources = {one["number"]: one for one in screen["sources"]}
    return [
        {
            **finding,
            "level": group["level"],
            "where": finding["where"] if len(finding["where"]) <= MOST_WHERE else _("Many places"),
            "where_all": finding["where"] if len(finding["where"]) > MOST_WHERE else "",
            "because": "; ".join(one["fact"] for one in finding["because"]),
            "sources": [{**sources[one["number"]], "read": one["read"]} for one in finding["sources"]],
        }
        for group in screen["findings"]
        for finding in group["findings"]
    ]


def _not_understood(opened: Opened) -> Iterator[NotUnderstood]:
    screen = opened.page.get("screen")
    for one in () if screen is None else screen["not_understood"]:
        mendable = opened.may_write and (one["origin"] == "complaint" or "[" in one["origin"])
        mendable = mendable and one["origin"].partition("[")[0] in ("complaint", *LIST_QUESTIONS)
        yield NotUnderstood(
            one["text"],
            one["origin"].partition("[")[0].replace("answers.", "").replace("_", " "),
            tuple(
                (word, json.dumps({"act": "instead", "origin": one["origin"], "text": one["text"], "word": word}))
                for word in one["nearest"]
            )
            if mendable
            else tuple((word, "") for word in one["nearest"]),
        )


def _groups(opened: Opened) -> list[dict[str, Any]]:
    screen = opened.page.get("screen")
    return [] if screen is None else screen["questions"]


def _open_ids(opened: Opened) -> dict[str, str]:
    """The open questions by their id, with what each could change."""
    return {one["id"]: group["heading"] for group in _groups(opened) for one in group["questions"]}


def _questions(opened: Opened) -> Iterator[Question]:
    """The open questions that are answered by yes or no, what could change most first."""
    offered = {one.field: one for one in opened.still_so}
    for group in _groups(opened):
        for one in group["questions"]:
            if one["reply"] != "yes-or-no":
                continue
            field = _field_of(opened, one["id"])
            before = offered.get(field)
            yield Question(
                one["id"], opened.shown(field, one["text"]), "", group["heading"],
                f"{before.words}, {before.whence}" if before else "", json.dumps(before.act) if before else "",
            )  # fmt: skip


def _field_of(opened: Opened, id_: str) -> str:
    """The field of an answer, in the spelling in which it was written, if it was."""
    fields = opened.read.written.fields
    spelled = f"answers.{id_.replace('-', '_')}"
    return spelled if spelled in fields and f"answers.{id_}" not in fields else f"answers.{id_}"


def _elsewhere(opened: Opened) -> Iterator[Elsewhere]:
    for group in _groups(opened):
        for one in group["questions"]:
            if one["reply"] != "words" or one["id"] in LIST_QUESTIONS:
                continue
            if one["id"].startswith("where-"):
                where, href = _("write the place beside it in the list of illnesses or implants"), "#field-conditions"
            else:
                where, href = _("decided in the plan"), opened.step_address("plan")
            yield Elsewhere(one["text"], where, href, group["heading"])


def _answered(opened: Opened, open_fields: set[str]) -> Iterator[Shown]:
    """Every answer that was given, by whom and when; each can be changed."""
    for name, standing in opened.read.written.fields.items():
        if (
            name.startswith("answers.")
            and name not in open_fields
            and (len(standing) > 1 or standing[0].value is not None)
        ):
            yield opened.shown(name)


def _listed(opened: Opened, which: str) -> Listed:
    value = opened.read.written.value(which)
    before = next((one for one in opened.still_so if one.field == which), None)
    return Listed(
        opened.shown(which),
        LIST_QUESTIONS[which],
        value == [],
        _open_ids(opened).get(which, ""),
        f"{before.words}, {before.whence}" if before else "",
        json.dumps(before.act) if before else "",
    )


def _numbers(opened: Opened, *, first: bool) -> Iterator[Number]:
    open_ = _open_ids(opened)
    for one in known().screen.measurements.values():
        name = f"measurements.{one.key}"
        wanted = one.id in TAKEN_IN_THE_ROOM or one.id in open_ or name in opened.read.written.fields
        if one.id not in NOT_ENTERED and wanted is first:
            yield Number(opened.shown(name), unit_word(one.unit), one.id in open_)
