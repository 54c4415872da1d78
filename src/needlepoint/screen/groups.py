"""How the questions are put to the person themselves: a few at a time, as things to tick, in fewer words than each has alone."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from needlepoint.screen.facts import Asked
from needlepoint.screen.told import Answers


class ToldBy(StrEnum):
    """Who answers: the person, or the clinician."""

    PERSON = "person"
    CLINICIAN = "clinician"


@dataclass(frozen=True, slots=True)
class GroupItem:
    """One thing to tick. With one fact, that is so then; with several, at least one of them is, and each is asked by itself next."""

    facts: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """Some questions on one page.

    ``settles``: general facts that are denied when none of the items is so, because the items say the same in parts. ``asks``: the list that
    is asked for, instead of items. ``after``: asked only when this list holds something. ``measures``: measurements that may be told here.
    """

    id: str
    place: int
    title: str
    question: str
    hint: str | None
    none: str | None
    told_by: ToldBy
    items: tuple[GroupItem, ...]
    settles: tuple[str, ...]
    asks: Asked | None
    after: Asked | None
    measures: tuple[str, ...]

    def items_for(self, known: Answers) -> tuple[GroupItem, ...]:
        """The items that are not answered by what is known anyway: a man is not asked whether he is pregnant."""
        left = ((tuple(fact for fact in one.facts if known.truth(fact) is None), one) for one in self.items)
        return tuple(replace(one, facts=facts) for facts, one in left if facts)


def told_by_clinician(groups: Iterable[QuestionGroup]) -> frozenset[str]:
    """The facts that the person is not asked about."""
    return frozenset(
        fact for group in groups if group.told_by is ToldBy.CLINICIAN for item in group.items for fact in item.facts
    )
