"""Why a rule holds: the facts that matched, each with its place in the input."""

from needlepoint.screen.expression import (
    At,
    Barred,
    Beneath,
    Expression,
    Fact,
    Feature,
    Here,
    InArea,
    NamedCoarsely,
    NeedleMayReach,
    Not,
    Planned,
    Quantity,
    Sitting,
    evaluate,
    leaves,
)
from needlepoint.screen.knowledge import ScreenKnowledge
from needlepoint.screen.rule import Rule
from needlepoint.screen.told import Answers, Because, Proposal
from needlepoint.terms import Side


def reasons(rule: Rule, answers: Answers, knowledge: ScreenKnowledge, proposal: Proposal | None) -> tuple[Because, ...]:
    """Which facts made this rule hold, and from where in the input does each come?"""
    found: dict[Because, None] = {}
    for leaf, wanted in _signed(rule.when, True):
        if evaluate(leaf, answers, proposal, ()) is wanted or isinstance(leaf, Sitting):
            for because in _because(leaf, answers, knowledge, proposal):
                found[because] = None
    return tuple(found)


def _signed(expression: Expression, wanted: bool) -> list[tuple[Expression, bool]]:
    if isinstance(expression, Not):
        return _signed(expression.part, not wanted)
    parts = getattr(expression, "parts", None)
    if parts is not None:
        return [one for part in parts for one in _signed(part, wanted)]
    return [(leaf, wanted) for leaf in leaves(expression)]


def _because(
    leaf: Expression, answers: Answers, knowledge: ScreenKnowledge, proposal: Proposal | None
) -> tuple[Because, ...]:
    origin = proposal.origin if proposal else ""
    where = _where(proposal) if proposal else ""
    match leaf:
        case Fact(id=fact) | Here(id=fact):
            title = knowledge.facts[fact].title
            return answers.because.get(fact, ()) or (Because(title if answers.truth(fact) else f"not so: {title}", ""),)
        case Quantity(between=between):
            measurement = knowledge.measurements[between.id]
            value = answers.quantities[between.id]
            return answers.because.get(between.id, ()) or (
                Because(f"{measurement.title} {value:g} {unit_word(measurement.unit)}".strip(), ""),
            )
        case Beneath(structure=structure):
            return (Because(f"{knowledge.atlas.structures[structure].title} beneath {where}", origin),)
        case Feature(id=feature):
            return (Because(f"{where}: {feature.replace('-', ' ')}", origin),)
        case At() | InArea():
            return (Because(where, origin),)
        case Barred(partly=partly):
            place = proposal.place if proposal else None
            barred = (place.partly_barred if partly else place.barred) if place else ()
            return tuple(Because(f"{where}: {reason}", origin) for reason in barred)
        case NamedCoarsely():
            return (Because(f"{where} may mean several places", origin),)
        case Planned(key=key, value=value):
            return (Because(f"planned {key}: {value}", origin),)
        case NeedleMayReach(structure=structure):
            return _reach(structure, proposal, knowledge)
        case Sitting():
            return (Because("the places proposed together", "proposed"),)
    return ()


def _where(proposal: Proposal) -> str:
    place = proposal.place
    if place is None:
        return proposal.text
    side = f"{place.side.value} " if place.side in (Side.LEFT, Side.RIGHT) else ""
    return (
        f"{side}{place.label.lower() if not place.label.isupper() and not place.label[1:2].isupper() else place.label}"
    )


def _reach(structure: str | None, proposal: Proposal | None, knowledge: ScreenKnowledge) -> tuple[Because, ...]:
    if proposal is None or proposal.place is None or proposal.needle.length_mm is None:
        return ()
    wanted = proposal.place.beneath if structure is None else {structure}
    known = {one: mm for one in sorted(wanted) if (mm := proposal.shallowest_mm(one)) is not None}
    return tuple(
        Because(
            f"a needle of {proposal.needle.length_mm:g} mm, where {knowledge.atlas.structures[one].title} has been found at {mm:g} mm",
            proposal.origin,
        )
        for one, mm in known.items()
        if proposal.needle.length_mm >= mm
    )


#: How UCUM units are written for people.
_UNITS = {
    "1": "",
    "10e9/L": "× 10⁹/L",
    "10*9/L": "× 10⁹/L",
    "Cel": "°C",
    "a": "years",
    "wk": "weeks",
    "mm[Hg]": "mmHg",
    "/min": "a minute",
}


def unit_word(unit: str) -> str:
    """The unit as people write it."""
    return _UNITS.get(unit, unit)
