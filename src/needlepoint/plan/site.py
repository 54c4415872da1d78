"""The plan of one place: the first way that reaches the muscle without passing the stop depth, else a safer way, else a refusal."""

from dataclasses import dataclass, replace

from needlepoint.plan.approach import Approach, Hazard, Way
from needlepoint.plan.knowledge import PlanKnowledge
from needlepoint.plan.person import Person
from needlepoint.plan.plan import Asked, Declined, HazardShown, NeedlePlan, SitePlan
from needlepoint.plan.positions import possible_positions
from needlepoint.plan.reach import HELD_BACK, Chosen, StockNeedle, choose, depth_of, shaft_out
from needlepoint.plan.stopping import VITAL, Stop, in_path, stop_depth
from needlepoint.screen import Finding, Proposal, SiteClearance
from needlepoint.terms import Level, Statement

ORDER = {"life-threatening": 0, "disabling": 1, "significant": 2, "mild": 3}


@dataclass(frozen=True, slots=True)
class Tried:
    """One way, how deep it may go, and the needle for it; ``why_not``: why it was left aside."""

    stop: Stop
    chosen: Chosen | None
    reaches: bool | None
    why_not: str | None


def plan_site(
    site: SiteClearance,
    findings: tuple[Finding, ...],
    person: Person,
    stock: tuple[StockNeedle, ...],
    knowledge: PlanKnowledge,
    *,
    first: bool | None,
) -> SitePlan:
    """Which needle, how deep and how not, at this place? A plan, or a refusal with its reason."""
    proposal, level = site.proposal, site.clearance
    place, muscle = proposal.place, _muscle_of(proposal)
    approach = knowledge.approaches.get(muscle) if muscle else None
    refusal = _refused(site, findings, muscle, approach, knowledge)
    structures = (place.beneath if place else frozenset()) | {
        one.structure for one in (approach.hazards if approach else ())
    }
    tried: list[Tried] = []
    if refusal is None and approach is not None:
        tried = _try_all(approach, structures, proposal, person, level, stock, knowledge)
    fitting = [one for one in tried if one.why_not is None]
    shallow = [one for one in fitting if one.stop.way.technique in HELD_BACK]
    deep = [one for one in fitting if one.stop.way.technique not in HELD_BACK and proposal.technique not in HELD_BACK]
    taken = next(iter((*deep, *shallow)), None)
    if refusal is None and approach is not None and taken is None:
        refusal = _nothing_fits(tried, approach, person, proposal, knowledge)
    needle = _needle(taken, tried, level, knowledge, first=first) if taken and refusal is None else None
    shown = taken or (tried[0] if tried else None)
    return SitePlan(
        place=place,
        text=proposal.text,
        origin=proposal.origin,
        muscle=muscle,
        side=place.side if place else None,
        level=level,
        complete=site.complete,
        needle=needle,
        declined=refusal,
        lies=approach.lies if approach else None,
        hazards=_hazards(structures, approach, shown, knowledge) if muscle else (),
        asked=_asked(proposal, taken, knowledge) if needle and taken else None,
        elsewhere=(),
        warnings=_warnings(site, findings, taken if needle else None, person, knowledge),
        unreviewed=approach is not None and not approach.reviewed,
        disagreements=_disagreements(approach, shown),
        sources=_sources(approach, shown),
    )


def _muscle_of(proposal: Proposal) -> str | None:
    """The muscle that is meant: the one that is named, or the first that an acupuncture point lies over."""
    place = proposal.place
    if place is None or place.coarse or not place.muscles:
        return None
    return place.muscles[0]


def _refused(
    site: SiteClearance,
    findings: tuple[Finding, ...],
    muscle: str | None,
    approach: Approach | None,
    knowledge: PlanKnowledge,
) -> Declined | None:
    """A refusal that needs no look at depths."""
    place, instead = site.proposal.place, approach.instead if approach else None
    if place is None:
        return Declined("We do not know this place.", ("name the muscle in other words",), None)
    if muscle is None:
        names = ", ".join(_muscles_there(place.muscles, place.regions, knowledge))
        return Declined(
            "A plan needs one muscle.",
            (f"name the muscle; here lie: {names}",) if names else ("name the muscle",),
            None,
        )
    barred = knowledge.atlas.muscles[muscle].barred
    if barred or place.barred:
        return Declined(barred or place.barred[0], (), instead)
    if site.clearance >= Level.STOP:
        stops = [one for one in findings if one.level is Level.STOP]
        titles = "; ".join(dict.fromkeys(one.title for one in stops)) or "the clearance of this place"
        advice = tuple(dict.fromkeys(one.advice for one in stops))
        return Declined(f"The clearance is stop: {titles}.", advice, instead)
    if approach is None or not approach.ways:
        return Declined("No way of needling this muscle is known to us that we would stand for.", (), instead)
    return None


def _muscles_there(muscles: tuple[str, ...], regions: tuple[str, ...], knowledge: PlanKnowledge) -> list[str]:
    known = knowledge.atlas.muscles
    if muscles:
        return [known[one].title.lower() for one in muscles]
    there = [one for one in known.values() if one.regions and one.regions[0] in regions and not one.barred]
    return [one.title.lower() for one in sorted(there, key=lambda one: one.title)]


def _try_all(
    approach: Approach,
    structures: frozenset[str],
    proposal: Proposal,
    person: Person,
    level: Level,
    stock: tuple[StockNeedle, ...],
    knowledge: PlanKnowledge,
) -> list[Tried]:
    """Every way in its order. A shallow way is never deeper than a shallow one before it, so that falling back never means going deeper."""
    tried: list[Tried] = []
    shallowest_mm = float("inf")
    for way in approach.ways:
        bound = min(way.at_most_mm, shallowest_mm) if way.technique in HELD_BACK else way.at_most_mm
        one = _try(replace(way, at_most_mm=bound), approach, structures, proposal, person, level, stock, knowledge)
        if way.technique in HELD_BACK:
            shallowest_mm = min(shallowest_mm, one.stop.mm)
        tried.append(one)
    return tried


def _try(
    way: Way,
    approach: Approach,
    structures: frozenset[str],
    proposal: Proposal,
    person: Person,
    level: Level,
    stock: tuple[StockNeedle, ...],
    knowledge: PlanKnowledge,
) -> Tried:
    stop = stop_depth(way, approach, structures, proposal, person, level, knowledge)
    if stop.barred:
        return Tried(stop, None, None, stop.barred)
    if not possible_positions(way.positions, person):
        return Tried(stop, None, None, "none of its positions suits this person")
    lies = approach.lies
    middle = (lies.starts + lies.ends) / 2 if lies and way.technique not in HELD_BACK else None
    chosen = choose(stock, way, stop.mm, middle, knowledge.numbers)
    if chosen is None:
        return Tried(stop, None, None, f"no needle of the stock stays within {stop.mm:g} mm")
    if way.technique in HELD_BACK:
        return Tried(stop, chosen, False if lies and chosen.reach_mm < lies.starts else None, None)
    if lies is None:
        return Tried(stop, chosen, None, None)
    enough = lies.starts + knowledge.numbers["into-muscle"]
    if chosen.reach_mm < enough:
        what = f"a needle that stays within {stop.mm:g} mm comes {chosen.reach_mm:.1f} mm deep; the muscle is reached from {enough:g} mm"
        return Tried(stop, chosen, False, what)
    return Tried(stop, chosen, True, None)


def _nothing_fits(
    tried: list[Tried], approach: Approach, person: Person, proposal: Proposal, knowledge: PlanKnowledge
) -> Declined:
    """Not here: the reason, and what would change it."""
    first = tried[0]
    change: list[str] = []
    ruling = first.stop.ruling
    if ruling is not None and ruling.kind != "measured":
        change.append(
            f"an ultrasound measurement of this person, entered as measured.{_measured_key(ruling.structure)}"
        )
    if person.bmi is None and person.slim is None:
        change.append("height and weight: of unknown build, a person is taken to be slim")
    if first.chosen is None and first.stop.mm > 0 and not first.stop.barred:
        change.append(f"a shorter needle in the stock (stop depth {first.stop.mm:g} mm)")
    if proposal.technique in HELD_BACK:
        change.append("another technique than the one that was asked for")
    if first.stop.barred:
        change.append("a measurement by ultrasound in this person")
    reasons = dict.fromkeys(f"{one.stop.way.name}: {one.why_not}" for one in tried if one.why_not)
    return Declined(
        "No way keeps the needle away from harm here. " + ". ".join(reasons) + ".", tuple(change), approach.instead
    )


def _measured_key(structure: str) -> str:
    return f"skin_to_{structure.replace('-', '_')}_mm"


def _needle(
    taken: Tried, tried: list[Tried], level: Level, knowledge: PlanKnowledge, *, first: bool | None
) -> NeedlePlan:
    way, numbers = taken.stop.way, knowledge.numbers
    share = numbers["first-share"] if first is not False else 1.0
    if level >= Level.WEIGH:
        share = min(share, numbers["first-share"])
    left = tried[0]
    return NeedlePlan(
        way=way,
        position=way.positions[0],
        stop_depth_mm=taken.stop.mm,
        basis=taken.stop.basis,
        chosen=taken.chosen,  # type: ignore[arg-type]  # what is taken has a needle
        reaches_muscle=taken.reaches,
        insertions_max=max(1, int(way.insertions_max * share)),
        dwell_minutes=way.dwell_minutes,
        safer_than=f"{left.stop.way.name}: {left.why_not}" if left is not taken and left.why_not else None,
    )


def _hazards(
    structures: frozenset[str], approach: Approach | None, shown: Tried | None, knowledge: PlanKnowledge
) -> tuple[HazardShown, ...]:
    told = {one.structure: one for one in (approach.hazards if approach else ())}
    depths = {one.structure: one for one in (shown.stop.depths if shown else ())}
    path = set(in_path(shown.stop.way, structures)) if shown else set(structures)
    found = []
    for structure in structures:
        hazard = told.get(structure) or _plain_hazard(structure, knowledge)
        found.append(
            HazardShown(
                structure, knowledge.title(structure), knowledge.worst(structure), hazard.why, hazard.avoid_by,
                structure in path, depths.get(structure),
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda one: (not one.in_path, ORDER.get(one.worst, 0), one.structure)))


def _plain_hazard(structure: str, knowledge: PlanKnowledge) -> Hazard:
    """A hazard of the place that the approach does not speak of."""
    known = knowledge.atlas.structures.get(structure)
    harm = known.harm if known else "harm"
    return Hazard(
        structure, f"It lies beneath this place; hurt, it means {harm}.", "Keep to the stop depth and the direction."
    )


def _asked(proposal: Proposal, taken: Tried, knowledge: PlanKnowledge) -> Asked | None:
    """What could the needle reach that the clinician asked for?"""
    length = proposal.needle.length_mm
    if length is None:
        return None
    way = taken.stop.way
    reach = depth_of(max(length - shaft_out(length, knowledge.numbers), 0.0), way, knowledge.numbers)
    hub = depth_of(length, way, knowledge.numbers)
    passes = tuple(one.structure for one in taken.stop.depths if hub > one.limit_mm)
    return Asked(length, reach, hub, passes, reach <= taken.stop.mm)


def _warnings(
    site: SiteClearance, findings: tuple[Finding, ...], taken: Tried | None, person: Person, knowledge: PlanKnowledge
) -> tuple[str, ...]:
    warnings: list[str] = []
    if not site.complete:
        warnings.append("Not yet cleared: ask the open questions before the first needle.")
    decide = [one.title for one in findings if one.level is Level.WEIGH]
    if decide and site.clearance is Level.WEIGH:
        warnings.append(f"Decide first, and write down why: {'; '.join(dict.fromkeys(decide))}.")
    place = site.proposal.place
    if place is not None and place.side is None:
        warnings.append("The side was not told.")
    if person.age is None:
        warnings.append("The age is not known: the depth is that of an adult.")
    if taken is None:
        return tuple(warnings)
    way, chosen = taken.stop.way, taken.chosen
    if chosen is not None:
        past = [
            one
            for one in taken.stop.depths
            if chosen.to_hub_mm > one.limit_mm and knowledge.worst(one.structure) == VITAL
        ]
        if past:
            names = ", ".join(knowledge.title(one.structure) for one in past)
            warnings.append(
                f"Pushed to its hub this needle comes {chosen.to_hub_mm:.0f} mm deep, past what is kept from: {names}. "
                f"Leave {chosen.shaft_out_mm:g} mm of the shaft out."
            )
    if way.lifted:
        warnings.append(
            "Only while the fold is lifted and the tip is felt between the fingers; if it cannot be lifted, do not needle this way."
        )
    if len(place.muscles if place else ()) > 1:
        warnings.append(
            "The place lies over more than one muscle; the plan is for the first and keeps away from the hazards of all."
        )
    return (*warnings, *way.warnings)


def _disagreements(approach: Approach | None, shown: Tried | None) -> tuple[str, ...]:
    found = [approach.disagreement] if approach and approach.disagreement else []
    for one in shown.stop.depths if shown else ():
        found += [floor.depth.disagreement for floor in one.others if floor.depth.disagreement]
    return tuple(dict.fromkeys(found))


def _sources(approach: Approach | None, shown: Tried | None) -> tuple[Statement, ...]:
    if approach is None:
        return ()
    said = [*(shown.stop.way.sources if shown else ()), *approach.sources]
    said += [one for depth in (shown.stop.depths if shown else ()) for one in depth.sources]
    return tuple({(one.source.id, one.read, one.gist): one for one in said}.values())
