"""Judges the plan on one published accident or one ordinary treatment."""

from dataclasses import dataclass, field
from datetime import date

from tools.plan_proof.cases import Accident, Ordinary, Who

from needlepoint.exchange.planning import cleared_alone
from needlepoint.library import load_knowledge, load_plan_knowledge
from needlepoint.plan import Circumstances, Person, PlanKnowledge, SitePlan, propose
from needlepoint.plan.shallowest import shallowest
from needlepoint.screen import Answers, Proposal, ScreenKnowledge
from needlepoint.terms import Side

DAY = date(2026, 11, 26)
#: The ways in which an accident is kept from happening, the surest first, and in which it is not.
KEPT = (
    "no needle",
    "stays above the muscle",
    "short of the depth told",
    "short of the shallowest published depth",
    "less than half as deep",
)
OPEN = ("kept off by direction alone", "our cap alone", "not kept")


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one case came out, and the plan's figures behind it."""

    case: Accident | Ordinary
    word: str
    why: str
    stop_mm: float | None
    reach_mm: float | None
    to_hub_mm: float | None

    @property
    def kept(self) -> bool:
        """Would this accident have been kept from happening, for a reason that can be shown?"""
        return self.word in KEPT


@dataclass
class Judge:
    """Plans for the person of a case as for someone who comes for the first time, knowing no more than the case tells."""

    screen: ScreenKnowledge = field(default_factory=load_knowledge)
    knowledge: PlanKnowledge = field(default_factory=load_plan_knowledge)

    def site(self, case: Accident | Ordinary) -> SitePlan:
        """The plan of the place of this case."""
        side = Side(case.side) if case.side in ("left", "right") else None
        place = self.screen.atlas.place_of_muscle(case.muscle, side)
        technique = case.technique if isinstance(case, Ordinary) and case.technique == "superficial" else None
        proposal = Proposal(place, case.muscle, "proposed[0]", technique=technique)
        clearance = cleared_alone(
            proposal, self.knowledge.stock, self.knowledge.numbers, Answers(), self.screen, on=DAY
        )
        told = Circumstances(earlier=())
        return propose(person_of(case.person), [clearance], self.knowledge, on=DAY, told=told).sites[0]

    def accident(self, case: Accident) -> Verdict:
        """Would this accident have happened under the plan?"""
        site = self.site(case)
        needle = site.needle
        if needle is None:
            assert site.declined is not None
            return Verdict(case, "no needle", site.declined.reason, None, None, None)
        reach, hub = needle.chosen.reach_mm, needle.chosen.to_hub_mm
        in_path = case.structure not in needle.way.excludes
        word, why = "our cap alone", "no depth was told or published for this structure here"
        found = shallowest(
            case.structure,
            case.muscle,
            person_of(case.person),
            self.knowledge,
            measured_mm={},
            lifted=needle.way.lifted,
        )
        length = case.needle.length_mm
        if case.structure_mm is not None:
            word = "short of the depth told" if reach < case.structure_mm else "not kept"
            why = f"it lay {case.structure_mm:g} mm deep"
        elif needle.way.technique == "superficial":
            word, why = "stays above the muscle", needle.safer_than or needle.way.name
        elif in_path and found is not None and reach <= found.mm:
            word, why = "short of the shallowest published depth", found.text
        elif length is not None and reach < length / 2:
            word, why = "less than half as deep", f"the needle was {length:g} mm long"
        elif not in_path:
            word, why = "kept off by direction alone", needle.way.direction
        return Verdict(case, word, why, needle.stop_depth_mm, reach, hub)

    def ordinary(self, case: Ordinary) -> Verdict:
        """Does the plan still reach the muscle?"""
        site = self.site(case)
        needle = site.needle
        if needle is None:
            assert site.declined is not None
            return Verdict(case, "refused", site.declined.reason, None, None, None)
        reach, hub = needle.chosen.reach_mm, needle.chosen.to_hub_mm
        if case.technique == "superficial" or needle.reaches_muscle:
            return Verdict(case, "reached", needle.way.name, needle.stop_depth_mm, reach, hub)
        return Verdict(case, "shallow only", needle.safer_than or needle.way.name, needle.stop_depth_mm, reach, hub)


def person_of(who: Who) -> Person:
    """The person as far as the case tells. Nobody is said to be slim or not unless the case says so."""
    bmi = who.bmi
    if bmi is None and who.height_cm and who.weight_kg:
        bmi = who.weight_kg / (who.height_cm / 100) ** 2
    word = (who.build or "").lower()
    slim = (
        True
        if word in ("slim", "thin", "lean", "slender")
        else False
        if word in ("heavy", "obese", "average")
        else None
    )
    return Person(who.age, who.sex, bmi, who.height_cm, who.weight_kg, slim)
