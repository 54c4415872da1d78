"""The page of the lead, as ready words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from needlepoint.clinic.asking import known
from needlepoint.clinic.pages.lead.counts import Counts, Done
from needlepoint.clinic.pages.lead.period import Period, a_year_before, last_day, month
from needlepoint.clinic.pages.lead.rates import FEWEST, RateWords, asked_rate, in_words, scale_of
from needlepoint.clinic.pages.people import saying
from needlepoint.clinic.pages.people.on_the_body import muscle
from needlepoint.clinic.records.models import AdverseEvent, Clinic, Visit
from needlepoint.treat import Grade


@dataclass(frozen=True, slots=True)
class Statistic:
    """One number at the top."""

    name: str
    number: str
    of: str
    href: str


@dataclass(frozen=True, slots=True)
class RateRow:
    """One line of a table: a grade, a muscle or a clinician, with the rate per insertion, and per session where it has one."""

    name: str
    more: str
    per_insertion: RateWords
    per_session: RateWords | None


@dataclass(frozen=True, slots=True)
class Listed:
    """An event or an overdue note."""

    title: str
    about: str
    href: str
    level: str


@dataclass(frozen=True, slots=True)
class Preset:
    """A period that is often asked for."""

    word: str
    href: str
    here: bool


@dataclass(frozen=True, slots=True)
class LeadPage:
    """All of it."""

    period: str
    first: str
    last: str
    presets: tuple[Preset, ...]
    clinics: tuple[tuple[str, str, bool], ...]
    statistics: tuple[Statistic, ...]
    few: str
    grades: tuple[RateRow, ...]
    muscles: tuple[RateRow, ...]
    no_muscle: str
    clinicians: tuple[RateRow, ...]
    overdue: tuple[Listed, ...]
    more_overdue: str
    events: tuple[Listed, ...]
    events_href: str


def lead_page(
    period: Period,
    today: date,
    clinics: Sequence[Clinic],
    counts: Counts,
    clinicians: Mapping[UUID, str],
    overdue: tuple[Sequence[Visit], int],
    events: Sequence[AdverseEvent],
    names: bool,
) -> LeadPage:
    """The page. ``names``: whether the reader may see whose record it is."""
    notes, how_many = overdue
    return LeadPage(
        period=period_words(period),
        first=month(period.first),
        last=month(period.last),
        presets=_presets(period, today),
        clinics=tuple((str(one.pk), one.name, one == period.clinic) for one in clinics),
        statistics=_statistics(period, counts, how_many),
        few=_(
            "Below %(n)d insertions or sessions no rate is told: too few to say. Intervals are exact 95 %% intervals."
        )
        % {"n": FEWEST},
        grades=_grades(counts),
        muscles=_muscles(counts),
        no_muscle=_no_muscle(counts),
        clinicians=_clinicians(counts, clinicians),
        overdue=tuple(_overdue(one, names) for one in notes),
        more_overdue=_("%(n)s in all.") % {"n": f"{how_many:,}"} if how_many > len(notes) else "",
        events=tuple(event_line(one, names) for one in events),
        events_href=f"{reverse('lead-events')}?{period.query}",
    )


def period_words(period: Period) -> str:
    """The months of a period, as `December 2025 to November 2026`."""
    first, last = date_format(period.first, "F Y"), date_format(period.last, "F Y")
    return first if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}


def _presets(period: Period, today: date) -> tuple[Preset, ...]:
    firsts = (
        (_("Last 12 months"), a_year_before(today)),
        (_("This year"), date(today.year, 1, 1)),
        (_("This month"), today.replace(day=1)),
    )
    last = last_day(today)
    return tuple(
        Preset(word, f"?{Period(first, last, period.clinic).query}", (first, last) == (period.first, period.last))
        for word, first in firsts
    )


def _statistics(period: Period, counts: Counts, overdue: int) -> tuple[Statistic, ...]:
    each = counts.insertions / counts.sessions if counts.sessions else 0
    serious = counts.events_by_grade.get("serious", 0)
    events = reverse("lead-events")
    return (
        Statistic(_("Sessions"), f"{counts.sessions:,}", _("with at least one needle"), ""),
        Statistic(
            _("Insertions"),
            f"{counts.insertions:,}",
            _("%(n)s a session") % {"n": f"{each:.1f}"} if counts.sessions else "",
            "",
        ),
        Statistic(
            _("Adverse events"),
            f"{counts.events:,}",
            _("among %(n)s insertions; %(serious)s serious")
            % {"n": f"{counts.insertions:,}", "serious": f"{serious:,}"},
            f"{events}?{period.query}",
        ),
        Statistic(
            _("Overdue notes"),
            f"{overdue:,}",
            _("not signed by the day after the visit"),
            "#overdue" if overdue else "",
        ),
    )


def _grades(counts: Counts) -> tuple[RateRow, ...]:
    """All events, and those of each grade, the worst first."""
    titles = known().treat.grades
    rows = [(_("All"), "", counts.events)]
    rows += [
        (titles[one].title, titles[one].words, counts.events_by_grade.get(one, 0)) for one in reversed(tuple(Grade))
    ]
    whole = Done(counts.sessions, counts.insertions)
    return _rows([(name, more, n, whole) for name, more, n in rows])


def _clinicians(counts: Counts, names: Mapping[UUID, str]) -> tuple[RateRow, ...]:
    who = sorted(counts.by_clinician, key=lambda one: (names.get(one, ""), str(one)))
    return _rows(
        [(names.get(one, ""), "", counts.events_by_clinician.get(one, 0), counts.by_clinician[one]) for one in who]
    )


def _rows(rows: Sequence[tuple[str, str, int, Done]]) -> tuple[RateRow, ...]:
    needles = [asked_rate(n, done.insertions, "insertions") for _name, _more, n, done in rows]
    sessions = [asked_rate(n, done.sessions, "sessions") for _name, _more, n, done in rows]
    ends = scale_of(needles), scale_of(sessions)
    return tuple(
        RateRow(
            name,
            more,
            in_words(n, done.insertions, "insertions", per_insertion, ends[0]),
            in_words(n, done.sessions, "sessions", per_session, ends[1]),
        )
        for (name, more, n, done), per_insertion, per_session in zip(rows, needles, sessions, strict=True)
    )


def _muscles(counts: Counts) -> tuple[RateRow, ...]:
    """Each muscle that was needled, the one with most insertions first; and any with an event but no insertion in this period."""
    ids = sorted(
        {*counts.by_muscle, *(one for one in counts.events_by_muscle if one)},
        key=lambda one: (-counts.by_muscle.get(one, 0), one),
    )
    told = [(one, counts.events_by_muscle.get(one, 0), counts.by_muscle.get(one, 0)) for one in ids]
    rates = [asked_rate(events, among, "insertions") for _one, events, among in told]
    end = scale_of(rates)
    return tuple(
        RateRow(muscle(one), "", in_words(events, among, "insertions", found, end), None)
        for (one, events, among), found in zip(told, rates, strict=True)
    )


def _no_muscle(counts: Counts) -> str:
    n = counts.events_by_muscle.get("", 0)
    words = ngettext(
        "Of %(n)d event no muscle is told; it is in the tables above and below, not in this one.",
        "Of %(n)d events no muscle is told; they are in the tables above and below, not in this one.",
        n,
    )
    return words % {"n": n} if n else ""


def _overdue(visit: Visit, names: bool) -> Listed:
    who = str(visit.person) if names else _("Visit of %(day)s") % {"day": saying.short_day(visit.on)}
    href = reverse("visit-step", args=[visit.pk, "sign"]) if names else ""
    return Listed(who, f"{saying.short_day(visit.on)}, {visit.clinician.name}, {visit.clinic.name}", href, "")


def event_line(event: AdverseEvent, names: bool) -> Listed:
    """An event in a list."""
    found = known().treat.events.get(event.kind)
    about = [
        saying.short_day(event.on),
        known().treat.grades[Grade(event.grade)].title.lower(),
        saying.place(muscle(event.muscle), event.side) if event.muscle else "",
        event.clinician.name,
        str(event.person) if names else "",
    ]
    return Listed(
        found.title if found else event.kind,
        ", ".join(one for one in about if one),
        reverse("lead-event", args=[event.pk]),
        level_of(event.grade),
    )


def level_of(grade: str) -> str:
    """The colour in which a grade is shown."""
    return {"serious": "stop", "significant": "weigh"}.get(grade, "adapt")
