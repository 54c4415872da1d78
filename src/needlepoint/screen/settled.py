"""From what was heard to what is so: specific facts make general ones so, and a denied general one denies its specifics."""

from collections.abc import Iterable
from types import MappingProxyType
from typing import Protocol

from needlepoint.screen.facts import Asked
from needlepoint.screen.knowledge import ScreenKnowledge
from needlepoint.screen.told import Answers, Because, SetAside
from needlepoint.terms import NotUnderstood


class Heard(Protocol):
    """What was heard: see ``hear.Hearing``."""

    yes: dict[str, list[Because]]
    no: dict[str, list[Because]]
    unsure: dict[str, list[Because]]
    places: dict[str, int]
    nowhere: set[str]
    quantities: dict[str, tuple[float, Because]]
    asked: set[Asked]
    not_understood: list[NotUnderstood]
    set_aside: list[SetAside]


def settle_answers(heard: Heard, knowledge: ScreenKnowledge) -> Answers:
    """What is known of the person?

    In this order: what was said to be so, with all that it implies; then what was denied, with everything more specific; then what a whole
    list leaves out. The worrying answer wins over the good one, and the contradiction is told. What may be so stays not known.
    """
    facts: dict[str, bool] = {}
    because: dict[str, list[Because]] = {}
    places = dict(heard.places)
    nowhere = set(heard.nowhere)
    aside = list(heard.set_aside)

    for fact, reasons in heard.yes.items():
        if not knowledge.facts[fact].adverse and fact in heard.no:
            continue  # "yes" is the good answer here; the worrying one was heard too
        for one in (fact, *knowledge.generals[fact]):
            facts[one] = True
            because.setdefault(one, []).extend(reasons)
            if one != fact and knowledge.facts[one].located:
                if fact in places:
                    places[one] = places.get(one, 0) | places[fact]
                else:
                    nowhere.add(one)
    for fact, reasons in heard.no.items():
        for one in (fact, *knowledge.specifics[fact]):
            if facts.get(one) is True:
                aside.extend(
                    SetAside(f"{reason.fact}", reason.origin, f"but: {because[one][0].fact}") for reason in reasons
                )
            elif one not in heard.unsure or one == fact:
                facts[one] = False
                because.setdefault(one, []).extend(reasons)
    _leave_open(facts, heard.unsure, heard.yes, heard.no)
    quantities = {name: value for name, (value, _) in heard.quantities.items()}
    for name, (_, reason) in heard.quantities.items():
        because[name] = [reason]
    _not_in_a_whole_list(facts, heard, knowledge)
    _cannot_be(facts, quantities, knowledge)
    return Answers(
        facts=MappingProxyType(facts),
        places=MappingProxyType({fact: bits for fact, bits in places.items() if fact not in nowhere}),
        quantities=MappingProxyType(quantities),
        because=MappingProxyType({fact: tuple(dict.fromkeys(reasons)) for fact, reasons in because.items()}),
        asked=frozenset(heard.asked),
        not_understood=tuple(dict.fromkeys(heard.not_understood)),
        set_aside=tuple(dict.fromkeys(aside)),
        unsure=frozenset(fact for fact in heard.unsure if fact not in facts),
    )


def _leave_open(
    facts: dict[str, bool], unsure: Iterable[str], yes: dict[str, list[Because]], no: dict[str, list[Because]]
) -> None:
    for fact in unsure:
        if fact not in yes and fact not in no and facts.get(fact) is False:
            del facts[fact]


def _not_in_a_whole_list(facts: dict[str, bool], heard: Heard, knowledge: ScreenKnowledge) -> None:
    """A list that was asked for as a whole says *no* to what is not in it, unless something in it is unsure."""
    doubtful = {one for fact in heard.unsure for one in (fact, *knowledge.generals[fact])}
    # "A blood thinner" may be any of its kinds; only a kind that is named makes the others unlikely enough to be "no".
    loosely = {fact for fact in heard.yes if not any(one in heard.yes for one in knowledge.specifics[fact])}
    for fact, definition in knowledge.facts.items() if heard.asked else ():
        if any(general in loosely for general in knowledge.generals[fact]):
            continue
        if fact not in facts and fact not in doubtful and definition.settled_by & heard.asked:
            facts[fact] = False
    for general in [fact for fact, truth in facts.items() if not truth]:
        for fact in knowledge.specifics[general]:
            if fact not in heard.unsure:
                facts.setdefault(fact, False)


def _cannot_be(facts: dict[str, bool], quantities: dict[str, float], knowledge: ScreenKnowledge) -> None:
    """What is ruled out by another fact (a man is not pregnant) or by a measurement (nor is a child of three)."""
    for fact, definition in knowledge.facts.items():
        if facts.get(fact) is True:
            for ruled_out in definition.rules_out:
                facts.setdefault(ruled_out, False)
        between = definition.only_between
        if between and fact not in facts and between.id in quantities and not between.holds(quantities[between.id]):
            facts[fact] = False
