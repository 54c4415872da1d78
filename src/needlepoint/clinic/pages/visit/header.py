"""The head of the visit page: who, why they come, the clearance at a glance, and what changed."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from needlepoint.clinic.access.rights import Right, field_needs
from needlepoint.clinic.pages.people.saying import age, clock, day, short_day
from needlepoint.clinic.pages.visit.fields import title_of, words_of
from needlepoint.clinic.pages.visit.last_visit import changed_since
from needlepoint.clinic.pages.visit.opened import Opened
from needlepoint.clinic.records.models import Note, Visit
from needlepoint.journey.case import NOTE


@dataclass(frozen=True, slots=True)
class Header:
    """One line each, ready to be read."""

    above: str
    name: str
    about: str
    level: str
    complete: bool
    changed: tuple[str, ...]
    changed_title: str
    closed: str
    note: str


@dataclass(frozen=True, slots=True)
class Side:
    """One of the values of a conflict."""

    entry: str
    value: str
    who: str
    at: str
    device: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field in which people did not see each other's words."""

    field: str
    title: str
    sides: tuple[Side, ...]
    action: str
    may_settle: bool


def header(opened: Opened) -> Header:
    """The head of this page."""
    visit, person = opened.visit, opened.visit.person
    note = Note.objects.filter(visit=visit).only("id", "signed_name", "signed_at").first() if opened.signed else None
    about = [age(person.birth_date, visit.on), person.get_sex_display() if person.sex else "", visit.course.complaint]
    return Header(
        above=_("Visit of %(day)s, %(clinic)s") % {"day": day(visit.on), "clinic": visit.clinic.name},
        name=str(person),
        about=", ".join(one for one in about if one),
        level=opened.page["level"],
        complete=opened.page["complete"],
        changed=changed_since(opened.read.written, opened.last) if not opened.signed else (),
        changed_title=_("Since %(day)s") % {"day": opened.last.day} if opened.last else "",
        closed=_closed(visit, note),
        note=str(note.pk) if note else "",
    )


def _closed(visit: Visit, note: Note | None) -> str:
    if visit.state == Visit.State.CANCELLED:
        return _("This visit was cancelled. It can be read, not written.")
    if note is not None:
        return _("Signed by %(name)s on %(day)s. Everything here can be read and nothing changed; a later word is an addendum to the note.") % {
            "name": note.signed_name, "day": short_day(note.signed_at),
        }  # fmt: skip
    return ""


def conflicts(opened: Opened) -> tuple[Conflict, ...]:
    """What two people wrote without seeing each other, side by side."""
    return tuple(
        Conflict(
            field=name,
            title=title_of(name),
            sides=tuple(
                Side(one.entries[0], words_of(name, one.value), one.by, clock(one.at), one.device) for one in standing
            ),
            action=opened.step_address(),
            may_settle=opened.may_treat if field_needs(name) is Right.TREAT else opened.may_write,
        )
        for name, standing in opened.read.written.conflicts.items()
        if not name.startswith(f"{NOTE}.") or opened.step == "sign"
    )


def errors(opened: Opened) -> tuple[str, ...]:
    """Why what was written cannot be used together, without the name that the case has for us."""
    return tuple(line.removeprefix("visit: ") for line in opened.page["error"])


def open_words(number: int) -> str:
    """How many questions are open."""
    return ngettext("%(n)d question open", "%(n)d questions open", number) % {"n": number}
