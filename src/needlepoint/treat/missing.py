"""What keeps a session open: everything that a careful clinician would not sign without."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from needlepoint.terms import Side
from needlepoint.treat.acts import Act, NeedleIn, NeedleOut
from needlepoint.treat.advice import advice_for
from needlepoint.treat.knowledge import TreatKnowledge
from needlepoint.treat.session import Event, Insertion, Session


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing: what (``id``), in words for the clinician, and which needle, place, event or act it is about."""

    id: str
    words: str
    needle: str | None = None
    muscle: str | None = None
    side: Side | None = None
    event: str | None = None
    act: str | None = None


def missing(session: Session, knowledge: TreatKnowledge, *, now: datetime) -> tuple[Missing, ...]:
    """What is missing before this session can be signed? Nothing: it is complete. The most pressing comes first."""
    return tuple(_all(session, knowledge, now))


def _all(session: Session, knowledge: TreatKnowledge, now: datetime) -> Iterator[Missing]:
    for needle in session.still_in:
        yield from _still_in(needle, knowledge, now)
    for event in session.events:
        yield from _event(event, knowledge)
    for needle in session.needles:
        yield from _needle(needle, session, knowledge)
    if session.needles:
        yield from _pain(session, knowledge)
        yield from _afterwards(session, knowledge)
    elif session.not_done is None:
        yield Missing("no-needle", "No needle went in. Needle, or say why nothing was done.")
    elif not session.not_done.strip():
        yield Missing("reason", "Say why nothing was done.")
    for reaction in session.reactions:
        if reaction.kind not in knowledge.reactions:
            yield Missing("reaction-kind", f"“{reaction.kind}” is no reaction that is known. Choose one.")
    yield from _times(session, knowledge, now)
    for odd in session.odd:
        yield Missing(
            "odd", f"Something does not fit: {odd.reason}. Take it back, or add what is missing.", act=odd.act.id
        )


def _still_in(needle: Insertion, knowledge: TreatKnowledge, now: datetime) -> Iterator[Missing]:
    minutes = (now - needle.in_at).total_seconds() / 60
    since = f"for {minutes:.0f} minutes" if minutes >= 0 else "and the clock stands before it went in"
    words = f"A needle is still in: {_where(needle.muscle, needle.side, knowledge)}, {since}. Take it out."
    yield Missing("still-in", words, needle.needle, needle.muscle, needle.side)


def _needle(needle: Insertion, session: Session, knowledge: TreatKnowledge) -> Iterator[Missing]:
    where = _where(needle.muscle, needle.side, knowledge)

    def lacks(id_: str, words: str) -> Missing:
        return Missing(id_, words, needle.needle, needle.muscle, needle.side)

    if needle.muscle not in knowledge.atlas.muscles:
        yield lacks("muscle", "A needle has no muscle. Say where it went in.")
    if needle.side is None:
        yield lacks("side", f"A needle has no side: {where}. Say left or right.")
    if needle.length_mm is None or needle.diameter_mm is None:
        yield lacks("size", f"A needle has no size: {where}. Say its length and thickness.")
    if needle.is_in:
        return
    if needle.intact is None:
        yield lacks("whole", f"Look at the needle from {where}: did it come out whole?")
    elif not needle.intact and not _told_as_broken(needle, session, knowledge):
        yield lacks("broken", f"A needle from {where} did not come out whole. Tell it as an event.")


def _told_as_broken(needle: Insertion, session: Session, knowledge: TreatKnowledge) -> bool:
    return any(
        event.needle == needle.needle and event.kind in knowledge.events and knowledge.events[event.kind].broken
        for event in session.events
    )


def _event(event: Event, knowledge: TreatKnowledge) -> Iterator[Missing]:
    def lacks(id_: str, words: str) -> Missing:
        return Missing(id_, words, event.needle, event.muscle, event.side, event.id)

    kind = knowledge.events.get(event.kind)
    if kind is None:
        yield lacks("event-kind", f"“{event.kind}” is no event that is known. Choose one.")
        return
    for step in kind.now:
        if step.must(event.grade) and step.id not in event.answered:
            yield lacks("step", f"{kind.title}: {step.words} Done, or why not?")
    if event.grade not in kind.grades:
        lowest = min(kind.grades, key=lambda one: one.rank)
        yield lacks("grade", f"{kind.title} is never {event.grade}. Grade it again: {lowest} at the least.")
    if kind.local and (event.muscle not in knowledge.atlas.muscles or event.side is None):
        yield lacks("event-place", f"{kind.title}: say at which muscle and on which side.")


def _pain(session: Session, knowledge: TreatKnowledge) -> Iterator[Missing]:
    """Asked as a whole, or at every place."""
    for when in ("before", "after"):
        if session.pain_asked(when):
            continue
        lacking = [one for one in session.sites if not session.pain_asked(when, one.muscle, one.side)]
        if len(lacking) == len(session.sites):
            yield Missing(f"pain-{when}", f"Ask how strong the pain is {when} needling, from 0 to 10.")
            continue
        for one in lacking:
            where = _where(one.muscle, one.side, knowledge)
            yield Missing(
                f"pain-{when}", f"Ask how strong the pain is {when} needling: {where}.", None, one.muscle, one.side
            )


def _afterwards(session: Session, knowledge: TreatKnowledge) -> Iterator[Missing]:
    if not session.reactions_answered:
        yield Missing("reactions", "Say which reactions there were, or that there were none.")
    for one in advice_for(session, knowledge):
        if one.id not in session.advised:
            yield Missing("advice", f"Tell: {one.title}.")


def _times(session: Session, knowledge: TreatKnowledge, now: datetime) -> Iterator[Missing]:
    """A needle that goes in or out at a time that has not come yet was timed by a clock that is wrong."""
    latest = now + timedelta(minutes=knowledge.bound("clock-tolerance"))
    for act in session.acts:
        needle = _needle_of(act)
        if needle is not None and act.at > latest:
            words = "A needle has a time that has not come yet. Look at the clock of the device, take it back and tell it again."
            yield Missing("time", words, needle, act=act.id)


def _needle_of(act: Act) -> str | None:
    return act.what.needle if isinstance(act.what, NeedleIn | NeedleOut) else None


def _where(muscle: str | None, side: Side | None, knowledge: TreatKnowledge) -> str:
    known = knowledge.atlas.muscles.get(muscle) if muscle else None
    name = known.title.lower() if known else "a place without a name"
    return f"{side} {name}" if side in (Side.LEFT, Side.RIGHT) else name
