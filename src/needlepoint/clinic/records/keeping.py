"""Keeping entries: each once, whoever sends it and however often; and nothing after the note is signed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from needlepoint.clinic.access.rights import Right, field_needs, has
from needlepoint.clinic.records.holdable import check_holdable, whole
from needlepoint.clinic.records.models import Entry, Member, PrivateLink, Visit
from needlepoint.clinic.records.room import no_room, room_of
from needlepoint.clinic.records.seal import canonical
from needlepoint.exchange.told import InputError
from needlepoint.exchange.treating import KINDS, read_act
from needlepoint.journey import Wrote
from needlepoint.journey.case import is_field

#: What a device may send at once.
MOST_AT_ONCE = 500
#: A device whose clock runs ahead by more than this would put its entries after everything that follows.
MOST_AHEAD = timedelta(hours=26)
WROTE = "wrote"


class VisitIsSigned(Exception):
    """The note of this visit is signed: nothing more is written into it."""


class VisitIsCancelled(Exception):
    """The visit was cancelled."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes: a member, or the patient by a private link."""

    member: Member | None = None
    link: PrivateLink | None = None
    device: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """An entry that was not kept, and why. ``full``: nothing is wrong with it, but by this link no more is taken."""

    id: str
    why: str
    full: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of the entries that were sent. ``head`` is the number of the visit's last entry."""

    kept: tuple[str, ...]
    refused: tuple[Refused, ...]
    head: int


def keep(visit: UUID, writer: Writer, entries: Sequence[Any]) -> Kept:
    """Keep these entries of a visit. Sending one again is answered as kept and changes nothing. Raises VisitIsSigned, VisitIsCancelled."""
    checked: list[tuple[UUID, str, datetime, Mapping[str, Any]]] = []
    refused: list[Refused] = []
    for entry in entries[:MOST_AT_ONCE]:
        try:
            checked.append(_checked(entry, writer))
        except InputError as error:
            refused.append(Refused(id_told(entry), whole(" ".join(error.lines))))
    refused += [Refused(id_told(one), _("too many at once: send it again")) for one in entries[MOST_AT_ONCE:]]
    with transaction.atomic():
        # Whoever writes into this visit, or signs it, waits for the other here.
        held = Visit.objects.select_for_update().get(pk=visit)
        if held.state == Visit.State.CANCELLED:
            raise VisitIsCancelled
        there = {one.id: one for one in Entry.objects.filter(id__in=[id_ for id_, *_rest in checked])}
        if held.state == Visit.State.SIGNED and any(id_ not in there for id_, *_rest in checked):
            raise VisitIsSigned
        kept: list[str] = []
        new: dict[UUID, Entry] = {}
        room = room_of(writer.link) if writer.link is not None else None
        for id_, kind, at, body in checked:
            known = there.get(id_) or new.get(id_)
            if known is None:
                if room is not None and not room.take(body):
                    refused.append(Refused(str(id_), no_room(), full=True))
                    continue
                new[id_] = Entry(
                    id=id_, organisation_id=held.organisation_id, person_id=held.person_id, visit=held, kind=kind, at=at,
                    body=body, by=writer.member, link=writer.link, device=writer.device,
                )  # fmt: skip
            elif (known.visit_id, known.kind, canonical(known.body)) != (held.pk, kind, canonical(body)):
                refused.append(Refused(str(id_), _taken()))
                continue
            kept.append(str(id_))
        for id_, why in _write(new).items():
            refused.append(Refused(str(id_), why))
            kept = [one for one in kept if one != str(id_)]
            del new[id_]
        there |= new
        told = any(one.kind == WROTE and not one.body["field"].startswith("note.") for one in new.values())
        head = max((one.number for one in there.values() if one.visit_id == held.pk), default=0)
        if head > held.head:
            _look(held, head, told)
        return Kept(tuple(kept), tuple(refused), max(head, held.head))


def id_told(entry: Any) -> str:
    """The id by which a device will know again what was refused."""
    told = entry.get("id") if isinstance(entry, Mapping) else None
    return whole(told[:100]) if isinstance(told, str) else ""


def _taken() -> str:
    return _("another entry has this id already: make a new one")


def cannot_be_held() -> str:
    """Why an entry was refused that nothing is known to be wrong with but that the database will not take."""
    return _("the record cannot hold this: write it anew in other words")


def _write(new: Mapping[UUID, Entry]) -> Mapping[UUID, str]:
    """Write these entries, and say why those cannot be written that the database refuses, so that they do not hold up the others.

    An id may be taken where we may not look, in another organisation; and a database may be stricter than we know.
    """
    try:
        with transaction.atomic():
            Entry.objects.bulk_create(new.values())
        return {}
    except (IntegrityError, DataError):
        refused = {}
        for id_, entry in new.items():
            try:
                with transaction.atomic():
                    entry.pk = None
                    entry.save(force_insert=True)
            except IntegrityError:
                refused[id_] = _taken()
            except DataError:
                refused[id_] = cannot_be_held()
        return refused


def _look(visit: Visit, head: int, told: bool) -> None:
    """Keep at hand what the list of today shows: needles in, something serious, open. ``told``: the clearance known so far no longer holds."""
    from needlepoint.clinic.records.reading import acts_of
    from needlepoint.treat import session_of

    session = session_of(acts_of(visit))
    Visit.objects.filter(pk=visit.pk).update(
        head=head,
        state=Visit.State.OPEN if visit.state == Visit.State.PLANNED else visit.state,
        needles_in=len(session.still_in),
        serious=any(one.grade == "serious" for one in session.events),
        **({"level": "", "complete": False} if told else {}),
    )


def _checked(entry: Any, writer: Writer) -> tuple[UUID, str, datetime, Mapping[str, Any]]:
    """An entry that can be kept. Raises InputError, which names the key and how to mend it."""
    if not isinstance(entry, Mapping):
        raise InputError("an entry is an object with `id`, `kind`, `at` and `body`")
    # First of all: what is nested without end cannot even be told in words.
    check_holdable("entry", {key: entry.get(key) for key in ("id", "kind", "at")})
    check_holdable("body", entry.get("body"))
    try:
        id_ = UUID(str(entry.get("id")))
    except ValueError:
        raise InputError("id: a UUID, made on the device") from None
    at = _time(entry.get("at"))
    kind, body = str(entry.get("kind")), entry.get("body")
    if not isinstance(body, Mapping):
        raise InputError("body: an object")
    if kind == WROTE:
        _check_wrote(read_wrote({"id": str(id_), "at": at, "body": body}), body, writer)
    elif kind in KINDS and has(writer.member, Right.TREAT):
        read_act({"id": str(id_), "kind": kind, "at": at.isoformat(), "body": body})
    elif kind in KINDS:
        raise InputError(_("kind: only who treats records what was done"))
    else:
        raise InputError(f"kind: `{WROTE}`, or one of {', '.join(sorted(KINDS))}")
    return id_, kind, at, dict(body)


def _check_wrote(wrote: Wrote, body: Mapping[str, Any], writer: Writer) -> None:
    """Stricter than reading, which also meets what earlier releases kept: nothing is kept that nobody would ever look at."""
    needs = field_needs(wrote.field)
    if not (has(writer.member, needs) if writer.member is not None else needs is Right.WRITE):
        raise InputError(_("body.field: only who treats writes into this field"))
    if more := sorted(body.keys() - {"field", "value", "seen"}):
        raise InputError(f"body: only `field`, `value` and `seen`; take out `{more[0][:40]}`")
    for one in wrote.seen:
        try:
            UUID(one)
        except ValueError:
            raise InputError("body.seen: the ids of entries, which are UUIDs") from None


def _time(told: Any) -> datetime:
    try:
        at = datetime.fromisoformat(str(told))
    except ValueError:
        raise InputError("at: a time such as 2026-03-02T09:30:00+00:00") from None
    if at.tzinfo is None:
        raise InputError("at: a time with its zone, such as 2026-03-02T09:30:00+00:00")
    try:
        at = at.astimezone(UTC)
    except OverflowError:
        raise InputError("at: a time in our own age") from None
    if at > datetime.now(UTC) + MOST_AHEAD:
        raise InputError("at: lies in the future; set the clock of the device and write it again")
    if at.year < 2000:
        raise InputError("at: lies before this software; set the clock of the device and write it again")
    return at


def read_wrote(entry: Mapping[str, Any], by: str = "", device: str = "") -> Wrote:
    """An entry of kind ``wrote`` as a value of the core. Raises InputError."""
    body = entry["body"]
    name = body.get("field")
    if not isinstance(name, str) or not is_field(name) or len(name) > 200:
        raise InputError("body.field: a key of a case, such as `complaint` or `answers.pregnant`")
    if "value" not in body:
        raise InputError("body.value: is missing; null takes the field back")
    seen = body.get("seen")
    known = [] if seen is None else [seen] if isinstance(seen, str) else seen
    if not isinstance(known, list) or not all(isinstance(one, str) for one in known):
        raise InputError("body.seen: the id of the entry that the writer saw, a list of ids, or null")
    return Wrote(str(entry["id"]), entry["at"], name, body["value"], frozenset(known), by, device)
