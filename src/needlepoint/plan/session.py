"""The plan of a session: what is done today and what waits, in which order, and what to watch for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from needlepoint.plan.knowledge import PlanKnowledge, Watch
from needlepoint.plan.person import Person
from needlepoint.plan.plan import Later, SessionPlan, Signs, SitePlan, Step
from needlepoint.plan.positions import fewest_turns, possible_positions, turned
from needlepoint.plan.stopping import VITAL
from needlepoint.terms import Side


@dataclass(frozen=True, slots=True)
class Earlier:
    """A place that was needled before: the muscle, the side (``None``: not told) and the day."""

    muscle: str
    side: Side | None
    on: date


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known around the session. ``earlier`` is ``None`` when nobody asked; ``competitions`` are days of competition.

    ``soon``: that there is a competition within three days, without its day.
    """

    earlier: tuple[Earlier, ...] | None = None
    competitions: tuple[date, ...] = ()
    soon: bool | None = None

    @property
    def first(self) -> bool | None:
        """Is this the first session? ``None``: not known, and then it counts as the first."""
        return None if self.earlier is None else not self.earlier


REASONS = (
    "Places that need watching afterwards come first, so that the watching runs while the rest is done: our choice.",
    "The positions are the fewest that serve all places.",
)


def plan_session(
    sites: Sequence[SitePlan],
    person: Person,
    told: Circumstances,
    knowledge: PlanKnowledge,
    *,
    on: date,
    together: Sequence[str] = (),
) -> SessionPlan:
    """What is done today, in which order, and what waits for another day?"""
    later = _later(sites, told, knowledge, on)
    insertions, over = _insertions(sites, later, told, knowledge)
    later = [*later, *over]
    waits = {one.site for one in later}
    today = [n for n, site in enumerate(sites) if site.needle is not None and n not in waits]
    steps = _steps(sites, today, person, knowledge)
    near = {one.structure for n in today for one in sites[n].hazards if one.in_path or one.worst == VITAL}
    watches = sorted(
        (one for one in knowledge.watches if one.structures & near),
        key=lambda one: (-one.stay_minutes, one.from_hours, one.id),
    )
    warnings = list(together)
    if told.first is None and today:
        warnings.append("Whether this is the first session is not known: it is planned as one.")
    if told.first is False:
        warnings += _warn_soon(sites, today, told, knowledge, on)
    if person.faints:
        warnings.append(
            "This person has fainted or feels faint: lying down throughout, and some minutes of rest before standing up."
        )
    return SessionPlan(
        steps=steps,
        later=tuple(sorted(later, key=lambda one: one.site)),
        insertions=tuple((n, insertions[n]) for n in today),
        first=told.first,
        stay_minutes=max((one.stay_minutes for one in watches), default=0.0) if today else 0.0,
        warnings=tuple(warnings),
        signs=tuple(map(_signs, watches)) if today else (),
        reasons=REASONS if today else (),
    )


def _later(sites: Sequence[SitePlan], told: Circumstances, knowledge: PlanKnowledge, on: date) -> list[Later]:
    numbers = knowledge.numbers
    later: list[Later] = []
    kept = 0
    chest: Side | None = None
    muscles = int(numbers["first-muscles"] if told.first is not False else numbers["later-muscles"])
    soon = bool(told.soon) or any(
        0 <= (day - on).days * 24 <= numbers["before-competition"] for day in told.competitions
    )
    for n, site in enumerate(sites):
        if site.needle is None or site.place is None:
            continue
        reason = _too_soon(site, told, knowledge, on) or _new_before_competition(site, told, soon=soon)
        over_chest = site.place.over_chest_wall
        if reason is None and over_chest and chest is not None and (site.side != chest or site.side is None):
            reason = "never both sides of the chest in one session"
        if reason is None and kept >= muscles:
            reason = f"no more than {muscles} muscles in a {'first' if told.first is not False else 'single'} session"
        if reason is not None:
            later.append(Later(n, reason))
            continue
        kept += 1
        if over_chest and chest is None:
            chest = site.side or Side.MIDLINE
    return later


def _same(site: SitePlan, one: Earlier) -> bool:
    sides = (site.side, one.side)
    return one.muscle == site.muscle and (None in sides or site.side == one.side)


def _hours_at_least(one: Earlier, on: date) -> int:
    """Hours that have passed for certain since the day of an earlier session: the needle may have been late on that day."""
    return max((on - one.on).days - 1, 0) * 24


def _too_soon(site: SitePlan, told: Circumstances, knowledge: PlanKnowledge, on: date) -> str | None:
    block = knowledge.numbers["same-site-block"]
    for one in told.earlier or ():
        if _same(site, one) and one.on <= on and _hours_at_least(one, on) < block:
            return f"needled on {one.on.isoformat()}; the same place rests for {block:g} hours"
    return None


def _new_before_competition(site: SitePlan, told: Circumstances, *, soon: bool) -> str | None:
    if soon and not any(_same(site, one) for one in told.earlier or ()):
        return "nothing new within three days before a competition"
    return None


def _warn_soon(
    sites: Sequence[SitePlan], today: Sequence[int], told: Circumstances, knowledge: PlanKnowledge, on: date
) -> list[str]:
    warn = knowledge.numbers["same-site-warn"]
    return [
        f"{sites[n].text}: needled on {one.on.isoformat()}; ask whether it is still sore, and leave it if it is."
        for n in today
        for one in told.earlier or ()
        if _same(sites[n], one) and one.on <= on and _hours_at_least(one, on) < warn
    ]


def _insertions(
    sites: Sequence[SitePlan], later: Sequence[Later], told: Circumstances, knowledge: PlanKnowledge
) -> tuple[dict[int, int], list[Later]]:
    """How many insertions each place gets today, shared out in turn until the session's most is reached."""
    numbers = knowledge.numbers
    most = int(numbers["first-insertions"] if told.first is not False else numbers["later-insertions"])
    waits = {one.site for one in later}
    wanted = {
        n: site.needle.insertions_max for n, site in enumerate(sites) if site.needle is not None and n not in waits
    }
    given = dict.fromkeys(wanted, 0)
    left = most
    while left and any(given[n] < wanted[n] for n in wanted):
        for n, most_here in wanted.items():
            if left and given[n] < most_here:
                given[n] += 1
                left -= 1
    over = [Later(n, f"no more than {most} insertions today") for n, count in given.items() if count == 0]
    return given, over


def _steps(
    sites: Sequence[SitePlan], today: Sequence[int], person: Person, knowledge: PlanKnowledge
) -> tuple[Step, ...]:
    ways = {n: _lying(sites[n], person) for n in today}
    chosen = fewest_turns(list(ways.values()))
    watched = {n: not _watched(sites[n], knowledge) for n in today}
    groups: dict[str, list[int]] = {}
    for n in today:
        position = next(one for one in chosen if one in ways[n])
        groups.setdefault(position, []).append(n)
    ordered = [(position, sorted(found, key=lambda n: (watched[n], n))) for position, found in groups.items()]
    ordered.sort(key=lambda one: (watched[one[1][0]], one[1][0]))
    return tuple(Step(position, tuple(found)) for position, found in ordered)


def _lying(site: SitePlan, person: Person) -> frozenset[str]:
    assert site.needle is not None
    positions = possible_positions(site.needle.way.positions, person)
    return frozenset(lying for one in positions for lying in turned(one, site.side))


def _watched(site: SitePlan, knowledge: PlanKnowledge) -> bool:
    """Does this place need watching afterwards?"""
    near = {one.structure for one in site.hazards if one.worst == VITAL and one.in_path}
    return any(one.structures & near and one.stay_minutes > 0 for one in knowledge.watches)


def _signs(watch: Watch) -> Signs:
    return Signs(
        watch.title, watch.from_hours, watch.to_hours, watch.clinician, watch.patient, watch.act_clinician, watch.act_patient,
        watch.sources,
    )  # fmt: skip
