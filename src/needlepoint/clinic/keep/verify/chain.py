"""Walking the chain of seals of one organisation, and looking at every record that a seal names."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from needlepoint.clinic.keep.sealed import SEALED
from needlepoint.clinic.keep.verify.compare import same
from needlepoint.clinic.keep.verify.content import content_hash
from needlepoint.clinic.keep.verify.finding import Deleted, Finding
from needlepoint.clinic.keep.verify.note_rows import look_at_notes, visit_of
from needlepoint.clinic.keep.verify.reading import in_pieces, read
from needlepoint.clinic.records.models import Deletion, Note, Organisation, Seal
from needlepoint.clinic.records.seal import NOTHING_BEFORE, seal_hash

Tell = Callable[[Finding | Deleted], None]


@dataclass(slots=True)
class Walk:
    """How far the chain has been followed."""

    organisation: Organisation
    using: str
    tell: Tell
    against: str = ""
    number: int = 0
    #: What the next seal may name as the one before: what the last one says it is, and what it must be.
    before: frozenset[str] = frozenset({NOTHING_BEFORE})
    head: str = ""
    seen: str = ""
    lawful: Mapping[int, Deletion] = field(default_factory=dict)


def walk(walk: Walk, step: Callable[[int], None]) -> None:
    """Follow the chain from its first seal to its last."""
    walk.lawful = _lawfully_deleted(walk)
    seals = Seal.everywhere.using(walk.using).filter(organisation=walk.organisation)
    for some, spoiled in in_pieces(seals):
        for one in spoiled:
            walk.tell(Finding("seal", one, "cannot be read: one of its columns was changed"))
        _look_at_records(walk, [(one, _follow(walk, one)) for one in some])
        step(len(some) + len(spoiled))


def _lawfully_deleted(walk: Walk) -> dict[int, Deletion]:
    """Which seals name what was deleted lawfully. The deletion itself is sealed and looked at in its turn."""
    found, _spoiled = read(Deletion.everywhere.using(walk.using).filter(organisation=walk.organisation))
    return {number: one for one in found for number in _numbers(one)}


def _numbers(deletion: Deletion) -> list[int]:
    told = deletion.counts.get("seals") if isinstance(deletion.counts, dict) else None
    return [one for one in told if isinstance(one, int)] if isinstance(told, list) else []


def _hash_of(seal: Seal, *, number: int | None = None, content: str | None = None) -> str:
    return seal_hash(
        seal.organisation_id,
        seal.number if number is None else number,
        seal.kind,
        seal.subject,
        seal.at,
        seal.content_sha256 if content is None else content,
        seal.previous_sha256,
    )


def _follow(walk: Walk, seal: Seal) -> bool:
    """Does this seal follow the one before, and is it as it was made? Answers whether it is."""
    of, whole = f"of {seal.kind} {seal.subject}", True
    hashed, expected = _hash_of(seal), walk.number + 1
    if seal.number != expected:
        if hashed == seal.sha256 and seal.number > expected:
            gap = f"{expected}" if seal.number == expected + 1 else f"{expected} to {seal.number - 1}"
            walk.tell(Finding("seal", gap, f"is missing before seal {seal.number} {of}"))
            expected = seal.number
        else:
            walk.tell(Finding("seal", str(seal.number), f"{of}: stands where seal {expected} should"))
            whole = False
            expected = expected if _hash_of(seal, number=expected) == seal.sha256 else max(expected, seal.number)
    if hashed != seal.sha256:
        if whole:
            walk.tell(Finding("seal", str(seal.number), f"{of}: was changed after it was made"))
        whole = False
    elif seal.previous_sha256 not in walk.before:
        walk.tell(Finding("seal", str(seal.number), f"{of}: does not follow the seal before it"))
        whole = False
    walk.number, walk.before, walk.head = expected, frozenset({seal.sha256, hashed}), seal.sha256
    if whole and walk.against and seal.sha256 == walk.against:
        walk.seen = f"seal {seal.number} of {walk.organisation.name}, made on {seal.at:%Y-%m-%d}"
    return whole


def _look_at_records(walk: Walk, seals: list[tuple[Seal, bool]]) -> None:
    by_kind: dict[str, dict[UUID, tuple[Seal, bool]]] = {}
    for seal, whole in seals:
        by_kind.setdefault(seal.kind, {})[seal.subject] = (seal, whole)
    for kind, here in by_kind.items():
        if kind not in SEALED:
            for seal, whole in here.values():
                if whole:
                    walk.tell(Finding("seal", str(seal.number), f"seals something unknown: {kind} {seal.subject}"))
            continue
        found, spoiled = read(SEALED[kind].model.everywhere.using(walk.using).filter(pk__in=list(here)))
        for key in spoiled:
            walk.tell(Finding(kind, key, "cannot be read: one of its columns was changed after it was sealed"))
        records = {one.pk: one for one in found}
        sound = []
        for subject, (seal, whole) in here.items():
            record = records.get(subject)
            if record is None:
                if str(subject) not in spoiled and whole:
                    _missing(walk, kind, seal)
            elif _look_at(walk, kind, seal, record, whole=whole):
                sound.append((record, seal))
        if kind == "note":
            look_at_notes(walk.using, sound, walk.tell)


def _missing(walk: Walk, kind: str, seal: Seal) -> None:
    lawful = walk.lawful.get(seal.number)
    if lawful is None:
        told = f"is missing: it was sealed with number {seal.number} on {seal.at:%Y-%m-%d} and is gone without a lawful reason"
        walk.tell(Finding(kind, str(seal.subject), told))
    else:
        walk.tell(Deleted(seal.number, kind, str(seal.subject), lawful.reason, lawful.at.date()))


def _look_at(walk: Walk, kind: str, seal: Seal, record: Any, *, whole: bool) -> bool:
    """Is this record as it was sealed? A note's rows are looked at only when its text is sound."""
    wrong = []
    hashed = content_hash(kind, record)
    if hashed != seal.content_sha256 and not (not whole and _hash_of(seal, content=hashed) == seal.sha256):
        wrong.append("what it says was changed after it was sealed")
    if record.organisation_id != seal.organisation_id:
        wrong.append("it was moved to another organisation")
    if hasattr(record, "seal_id") and record.seal_id != seal.pk:
        wrong.append("it names another seal than its own")
    if not wrong:
        wrong += _around(kind, seal, record)
    if seal.number in walk.lawful:
        wrong.append("it was lawfully deleted, and is there again")
    visit, on = visit_of(walk.using, kind, record)
    for one in wrong:
        walk.tell(Finding(kind, str(record.pk), one, visit, on))
    return not wrong


def _around(kind: str, seal: Seal, record: Any) -> list[str]:
    """Columns that are not in the sealed text itself, but are told by the seal or by the note."""
    wrong = []
    at = getattr(record, SEALED[kind].at)
    if not same(at, seal.at):
        wrong.append("its time was changed after it was sealed")
    if kind == "addendum":
        note = Note.everywhere.using(seal._state.db or "default").filter(pk=record.note_id).only("person").first()
        if note is not None and note.person_id != record.person_id:
            wrong.append("its `person` is not that of the note")
    return wrong
