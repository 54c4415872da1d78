"""Can a rule ever fire? Looks for a place and a person that make it hold."""

from itertools import product

from needlepoint.body import Place
from needlepoint.screen.expression import At, Fact, NeedleMayReach, Planned, Quantity, Sitting, leaves
from needlepoint.screen.knowledge import ScreenKnowledge
from needlepoint.screen.residue import Every, NotSo, Open, Residue, Sure, Touches, asker, residue_leaves, settle
from needlepoint.screen.rule import Rule, Scope
from needlepoint.screen.sheet import rule_expressions
from needlepoint.screen.told import Answers, Needle, Proposal
from needlepoint.terms import Side


class ReachSearch:
    """Tries every place of the atlas, with the plans that rules speak of, and a person for whom what is adverse is so."""

    def __init__(self, knowledge: ScreenKnowledge) -> None:
        self.knowledge = knowledge
        atlas = knowledge.atlas
        muscles = [atlas.place_of_muscle(one, Side.LEFT) for one in sorted(atlas.muscles)]
        coarse = [atlas.place_of_coarse(one, Side.LEFT) for one in sorted(atlas.coarse)]
        self.places: list[Place] = [*atlas.every_place(), *muscles, *coarse]

    def can_fire(self, rule: Rule) -> bool:
        """Is there a person, and for a rule about places a place and a plan, that makes the rule hold?"""
        for proposal in self._proposals(rule):
            residue = settle(rule_expressions(rule)[0][1], proposal, self._together(rule))
            if residue is not False and _satisfiable(residue, self.knowledge):
                return True
        return False

    def _together(self, rule: Rule) -> tuple[Proposal, ...]:
        if not any(isinstance(leaf, Sitting) for leaf in leaves(rule.when)):
            return ()
        over_lung = [one for one in self.places if one.over_chest_wall]
        left = next((one for one in over_lung if one.side is Side.LEFT), None)
        right = next((one for one in over_lung if one.side is Side.RIGHT), None)
        return tuple(Proposal(one, one.label, "proposed") for one in (left, right) if one)

    def _proposals(self, rule: Rule) -> list[Proposal | None]:
        if rule.scope is Scope.PERSON:
            return [None]
        found = leaves(rule.when)
        plans: dict[str, str] = {leaf.key: leaf.value for leaf in found if isinstance(leaf, Planned)}
        needle = Needle(150.0) if any(isinstance(leaf, NeedleMayReach) for leaf in found) else Needle()
        muscles = {leaf.id for leaf in found if isinstance(leaf, At) and leaf.kind == "muscle"}
        places = [one for one in self.places if not muscles or muscles & set(one.muscles)]
        plan_sets = [plans, *({key: value} for key, value in plans.items())]
        return [_proposal(place, needle, plan) for place, plan in product(places, plan_sets)]


def _proposal(place: Place, needle: Needle, plan: dict[str, str]) -> Proposal:
    return Proposal(
        place,
        place.label,
        "proposed",
        needle,
        plan.get("technique"),
        plan.get("stimulation"),
        plan.get("guidance"),
        plan.get("position"),
    )


def _satisfiable(residue: Residue, knowledge: ScreenKnowledge) -> bool:
    """Is there a person for whom this holds? Tries the adverse answer to everything, with a few values of each quantity."""
    if isinstance(residue, bool):
        return residue
    facts: dict[str, bool] = {}
    places: dict[str, int] = {}
    values: dict[str, list[float]] = {}
    for leaf in residue_leaves(residue):
        match leaf:
            case Fact(id=fact):
                facts[fact] = knowledge.facts[fact].adverse
            case Touches(fact=fact, areas=areas):
                facts[fact], places[fact] = True, areas
            case Quantity(between=between):
                low, high = knowledge.measurements[between.id].plausible
                ends = [end for end in (between.low, between.high) if end is not None]
                near = [end + step for end in ends for step in (-0.5, -0.01, 0.0, 0.01, 0.5)]
                values.setdefault(between.id, [low, high]).extend(one for one in near if low <= one <= high)
            case Open():
                pass
    asks = asker(_without_easing(residue))
    choices = [sorted(set(one)) for one in values.values()]
    for combination in product(*choices):
        quantities = dict(zip(values, combination, strict=True))
        if asks(Answers(facts=facts, places=places, quantities=quantities)):
            return True
    return False


def _without_easing(residue: Residue) -> Residue:
    """A good answer that lowers the level is left aside: it is not known here, so it does not."""
    if isinstance(residue, Every):
        kept = tuple(part for part in residue.parts if not (isinstance(part, NotSo) and isinstance(part.part, Sure)))
        return Every(kept)
    return residue
