"""What is left to ask of a person once the place and the plan are known.

A rule over the lung at the upper trapezius, say, comes down to "has a lung disease". Such a residue asks about the person only, so it can be
worked out once for each place and then tried on a million people, here or in a database.
"""

from collections.abc import Callable
from dataclasses import dataclass

from needlepoint.screen.expression import (
    All,
    Expression,
    Fact,
    Here,
    NeedleMayReach,
    Not,
    Planned,
    Quantity,
    Sitting,
    Some,
    Surely,
    place_truth,
    sitting_truth,
)
from needlepoint.screen.facts import Between
from needlepoint.screen.told import Answers, Proposal
from needlepoint.terms import Truth


@dataclass(frozen=True, slots=True)
class Touches:
    """This located fact lies in one of these areas."""

    fact: str
    areas: int


@dataclass(frozen=True, slots=True)
class Open:
    """Not known, because the plan does not say; the question would settle it."""

    question: str


@dataclass(frozen=True, slots=True)
class Every:
    """Every part is so."""

    parts: "tuple[Residue, ...]"


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part is so."""

    parts: "tuple[Residue, ...]"


@dataclass(frozen=True, slots=True)
class NotSo:
    """The part is not so."""

    part: "Residue"


@dataclass(frozen=True, slots=True)
class Sure:
    """The part is known to be so."""

    part: "Residue"


Residue = bool | Fact | Touches | Quantity | Open | Every | AnyOf | NotSo | Sure


def settle(expression: Expression, proposal: Proposal | None, together: tuple[Proposal, ...]) -> Residue:
    """What is left to ask of the person, at this place, among the places proposed together?"""
    match expression:
        case Fact() | Quantity():
            return expression
        case All(parts=parts):
            return every(tuple(settle(part, proposal, together) for part in parts))
        case Some(parts=parts):
            return any_one(tuple(settle(part, proposal, together) for part in parts))
        case Not(part=part):
            rest = settle(part, proposal, together)
            return (not rest) if isinstance(rest, bool) else NotSo(rest)
        case Surely(part=part):
            rest = settle(part, proposal, together)
            if isinstance(rest, Open):
                return False
            return rest if isinstance(rest, bool) else Sure(rest)
        case Here(id=fact):
            return False if proposal is None or proposal.place is None else Touches(fact, proposal.place.areas)
        case Sitting(id=sitting):
            truth = sitting_truth(sitting, together)
            return Open("planned-side") if truth is None else truth
    truth = False if proposal is None else place_truth(expression, proposal)
    return Open(_plan_question(expression)) if truth is None else truth


def _plan_question(expression: Expression) -> str:
    if isinstance(expression, Planned):
        return f"planned-{expression.key}"
    return "planned-needle-length" if isinstance(expression, NeedleMayReach) else "planned-side"


def every(parts: tuple[Residue, ...]) -> Residue:
    """The simplest residue that says that all of these are so."""
    if any(part is False for part in parts):
        return False
    rest = tuple(dict.fromkeys(part for part in parts if part is not True))
    return True if not rest else rest[0] if len(rest) == 1 else Every(rest)


def any_one(parts: tuple[Residue, ...]) -> Residue:
    """The simplest residue that says that one of these is so."""
    if any(part is True for part in parts):
        return True
    rest = tuple(dict.fromkeys(part for part in parts if part is not False))
    return False if not rest else rest[0] if len(rest) == 1 else AnyOf(rest)


Ask = Callable[[Answers], Truth]


def asker(residue: Residue) -> Ask:
    """A function that answers the residue for a person. It agrees with ``expression.evaluate``."""
    match residue:
        case bool():
            return lambda _: residue
        case Fact(id=fact):
            return lambda answers: answers.facts.get(fact)
        case Touches(fact=fact, areas=areas):

            def touches(answers: Answers) -> Truth:
                truth = answers.facts.get(fact)
                if not truth:
                    return truth
                where = answers.places.get(fact)
                return None if where is None else bool(where & areas)

            return touches
        case Quantity(between=between):
            return lambda answers: _within(between, answers)
        case Open():
            return lambda _: None
        case Every(parts=parts):
            asks = tuple(map(asker, parts))

            def every_one(answers: Answers) -> Truth:
                known: Truth = True
                for ask in asks:
                    truth = ask(answers)
                    if truth is False:
                        return False
                    if truth is None:
                        known = None
                return known

            return every_one
        case AnyOf(parts=parts):
            asks = tuple(map(asker, parts))

            def one_of_them(answers: Answers) -> Truth:
                known: Truth = False
                for ask in asks:
                    truth = ask(answers)
                    if truth:
                        return True
                    if truth is None:
                        known = None
                return known

            return one_of_them
        case NotSo(part=part):
            inner = asker(part)

            def not_so(answers: Answers) -> Truth:
                truth = inner(answers)
                return None if truth is None else not truth

            return not_so
        case Sure(part=part):
            inner = asker(part)
            return lambda answers: inner(answers) is True


def _within(between: Between, answers: Answers) -> Truth:
    value = answers.quantities.get(between.id)
    return None if value is None else between.holds(value)


def residue_leaves(residue: Residue) -> tuple[Fact | Touches | Quantity | Open, ...]:
    """All questions that a residue is made of, in reading order."""
    match residue:
        case Every(parts=parts) | AnyOf(parts=parts):
            return tuple(leaf for part in parts for leaf in residue_leaves(part))
        case NotSo(part=part) | Sure(part=part):
            return residue_leaves(part)
        case bool():
            return ()
        case _:
            return (residue,)
