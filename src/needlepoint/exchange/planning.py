"""From an assessment to a plan: the places that were proposed, or else the muscles that could best explain the pain."""

from dataclasses import dataclass, replace
from datetime import date

from needlepoint.exchange.assessing import Assessment, assess_case
from needlepoint.exchange.locating import Locator
from needlepoint.exchange.told import Told
from needlepoint.plan import Circumstances, Earlier, Person, Plan, PlanKnowledge, StockNeedle, person_of, propose
from needlepoint.plan.numbers import Numbers
from needlepoint.plan.reach import shaft_out
from needlepoint.screen import Answers, Clearance, Needle, Proposal, ScreenKnowledge, assess
from needlepoint.terms import Level

#: Without a proposal, so many of the likeliest muscles are planned for.
MOST_SUGGESTED = 3


@dataclass(frozen=True, slots=True)
class Planned:
    """The assessment, the plan made from it, and the person it is for. ``suggested``: nobody proposed a place, so the ranking did."""

    assessment: Assessment
    plan: Plan
    person: Person
    suggested: bool


def plan_case(locator: Locator, knowledge: PlanKnowledge, told: Told, answers: Answers, *, on: date) -> Planned:
    """Which needle, where, how deep, and how not, for this case?"""
    assessment = assess_case(locator, told, answers, on=on)
    located, heard = assessment.located, assessment.answers
    suggested = not told.proposed
    proposals = told.proposed or tuple(
        Proposal(locator.screen.atlas.place_of_muscle(one.muscle, one.side), f"{one.title}, {one.side}", "locate")
        for one in located.candidates[:MOST_SUGGESTED]
    )
    stock = tuple(StockNeedle(length, diameter) for length, diameter in told.stock)
    places = [
        cleared_alone(one, stock or knowledge.stock, knowledge.numbers, heard, locator.screen, on=on)
        for one in proposals
    ]
    person = person_of(answers)
    plan = propose(
        person,
        places,
        knowledge,
        on=on,
        stock=stock,
        told=Circumstances(
            None if told.earlier is None else tuple(Earlier(one.muscle, one.side, one.on) for one in told.earlier),
            told.competitions,
            answers.truth("competition-within-three-days"),
        ),
        others=tuple(assessment.needled_there.values()),
        dangers=tuple(one.title for one in located.red_flags if one.stops),
        together=_only_together(assessment.clearance, places),
    )
    return Planned(assessment, plan, person, suggested)


def cleared_alone(
    proposal: Proposal,
    stock: tuple[StockNeedle, ...],
    numbers: Numbers,
    answers: Answers,
    screen: ScreenKnowledge,
    *,
    on: date,
) -> Clearance:
    """The clearance of one place alone, as if with what the shortest needle at hand has inside: the plan says which needle it becomes."""
    shortest = min(one.length_mm for one in stock)
    inside = Needle(max(shortest - shaft_out(shortest, numbers), 0.1))
    alone = assess(answers, (replace(proposal, needle=inside),), screen, on=on)
    return replace(alone, sites=tuple(replace(one, proposal=proposal) for one in alone.sites))


def _only_together(whole: Clearance, places: list[Clearance]) -> tuple[str, ...]:
    """What the screen says of all places together and of none alone; nothing of fewer than two."""
    if len(places) < 2:
        return ()
    alone = {one.id for place in places for one in place.findings}
    return tuple(
        f"{one.title}. {one.advice}"
        for one in whole.findings
        if one.scope == "person" and one.id not in alone and one.level > Level.CLEAR
    )
