"""The pages of questions as ready words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from needlepoint.clinic.asking import known
from needlepoint.clinic.pages.patient.fields import NOT_SURE
from needlepoint.clinic.pages.patient.steps import Question, Step, answer, size_field
from needlepoint.journey import Written
from needlepoint.screen.groups import GroupItem


@dataclass(frozen=True, slots=True)
class Seen:
    """Which entries this page shows of a field, told back when it is sent."""

    field: str
    ids: str


@dataclass(frozen=True, slots=True)
class Tick:
    """One thing to tick. ``field``: the one answer that a script may keep at once; empty where several belong to it."""

    number: int
    words: str
    so: bool
    unsure: bool
    field: str
    seen: str


@dataclass(frozen=True, slots=True)
class Size:
    """A height or a weight to write."""

    field: str
    label: str
    value: str
    seen: str


@dataclass(frozen=True, slots=True)
class GroupPage:
    """A page with things to tick, or with a list to write."""

    id: str
    title: str
    question: str
    hint: str
    none: str
    ticks: tuple[Tick, ...]
    sizes: tuple[Size, ...]
    lines: str
    seen: tuple[Seen, ...]
    unsure: bool
    differs: bool
    wrong: str
    back: str


def group_page(step: Step, written: Written, form: QueryDict | None, wrong: str, back: str) -> GroupPage:
    """The page of this group, with what stands in it, or what the form held that could not be kept."""
    group = step.group
    ticks = tuple(_tick(n, item, written, form) for n, item in enumerate(step.items))
    lines = written.value(group.asks.value) if group.asks else None
    return GroupPage(
        id=group.id,
        title=group.title,
        question=group.question,
        hint=group.hint or "",
        none=group.none or _("None of these"),
        ticks=ticks,
        sizes=tuple(_size(one, written, form) for one in group.measures),
        lines=form.get("lines", "") if form is not None else "\n".join(map(_line, lines or ())),
        seen=tuple(Seen(name, " ".join(written.entries(name))) for name in step.fields if written.entries(name)),
        unsure=any(one.unsure for one in ticks),
        differs=any(name in written.conflicts for name in step.fields),
        wrong=wrong,
        back=back,
    )


def _line(entry: Any) -> str:
    return str(entry.get("text", "")) if isinstance(entry, Mapping) else str(entry)


def _tick(n: int, item: GroupItem, written: Written, form: QueryDict | None) -> Tick:
    values = [written.value(answer(fact)) for fact in item.facts]
    so, unsure = True in values, True not in values and NOT_SURE in values
    if form is not None:
        so, unsure = str(n) in form.getlist("so"), str(n) in form.getlist("unsure")
    field = answer(item.facts[0]) if len(item.facts) == 1 else ""
    return Tick(n, item.words, so, unsure, field, " ".join(written.entries(field)) if field else "")


def _size(measurement: str, written: Written, form: QueryDict | None) -> Size:
    field, value = size_field(measurement), written.value(size_field(measurement))
    label = {"height-cm": _("Height in centimetres"), "weight-kg": _("Weight in kilograms")}[measurement]
    text = form.get(field, "") if form is not None else f"{value:g}" if isinstance(value, int | float) else ""
    return Size(field, label, text, " ".join(written.entries(field)))


@dataclass(frozen=True, slots=True)
class Single:
    """One question with its three answers."""

    id: str
    field: str
    text: str
    value: str
    missing: bool


@dataclass(frozen=True, slots=True)
class SinglePage:
    """A page with a few questions of their own."""

    title: str
    questions: tuple[Single, ...]
    seen: tuple[Seen, ...]
    missing: tuple[Single, ...]
    back: str


_WORDS = {True: "yes", False: "no", NOT_SURE: NOT_SURE}


def single_page(
    asked: tuple[Question, ...],
    written: Written,
    form: Mapping[str, Any],
    missing: tuple[str, ...],
    title: str,
    back: str,
) -> SinglePage:
    """These questions, each by itself."""
    questions = tuple(
        Single(
            one.fact,
            answer(one.fact),
            one.text,
            form.get(answer(one.fact)) or _standing(written, one.fact),
            one.fact in missing,
        )
        for one in asked
    )
    names = [answer(one.fact) for one in asked]
    seen = tuple(Seen(name, " ".join(written.entries(name))) for name in names if written.entries(name))
    return SinglePage(title, questions, seen, tuple(one for one in questions if one.missing), back)


def _standing(written: Written, fact: str) -> str:
    value = written.value(answer(fact))
    # "Not sure" stands for all that was ticked together; each is asked anew.
    return _WORDS[value] if isinstance(value, bool) else ""


@dataclass(frozen=True, slots=True)
class ToldGroup:
    """What was answered on one page, to look over."""

    title: str
    words: tuple[str, ...]
    href: str


def look_over(steps: tuple[Step, ...], written: Written) -> tuple[ToldGroup, ...]:
    """All answers, page by page."""
    return tuple(
        ToldGroup(one.group.title, _told(one, written), reverse("my-question-group", args=[one.group.id]))
        for one in steps
    )


def _told(step: Step, written: Written) -> tuple[str, ...]:
    if step.group.asks:
        lines = written.value(step.group.asks.value)
        return tuple(map(_line, lines)) if lines else (step.group.none or _("none"),)
    words = []
    for item in step.items:
        for fact in item.facts:
            value = written.value(answer(fact))
            title = item.words if len(item.facts) == 1 else known().screen.facts[fact].title
            if value is True:
                words.append(title)
            elif value == NOT_SURE:
                words.append(_("Not sure: %(what)s") % {"what": title})
    return tuple(words) or (_("None of these"),)
