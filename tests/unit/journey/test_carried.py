"""What may stand at the next visit as a starting point, and what is asked anew."""

from datetime import UTC, datetime
from typing import Any

import pytest

from needlepoint.journey import Written, Wrote, carried, may_be_carried, written
from needlepoint.journey.carried import LASTING_ANSWERS, OF_THE_DAY
from needlepoint.library import load_knowledge
from needlepoint.screen import ScreenKnowledge
from needlepoint.screen.facts import FactKind

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def knowledge() -> ScreenKnowledge:
    return load_knowledge()


def told(**fields: Any) -> Written:
    names = {name.replace("__", "."): value for name, value in fields.items()}
    return written(Wrote(f"{n}", AT, name.replace("_", "-") if name.startswith("answers.") else name, value)
                   for n, (name, value) in enumerate(names.items()))  # fmt: skip


@pytest.mark.parametrize("field", ["conditions", "medicines", "allergies", "implants", "answers.diabetes", "answers.needle_fear",
                                   "answers.previous-pneumothorax", "answers.electrical-implant", "person.height_cm"])  # fmt: skip
def test_lists_and_lasting_health_answers_may_be_carried(field: str, knowledge: ScreenKnowledge) -> None:
    assert may_be_carried(field, knowledge.facts)


@pytest.mark.parametrize("field", ["answers.pregnant", "answers.could-be-pregnant", "answers.fever-today", "answers.unwell-today",
                                   "answers.consents", "answers.can-consent", "answers.last-dose-more-than-a-day-ago",
                                   "answers.recent-surgery", "answers.local-infection", "answers.needs-a-doctor-first",
                                   "answers.something-wrong-where-needled", "answers.practitioner-trained-for-site"])  # fmt: skip
def test_how_it_is_today_is_asked_today(field: str, knowledge: ScreenKnowledge) -> None:
    assert not may_be_carried(field, knowledge.facts)


@pytest.mark.parametrize("field", ["painting", "pain", "measurements.inr", "examination.upper-trapezius/left",
                                   "proposed.upper-trapezius/left", "note.text", "answers.nobody-knows-this", "person.pregnant"])  # fmt: skip
def test_what_was_drawn_measured_or_planned_is_of_that_day(field: str, knowledge: ScreenKnowledge) -> None:
    assert not may_be_carried(field, knowledge.facts)


def test_the_choice_names_only_questions_that_exist(knowledge: ScreenKnowledge) -> None:
    assert set(knowledge.facts) >= LASTING_ANSWERS | OF_THE_DAY
    assert {knowledge.facts[one].kind for one in LASTING_ANSWERS} == {FactKind.ANSWER}
    assert FactKind.ANSWER not in {knowledge.facts[one].kind for one in OF_THE_DAY}


def test_no_question_about_today_is_carried(knowledge: ScreenKnowledge) -> None:
    words = ("today", "now?", "at the moment", "just now", "in the last", "lately", "this pregnancy", "next three days")
    asked = {
        id_: fact.question or ""
        for id_, fact in knowledge.facts.items()
        if may_be_carried(f"answers.{id_}", knowledge.facts)
    }
    assert not {id_: text for id_, text in asked.items() if any(word in text.lower() for word in words)}


def test_what_was_told_today_is_not_asked_as_still_so(knowledge: ScreenKnowledge) -> None:
    before = told(conditions=["migraine"], medicines=["ibuprofen"], answers__diabetes=False, answers__pregnant=False)
    now = told(medicines=["ibuprofen", "apixaban"])
    assert carried(before, now, knowledge.facts) == {"conditions": ["migraine"], "answers.diabetes": False}


def test_asked_none_is_an_answer_and_is_carried_as_one(knowledge: ScreenKnowledge) -> None:
    assert carried(told(allergies=[]), written([]), knowledge.facts) == {"allergies": []}


def test_what_was_taken_back_today_is_not_offered_again(knowledge: ScreenKnowledge) -> None:
    assert carried(told(medicines=["ibuprofen"]), told(medicines=None), knowledge.facts) == {}


def test_what_was_in_conflict_last_time_is_not_carried(knowledge: ScreenKnowledge) -> None:
    before = written([Wrote("a", AT, "medicines", ["ibuprofen"]), Wrote("b", AT, "medicines", [])])
    assert carried(before, written([]), knowledge.facts) == {}
