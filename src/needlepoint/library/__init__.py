"""From YAML files to checked, frozen knowledge."""

from functools import cache
from pathlib import Path
from typing import TypeVar

from needlepoint.library.build import Builder
from needlepoint.library.build_groups import GroupBuilder
from needlepoint.library.build_locate import LocateBuilder
from needlepoint.library.build_plan import PlanBuilder
from needlepoint.library.build_treat import TreatBuilder
from needlepoint.library.faults import Fault, KnowledgeFaultsError
from needlepoint.library.shelves import Shelves, knowledge_root, load_shelves
from needlepoint.locate import LocateKnowledge
from needlepoint.plan import PlanKnowledge
from needlepoint.screen.groups import QuestionGroup
from needlepoint.screen.knowledge import ScreenKnowledge
from needlepoint.treat import TreatKnowledge

__all__ = [
    "Fault",
    "KnowledgeFaultsError",
    "knowledge_root",
    "load_knowledge",
    "load_locate_knowledge",
    "load_plan_knowledge",
    "load_question_groups",
    "load_treat_knowledge",
]

Known = TypeVar("Known")


@cache
def load_knowledge(root: Path | None = None) -> ScreenKnowledge:
    """The knowledge of this folder, or the one that Needlepoint ships with. Raises ``KnowledgeFaultsError`` with every fault of it."""
    shelves = load_shelves(root or knowledge_root())
    return _sound(Builder(shelves).knowledge(), shelves)


@cache
def load_question_groups(root: Path | None = None) -> tuple[QuestionGroup, ...]:
    """How the questions of the screen are put to the person, from the same folder. Raises ``KnowledgeFaultsError`` with every fault of it."""
    screen = load_knowledge(root)
    shelves = load_shelves(root or knowledge_root())
    return _sound(GroupBuilder(Builder(shelves), screen).groups(), shelves)


@cache
def load_locate_knowledge(root: Path | None = None) -> LocateKnowledge:
    """What the locate step knows, from the same folder. Raises ``KnowledgeFaultsError`` with every fault of it."""
    screen = load_knowledge(root)
    shelves = load_shelves(root or knowledge_root())
    return _sound(LocateBuilder(Builder(shelves), screen).knowledge(), shelves)


@cache
def load_plan_knowledge(root: Path | None = None) -> PlanKnowledge:
    """What the plan step knows, from the same folder. Raises ``KnowledgeFaultsError`` with every fault of it."""
    screen = load_knowledge(root)
    shelves = load_shelves(root or knowledge_root())
    return _sound(PlanBuilder(Builder(shelves), screen).knowledge(), shelves)


@cache
def load_treat_knowledge(root: Path | None = None) -> TreatKnowledge:
    """What the treat step knows, from the same folder. Raises ``KnowledgeFaultsError`` with every fault of it."""
    plan = load_plan_knowledge(root)
    shelves = load_shelves(root or knowledge_root())
    return _sound(TreatBuilder(Builder(shelves), plan).knowledge(), shelves)


def _sound(knowledge: Known, shelves: Shelves) -> Known:
    """This knowledge, unless building it found faults: then none of it is used."""
    if shelves.faults:
        raise KnowledgeFaultsError(tuple(sorted(shelves.faults)))
    return knowledge
