"""One rule: when it holds, how much it weighs, what it says, and who says so."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from needlepoint.screen.expression import Expression
from needlepoint.terms import Level, Statement


class Scope(StrEnum):
    """Whether a rule speaks of the person or of a place."""

    PERSON = "person"
    SITE = "site"


@dataclass(frozen=True, slots=True)
class Eased:
    """A good answer that lowers the level, when it is known for sure."""

    when: Expression
    to: Level


@dataclass(frozen=True, slots=True)
class Rule:
    """One reviewed statement about when needling is unsafe, with its advice and its sources."""

    id: str
    title: str
    scope: Scope
    level: Level
    when: Expression
    eased: Eased | None
    says: str
    advice: str
    disagreement: str | None
    choice: str | None
    sources: tuple[Statement, ...]
    reviewed: str | None
    look_again: date | None
