"""The page of questions: ids, words, and how many years of school they want."""

import textstat

from manual.known import Known
from manual.markup import page, prose, table
from needlepoint.exchange.answers.questionnaire import HEADINGS, asked_facts
from needlepoint.screen.expression import PLAN_QUESTIONS
from needlepoint.screen.questions import LIST_QUESTIONS

#: Nobody should need more years of school than this to understand a question.
MOST_YEARS = 8.0


def all_questions(known: Known) -> dict[str, str]:
    """Every question that can be asked, by its id."""
    facts = {id_: fact.question for id_, fact in known.knowledge.facts.items() if fact.question}
    measurements = {id_: one.question for id_, one in known.knowledge.measurements.items() if one.question}
    return {**LIST_QUESTIONS, **PLAN_QUESTIONS, **facts, **measurements}


def grade(question: str) -> float:
    """The Flesch-Kincaid grade of a question: years of school in the United States. Below nought counts as nought."""
    return max(0.0, round(textstat.flesch_kincaid_grade(question), 1))


def questions_page(known: Known) -> str:
    """All questions, in the order in which they are asked."""
    first = asked_facts(known.knowledge)
    shown = {fact.id for fact in first}
    parts = [
        "Every question that Needlepoint can ask, with its id. The ids are the same in a case file (`answers:`), in the questionnaire, in a FHIR "
        "`QuestionnaireResponse` (`linkId`) and in an answer (`questions`).",
        f"The last column is the measured reading grade (Flesch-Kincaid, years of school). {MOST_YEARS:g} is the most that is allowed, and a test "
        "keeps it so. The formula counts syllables, so the name of a medicine weighs as much as a hard idea does.",
        "Nobody is asked all of this. See [how the fewest questions are found](../explanation/questions.md).",
        "## Whole lists",
        "One of these can answer many questions at once: a list that is given as a whole answers *no* for everything that is not in it.",
        _table(LIST_QUESTIONS),
    ]
    for kind, heading in HEADINGS.items():
        questions = {fact.id: fact.question or "" for fact in first if fact.kind is kind}
        if questions:
            parts += [f"## {heading}", _table(questions)]
    more = {
        id_: fact.question for id_, fact in sorted(known.knowledge.facts.items()) if fact.question and id_ not in shown
    }
    parts += [
        "## Asked only when something more general was answered with yes",
        _table(more),
        "## Numbers",
        _table({id_: one.question for id_, one in sorted(known.knowledge.measurements.items()) if one.question}),
        "## About the plan",
        "These go to the clinician.",
        _table(dict(PLAN_QUESTIONS)),
    ]
    return page("The questions", *parts)


def _table(questions: dict[str, str]) -> str:
    return table(
        ["question", "id", "grade"],
        [(prose(text), f"`{id_}`", f"{grade(text):.1f}") for id_, text in questions.items()],
    )
