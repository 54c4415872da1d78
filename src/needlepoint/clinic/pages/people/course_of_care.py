"""Everything of one person over time, read with a number of queries that does not depend on how long somebody comes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Sum

from needlepoint.clinic.records.keeping import WROTE, read_wrote
from needlepoint.clinic.records.models import (
    Addendum,
    AdverseEvent,
    Attachment,
    CheckIn,
    Consent,
    Entry,
    Insertion,
    Person,
    PersonChange,
    Reaction,
    Session,
    Visit,
)
from needlepoint.journey import Wrote, written

#: The latest visits that are shown at once; a course rarely has twenty.
MOST_VISITS = 100
#: Drawings on the chart: the first, and the latest before now.
MOST_DRAWINGS = 8


@dataclass(frozen=True, slots=True)
class Drawing:
    """What somebody painted at one visit."""

    visit: Visit
    painting: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Needled:
    """What was needled in one muscle of one side, over all signed sessions."""

    muscle: str
    side: str
    needles: int
    twitches: int
    sessions: int
    last_on: Any


@dataclass(frozen=True, slots=True)
class CourseOfCare:
    """All of it. Visits are newest first, at most ``MOST_VISITS`` of them; ``more`` says that there are older ones."""

    person: Person
    visits: Sequence[Visit]
    more: bool
    sessions: dict[UUID, Session]
    places: dict[UUID, list[tuple[str, str, int]]]
    needled: tuple[Needled, ...]
    reactions: dict[UUID, list[Reaction]]
    events: Sequence[AdverseEvent]
    consents: Sequence[Consent]
    addenda: Sequence[Addendum]
    check_ins: Sequence[CheckIn]
    documents: Sequence[Attachment]
    changes: Sequence[PersonChange]
    drawings: tuple[Drawing, ...]


def course_of_care(person: Person) -> CourseOfCare:
    """Read it."""
    visits = list(
        Visit.objects.filter(person=person)
        .select_related("course", "clinician", "clinic", "note")
        .defer("note__body")
        .order_by("-on", "-planned_at", "pk")[: MOST_VISITS + 1]
    )
    more, visits = len(visits) > MOST_VISITS, visits[:MOST_VISITS]
    sessions = {one.visit_id: one for one in Session.objects.filter(person=person).order_by("-on")[:MOST_VISITS]}
    by_session = {one.pk: one.visit_id for one in sessions.values()}
    reactions: dict[UUID, list[Reaction]] = {}
    for reaction in Reaction.objects.filter(session__in=by_session).order_by("pk"):
        reactions.setdefault(by_session[reaction.session_id], []).append(reaction)
    return CourseOfCare(
        person=person,
        visits=visits,
        more=more,
        sessions=sessions,
        places=_places(by_session),
        needled=_needled(person),
        reactions=reactions,
        events=list(AdverseEvent.objects.filter(person=person).order_by("-on", "-reported_at")[:MOST_VISITS]),
        consents=list(
            Consent.objects.filter(person=person).select_related("visit").order_by("-signed_at")[:MOST_VISITS]
        ),
        addenda=list(Addendum.objects.filter(person=person).order_by("-at")[:MOST_VISITS]),
        check_ins=list(CheckIn.objects.filter(person=person).select_related("visit").order_by("-due_on")[:MOST_VISITS]),
        documents=list(Attachment.objects.filter(person=person).select_related("by").order_by("-at")[:MOST_VISITS]),
        changes=list(PersonChange.objects.filter(person=person).select_related("by").order_by("-at")[:MOST_VISITS]),
        drawings=_drawings(person, visits),
    )


def _places(by_session: dict[UUID, UUID]) -> dict[UUID, list[tuple[str, str, int]]]:
    """For each visit the muscles that were needled, with the number of needles."""
    rows = (
        Insertion.objects.filter(session__in=by_session)
        .values("session", "muscle", "side")
        .annotate(needles=Count("*"))
        .order_by("session", "muscle", "side")
    )
    places: dict[UUID, list[tuple[str, str, int]]] = {}
    for row in rows:
        places.setdefault(by_session[row["session"]], []).append((row["muscle"], row["side"], row["needles"]))
    return places


def _needled(person: Person) -> tuple[Needled, ...]:
    rows = (
        Insertion.objects.filter(person=person)
        .values("muscle", "side")
        .annotate(
            needles=Count("*"), twitched=Sum("twitches"), sessions=Count("session", distinct=True), last=Max("on")
        )
        .order_by("-needles", "muscle", "side")
    )
    return tuple(
        Needled(one["muscle"], one["side"], one["needles"], one["twitched"] or 0, one["sessions"], one["last"])
        for one in rows
    )


def _drawings(person: Person, visits: Sequence[Visit]) -> tuple[Drawing, ...]:
    """The drawing of each visit that has one, oldest first. Where two people drew and nobody chose, neither counts: that is not known."""
    wrote: dict[UUID, list[Wrote]] = {}
    entries = Entry.objects.filter(person=person, kind=WROTE, body__field="painting").order_by("number")
    for visit, id_, at, body in entries.values_list("visit_id", "id", "at", "body"):
        wrote.setdefault(visit, []).append(read_wrote({"id": str(id_), "at": at, "body": body}))
    found = [
        Drawing(one, painting)
        for one in reversed(visits)
        if one.state != Visit.State.CANCELLED
        and isinstance(painting := written(wrote.get(one.pk, ())).value("painting"), dict)
    ]
    return tuple(found[:1] + found[1:][-(MOST_DRAWINGS - 1) :])
