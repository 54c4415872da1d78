"""What a rule's ``when`` is made of, and what it comes to for one person at one place.

Each part is a frozen value. :func:`evaluate` is the plain, slow meaning of them all, three-valued; everything faster has to agree with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from needlepoint.body import Place
from needlepoint.screen.facts import Between
from needlepoint.screen.told import Answers, Proposal
from needlepoint.terms import Side, Truth, all_of, any_of, negate


@dataclass(frozen=True, slots=True)
class Fact:
    """It is known that this is so of the person."""

    id: str


@dataclass(frozen=True, slots=True)
class Here:
    """This located fact lies in the area of the place."""

    id: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A measurement lies between two values."""

    between: Between


@dataclass(frozen=True, slots=True)
class Beneath:
    """This structure lies beneath the place."""

    structure: str


@dataclass(frozen=True, slots=True)
class Feature:
    """The place has this feature."""

    id: str


@dataclass(frozen=True, slots=True)
class At:
    """The place is, or may be, this region or muscle (``kind``)."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class InArea:
    """The place lies in this area, on either side (``bits``, of the atlas)."""

    id: str
    bits: int


@dataclass(frozen=True, slots=True)
class Barred:
    """A needle never belongs at this place, outside a specialist's hands; ``partly``: at some of what a coarse place may mean."""

    partly: bool = False


@dataclass(frozen=True, slots=True)
class NamedCoarsely:
    """The place was named only coarsely."""


@dataclass(frozen=True, slots=True)
class Planned:
    """It is planned to needle in this way: ``key`` is technique, stimulation, guidance or position."""

    key: str
    value: str


@dataclass(frozen=True, slots=True)
class NeedleMayReach:
    """The planned needle is at least as long as the shallowest known distance. ``None``: to any structure."""

    structure: str | None


@dataclass(frozen=True, slots=True)
class Sitting:
    """Something of the places proposed together: ``both-sides-of-chest`` or ``both-lungs``."""

    id: str


@dataclass(frozen=True, slots=True)
class All:
    """Every part is so."""

    parts: "tuple[Expression, ...]"


@dataclass(frozen=True, slots=True)
class Some:
    """At least one part is so."""

    parts: "tuple[Expression, ...]"


@dataclass(frozen=True, slots=True)
class Not:
    """The part is not so; not known stays not known."""

    part: "Expression"


@dataclass(frozen=True, slots=True)
class Surely:
    """The part is *known* to be so: not known counts as no. Only a good answer that is sure may lower a level."""

    part: "Expression"


Expression = (
    Fact
    | Here
    | Quantity
    | Beneath
    | Feature
    | At
    | InArea
    | Barred
    | NamedCoarsely
    | Planned
    | NeedleMayReach
    | Sitting
    | All
    | Some
    | Not
    | Surely
)

#: The questions that a plan, rather than a person, leaves open.
PLAN_QUESTIONS: Mapping[str, str] = {
    "planned-technique": "Will the needle go deep, or stay just under the skin?",
    "planned-stimulation": "Will a machine send current through the needles?",
    "planned-guidance": "Will the needle be guided by ultrasound?",
    "planned-position": "In which position will the person lie or sit?",
    "planned-needle-length": "How long is the needle, in millimetres?",
    "planned-side": "Which side is meant, left or right?",
}


def evaluate(
    expression: Expression, answers: Answers, proposal: Proposal | None, together: tuple[Proposal, ...]
) -> Truth:
    """Is this so, for this person, at this place, among the places proposed together?

    ``proposal`` is ``None`` for what concerns the person only: whatever asks about a place is then *no*. A proposal with an empty ``origin``
    stands for a region that nobody proposed: nothing is planned there, so whatever asks about the plan is *no*.
    """
    match expression:
        case Fact(id=fact):
            return answers.truth(fact)
        case Quantity(between=between):
            value = answers.quantities.get(between.id)
            return None if value is None else between.holds(value)
        case All(parts=parts):
            return all_of(evaluate(part, answers, proposal, together) for part in parts)
        case Some(parts=parts):
            return any_of(evaluate(part, answers, proposal, together) for part in parts)
        case Not(part=part):
            return negate(evaluate(part, answers, proposal, together))
        case Surely(part=part):
            return evaluate(part, answers, proposal, together) is True
        case Sitting(id=sitting):
            return sitting_truth(sitting, together)
        case Here(id=fact):
            if proposal is None or proposal.place is None:
                return False
            return touches(answers, fact, proposal.place.areas)
        case _:
            return False if proposal is None else place_truth(expression, proposal)


def touches(answers: Answers, fact: str, areas: int) -> Truth:
    """Does this located fact lie in any of these areas? Not known when we do not know where it lies."""
    truth = answers.truth(fact)
    if truth is not True:
        return truth
    where = answers.places.get(fact)
    return None if where is None else bool(where & areas)


def place_truth(expression: Expression, proposal: Proposal) -> Truth:
    """Is this so of the place and the plan alone? It asks nothing about the person."""
    place = proposal.place
    if place is None:
        return False
    match expression:
        case Beneath(structure=structure):
            return structure in place.beneath
        case Feature(id=feature):
            return feature in place.features
        case At(kind="muscle", id=muscle):
            return muscle in place.muscles
        case At(kind="region", id=region):
            return region in place.regions
        case InArea(bits=bits):
            return bool(place.areas & bits)
        case Barred(partly=partly):
            return bool(place.partly_barred if partly else place.barred)
        case NamedCoarsely():
            return place.coarse
        case Planned(key=key, value=value):
            if not proposal.origin:
                return False
            planned = getattr(proposal, key)
            return None if planned is None else planned == value
        case NeedleMayReach(structure=structure):
            return _may_reach(structure, proposal)
    raise TypeError(f"{expression!r} says nothing about a place")


def _may_reach(structure: str | None, proposal: Proposal) -> Truth:
    place = proposal.place
    if place is None or not proposal.origin:
        return False
    wanted = place.beneath | {d.structure for d in place.distances} if structure is None else {structure}
    depths = [mm for one in wanted if (mm := proposal.shallowest_mm(one)) is not None]
    if not depths:
        return False
    length = proposal.needle.length_mm
    return None if length is None else length >= min(depths)


def sitting_truth(sitting: str, together: tuple[Proposal, ...]) -> Truth:
    """Is this so of the places proposed together? A place whose side was not stated may lie on either."""
    sides = [one.place.side for one in together if one.place and counts_for(sitting, one.place)]
    if Side.MIDLINE in sides:
        sides = [side for side in sides if side is not Side.MIDLINE]
    if Side.LEFT in sides and Side.RIGHT in sides:
        return True
    return None if None in sides else False


def counts_for(sitting: str, place: Place) -> bool:
    """Does this place count when both sides of the chest, or both lungs, are looked for?"""
    if sitting not in ("both-sides-of-chest", "both-lungs"):
        raise ValueError(f"'{sitting}' is nothing that can be said of a sitting")
    return place.over_chest_wall or (sitting == "both-lungs" and "pleura" in place.beneath)


def leaves(expression: Expression) -> tuple[Expression, ...]:
    """All parts of an expression that are not made of others, in reading order."""
    match expression:
        case All(parts=parts) | Some(parts=parts):
            return tuple(leaf for part in parts for leaf in leaves(part))
        case Not(part=part) | Surely(part=part):
            return leaves(part)
        case _:
            return (expression,)
