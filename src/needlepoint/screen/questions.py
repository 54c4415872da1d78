"""What to ask next: the fewest questions that could complete the answer, the weightiest first."""

from collections.abc import Iterable, Sequence

from needlepoint.screen.clearance import OpenQuestion
from needlepoint.screen.expression import PLAN_QUESTIONS, Fact, Quantity, leaves
from needlepoint.screen.facts import Asked
from needlepoint.screen.knowledge import ScreenKnowledge
from needlepoint.screen.residue import AnyOf, Every, NotSo, Open, Residue, Sure, Touches, asker, residue_leaves
from needlepoint.screen.rule import Rule
from needlepoint.screen.sheet import Column, numbers_in
from needlepoint.screen.told import Answers
from needlepoint.terms import Level

#: The questions behind the lists of a case file.
LIST_QUESTIONS: dict[str, str] = {
    "conditions": "Which illnesses do you have or have you had? Please name them all, or say none.",
    "medicines": "Which medicines do you take, with or without a prescription? Please name them all, or say none.",
    "allergies": "What are you allergic to? Please name everything, or say nothing.",
    "implants": "Do you have anything in your body that was put there, such as a new joint, a pacemaker or a plate? Name all, or say none.",
}

#: One way to settle something: a set of questions whose good answers do it together.
Way = frozenset[str]


def question_text(question: str, knowledge: ScreenKnowledge) -> str:
    """The words of a question, by its id."""
    if question in LIST_QUESTIONS:
        return LIST_QUESTIONS[question]
    if question in PLAN_QUESTIONS:
        return PLAN_QUESTIONS[question]
    if question in knowledge.measurements:
        return (
            knowledge.measurements[question].question
            or f"What is the {knowledge.measurements[question].title.lower()}?"
        )
    if question.startswith("where-"):
        return f"Where exactly is it: {knowledge.facts[question.removeprefix('where-')].title.lower()}?"
    fact = knowledge.facts[question]
    return fact.question or f"Is this so: {fact.title.lower()}?"


def ways_to_settle_fact(fact: str, answers: Answers, knowledge: ScreenKnowledge) -> tuple[Way, ...]:
    """Which single questions would, well answered, make this fact harmless? Its own, a more general one, or a whole list."""
    definition = knowledge.facts[fact]
    if not definition.adverse or fact in answers.unsure:
        return (frozenset({fact}),)
    ways = []
    for one in (fact, *knowledge.generals[fact]):
        general = knowledge.facts[one]
        if answers.truth(one) is not None or one in answers.unsure:
            continue
        if general.question or one == fact:
            ways.append(one)
        ways.extend(asked.value for asked in Asked if asked in general.settled_by and asked not in answers.asked)
    return tuple(frozenset({way}) for way in dict.fromkeys(ways))


def ways_to_settle(residue: Residue, answers: Answers, knowledge: ScreenKnowledge) -> tuple[Way, ...]:
    """Which sets of questions would, well answered, make this residue false? Empty: none would."""
    truth = asker(residue)(answers)
    if truth is not None:
        return (frozenset(),) if truth is False else ()
    match residue:
        case Fact(id=fact):
            return ways_to_settle_fact(fact, answers, knowledge)
        case Touches(fact=fact):
            if answers.truth(fact) is True:
                return (frozenset({f"where-{fact}"}),)
            return ways_to_settle_fact(fact, answers, knowledge)
        case Quantity(between=between):
            return (frozenset({between.id}),)
        case Open(question=question):
            return (frozenset({question}),)
        case Every(parts=parts):
            return _least(way for part in parts for way in ways_to_settle(part, answers, knowledge))
        case AnyOf(parts=parts):
            together: tuple[Way, ...] = (frozenset(),)
            for part in parts:
                ways = ways_to_settle(part, answers, knowledge)
                if ways != (frozenset(),):
                    together = _least(one | other for one in together for other in ways)
            return together
        case NotSo(part=part):
            return _least(
                frozenset({_own_question(leaf)}) for leaf in residue_leaves(part) if asker(leaf)(answers) is None
            )
        case Sure():
            return ()
    return ()


def _ways(
    residue: Residue, answers: Answers, knowledge: ScreenKnowledge, known: dict[Residue, tuple[Way, ...]]
) -> tuple[Way, ...]:
    """The ways to settle a residue; one fact that touches many places has the same ways at all of them."""
    key = Fact(residue.fact) if isinstance(residue, Touches) and answers.truth(residue.fact) is None else residue
    if key not in known:
        known[key] = ways_to_settle(key, answers, knowledge)
    return known[key]


def _own_question(leaf: Fact | Touches | Quantity | Open) -> str:
    match leaf:
        case Fact(id=fact) | Touches(fact=fact):
            return fact
        case Quantity(between=between):
            return between.id
        case Open(question=question):
            return question


def _least(ways: Iterable[Way]) -> tuple[Way, ...]:
    """The ways without those that hold another way and more."""
    distinct = set(ways)
    if len(distinct) < 2:
        return tuple(distinct)
    kept: list[Way] = []
    ordered = sorted(distinct, key=lambda way: (len(way), sorted(way)))
    for way in ordered:
        if not any(smaller <= way for smaller in kept):
            kept.append(way)
    return tuple(kept)


def fewest(needs: Sequence[tuple[Way, ...]]) -> Way:
    """The smallest set of questions that holds, for every need, one of its ways. Exact; of several as small, always the same one."""
    chosen: set[str] = set()
    todo = list(dict.fromkeys(ways for ways in needs if ways))
    while True:  # what has only one way is not a choice
        forced = [ways[0] for ways in todo if len(ways) == 1]
        if not forced:
            break
        chosen.update(*forced)
        todo = [rest for ways in todo if frozenset() not in (rest := _least(way - chosen for way in ways))]
    for separate in _separate(_without_absorbed(_without_dominated(todo))):
        chosen |= _search(separate)
    return frozenset(chosen)


def _without_absorbed(needs: list[tuple[Way, ...]]) -> list[tuple[Way, ...]]:
    """Leave out a need when whatever settles another one settles it too."""
    kept: list[tuple[Way, ...]] = []
    for ways in sorted(set(needs), key=lambda one: (len(one), sorted(map(sorted, one)))):
        if not any(all(any(small <= way for small in ways) for way in other) for other in kept):
            kept.append(ways)
    return kept


def _separate(needs: list[tuple[Way, ...]]) -> list[list[tuple[Way, ...]]]:
    """The needs in groups that share no question: each group is a search of its own."""
    groups: list[tuple[set[str], list[tuple[Way, ...]]]] = []
    for ways in needs:
        questions = {q for way in ways for q in way}
        joined = [group for group in groups if group[0] & questions]
        groups = [group for group in groups if not group[0] & questions]
        members = [one for _, group in joined for one in group]
        groups.append((questions.union(*(asked for asked, _ in joined)), [*members, ways]))
    return [members for _, members in groups]


def _without_dominated(needs: list[tuple[Way, ...]]) -> list[tuple[Way, ...]]:
    """Leave out a question when another settles, by itself, every need that it settles; and repeated needs."""
    if not all(len(way) == 1 for ways in needs for way in ways):
        return list(dict.fromkeys(needs))
    questions = sorted({q for ways in needs for way in ways for q in way})
    settles = {q: frozenset(n for n, ways in enumerate(needs) if frozenset({q}) in ways) for q in questions}
    kept: list[str] = []
    for q in sorted(questions, key=lambda one: (-len(settles[one]), one)):
        if not any(settles[q] <= settles[other] for other in kept):
            kept.append(q)
    slim = [tuple(way for way in ways if way <= frozenset(kept)) for ways in needs]
    return list(dict.fromkeys(slim))


def _search(needs: list[tuple[Way, ...]]) -> Way:
    """Branch and bound over the needs that leave a choice."""
    best: Way | None = None

    def descend(left: list[tuple[Way, ...]], chosen: Way) -> None:
        nonlocal best
        left = [ways for ways in left if not any(way <= chosen for way in ways)]
        if not left:
            if best is None or len(chosen) < len(best):
                best = chosen
            return
        if best is not None and len(chosen) + _at_least(left, chosen) >= len(best):
            return
        for way in min(left, key=len):
            descend(left, chosen | way)

    descend(sorted(needs, key=len), frozenset())
    return best or frozenset()


def _at_least(left: list[tuple[Way, ...]], chosen: Way) -> int:
    """A lower bound: needs that share no question each want one of their own."""
    seen: set[str] = set()
    count = 0
    for ways in left:
        questions = {q for way in ways for q in way - chosen}
        if not questions & seen:
            count += 1
            seen |= questions
    return count


def minimal_questions(
    answers: Answers,
    knowledge: ScreenKnowledge,
    columns: Iterable[tuple[Column, int, Level]],
) -> tuple[OpenQuestion, ...]:
    """The fewest questions that could complete the answer, those first that could change it most.

    ``columns`` are the person and the places, each with the numbers of what is still open there, and its level so far.
    """
    reach = _reach(columns)
    if not reach:
        return ()
    residues = knowledge.sheet.residues.residues
    known: dict[Residue, tuple[Way, ...]] = {}
    needs = {number: _ways(residues[number], answers, knowledge, known) for number in reach}
    chosen = fewest(list(dict.fromkeys(needs.values())))
    asked_by = {ways: {q for way in ways if way <= chosen for q in way} for ways in set(needs.values())}
    questions: dict[str, tuple[Level, Level, int]] = {}
    for number, ways in needs.items():
        now, could_be = reach[number]
        for question in asked_by[ways]:
            old = questions.get(question, (now, Level.CLEAR, 0))
            questions[question] = (min(old[0], now), max(old[1], could_be), old[2] + 1)
    order = sorted(questions, key=lambda q: (-questions[q][1], questions[q][0], -questions[q][2], q))
    return tuple(OpenQuestion(q, question_text(q, knowledge), questions[q][0], questions[q][1]) for q in order)


def _reach(columns: Iterable[tuple[Column, int, Level]]) -> dict[int, tuple[Level, Level]]:
    """For each number that is open: the best level at which it is so far, and the worst that it could lead to."""
    open_at: dict[tuple[Level, Level], int] = {}
    for column, still_open, level in columns:
        for worst in (Level.STOP, Level.WEIGH, Level.ADAPT):
            there = still_open & column.masks[worst]
            if there:
                open_at[level, worst] = open_at.get((level, worst), 0) | there
    reach: dict[int, tuple[Level, Level]] = {}
    for (level, worst), numbers in open_at.items():
        for number in numbers_in(numbers):
            now, could_be = reach.get(number, (level, worst))
            reach[number] = (min(now, level), max(could_be, worst))
    return reach


def easing_questions(
    answers: Answers, knowledge: ScreenKnowledge, columns: list[Column], true: int
) -> tuple[OpenQuestion, ...]:
    """Questions whose good answer would lower a finding that holds."""
    found: dict[str, OpenQuestion] = {}
    rules: dict[str, Rule] = {}
    for column in columns:
        for line in column.holding(true):
            if line.rule.eased and line.level is line.rule.level:
                rules[line.rule.id] = line.rule
    for rule in rules.values():
        if rule.eased is None:
            continue
        for question in _unknown_in(rule, answers):
            found.setdefault(
                question, OpenQuestion(question, question_text(question, knowledge), rule.level, rule.eased.to)
            )
    return tuple(found.values())


def _unknown_in(rule: Rule, answers: Answers) -> list[str]:
    unknown = []
    for leaf in leaves(rule.eased.when) if rule.eased else ():
        if isinstance(leaf, Fact) and answers.truth(leaf.id) is None:
            unknown.append(leaf.id)
        elif isinstance(leaf, Quantity) and leaf.between.id not in answers.quantities:
            unknown.append(leaf.between.id)
    return unknown
