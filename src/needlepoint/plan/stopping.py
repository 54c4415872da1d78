"""How deep one way may go in one person: the least of what is measured, published and allowed."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import floor

from needlepoint.plan.approach import Approach, Way
from needlepoint.plan.knowledge import PlanKnowledge
from needlepoint.plan.person import Person
from needlepoint.plan.plan import DepthBasis
from needlepoint.plan.reach import HELD_BACK
from needlepoint.plan.shallowest import Shallowest, shallowest
from needlepoint.screen import Proposal
from needlepoint.terms import Level

VITAL = "life-threatening"


@dataclass(frozen=True, slots=True)
class Stop:
    """The stop depth of one way, in mm straight beneath the skin (into the fold when lifted), and what rules it.

    ``ruling`` is the structure that rules, ``None`` when our own cap does. ``barred`` says why this way is not used at all.
    """

    way: Way
    mm: float
    basis: DepthBasis
    ruling: Shallowest | None
    depths: tuple[Shallowest, ...]
    barred: str | None


def in_path(way: Way, structures: Iterable[str]) -> tuple[str, ...]:
    """Which of these structures could this way meet? All that it is not known to exclude."""
    return tuple(sorted(set(structures) - way.excludes))


def stop_depth(
    way: Way,
    approach: Approach,
    structures: frozenset[str],
    proposal: Proposal,
    person: Person,
    level: Level,
    knowledge: PlanKnowledge,
) -> Stop:
    """How deep may this way go in this person?

    The least of: every distance to a structure in the path less its margin, and the greatest depth of the way, which is smaller for a slim
    person over a vital structure, for someone under age, and where a decision is needed.
    """
    path = in_path(way, structures)
    depths = tuple(
        one
        for structure in path
        if (
            one := shallowest(
                structure,
                approach.muscle,
                person,
                knowledge,
                measured_mm=proposal.measured_mm,
                level=level,
                lifted=way.lifted,
            )
        )
    )
    cap, why = _cap(way, path, person, level, knowledge)
    ruling = min(
        depths, key=lambda one: (one.limit_mm, knowledge.worst(one.structure) != VITAL, one.structure), default=None
    )
    if ruling is not None and ruling.limit_mm < cap:
        title = knowledge.title(ruling.structure)
        basis = DepthBasis(
            ruling.kind, f"{title.capitalize()}: {ruling.text}.", ruling.population, ruling.outside, ruling.sources
        )
        mm = ruling.limit_mm
    else:
        basis = DepthBasis("conservative", why, "no measurement rules here; our cap for everybody", (), way.sources)
        ruling, mm = None, cap
    return Stop(way, floor(mm * 2) / 2, basis, ruling, depths, _barred(way, path, proposal, person, knowledge))


def _cap(way: Way, path: tuple[str, ...], person: Person, level: Level, knowledge: PlanKnowledge) -> tuple[float, str]:
    """The greatest depth of a way for this person, and why in words."""
    numbers, cap, why = knowledge.numbers, way.at_most_mm, [way.at_most_because.rstrip(".")]
    vital = any(knowledge.worst(one) == VITAL for one in path)
    slim = person.may_be_slim(numbers)
    if slim and vital and way.technique not in HELD_BACK:
        cap -= numbers["margin-slim"]
        known = person.slim or person.bmi is not None
        why.append(
            f"{numbers['margin-slim']:g} mm less for a {'slim or short person' if known else 'person of unknown build'}"
        )
    if level >= Level.WEIGH and way.technique not in HELD_BACK:
        cap -= numbers["margin-weigh"]
        why.append(f"{numbers['margin-weigh']:g} mm less because a decision is needed here")
    if person.under_age(numbers["adult-age"]):
        cap *= numbers["child-share"]
        why.append(f"{numbers['child-share']:g} of it below {numbers['adult-age']:g} years")
    return max(cap, 0.0), "; ".join(why) + "."


def _barred(
    way: Way, path: tuple[str, ...], proposal: Proposal, person: Person, knowledge: PlanKnowledge
) -> str | None:
    """Why this way is not used in this person at all; ``None``: nothing bars it."""
    if way.technique in HELD_BACK or not person.under_age(knowledge.numbers["adult-age"]):
        return None
    vital = [one for one in path if knowledge.worst(one) == VITAL and one not in proposal.measured_mm]
    if not vital:
        return None
    return f"no figures for people under {knowledge.numbers['adult-age']:g} are known for: {', '.join(map(knowledge.title, vital))}"
