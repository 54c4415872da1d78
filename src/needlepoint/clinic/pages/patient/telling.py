"""From a form of the patient to values: what was ticked, what was not, and what nobody touched."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from needlepoint.clinic.pages.patient.fields import NOT_SURE
from needlepoint.clinic.pages.patient.steps import Step, answer, size_field
from needlepoint.journey import Written
from needlepoint.screen.groups import GroupItem


class NotTold(Exception):
    """The form does not tell enough, or tells two things at once; in words for the person."""


def ticked(step: Step, written: Written, form: QueryDict) -> dict[str, Any]:
    """What this page of ticks tells. Nothing ticked is no answer: only *none of these* says no. Raises NotTold."""
    so, unsure, none = set(form.getlist("so")), set(form.getlist("unsure")), "none" in form
    names = {str(n) for n in range(len(step.items))}
    so, unsure = so & names, unsure & names
    if none and (so or unsure):
        raise NotTold(_("You ticked something and said “None of these”. Take the tick away, or press Continue."))
    if not none and not so and not unsure:
        raise NotTold(_("Tick what is true, or press “None of these”."))
    if so & unsure:
        raise NotTold(_("You ticked something and said that you are not sure about it. Take one of the two away."))
    values: dict[str, Any] = {}
    for n, item in enumerate(step.items):
        values |= _of_item(item, written, so=str(n) in so, unsure=str(n) in unsure)
    for general in step.group.settles:
        denied = all(value is False for name, value in values.items() if name in step.parts_of(general))
        values[answer(general)] = False if denied else None
    return values | _sizes(step, form)


def is_open(item: GroupItem, written: Written) -> bool:
    """Was this ticked for several things at once, so that each has to be told?"""
    return len(item.facts) > 1 and any(written.value(answer(fact)) in (True, NOT_SURE) for fact in item.facts)


def _of_item(item: GroupItem, written: Written, *, so: bool, unsure: bool) -> dict[str, Any]:
    if not so:
        return {answer(fact): NOT_SURE if unsure else False for fact in item.facts}
    if len(item.facts) == 1:
        return {answer(item.facts[0]): True}
    told = {answer(fact): written.value(answer(fact)) for fact in item.facts}
    # One of several is so, and was told in detail before: that stands.
    return told if True in told.values() else dict.fromkeys(told, NOT_SURE)


def _sizes(step: Step, form: QueryDict) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for one in step.group.measures:
        name = size_field(one)
        text = form.get(name, "").strip().replace(",", ".")
        if text:
            values[name] = _number(text)
    return values


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not 0 < number < 1000:
        raise NotTold(_("Write your height in centimetres and your weight in kilograms, or leave them empty."))
    return int(number) if number.is_integer() else round(number, 1)


def listed(step: Step, form: QueryDict) -> dict[str, Any]:
    """What this page with a list tells. An empty box is no answer: only *none* says that there is none. Raises NotTold."""
    assert step.group.asks is not None
    lines = [line.strip() for line in form.get("lines", "").replace("\x00", "").splitlines() if line.strip()]
    if "none" in form and lines:
        raise NotTold(_("You wrote something and said that there is none. Empty the box, or press Continue."))
    if "none" not in form and not lines:
        raise NotTold(_("Write it down, one on each line, or say that there is none."))
    return {step.group.asks.value: [] if "none" in form else lines}


def singly(facts: tuple[str, ...], form: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The answers to single questions, and the facts that were not answered."""
    said = {"yes": True, "no": False, NOT_SURE: NOT_SURE}
    told = {fact: form.get(answer(fact), "") for fact in facts}
    missing = tuple(fact for fact, word in told.items() if word not in said)
    return {answer(fact): said[word] for fact, word in told.items() if word in said}, missing
