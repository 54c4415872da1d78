"""Which questions are still open for a person: everything not known that could make the person, or a place, worse.

``needlepoint.screen.questions`` looks for the *fewest* questions to ask one person. Over many people something plainer is wanted, that a
database can count too: every single thing that is not known and stands in a line that is open and would weigh more than what already holds.
This file says what that means; the person-by-person engine runs it as it stands here, and the databases have to agree with it.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from needlepoint.screen import Answers
from needlepoint.screen.expression import Fact, Quantity
from needlepoint.screen.residue import (
    AnyOf,
    Ask,
    Every,
    NotSo,
    Open,
    Residue,
    Sure,
    Touches,
    asker,
    every,
    residue_leaves,
)
from needlepoint.screen.sheet import Residues


class Unknown(StrEnum):
    """What kind of thing is not known."""

    FACT = "fact"
    WHERE = "where"
    MEASUREMENT = "measurement"
    PLAN = "plan"


@dataclass(frozen=True, slots=True, order=True)
class Question:
    """One thing that may not be known. ``about`` is the fact, the measurement, or the question of the plan."""

    kind: Unknown
    about: str

    @property
    def id(self) -> str:
        """The id by which this is asked: as in ``screen.questions``."""
        return f"where-{self.about}" if self.kind is Unknown.WHERE else self.about

    def is_open(self, answers: Answers) -> bool:
        """Is this not known of the person? Where a fact lies is only asked of those who have it."""
        match self.kind:
            case Unknown.FACT:
                return answers.truth(self.about) is None
            case Unknown.WHERE:
                return answers.truth(self.about) is True and answers.places.get(self.about) is None
            case Unknown.MEASUREMENT:
                return answers.quantities.get(self.about) is None
            case Unknown.PLAN:
                return True


def open_questions(answers: Answers, residues: Residues, still_open: list[int]) -> tuple[str, ...]:
    """The ids of everything not known that leaves one of these sets of residues open, in the order of the alphabet.

    ``still_open`` are sets of numbers as ``Column.could_worsen`` gives them: for the person, and for each place.
    """
    wanted = 0
    for numbers in still_open:
        wanted |= numbers
    found: set[str] = set()
    while wanted:
        lowest = wanted & -wanted
        for ask, questions in _tries(residues.residues[lowest.bit_length() - 1]):
            if ask(answers) is None:
                found.update(question.id for question in questions if question.is_open(answers))
        wanted ^= lowest
    return tuple(sorted(found))


@lru_cache(maxsize=20_000)
def _tries(residue: Residue) -> tuple[tuple[Ask, tuple[Question, ...]], ...]:
    """For each way in which a residue can come true, how to try it, and what it asks."""
    return tuple((asker(way), questions_in(way)) for way in ways(residue))


def ways(residue: Residue) -> tuple[Residue, ...]:
    """The ways in which a residue can come true: it is so when one of them is, and not so when none is.

    An *any* falls apart into its parts. So does one that asks about places and stands alone inside an *every*, so that "a plate or a new
    joint here, unless it is known to be harmless" becomes two ways with one located fact in each.
    """
    match residue:
        case AnyOf(parts=parts):
            return tuple(dict.fromkeys(way for part in parts for way in ways(part)))
        case Every(parts=parts):
            choices = [part for part in parts if isinstance(part, AnyOf)]
            if len(choices) == 1 and asks_where(choices[0]):
                spread = (
                    every(tuple(one if part is choices[0] else part for part in parts)) for one in ways(choices[0])
                )
                return tuple(dict.fromkeys(spread))
    return (residue,)


def asks_where(residue: Residue) -> bool:
    """Does this ask where something lies?"""
    return any(isinstance(leaf, Touches) for leaf in residue_leaves(residue))


def questions_in(residue: Residue) -> tuple[Question, ...]:
    """What this residue asks that can leave it open.

    What has to be known *for sure* counts as *no* while it is not known: it leaves nothing open, so it is not asked.
    """
    match residue:
        case Fact(id=fact):
            return (Question(Unknown.FACT, fact),)
        case Touches(fact=fact):
            return (Question(Unknown.FACT, fact), Question(Unknown.WHERE, fact))
        case Quantity(between=between):
            return (Question(Unknown.MEASUREMENT, between.id),)
        case Open(question=question):
            return (Question(Unknown.PLAN, question),)
        case Every(parts=parts) | AnyOf(parts=parts):
            return tuple(dict.fromkeys(question for part in parts for question in questions_in(part)))
        case NotSo(part=part):
            return questions_in(part)
        case Sure() | bool():
            return ()
