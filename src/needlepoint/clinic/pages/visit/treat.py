"""The step *treat*: everything that the page of a session shows, in ready words."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from needlepoint.clinic import asking
from needlepoint.clinic.access.rights import Right, has
from needlepoint.clinic.pages.entries.views import entry_as_json
from needlepoint.clinic.records.keeping import WROTE
from needlepoint.clinic.records.models import NeedleLot, Visit
from needlepoint.clinic.records.reading import VisitRead
from needlepoint.exchange.chart.layers import chart_names
from needlepoint.exchange.planning import Planned
from needlepoint.exchange.treating import act_as_json
from needlepoint.plan.plan import SitePlan
from needlepoint.terms import Side
from needlepoint.treat import Act, Event, EventKind, NeedleIn, Session, Undone, advice_for

#: How skin was prepared, as clinicians say it. What was done is recorded; what should be done stands in the plan.
PREPARATIONS = ("wiped with alcohol", "wiped with chlorhexidine", "clean to the eye, not wiped")
POSITIONS = ("prone", "supine", "side-lying", "sitting")


@dataclass(frozen=True, slots=True)
class Tile:
    """A button that is one act: its words, its value for the form, and whether it stands."""

    words: str
    value: str
    pressed: bool = False


@dataclass(frozen=True, slots=True)
class Preset:
    """A needle that can be chosen for a place."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class SiteCard:
    """A place that is needled: what is planned, what has been done, and its tiles."""

    key: str
    title: str
    planned: bool
    needle: str
    stop: str
    position: str
    how: str
    mind: tuple[str, ...]
    minutes: str
    still_in: int
    twitches: int
    needles: int
    needle_in: str
    twitch: str
    out: str
    presets: tuple[Preset, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a list."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class StepNow:
    """A step to take now."""

    id: str
    words: str
    done: bool
    at: str
    value: str


@dataclass(frozen=True, slots=True)
class Emergency:
    """What to do now for one kind of event; shown while an event of this kind stands that is serious."""

    kind: str
    title: str
    says: str
    since: str
    shown: bool
    steps: tuple[StepNow, ...]


@dataclass(frozen=True, slots=True)
class EventChoice:
    """A kind of event that can be told, with what each grade means for it."""

    id: str
    title: str
    signs: str
    grades: tuple[Choice, ...]


def act(kind: str, body: dict[str, Any]) -> str:
    """The value of a tile: an act with an id of its own, so that a double click on a page without scripts is one act."""
    return json.dumps({"id": str(uuid4()), "kind": kind, "body": body})


def treat_context(request: HttpRequest, visit: Visit, read: VisitRead, planned: Planned | None) -> dict[str, Any]:
    """What the template ``visit/steps/treat.html`` shows."""
    known, session = asking.known(), read.session
    lots = list(NeedleLot.objects.filter(clinic=visit.clinic, recalled=False).order_by("-created_at")[:200])
    cards = list(_cards(planned, session, lots, visit))
    titles = {one.id: one.title for one in known.screen.atlas.muscles.values()}
    return {
        "may_treat": has(getattr(request, "member", None), Right.TREAT) and visit.state in ("planned", "open"),
        "act_address": reverse("treat-act", args=[visit.pk]),
        "sign_address": reverse("visit-step", args=[visit.pk, "sign"]),
        "cards": cards,
        "template_card": _card(None, None, None, session, lots, visit),
        "declined": list(_declined(planned)),
        "view": _view(cards),
        "names": json.dumps(chart_names(known.locator.knowledge)),
        "acts_so_far": json.dumps([entry_as_json(one) for one in read.entries if one.kind != WROTE]),
        "loud_after": f"{known.treat.bound('unplanned-stay'):g}",
        "total": {
            "in": len(session.still_in),
            "needles": session.insertions,
            "twitches": sum(one.twitches for one in session.needles),
        },
        "pain_before": _pain("before", session),
        "pain_after": _pain("after", session),
        "positions": [Tile(one, act("positioned", {"position": one}), session.position == one) for one in POSITIONS],
        "preparations": [Tile(one, act("prepared", {"skin": one}), session.preparation == one) for one in PREPARATIONS],
        "reactions": [
            Tile(
                one.title,
                act("reacted", {"reaction": one.id, "kind": one.id}),
                any(r.kind == one.id for r in session.reactions),
            )
            for one in known.treat.reactions.values()
        ],
        "no_reaction": Tile(_("None of these"), act("no-reaction", {}), session.none_seen),
        "advice": list(_advice(planned, session)),
        "advised": Tile(
            _("All of this was told"),
            act("advised", {"what": [one.id for one in _to_tell(planned, session)]}),
            bool(session.advised) and {one.id for one in _to_tell(planned, session)} <= session.advised,
        ),
        "events": [_event_choice(one) for one in known.treat.events.values()],
        "grades": [Choice(one.grade.value, f"{one.title}: {one.words}") for one in known.treat.grades.values()],
        "happened": [_told(one, titles) for one in session.events],
        "emergencies": [_emergency(one, session) for one in known.treat.events.values() if one.now],
        "sites_to_choose": [Choice(card.key, card.title) for card in cards],
        "needles_to_choose": [
            Choice(one.needle, f"{n}: {_place_words(one.muscle, one.side, titles)}")
            for n, one in enumerate(session.needles, 1)
        ],
        "undo": _undo(session, titles),
        "now": datetime.now(UTC).isoformat(),
    }


def _cards(planned: Planned | None, session: Session, lots: list[NeedleLot], visit: Visit) -> Iterable[SiteCard]:
    shown: set[tuple[str | None, Side | None]] = set()
    if planned is not None:
        order = [n for step in planned.plan.session.steps for n in step.sites]
        for n in order:
            site = planned.plan.sites[n]
            if site.needle is not None and site.muscle and site.side:
                shown.add((site.muscle, site.side))
                yield _card(site.muscle, site.side, site, session, lots, visit)
    for one in session.sites:
        if (one.muscle, one.side) not in shown and one.muscle and one.side:
            yield _card(one.muscle, one.side, None, session, lots, visit)


def _view(cards: list[SiteCard]) -> str:
    """From which side the chart is looked at first: the one on which the first place was drawn."""
    if not cards:
        return "front"
    muscle, _slash, side = cards[0].key.partition("/")
    known = asking.known().screen.atlas.muscles.get(muscle)
    for outline in known.footprint if known else ():
        if outline.view in ("front", "back"):
            return outline.view
        if outline.view == "outer" and side in ("left", "right"):
            return side
    return "front"


def _card(
    muscle: str | None, side: Side | None, site: SitePlan | None, session: Session, lots: list[NeedleLot], visit: Visit
) -> SiteCard:
    done = next((one for one in session.sites if (one.muscle, one.side) == (muscle, side)), None)
    here = {"muscle": muscle, "side": side.value if side else None} if muscle else {}
    presets = _presets(site, lots)
    first = json.loads(presets[0].value) if presets else {}
    latest = next((one.needle for one in reversed(session.still_in) if (one.muscle, one.side) == (muscle, side)), "")
    titles = {id_: one.title for id_, one in asking.known().screen.atlas.muscles.items()}
    needle = site.needle if site else None
    return SiteCard(
        key=f"{muscle}/{side.value}" if muscle and side else "",
        title=_place_words(muscle, side, titles) if muscle else "",
        planned=needle is not None,
        needle=f"{needle.chosen.needle.length_mm:g} × {needle.chosen.needle.diameter_mm:g} mm" if needle else "",
        stop=_("stop at %(mm)s mm") % {"mm": f"{needle.stop_depth_mm:g}"} if needle else "",
        position=needle.position if needle else "",
        how=f"{needle.way.name}. {needle.way.direction}" if needle else "",
        mind=tuple(f"{one.title}: {one.avoid_by}" for one in (site.hazards if site else ()) if one.in_path)[:3],
        minutes=f"{needle.dwell_minutes:g}" if needle and needle.dwell_minutes else "",
        still_in=done.still_in if done else 0,
        twitches=done.twitches if done else 0,
        needles=done.insertions if done else 0,
        needle_in=act("needle-in", {**here, **first}),
        twitch=act("twitch", {"needle": latest, "count": 1}),
        out=act("needle-out", {"needle": latest, "intact": True}),
        presets=presets,
    )


def _presets(site: SitePlan | None, lots: list[NeedleLot]) -> tuple[Preset, ...]:
    """The planned needle first, with the lot at hand of this size; then every other size at hand."""
    found: dict[tuple[float, float], Preset] = {}
    if site and site.needle:
        size = site.needle.chosen.needle
        lot = next(
            (one for one in lots if (one.length_mm, one.diameter_mm) == (size.length_mm, size.diameter_mm)), None
        )
        found[size.length_mm, size.diameter_mm] = _preset(size.length_mm, size.diameter_mm, lot)
    for lot in lots:
        found.setdefault((lot.length_mm, lot.diameter_mm), _preset(lot.length_mm, lot.diameter_mm, lot))
    return tuple(found.values())


def _preset(length_mm: float, diameter_mm: float, lot: NeedleLot | None) -> Preset:
    value = {"length_mm": length_mm, "diameter_mm": diameter_mm, "lot": lot.number if lot else None}
    words = f"{length_mm:g} × {diameter_mm:g} mm"
    return Preset(json.dumps(value), _("%(size)s, lot %(lot)s") % {"size": words, "lot": lot.number} if lot else words)


def _declined(planned: Planned | None) -> Iterable[Choice]:
    for site in planned.plan.sites if planned else ():
        if site.declined is not None:
            yield Choice(site.text, site.declined.reason)


def _pain(when: str, session: Session) -> list[Tile]:
    told, asked = session.pain_of(when), session.pain_asked(when)
    tiles = [Tile(str(n), act("pain", {"value": n, "when": when}), told == n) for n in range(11)]
    return [*tiles, Tile(_("not told"), act("pain", {"value": None, "when": when}), asked and told is None)]


def _to_tell(planned: Planned | None, session: Session) -> tuple[Any, ...]:
    """What has to be told after these needles; before the first, after those that are planned."""
    return advice_for(session if session.needles else _as_planned(planned), asking.known().treat)


def _as_planned(planned: Planned | None) -> Session:
    from needlepoint.treat import session_of

    sites = [planned.plan.sites[n] for n in planned.plan.session.today] if planned else []
    at = datetime(2000, 1, 1, tzinfo=UTC)
    return session_of(
        [Act(f"plan-{n}", at, NeedleIn(f"plan-{n}", one.muscle, one.side)) for n, one in enumerate(sites)]
    )


def _advice(planned: Planned | None, session: Session) -> Iterable[Choice]:
    for one in _to_tell(planned, session):
        yield Choice(one.title, one.words)


def _event_choice(kind: EventKind) -> EventChoice:
    return EventChoice(
        kind.id,
        kind.title,
        "; ".join(kind.signs),
        tuple(Choice(grade.value, words) for grade, words in kind.grades.items()),
    )


def _told(event: Event, titles: dict[str, str]) -> Choice:
    kind = asking.known().treat.events.get(event.kind)
    where = f", {_place_words(event.muscle, event.side, titles)}" if event.muscle else ""
    return Choice(event.grade.value, f"{kind.title if kind else event.kind}{where}. {event.text}".strip())


def _emergency(kind: EventKind, session: Session) -> Emergency:
    event = next((one for one in session.events if one.kind == kind.id and one.grade.value == "serious"), None)
    answered = {step.step: at for at, step in event.steps} if event else {}
    return Emergency(
        kind.id,
        kind.title,
        "; ".join(kind.signs),
        event.at.isoformat() if event else "",
        event is not None,
        tuple(
            StepNow(
                one.id, one.words, one.id in answered, f"{answered[one.id]:%H:%M}" if one.id in answered else "",
                act("step-taken", {"event": event.id if event else "", "step": one.id}),
            )
            for one in kind.now
        ),
    )  # fmt: skip


def _undo(session: Session, titles: dict[str, str]) -> str:
    """What the next undo would take back, in words; empty when there is nothing."""
    last = next((one for one in reversed(session.acts) if not isinstance(one.what, Undone)), None)
    if last is None:
        return ""
    told = act_as_json(last)
    muscle, side = told["body"].get("muscle"), told["body"].get("side")
    if muscle is None and (needle := told["body"].get("needle")):
        found = next((one for one in session.needles if one.needle == needle), None)
        muscle, side = (found.muscle, found.side) if found else (None, None)
    words = str(told["kind"]).replace("-", " ")
    return f"{words}, {_place_words(muscle, side, titles)}" if muscle else words


def _place_words(muscle: str | None, side: Side | str | None, titles: dict[str, str]) -> str:
    name = titles.get(muscle or "", muscle or _("no place"))
    return f"{name}, {side}" if side in ("left", "right") else name
