"""The page of a day, as ready words."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.contrib.humanize.templatetags.humanize import ordinal
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from needlepoint.clinic.asking import known
from needlepoint.clinic.pages.people import saying
from needlepoint.clinic.pages.today.day import MOST_DRAFTS, Day, overdue
from needlepoint.clinic.pages.today.needles import StillIn
from needlepoint.clinic.records.models import CheckIn, Clinic, Visit
from needlepoint.treat import Retained


@dataclass(frozen=True, slots=True)
class Running:
    """A needle that is in, with a timer that a script lets run."""

    words: str
    since: str
    planned_minutes: str
    minutes: str
    late: bool


@dataclass(frozen=True, slots=True)
class Alarm:
    """Needles in one person, above the list."""

    words: str
    more: str
    href: str
    timer: Running


@dataclass(frozen=True, slots=True)
class Line:
    """One visit of the day."""

    id: str
    time: str
    name: str
    href: str
    about: str
    level: str
    complete: bool
    now: bool
    signed: bool
    draft: bool
    serious: bool
    needles: Running | None
    changed: tuple[str, ...]

    @property
    def late(self) -> bool:
        """Is a needle overdue?"""
        return self.needles is not None and self.needles.late


@dataclass(frozen=True, slots=True)
class ToDo:
    """Something left over: a draft, or a check-in."""

    href: str
    name: str
    about: str
    late: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that shows the day otherwise."""

    word: str
    href: str
    here: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """The part that renews itself. ``seen``: a hash of all of it but the running minutes."""

    alarms: tuple[Alarm, ...]
    lines: tuple[Line, ...]
    cancelled: str
    empty: str
    address: str
    seen: str


@dataclass(frozen=True, slots=True)
class DayPage:
    """The head of the page, what is left over, and the ways to other days."""

    title: str
    above: str
    below: str
    before: str
    after: str
    today: str
    clinics: tuple[Choice, ...]
    whose: tuple[Choice, ...]
    drafts: tuple[ToDo, ...]
    more_drafts: str
    check_ins: tuple[ToDo, ...]
    more_check_ins: str


def listed(
    day: Day, visits: Sequence[Visit], still: Sequence[StillIn], changes: Mapping[UUID, tuple[str, ...]]
) -> Listed:
    """The list of a day."""
    by_visit = {one.visit.pk: one for one in still}
    lines = tuple(
        _line(day, one, by_visit.get(one.pk), changes.get(one.pk, ()))
        for one in visits
        if one.state != Visit.State.CANCELLED
    )
    alarms = tuple(_alarm(day, one) for one in still)
    gone = sum(one.state == Visit.State.CANCELLED for one in visits)
    cancelled = ngettext("%(n)d visit was cancelled.", "%(n)d visits were cancelled.", gone) % {"n": gone}
    empty = _("You have no visits on this day.") if day.mine else _("Nobody comes on this day.")
    still_now = [(one.words, one.more, _but_minutes(one.timer)) for one in alarms]
    all_but_minutes = repr([(replace(one, needles=None), _but_minutes(one.needles)) for one in lines] + still_now)
    seen = hashlib.sha256(f"{all_but_minutes}{gone}".encode()).hexdigest()[:16]
    return Listed(alarms, lines, cancelled if gone else "", empty, day.address(), seen)


def day_page(
    day: Day, clinics: Sequence[Clinic], drafts: Sequence[Visit], check_ins: Sequence[CheckIn], may_treat: bool
) -> DayPage:
    """What stands around the list."""
    return DayPage(
        title=_("Today") if day.on == day.today else saying.day(day.on),
        above=_weekday(day),
        below=day.clinic.name,
        before=day.address(on=day.on - timedelta(days=1)),
        after=day.address(on=day.on + timedelta(days=1)),
        today="" if day.on == day.today else day.address(on=day.today),
        clinics=_clinics(day, clinics),
        whose=_whose(day) if may_treat else (),
        drafts=tuple(_draft(one, day.today) for one in drafts[:MOST_DRAFTS]),
        more_drafts=_more(drafts),
        check_ins=tuple(_check_in(one) for one in check_ins[:MOST_DRAFTS]),
        more_check_ins=_more(check_ins),
    )


def _weekday(day: Day) -> str:
    return date_format(day.on, "l, j F Y") if day.on == day.today else date_format(day.on, "l")


def _clinics(day: Day, clinics: Sequence[Clinic]) -> tuple[Choice, ...]:
    if len(clinics) < 2:
        return ()
    return tuple(Choice(one.name, day.address(clinic=one.pk), one.pk == day.clinic.pk) for one in clinics)


def _whose(day: Day) -> tuple[Choice, ...]:
    return (
        Choice(_("All visits"), day.address(mine=False), not day.mine),
        Choice(_("Only mine"), day.address(mine=True), day.mine),
    )


def _line(day: Day, visit: Visit, still: StillIn | None, changes: tuple[str, ...]) -> Line:
    opened = visit.state == Visit.State.OPEN
    return Line(
        id=str(visit.pk),
        time=saying.clock(visit.planned_at),
        name=str(visit.person),
        href=reverse("visit", args=[visit.pk]),
        about=_about(visit),
        level=visit.level,
        complete=visit.complete,
        now=opened and day.on == day.today,
        signed=visit.state == Visit.State.SIGNED,
        draft=opened,
        serious=visit.serious,
        needles=_needles(still) if still else None,
        changed=changes,
    )


def _about(visit: Visit) -> str:
    nth: int = getattr(visit, "nth", None) or 1
    parts = [
        saying.age(visit.person.birth_date, visit.on),
        visit.course.complaint.rstrip(" ."),
        _("%(nth)s visit") % {"nth": ordinal(nth)},
        visit.clinician.name,
    ]
    return ", ".join(one for one in parts if one)


def _needles(still: StillIn) -> Running:
    count = len(still.needles)
    return _running(still.first, ngettext("%(n)d needle in", "%(n)d needles in", count) % {"n": count}, still.late)


def _running(needle: Retained, words: str, late: bool) -> Running:
    return Running(words, needle.since.isoformat(), f"{needle.planned_minutes:g}", _minutes(needle), late)


def _minutes(needle: Retained) -> str:
    if needle.minutes is None:
        return _("the clock is wrong")
    whole, seconds = divmod(int(needle.minutes * 60), 60)
    # The script that lets the minutes run writes the same words.
    return f"{whole}:{seconds:02d}" + (" " + _("overdue") if needle.overdue else "")


def _alarm(day: Day, still: StillIn) -> Alarm:
    first, count = still.first, len(still.needles)
    muscle = known().treat.atlas.muscles.get(first.muscle or "")
    place = saying.place(muscle.title if muscle else first.muscle or _("place not told"), first.side or "")
    words = ngettext("A needle is in: %(who)s, %(place)s", "%(n)d needles are in: %(who)s, %(place)s", count)
    where = [] if still.visit.clinic_id == day.clinic.pk else [still.visit.clinic.name]
    when = [] if still.visit.on == day.today else [saying.day(still.visit.on)]
    return Alarm(
        words % {"n": count, "who": str(still.visit.person), "place": place},
        ", ".join(where + when),
        reverse("visit-step", args=[still.visit.pk, "treat"]),
        _running(first, "" if still.late else _("in since"), still.late),
    )


def _but_minutes(needles: Running | None) -> object:
    return None if needles is None else replace(needles, minutes="")


def _draft(visit: Visit, today: date) -> ToDo:
    about = [saying.short_day(visit.on), visit.course.complaint.rstrip(" ."), visit.clinician.name]
    return ToDo(
        reverse("visit-step", args=[visit.pk, "sign"]),
        str(visit.person),
        ", ".join(one for one in about if one),
        overdue(visit.on, today),
    )


def _check_in(check_in: CheckIn) -> ToDo:
    answered: datetime | None = check_in.answered_at
    about = _("answered %(when)s") % {"when": saying.moment(answered)} if answered else _("not answered")
    return ToDo(
        reverse("check-in", args=[check_in.pk]),
        str(check_in.person),
        _("visit of %(day)s, %(about)s") % {"day": saying.short_day(check_in.visit.on), "about": about},
        False,
    )


def _more(found: Sequence[object]) -> str:
    return _("There are more than these %(n)d.") % {"n": MOST_DRAFTS} if len(found) > MOST_DRAFTS else ""
