"""One adverse event, as ready words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from needlepoint.clinic.asking import known
from needlepoint.clinic.pages.lead.present import level_of
from needlepoint.clinic.pages.people import saying
from needlepoint.clinic.pages.people.on_the_body import muscle
from needlepoint.clinic.records.models import AdverseEvent
from needlepoint.treat import Grade


@dataclass(frozen=True, slots=True)
class Step:
    """One step to take: whether it was answered, and how."""

    words: str
    answer: str
    done: bool


@dataclass(frozen=True, slots=True)
class EventPage:
    """An event with what its grade means and the steps that its kind asks for."""

    title: str
    grade: str
    level: str
    meaning: str
    means_here: str
    facts: tuple[tuple[str, str], ...]
    text: str
    steps: tuple[Step, ...]
    report: tuple[str, ...]
    person: str
    person_href: str
    visit_href: str


def event_page(event: AdverseEvent, names: bool, time: Callable[[str], str]) -> EventPage:
    """One event. ``names``: whether the reader may see whose it is."""
    treat, grade = known().treat, Grade(event.grade)
    kind = treat.events.get(event.kind)
    return EventPage(
        title=kind.title if kind else event.kind,
        grade=treat.grades[grade].title,
        level=level_of(event.grade),
        meaning=treat.grades[grade].words,
        means_here=kind.grades.get(grade, "") if kind else "",
        facts=_facts(event),
        text=event.text if names else "",
        steps=_steps(event, names, time),
        report=kind.report if kind else (),
        person=str(event.person) if names else "",
        person_href=reverse("person", args=[event.person_id]) if names else "",
        visit_href=reverse("visit", args=[event.visit_id]) if names else "",
    )


def _facts(event: AdverseEvent) -> tuple[tuple[str, str], ...]:
    needle = event.insertion
    reported = f"{event.reported_by.name}, {saying.moment(event.reported_at)}"
    told = (
        (_("Day"), saying.day(event.on)),
        (_("Visit"), f"{saying.day(event.visit.on)}, {event.visit.clinic.name}"),
        (_("Clinician"), event.clinician.name),
        (_("Where"), saying.place(muscle(event.muscle), event.side) if event.muscle else _("no muscle told")),
        (_("Needle"), f"{needle.length_mm:g} × {needle.diameter_mm:g} mm" if needle else ""),
        (_("Reported"), reported),
    )
    return tuple((name, value) for name, value in told if value)


def _steps(event: AdverseEvent, names: bool, time: Callable[[str], str]) -> tuple[Step, ...]:
    """The steps that this kind asks for now, each with its answer; and any that was answered but is no longer asked for."""
    kind = known().treat.events.get(event.kind)
    told: dict[str, dict[str, Any]] = {
        str(one.get("step")): one for one in event.steps if isinstance(one, dict)
    } if isinstance(event.steps, list) else {}  # fmt: skip
    asked = {one.id: one.words for one in kind.now} if kind else {}
    # A step that the knowledge does not name is a word that somebody sent: as free as any other.
    others = [id_ for id_ in told if id_ not in asked]
    words = {**asked, **{id_: id_.replace("-", " ") if names else _("another step") for id_ in others}}
    return tuple(Step(text, *_answer(told.get(id_), names, time)) for id_, text in words.items())


def _answer(told: dict[str, Any] | None, names: bool, time: Callable[[str], str]) -> tuple[str, bool]:
    if told is None:
        return _("not answered"), False
    at = time(str(told["at"])) if told.get("at") else ""
    if told.get("done", True):
        return f"{_('done')}, {at}".strip(", "), True
    if not names:
        # Why is told in free words, and these may tell of the person.
        return _("not done"), False
    return _("not done: %(why)s") % {"why": told.get("why") or ""}, False
