"""One person, as ready words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from needlepoint.clinic.asking import known
from needlepoint.clinic.pages.people import saying
from needlepoint.clinic.pages.people.course_of_care import MOST_VISITS, CourseOfCare
from needlepoint.clinic.pages.people.on_the_body import (
    muscle,
    names_on_chart,
    needle_layers,
    pain_layers,
    person_on_chart,
    unread_drawings,
)
from needlepoint.clinic.pages.people.pain_over_time import PainOverTime, pain_over_time
from needlepoint.clinic.records.models import Attachment, Person, Visit
from needlepoint.treat import Grade


@dataclass(frozen=True, slots=True)
class Chart:
    """What the body chart is given, and the way to what else it can show."""

    shows: str
    legend: bool
    layers: str
    names: str
    person: str
    other: str
    other_words: str


@dataclass(frozen=True, slots=True)
class Planned:
    """A visit that is to come, or was never begun."""

    words: str
    href: str
    cancel: str


@dataclass(frozen=True, slots=True)
class SiteRow:
    """What was needled in one muscle."""

    place: str
    needles: int
    twitches: int
    sessions: int
    last: str


@dataclass(frozen=True, slots=True)
class EventRow:
    """Something that went wrong."""

    title: str
    grade: str
    level: str
    when: str
    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that can be opened."""

    title: str
    when: str
    href: str
    symbol: str


@dataclass(frozen=True, slots=True)
class PersonPage:
    """The page of a person."""

    id: str
    name: str
    about: str
    details: tuple[tuple[str, str], ...]
    planned: tuple[Planned, ...]
    course: tuple[dict[str, Any], ...]
    more: str
    pain: PainOverTime | None
    chart: Chart | None
    unread: str
    sites: tuple[SiteRow, ...]
    events: tuple[EventRow, ...]
    reactions: tuple[tuple[str, str], ...]
    papers: tuple[Paper, ...]
    documents: tuple[Paper, ...]
    changes: tuple[tuple[str, str], ...]


def person_page(care: CourseOfCare, today: date, shows: str) -> PersonPage:
    """One person over time. ``shows``: ``needles`` for where needles went, else the pain."""
    person = care.person
    sessions = [care.sessions[one.pk] for one in reversed(care.visits) if one.pk in care.sessions]
    return PersonPage(
        id=str(person.pk),
        name=str(person),
        about=_about(person, today),
        details=_details(person, today),
        planned=tuple(_planned(one) for one in care.visits if one.state == Visit.State.PLANNED),
        course=tuple(_course(care, today)),
        more=_("The latest %(n)d visits are shown.") % {"n": MOST_VISITS} if care.more else "",
        pain=pain_over_time(sessions, _("not told")),
        chart=_chart(care, today, shows),
        unread=unread_drawings(care.drawings),
        sites=tuple(
            SiteRow(
                saying.place(muscle(one.muscle), one.side),
                one.needles,
                one.twitches,
                one.sessions,
                saying.short_day(one.last_on),
            )
            for one in care.needled
        ),
        events=_events(care),
        reactions=_reactions(care),
        papers=_papers(care),
        documents=tuple(document(one) for one in care.documents),
        changes=tuple((saying.moment(one.at), _before(one.before)) for one in care.changes),
    )


def _about(person: Person, today: date) -> str:
    sex = person.get_sex_display() if person.sex else ""
    return ", ".join(one for one in (saying.age(person.birth_date, today), str(sex)) if one)


def _details(person: Person, today: date) -> tuple[tuple[str, str], ...]:
    told = (
        (_("Born"), f"{saying.day(person.birth_date)} ({saying.age(person.birth_date, today)})"),
        (_("Sex"), str(person.get_sex_display()) if person.sex else _("not told")),
        (_("Your number"), person.number),
        (_("Telephone"), person.phone),
        (_("E-mail"), person.email),
    )
    return tuple((name, value) for name, value in told if value)


def _planned(visit: Visit) -> Planned:
    words = [
        saying.moment(visit.planned_at),
        visit.course.complaint.rstrip(" ."),
        visit.clinician.name,
        visit.clinic.name,
    ]
    return Planned(
        ", ".join(one for one in words if one),
        reverse("visit", args=[visit.pk]),
        reverse("cancel-visit", args=[visit.pk]),
    )


def _course(care: CourseOfCare, today: date) -> Iterator[dict[str, Any]]:
    """The visits that began, newest first. For what somebody came is said where it changes."""
    above = None
    for visit in care.visits:
        if visit.state in (Visit.State.OPEN, Visit.State.SIGNED):
            yield _visit(care, visit, today, visit.course.complaint if visit.course_id != above else "")
            above = visit.course_id


def _visit(care: CourseOfCare, visit: Visit, today: date, title: str) -> dict[str, Any]:
    """A visit as `parts/course.html` shows it."""
    session = care.sessions.get(visit.pk)
    note = getattr(visit, "note", None)
    events = [one for one in care.events if one.visit_id == visit.pk]
    return {
        "date": saying.day(visit.on),
        "title": title,
        "href": reverse("note", args=[note.pk]) if note else reverse("visit", args=[visit.pk]),
        "what": _what(care, visit, note is not None),
        "before": session.pain_before if session else None,
        "after": session.pain_after if session else None,
        "level": visit.level,
        "complete": visit.complete,
        "now": visit.state == Visit.State.OPEN and visit.on == today,
        "event": "; ".join(f"{_event_title(one.kind)} ({_grade(one.grade)})" for one in events),
    }


def _what(care: CourseOfCare, visit: Visit, signed: bool) -> str:
    session = care.sessions.get(visit.pk)
    if session is not None and session.not_done:
        return _("No needle: %(why)s") % {"why": session.not_done}
    places = [
        ngettext("%(place)s: %(n)d needle", "%(place)s: %(n)d needles", needles)
        % {"place": saying.place(muscle(name), side), "n": needles}
        for name, side, needles in care.places.get(visit.pk, ())
    ]
    words = "; ".join(places) if places else ("" if signed else _("The note is not signed yet."))
    return (
        f"{words} {visit.clinician.name}".strip()
        if not words or words.endswith(".")
        else f"{words}. {visit.clinician.name}"
    )


def _chart(care: CourseOfCare, today: date, shows: str) -> Chart | None:
    pain, needles = pain_layers(care.drawings), needle_layers(care.needled)
    if not pain and not needles:
        return None
    needled = bool(needles) and (shows == "needles" or not pain)
    other, words = ("?chart=pain", _("Show the pain")) if needled else ("?chart=needles", _("Show where needles went"))
    return Chart(
        shows=_("Where needles went") if needled else _("Pain then and now"),
        # Its own legend speaks of what is likely; here the table below says what was done.
        legend=not needled,
        layers=needles if needled else pain,
        names=names_on_chart(),
        person=person_on_chart(care.person, max(0, (today - care.person.birth_date).days * 4 // 1461)),
        other=other if pain and needles else "",
        other_words=words,
    )


def _events(care: CourseOfCare) -> tuple[EventRow, ...]:
    return tuple(
        EventRow(
            _event_title(one.kind),
            _grade(one.grade),
            {"serious": "stop", "significant": "weigh"}.get(one.grade, "adapt"),
            saying.day(one.on),
            saying.place(muscle(one.muscle), one.side) if one.muscle else "",
            one.text,
        )
        for one in care.events
    )


def _event_title(kind: str) -> str:
    return saying.title(known().treat.events, kind)


def _grade(grade: str) -> str:
    return known().treat.grades[Grade(grade)].title.lower()


def _reactions(care: CourseOfCare) -> tuple[tuple[str, str], ...]:
    """Each visit's expected reactions, newest first."""
    kinds = known().treat.reactions
    found = []
    for visit in care.visits:
        titles = dict.fromkeys(saying.title(kinds, one.kind) for one in care.reactions.get(visit.pk, ()))
        if titles:
            found.append((saying.day(visit.on), ", ".join(titles)))
    return tuple(found)


def _papers(care: CourseOfCare) -> tuple[Paper, ...]:
    """Notes, addenda, consents and check-ins, newest first."""
    papers: list[tuple[Any, Paper]] = []
    for visit in care.visits:
        note = getattr(visit, "note", None)
        if note is not None:
            words = _("Note of %(day)s") % {"day": saying.day(visit.on)}
            href = reverse("note", args=[note.pk])
            when = _("signed by %(who)s, %(when)s") % {"who": note.signed_name, "when": saying.moment(note.signed_at)}
            papers.append((note.signed_at, Paper(words, when, href, "lock")))
    for addendum in care.addenda:
        when = f"{addendum.by_name}, {saying.moment(addendum.at)}"
        papers.append((addendum.at, Paper(_("Addendum"), when, reverse("note", args=[addendum.note_id]), "plus")))
    for one in care.consents:
        words = _("Consent") if one.agreed else _("Consent refused")
        when = f"{one.name}, {saying.moment(one.signed_at)}"
        papers.append(
            (one.signed_at, Paper(words, when, reverse("visit-step", args=[one.visit_id, "consent"]), "check"))
        )
    for asked in care.check_ins:
        if asked.answered_at:
            words = _("Check-in after %(day)s") % {"day": saying.day(asked.visit.on)}
            href = reverse("check-in", args=[asked.pk])
            papers.append((asked.answered_at, Paper(words, saying.moment(asked.answered_at), href, "note")))
    return tuple(paper for _at, paper in sorted(papers, key=lambda one: one[0], reverse=True))


def document(one: Attachment) -> Paper:
    """A picture or document that was added."""
    size = f"{max(1, one.size // 1000):,} kB"
    return Paper(
        one.title,
        f"{one.get_kind_display()}, {size}, {one.by.name}, {saying.moment(one.at)}",
        reverse("attachment", args=[one.pk]),
        "paper" if one.kind == "document" else "camera",
    )


def _before(before: Sequence[Any] | dict[str, str]) -> str:
    values = before.values() if isinstance(before, dict) else before
    return ", ".join(str(one) for one in values if one)
