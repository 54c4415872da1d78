"""From acts to a session, whatever the order in which they arrive and however often each does."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from needlepoint.terms import Side
from needlepoint.treat.acts import (
    Act,
    Advised,
    Happened,
    NeedleIn,
    NeedleOut,
    NoReaction,
    NotDone,
    PainTold,
    Positioned,
    Prepared,
    Reacted,
    Stays,
    StepTaken,
    Stimulated,
    Twitch,
)
from needlepoint.treat.session import Event, Insertion, Reaction, Session
from needlepoint.treat.undo import Odd, sort_out

NEVER_IN = "this needle never went in"
IN_TWICE = "this needle is in already; a new needle gets a new id"
OUT_TWICE = "this needle came out already"
OUT_BEFORE_IN = "the clock says that it came out before it went in"
NO_EVENT = "there is no such event"
YET_NEEDLED = "needles went in, so the session was done"

OfKind = TypeVar("OfKind")


def session_of(acts: Iterable[Act]) -> Session:
    """What was done? A set of acts, put in order by time and id: how they came here does not matter."""
    told = sort_out(acts)
    told_by = _By(told.standing)
    odd = list(told.odd)
    needles = _needles(told_by, odd)
    events = _events(told_by, {one.needle for one in needles}, odd)
    not_done = _last(told_by.of(NotDone))
    if needles:
        odd += [Odd(act, YET_NEEDLED) for act, _ in told_by.of(NotDone)]
    positioned, prepared = _last(told_by.of(Positioned)), _last(told_by.of(Prepared))
    return Session(
        acts=told.standing,
        undone=told.undone,
        odd=tuple(sorted(odd, key=lambda one: (*one.act.order, one.reason, repr(one.act.what)))),
        needles=needles,
        pain=_pain(told_by),
        position=positioned.position if positioned else None,
        preparation=prepared.skin if prepared else None,
        reactions=_reactions(told_by),
        none_seen=bool(told_by.of(NoReaction)),
        events=events,
        advised=frozenset(one for _, what in told_by.of(Advised) for one in what.what),
        not_done=not_done.reason if not_done and not needles else None,
    )


@dataclass(frozen=True, slots=True)
class _By:
    """Standing acts, found by what they are."""

    acts: tuple[Act, ...]

    def of(self, kind: type[OfKind]) -> list[tuple[Act, OfKind]]:
        """Those of one kind in order, each with what it says."""
        return [(act, act.what) for act in self.acts if isinstance(act.what, kind)]


def _last(found: list[tuple[Act, OfKind]]) -> OfKind | None:
    return found[-1][1] if found else None


def _needles(told: _By, odd: list[Odd]) -> tuple[Insertion, ...]:
    went_in: dict[str, tuple[Act, NeedleIn]] = {}
    for act, needle in told.of(NeedleIn):
        if went_in.setdefault(needle.needle, (act, needle))[0] is not act:
            odd.append(Odd(act, IN_TWICE))
    out = _of_needles(told, NeedleOut, went_in, odd)
    twitches = _of_needles(told, Twitch, went_in, odd)
    stays = _of_needles(told, Stays, went_in, odd)
    stimulated = _stimulated(told, went_in, odd)
    return tuple(
        _insertion(act, needle, out[id_], twitches[id_], stays[id_], stimulated[id_], odd)
        for id_, (act, needle) in went_in.items()
    )


def _of_needles(
    told: _By, kind: type[OfKind], went_in: Mapping[str, object], odd: list[Odd]
) -> dict[str, list[tuple[Act, OfKind]]]:
    """The acts of this kind by the needle that they name; those of a needle that never went in are odd."""
    found: dict[str, list[tuple[Act, OfKind]]] = {needle: [] for needle in went_in}
    for act, what in told.of(kind):
        needle: str = what.needle  # type: ignore[attr-defined]
        if needle in found:
            found[needle].append((act, what))
        else:
            odd.append(Odd(act, NEVER_IN))
    return found


def _stimulated(told: _By, went_in: Mapping[str, object], odd: list[Odd]) -> dict[str, list[Stimulated]]:
    found: dict[str, list[Stimulated]] = {needle: [] for needle in went_in}
    for act, what in told.of(Stimulated):
        if not found.keys() >= set(what.needles):
            odd.append(Odd(act, NEVER_IN))
        for needle in dict.fromkeys(what.needles):
            if needle in found:
                found[needle].append(what)
    return found


def _insertion(
    act: Act,
    needle: NeedleIn,
    out: list[tuple[Act, NeedleOut]],
    twitches: list[tuple[Act, Twitch]],
    stays: list[tuple[Act, Stays]],
    stimulated: list[Stimulated],
    odd: list[Odd],
) -> Insertion:
    """One needle. An out is matched by the needle it names, not by the clock: a clock may be wrong, a hand rarely is."""
    odd += [Odd(one, OUT_TWICE) for one, _ in out[1:]]
    odd += [Odd(one, OUT_BEFORE_IN) for one, _ in out[:1] if one.at < act.at]
    stay = _last(stays)
    return Insertion(
        needle=needle.needle,
        muscle=needle.muscle,
        side=needle.side,
        in_at=act.at,
        out_at=out[0][0].at if out else None,
        intact=_whole([one.intact for _, one in out]),
        length_mm=needle.length_mm,
        diameter_mm=needle.diameter_mm,
        lot=needle.lot,
        point=needle.point,
        depth_mm=needle.depth_mm,
        twitches=sum(one.count for _, one in twitches),
        stays_minutes=stay.minutes if stay else None,
        stimulated=tuple(stimulated),
    )


def _whole(told: list[bool | None]) -> bool | None:
    """Did it come out whole? One who saw that it was broken outweighs all who saw nothing."""
    if False in told:
        return False
    return True if True in told else None


def _pain(told: _By) -> tuple[PainTold, ...]:
    last: dict[tuple[str, str | None, Side | None], PainTold] = {}
    for _, one in told.of(PainTold):
        last[one.when, one.muscle, one.side] = one
    return tuple(last.values())


def _reactions(told: _By) -> tuple[Reaction, ...]:
    return tuple(
        Reaction(last.reaction, last.kind, last.muscle, last.side, first)
        for first, last in _told_last(told.of(Reacted), lambda one: one.reaction)
    )


def _events(told: _By, needles: set[str], odd: list[Odd]) -> tuple[Event, ...]:
    happened = told.of(Happened)
    odd += [Odd(act, NEVER_IN) for act, one in happened if one.needle is not None and one.needle not in needles]
    known = {one.event for _, one in happened}
    odd += [Odd(act, NO_EVENT) for act, one in told.of(StepTaken) if one.event not in known]
    steps = [(act.at, one) for act, one in told.of(StepTaken)]
    return tuple(
        Event(
            last.event,
            last.kind,
            last.grade,
            last.muscle,
            last.side,
            last.needle,
            last.text,
            first,
            tuple(step for step in steps if step[1].event == last.event),
        )
        for first, last in _told_last(happened, lambda one: one.event)
    )


def _told_last(found: list[tuple[Act, OfKind]], id_of: Callable[[OfKind], str]) -> list[tuple[datetime, OfKind]]:
    """For each id, since when it is told and what was told last."""
    first: dict[str, datetime] = {}
    last: dict[str, OfKind] = {}
    for act, one in found:
        first.setdefault(id_of(one), act.at)
        last[id_of(one)] = one
    return [(first[id_], one) for id_, one in last.items()]
