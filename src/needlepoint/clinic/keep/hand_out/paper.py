"""One person's whole record as it is read: ready words for paper."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from django.template.loader import render_to_string
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from needlepoint.clinic.keep.hand_out.gather import Record
from needlepoint.clinic.keep.hand_out.signed import picture_name
from needlepoint.clinic.pages.note.present import NoteShown, present_note
from needlepoint.clinic.records.models import CheckIn, PersonChange, Visit
from needlepoint.clinic.records.reading import writer_of
from needlepoint.clinic.records.seal import canonical


@dataclass(frozen=True, slots=True)
class Pair:
    """A word and what it is."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class VisitShown:
    """A visit: its signed note, or what has been written so far."""

    heading: str
    state: str
    note: NoteShown | None
    written: tuple[Pair, ...]
    consents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """The whole record, from top to bottom."""

    title: str
    made: str
    details: tuple[Pair, ...]
    earlier: tuple[str, ...]
    courses: tuple[str, ...]
    visits: tuple[VisitShown, ...]
    check_ins: tuple[str, ...]
    documents: tuple[str, ...]
    trail: tuple[tuple[str, str, str, str], ...]


def paper(record: Record, *, at: datetime) -> Paper:
    """The record in words."""
    person = record.person
    return Paper(
        title=f"{person.given} {person.family}",
        made=_("Handed out by %(organisation)s on %(when)s.")
        % {"organisation": record.organisation.name, "when": _when(at)},
        details=tuple(_details(record)),
        earlier=tuple(_earlier(record)),
        courses=tuple(
            f"{one.complaint or _('no complaint told')}: {_('from')} {_day(one.opened_on)}"
            + (f" {_('to')} {_day(one.closed_on)}" if one.closed_on else "")
            for one in record.courses
        ),
        visits=tuple(_visits(record)),
        check_ins=tuple(_check_in(one) for one in record.check_ins),
        documents=tuple(
            f"{one.title}, {one.get_kind_display()}, {_when(one.at)}: {picture_name(one)}" for one in record.attachments
        ),
        trail=tuple(
            (_when(one.at), one.who, one.action, _("changed") if one.changed else _("seen")) for one in record.trail
        ),
    )


def paper_pdf(record: Record, *, at: datetime) -> bytes:
    """The same as PDF, tagged for screen readers; nothing is fetched from anywhere."""
    from weasyprint import CSS, HTML

    from needlepoint.exchange.paper.templating import style_sheet

    page = render_to_string("keep/record.html", {"paper": paper(record, at=at)})
    sheets = [CSS(string=style_sheet()), CSS(string=render_to_string("keep/record.css"))]
    return cast("bytes", HTML(string=page, base_url=None).write_pdf(stylesheets=sheets, pdf_variant="pdf/ua-1"))


def _details(record: Record) -> Iterator[Pair]:
    person = record.person
    yield Pair(_("Given names"), person.given)
    yield Pair(_("Family name"), person.family)
    yield Pair(_("Date of birth"), _day(person.birth_date))
    for name, words in (
        (_("Sex"), person.get_sex_display()),
        (_("Number"), person.number),
        (_("Telephone"), person.phone),
        (_("E-mail"), person.email),
    ):
        if words:
            yield Pair(name, str(words))


def _earlier(record: Record) -> Iterator[str]:
    for change in PersonChange.objects.filter(person=record.person).select_related("by").order_by("at", "pk"):
        told = change.before if isinstance(change.before, dict) else {"": change.before}
        before = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in told.items() if value)
        yield f"{_('until')} {_when(change.at)} ({change.by.name}): {before}"


def _visits(record: Record) -> Iterator[VisitShown]:
    notes = {one.visit_id: one for one in record.notes}
    for visit in record.visits:
        note = notes.get(visit.pk)
        yield VisitShown(
            heading=f"{_day(visit.on)}, {visit.clinic.name}, {visit.clinician.name}",
            state=str(Visit.State(visit.state).label),
            note=present_note(note) if note is not None else None,
            written=() if note is not None else tuple(_written(record, visit)),
            consents=tuple(
                f"{one.name} {_('agreed') if one.agreed else _('did not agree')}, {_when(one.signed_at)}"
                for one in record.consents
                if one.visit_id == visit.pk
            ),
        )


def _written(record: Record, visit: Visit) -> Iterator[Pair]:
    """An open visit has no note yet: everything that was written, with its writer."""
    for entry in record.read[visit.pk].entries:
        body: dict[str, Any] = entry.body
        name = body["field"] if entry.kind == "wrote" else entry.kind
        value = body["value"] if entry.kind == "wrote" else body
        words = value if isinstance(value, str) else canonical(value)
        yield Pair(f"{_when(entry.at)}, {writer_of(entry)}, {str(name).replace('-', ' ')}", words[:2_000])


def _check_in(one: CheckIn) -> str:
    if one.answered_at is None:
        return f"{_day(one.due_on)}: {_('not answered')}"
    told = one.answers.items() if isinstance(one.answers, dict) else ()
    said = "; ".join(f"{str(key).replace('-', ' ')}: {value}" for key, value in sorted(told))
    return f"{_day(one.due_on)}: {said}"


def _when(at: datetime) -> str:
    return f"{localtime(at):%d %B %Y, %H:%M}"


def _day(on: date) -> str:
    return f"{on:%d %B %Y}"
