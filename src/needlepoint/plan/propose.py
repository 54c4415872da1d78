"""The verb: which needle, where, how deep, and how not?"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from needlepoint.plan.knowledge import PlanKnowledge
from needlepoint.plan.person import Person
from needlepoint.plan.plan import Declined, NeedlePlan, Plan, SitePlan
from needlepoint.plan.reach import StockNeedle
from needlepoint.plan.session import Circumstances, plan_session
from needlepoint.plan.site import plan_site
from needlepoint.screen import Clearance, Finding, SiteClearance
from needlepoint.terms import Side

#: So many other places for the same pain are named beside a refusal.
MOST_ELSEWHERE = 3


def propose(
    person: Person,
    places: Sequence[Clearance],
    knowledge: PlanKnowledge,
    *,
    on: date,
    stock: tuple[StockNeedle, ...] = (),
    told: Circumstances | None = None,
    others: Sequence[SiteClearance] = (),
    dangers: Sequence[str] = (),
    together: Sequence[str] = (),
) -> Plan:
    """Which needle, where, how deep, and how not, at every place?

    ``places`` holds the clearance of each place asked for alone: what is only wrong of several places on one day (both sides of the chest)
    is settled by the session, which puts one of them off. ``together`` are the words of the screen on all of them together, to be shown.
    ``stock`` are the needles at hand (empty: those that most clinics keep). ``others`` are places that could explain the same pain, the
    likeliest first; where a place is refused, those of them that can be needled are named. ``dangers`` are signs of something that needles
    must not delay: while there are any, every place is refused. No place whose clearance is stop, and no place of which nothing is known,
    ever gets a needle.
    """
    told = told or Circumstances()
    needles = tuple(sorted(set(stock or knowledge.stock)))
    sites = [
        plan_site(site, _findings_of(site, n, clearance), person, needles, knowledge, first=told.first)
        for clearance in places
        for n, site in enumerate(clearance.sites)
    ]
    if dangers:
        sites = [_after_the_danger(site, dangers) for site in sites]
        others = ()
    if others and any(site.declined for site in sites):
        there = _can_be_needled(others, person, needles, knowledge, told)
        sites = [replace(one, elsewhere=_elsewhere(one, there)) if one.declined else one for one in sites]
    session = plan_session(sites, person, told, knowledge, on=on, together=together)
    placed = {n: step.position for step in session.steps for n in step.sites}
    counts = dict(session.insertions)
    sites = [_as_in_session(site, placed.get(n), counts.get(n)) for n, site in enumerate(sites)]
    return Plan(tuple(sites), session, knowledge.release, knowledge.sha256)


def _after_the_danger(site: SitePlan, dangers: Sequence[str]) -> SitePlan:
    reason = f"A danger sign comes first: {'; '.join(dangers)}."
    instead = site.declined.instead if site.declined else None
    return replace(site, needle=None, asked=None, declined=Declined(reason, ("settle the danger sign first",), instead))


def _findings_of(site: SiteClearance, n: int, clearance: Clearance) -> tuple[Finding, ...]:
    """The findings that hold at this place, the person's among them."""
    return tuple(
        one for one in clearance.findings if n in one.sites or one.scope == "person" or one.id in site.findings
    )


def _can_be_needled(
    others: Sequence[SiteClearance],
    person: Person,
    stock: tuple[StockNeedle, ...],
    knowledge: PlanKnowledge,
    told: Circumstances,
) -> tuple[tuple[str, Side], ...]:
    plans = [plan_site(one, (), person, stock, knowledge, first=told.first) for one in others]
    return tuple((one.muscle, one.side) for one in plans if one.needle and one.muscle and one.side)


def _elsewhere(site: SitePlan, there: tuple[tuple[str, Side], ...]) -> tuple[tuple[str, Side], ...]:
    return tuple(one for one in there if one != (site.muscle, site.side))[:MOST_ELSEWHERE]


def _as_in_session(site: SitePlan, position: str | None, insertions: int | None) -> SitePlan:
    """The plan of a place with the position and the insertions that the session gives it."""
    if site.needle is None or position is None or insertions is None:
        return site
    needle: NeedlePlan = replace(site.needle, position=position, insertions_max=insertions)
    return replace(site, needle=needle)
