"""How the questions are put together: in plain words, each once, and with nothing that would leave a question to nobody."""

import pytest
import textstat

from needlepoint.clinic.pages.patient.pain import regions
from needlepoint.library import knowledge_root, load_knowledge, load_question_groups
from needlepoint.library.build import Builder
from needlepoint.library.build_groups import GroupBuilder
from needlepoint.library.models_groups import GroupFile
from needlepoint.library.shelves import load_shelves
from needlepoint.screen.groups import ToldBy

PATIENTS = [one for one in load_question_groups() if one.told_by is ToldBy.PERSON]


@pytest.fixture(scope="module")
def shelved() -> Builder:
    """The knowledge before it is checked."""
    return Builder(load_shelves(knowledge_root()))


@pytest.mark.parametrize("group", PATIENTS, ids=lambda one: one.id)
def test_a_page_of_questions_is_short_and_plain(group) -> None:  # type: ignore[no-untyped-def]
    words = ". ".join([group.question, *(one.words for one in group.items), group.hint or ""])
    # The names of illnesses and medicines are long; around them nothing is.
    assert textstat.flesch_kincaid_grade(group.question) <= 8
    assert len(words.split()) <= 100
    assert len(group.items) <= 9


def test_the_places_to_choose_from_are_all_understood() -> None:
    assert len(regions()) > 60


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"items": [{"facts": ["no-such-fact"], "words": "x"}]}, "there is no fact 'no-such-fact'"),
        ({"items": [{"facts": ["diabetes", "diabetes"], "words": "x"}]}, "is asked in 'extra' already"),
        ({"items": [{"facts": ["diabetes-well-controlled"], "words": "x"}]}, "none of these would be no relief"),
        ({"items": []}, "either items or a list"),
        ({"asks": "medicines"}, "either items or a list"),
        ({"place": 10}, "the place 10 is taken"),
        ({"settles": ["no-such-fact"]}, "there is no fact 'no-such-fact'"),
        ({"settles": ["needs-a-doctor-first"]}, "is missing"),
        ({"settles": ["diabetes"]}, "is missing"),
    ],
)
def test_a_group_that_leaves_a_question_open_is_a_fault(
    shelved: Builder, change: dict[str, object], fault: str
) -> None:
    extra = {
        "id": "extra",
        "place": 999,
        "title": "x",
        "question": "x?",
        "items": [{"facts": ["single-kidney"], "words": "x"}],
        **change,
    }
    shelves = shelved.shelves
    shelves.docs["group"]["extra"] = GroupFile.model_validate(extra).model_dump(mode="json", exclude_none=True)
    shelves.files["group", "extra"] = "screen/groups/now.yaml"
    shelves.faults.clear()
    GroupBuilder(shelved, load_knowledge()).groups()
    assert any(fault in one.what for one in shelves.faults), shelves.faults
