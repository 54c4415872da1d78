"""Reading a visit: its entries as values of the core."""

from dataclasses import dataclass

from needlepoint.clinic.records.keeping import WROTE, read_wrote
from needlepoint.clinic.records.models import Entry, Visit
from needlepoint.exchange.treating import read_act
from needlepoint.journey import Written, Wrote, written
from needlepoint.journey.case import NOTE
from needlepoint.treat import Act, Session, session_of


@dataclass(frozen=True, slots=True)
class VisitRead:
    """All of a visit's entries, and what they add up to. ``case_head``: the last entry that tells something to a step before ``treat``."""

    entries: tuple[Entry, ...]
    written: Written
    session: Session
    head: int
    case_head: int


def read_visit(visit: Visit) -> VisitRead:
    """What does this visit hold?"""
    entries = tuple(Entry.objects.filter(visit=visit).select_related("by").order_by("number"))
    wrote = [_wrote(one) for one in entries if one.kind == WROTE]
    case_head = max(
        (one.number for one in entries if one.kind == WROTE and not one.body["field"].startswith(f"{NOTE}.")), default=0
    )
    acts = [act_of(one) for one in entries if one.kind != WROTE]
    return VisitRead(entries, written(wrote), session_of(acts), entries[-1].number if entries else 0, case_head)


def acts_of(visit: Visit) -> list[Act]:
    """What was done, as the core has it."""
    return [act_of(one) for one in Entry.objects.filter(visit=visit).exclude(kind=WROTE).order_by("number")]


def act_of(entry: Entry) -> Act:
    """One entry as an act."""
    return read_act({"id": str(entry.id), "kind": entry.kind, "at": entry.at.isoformat(), "body": entry.body})


def writer_of(entry: Entry) -> str:
    """Who wrote it, in words."""
    return entry.by.name if entry.by is not None else "the patient"


def _wrote(entry: Entry) -> Wrote:
    return read_wrote({"id": str(entry.id), "at": entry.at, "body": entry.body}, writer_of(entry), entry.device)
