"""Laws of the screen step, which Hypothesis tries to break with random rules and random people."""

from dataclasses import replace
from datetime import date
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from needlepoint.screen import Answers, Proposal, Scope, assess
from needlepoint.screen.expression import evaluate
from needlepoint.screen.questions import Way, fewest, ways_to_settle
from needlepoint.screen.rule import Rule
from needlepoint.screen.sheet import rule_expressions
from needlepoint.terms import Level
from tests.generative.strategies import ADVERSE, SOMEWHERE, people, proposals, rule_sets
from tests.small_knowledge import FACTS, rule, small_knowledge

ON = date(2026, 3, 2)
FEW = settings(max_examples=150, deadline=None)


def slow_and_obvious(
    answers: Answers, proposed: tuple[Proposal, ...], rules: tuple[Rule, ...]
) -> tuple[list[Level], bool]:
    """The twin: every rule at every place by its plain meaning. Levels of the person and of the places; and whether all is known."""
    looked_at = proposed or small_knowledge(rules).sheet.every_place
    person = Level.CLEAR
    for one in rules:
        for level, expression in rule_expressions(one):
            if one.scope is Scope.PERSON and evaluate(expression, answers, None, proposed) is True:
                person = max(person, level)
    levels = [person]
    for proposal in looked_at:
        here = Level.WEIGH if proposal.place is None else Level.CLEAR
        for one in rules:
            for level, expression in rule_expressions(one):
                if one.scope is Scope.SITE and evaluate(expression, answers, proposal, proposed) is True:
                    here = max(here, level)
        levels.append(max(person, here))
    complete = person is Level.STOP or not any(proposal.place is None for proposal in looked_at)
    for n, proposal in enumerate((None, *looked_at)):
        for one in rules:
            if (one.scope is Scope.PERSON) is (proposal is None):
                for level, expression in rule_expressions(one):
                    if level > levels[n] and evaluate(expression, answers, proposal, proposed) is None:
                        complete = False
    return levels, complete


@FEW
@given(rule_sets(), people(), proposals())
def test_the_quick_way_and_the_slow_obvious_way_agree(
    rules: tuple[Rule, ...], answers: Answers, proposed: tuple[Proposal, ...]
) -> None:
    answer = assess(answers, proposed, small_knowledge(rules), on=ON)
    levels, complete = slow_and_obvious(answers, proposed, rules)
    floor = Level.CLEAR if complete else Level.ADAPT
    assert answer.complete is complete
    assert answer.person == max(levels[0], floor)
    if proposed:
        assert [site.clearance for site in answer.sites] == [max(level, floor) for level in levels[1:]]
    else:
        assert [site.clearance for site in answer.sites] == [
            level for level in levels[1:] if level > max(levels[0], floor)
        ]


@FEW
@given(rule_sets(), proposals())
def test_a_person_of_whom_nothing_is_known_is_never_cleared(
    rules: tuple[Rule, ...], proposed: tuple[Proposal, ...]
) -> None:
    always_asked = rule("agrees", Level.STOP, rules[0].when if rules[0].scope is Scope.PERSON else _consent())
    knowledge = small_knowledge((*rules, always_asked, rule("consent", Level.STOP, _consent())))
    answer = assess(Answers(), proposed, knowledge, on=ON)
    assert not (answer.complete and answer.clearance is Level.CLEAR)
    assert answer.clearance > Level.CLEAR


def _consent() -> object:
    from needlepoint.screen.expression import Fact, Not

    return Not(Fact("consents"))


@FEW
@given(rule_sets(), people(), proposals(), st.sampled_from(ADVERSE), st.sampled_from([*SOMEWHERE, None]))
def test_learning_one_more_adverse_fact_never_improves_a_clearance(
    rules: tuple[Rule, ...], answers: Answers, proposed: tuple[Proposal, ...], fact: str, where: int | None
) -> None:
    if answers.truth(fact) is True:
        return
    knowledge = small_knowledge(rules)
    places = dict(answers.places)
    if where is not None:
        places[fact] = where
    worse = replace(answers, facts={**answers.facts, fact: True}, places=places)
    before, after = (slow_and_obvious(one, proposed, rules)[0] for one in (answers, worse))
    assert all(now >= then for then, now in zip(before, after, strict=True))
    assert assess(worse, proposed, knowledge, on=ON).clearance >= max(before) if proposed else True


@FEW
@given(rule_sets(), people(), proposals())
def test_every_open_question_is_about_something_unknown(
    rules: tuple[Rule, ...], answers: Answers, proposed: tuple[Proposal, ...]
) -> None:
    answer = assess(answers, proposed, small_knowledge(rules), on=ON)
    known = {fact for fact, truth in answers.facts.items() if truth is not None} | set(answers.quantities)
    assert not {question.id for question in answer.questions} & known
    if answer.complete:
        assert all(question.could_be < question.now for question in answer.questions)


@FEW
@given(rule_sets(easing=False), people(), proposals())
def test_good_answers_to_the_questions_complete_the_answer(
    rules: tuple[Rule, ...], answers: Answers, proposed: tuple[Proposal, ...]
) -> None:
    knowledge = small_knowledge(rules)
    answer = assess(answers, proposed, knowledge, on=ON)
    ids = {question.id for question in answer.questions}
    beyond_answers = {one for one in ids if one.startswith(("planned-", "where-"))} | ({"age-years"} & ids)
    if answer.complete or beyond_answers or any(one.place is None for one in proposed):
        return
    facts = dict(answers.facts)
    lists = {"conditions", "medicines", "allergies", "implants"}
    for fact in FACTS:
        settled = {one.value for one in fact.settled_by} & ids & lists
        family = {fact.id, *knowledge.generals[fact.id]}
        by_list = any({a.value for a in knowledge.facts[one].settled_by} & ids for one in family)
        if facts.get(fact.id) is None and (family & ids or settled or by_list):
            facts[fact.id] = not fact.adverse
    assert assess(replace(answers, facts=facts), proposed, knowledge, on=ON).complete


ways = st.lists(
    st.lists(st.frozensets(st.sampled_from("abcdefg"), min_size=1, max_size=2), min_size=1, max_size=4).map(tuple),
    min_size=1,
    max_size=6,
)


@FEW
@given(ways)
def test_no_smaller_set_of_questions_would_do(needs: list[tuple[Way, ...]]) -> None:
    chosen = fewest(needs)
    assert all(any(way <= chosen for way in one) for one in needs)
    letters = sorted({q for one in needs for way in one for q in way})
    for size in range(len(chosen)):
        for smaller in combinations(letters, size):
            assert not all(any(way <= frozenset(smaller) for way in one) for one in needs)


@FEW
@given(rule_sets(), people())
def test_what_can_be_settled_names_only_questions_that_are_open(rules: tuple[Rule, ...], answers: Answers) -> None:
    knowledge = small_knowledge(rules)
    assess(answers, (), knowledge, on=ON)
    for residue in knowledge.sheet.residues.residues:
        for way in ways_to_settle(residue, answers, knowledge):
            assert not way & {fact for fact, truth in answers.facts.items() if truth is not None}
