"""What a line of plain words comes to: yes, no, not known, somebody else's, or over."""

from datetime import date

import pytest

from needlepoint.screen import Answers, Asked, Entry, Listener, Reading, Reply
from needlepoint.screen.facts import FactKind
from needlepoint.terms import Code, Side
from needlepoint.terms.code import CodeRange
from tests.small_knowledge import fact, small_knowledge

ON = date(2026, 3, 2)
KNOWLEDGE = small_knowledge([])
LISTENER = Listener(KNOWLEDGE)


def hear(text: str, which: Asked = Asked.CONDITIONS, *, whole: bool = False, **given: object) -> Answers:
    entry = Entry(which, text, f"{which.value}[0]", **given)  # type: ignore[arg-type]
    return LISTENER.hear([entry], [], [], [which] if whole else [], on=ON)


@pytest.mark.parametrize(
    ("text", "fact", "truth"),
    [
        ("haemophilia", "haemophilia", True),
        ("Hemophilia, mild", "haemophilia", True),
        ("no history of haemophilia", "haemophilia", False),
        ("denies DVT", "deep-vein-thrombosis", False),
        ("DVT ruled out", "deep-vein-thrombosis", False),
        ("mother had haemophilia", "haemophilia", None),
        ("family history of haemophilia", "haemophilia", None),
        ("?DVT", "deep-vein-thrombosis", None),
        ("DVT?", "deep-vein-thrombosis", None),
        ("suspected deep vein thrombosis", "deep-vein-thrombosis", None),
        ("previous DVT", "deep-vein-thrombosis", None),
        ("history of DVT", "deep-vein-thrombosis", None),
        ("history of haemophilia", "haemophilia", True),
        ("splenectomy in childhood", "removed-spleen", True),
        ("no haemophilia but DVT left", "deep-vein-thrombosis", True),
        ("no haemophilia but DVT left", "haemophilia", False),
        ("denies haemophilia, DVT or headache", "deep-vein-thrombosis", False),
        ("no haemophilia, DVT", "deep-vein-thrombosis", True),
        ("No haemophilia. DVT", "deep-vein-thrombosis", True),
        ("no haemophilia and has DVT", "deep-vein-thrombosis", True),
        ("DVT not ruled out", "deep-vein-thrombosis", None),
        ("DVT: no", "deep-vein-thrombosis", False),
        ("DVT, father had haemophilia", "haemophilia", None),
        ("DVT, father had haemophilia", "deep-vein-thrombosis", True),
    ],
)
def test_the_manner_of_a_mention_decides(text: str, fact: str, truth: bool | None) -> None:
    answers = hear(text)
    assert answers.truth(fact) is truth
    assert answers.not_understood == ()


def test_what_does_not_count_is_told_with_the_reason() -> None:
    (aside,) = hear("mother had haemophilia").set_aside
    assert "family" in aside.reason
    (aside,) = hear("warfarin", Asked.MEDICINES, active=False).set_aside
    assert "no longer taken" in aside.reason


def test_a_specific_illness_makes_the_general_one_so_and_a_denied_general_one_denies_it() -> None:
    assert hear("haemophilia").truth("bleeding-disorder") is True
    denied = LISTENER.hear([], [Reply("bleeding_disorder", False, "answers.bleeding_disorder")], [], [], on=ON)
    assert denied.truth("haemophilia") is False


def test_a_slip_of_the_pen_is_returned_with_the_nearest_word_and_decides_nothing() -> None:
    answers = hear("haemophillia")
    assert answers.truth("haemophilia") is None
    (missed,) = answers.not_understood
    assert missed.text == "haemophillia"
    assert "haemophilia" in missed.nearest


def test_a_word_beside_a_known_one_is_returned_too() -> None:
    (missed,) = hear("haemophilia with grumbling flurbitis").not_understood
    assert missed.text == "grumbling flurbitis"


def test_an_abbreviation_is_understood_in_capitals_or_alone_but_not_as_an_ordinary_word() -> None:
    assert hear("DVT").truth("deep-vein-thrombosis") is True
    assert hear("dvt").truth("deep-vein-thrombosis") is True
    assert hear("my dvt since 2019").not_understood


def test_codes_go_before_text_and_bring_their_meaning() -> None:
    answers = hear("Hereditary factor VIII deficiency", codes=(Code("icd10", "D66"),))
    assert answers.truth("haemophilia") is True
    assert answers.not_understood == ()
    assert answers.because["haemophilia"][0].code == "icd10 D66"


def test_a_located_illness_lies_where_the_text_says() -> None:
    atlas = KNOWLEDGE.atlas
    assert hear("DVT left").places["deep-vein-thrombosis"] == atlas.area_bits(["thigh"], Side.LEFT)
    assert hear("DVT").places["deep-vein-thrombosis"] == atlas.area_bits(["thigh"], None)
    assert hear("DVT of the right thigh").places["deep-vein-thrombosis"] == atlas.area_bits(["thigh"], Side.RIGHT)
    assert hear("DVT", side=Side.RIGHT).places["deep-vein-thrombosis"] == atlas.area_bits(["thigh"], Side.RIGHT)


def test_surgery_counts_for_some_weeks_and_undated_surgery_is_not_known() -> None:
    assert hear("surgery 3 weeks ago").truth("recent-surgery") is True
    assert hear("operation on the chest 2024").truth("recent-surgery") is None
    assert hear("operation on the chest 2024").set_aside
    assert hear("surgery").truth("recent-surgery") is None
    assert hear("surgery", since=date(2026, 2, 20)).truth("recent-surgery") is True


def test_a_whole_list_says_no_to_what_is_not_in_it_and_a_part_of_one_does_not() -> None:
    assert hear("headache", whole=True).truth("haemophilia") is False
    assert hear("headache").truth("haemophilia") is None
    assert hear("none").truth("haemophilia") is False


def test_a_doubt_in_a_whole_list_stays_open() -> None:
    assert hear("?haemophilia", whole=True).truth("haemophilia") is None
    assert hear("?haemophilia", whole=True).truth("bleeding-disorder") is None


def test_a_steroid_cream_is_set_aside_with_the_word_that_spares_it() -> None:
    answers = hear("hydrocortisone 1 % cream", Asked.MEDICINES)
    assert answers.truth("steroid") is None
    assert "cream" in answers.set_aside[0].reason


def test_an_allergy_to_a_medicine_is_not_the_taking_of_it() -> None:
    answers = hear("warfarin", Asked.ALLERGIES)
    assert answers.truth("blood-thinner") is None
    assert answers.not_understood == ()
    assert hear("nickel", Asked.ALLERGIES).truth("nickel-allergy") is True


def test_the_worrying_answer_wins_and_the_contradiction_is_told() -> None:
    answers = LISTENER.hear(
        [Entry(Asked.MEDICINES, "apixaban 5 mg daily", "medicines[0]")],
        [Reply("blood-thinner", False, "answers.blood_thinner")],
        [],
        [],
        on=ON,
    )
    assert answers.truth("blood-thinner") is True
    assert any("apixaban" in aside.reason for aside in answers.set_aside)


def test_a_man_is_not_pregnant() -> None:
    assert LISTENER.hear([], [Reply("male", True, "person.sex")], [], [], on=ON).truth("pregnant") is False


def test_an_old_or_impossible_measurement_is_told_and_not_used() -> None:
    old = LISTENER.hear([], [], [Reading("inr", 2.4, "Observation/1", on=date(2025, 1, 1))], [], on=ON)
    assert "inr" not in old.quantities
    assert "older" in old.set_aside[0].reason
    impossible = LISTENER.hear([], [], [Reading("inr", 240.0, "measurements.inr")], [], on=ON)
    assert "inr" not in impossible.quantities
    assert impossible.not_understood


def test_an_unknown_answer_is_returned_with_the_nearest_question() -> None:
    (missed,) = LISTENER.hear([], [Reply("consent", True, "answers.consent")], [], [], on=ON).not_understood
    assert "consents" in missed.nearest


def test_a_cream_beside_a_tablet_spares_only_the_cream() -> None:
    answers = hear("hydrocortisone cream, prednisolone 5 mg daily", Asked.MEDICINES)
    assert answers.truth("steroid") is True


def test_a_word_for_a_whole_class_leaves_open_which_of_it_is_taken() -> None:
    kinds = (
        fact("thinner", names=("thinner",), settled_by=frozenset({Asked.MEDICINES})),
        fact("old-thinner", names=("oldarin",), implies=("thinner",), settled_by=frozenset({Asked.MEDICINES})),
        fact("new-thinner", names=("newarin",), implies=("thinner",), settled_by=frozenset({Asked.MEDICINES})),
    )
    listener = Listener(small_knowledge([], kinds))
    loosely = listener.hear([Entry(Asked.MEDICINES, "thinner", "medicines[0]")], [], [], [Asked.MEDICINES], on=ON)
    assert loosely.truth("old-thinner") is None
    exactly = listener.hear([Entry(Asked.MEDICINES, "newarin", "medicines[0]")], [], [], [Asked.MEDICINES], on=ON)
    assert exactly.truth("old-thinner") is False


def test_no_known_allergy_among_the_illnesses_says_nothing_about_illnesses() -> None:
    for text in ("NKA", "no known allergies"):
        answers = hear(text)
        assert answers.truth("haemophilia") is None
        assert answers.truth("nickel-allergy") is False
        assert answers.not_understood == ()


def test_no_known_drug_allergy_says_nothing_of_metal() -> None:
    for text in ("NKDA", "no known drug allergies"):
        answers = hear(text)
        assert answers.truth("nickel-allergy") is None
        assert answers.truth("haemophilia") is None
        assert answers.not_understood == ()
        assert "metal" in answers.set_aside[0].reason


def test_an_infection_of_years_ago_is_over_unless_it_is_said_to_be_active() -> None:
    flu = Listener(small_knowledge([], (fact("flu", names=("flu",), lasts_weeks=8.0),)))

    def said(**given: object) -> bool | None:
        entry = Entry(Asked.CONDITIONS, "flu", "conditions[0]", **given)  # type: ignore[arg-type]
        return flu.hear([entry], [], [], [], on=ON).truth("flu")

    assert said() is True
    assert said(since=date(2026, 2, 20)) is True
    assert said(since=date(2021, 5, 1)) is None
    assert said(since=date(2021, 5, 1), active=True) is True


def test_a_dose_in_capitals_is_no_illness_and_does_not_part_a_cream_from_its_name() -> None:
    facts = (*KNOWLEDGE.facts.values(), fact("myasthenia", names=("myasthenia",), abbreviations=("MG",)))
    listener = Listener(small_knowledge([], facts))
    answers = listener.hear(
        [Entry(Asked.MEDICINES, "Hydrocortisone 10 MG/ML Cream", "medicines[0]")], [], [], [], on=ON
    )
    assert answers.truth("myasthenia") is None
    assert answers.truth("steroid") is None
    assert "cream" in answers.set_aside[0].reason
    alone = listener.hear([Entry(Asked.CONDITIONS, "MG", "conditions[0]")], [], [], [], on=ON)
    assert alone.truth("myasthenia") is True


@pytest.mark.parametrize(
    ("text", "fact_id", "truth"),
    [
        ("previous surgery 2019 on warfarin", "blood-thinner", True),
        ("s/p splenectomy on apixaban", "blood-thinner", True),
        ("surgery, not on warfarin", "blood-thinner", False),
        ("surgery 3/52 ago", "recent-surgery", True),
        ("surgery 10/7", "recent-surgery", True),
        ("surgery 6/12 ago", "recent-surgery", None),
        ("20/40", "pregnant", True),
        ("haemophilia -ve", "haemophilia", False),
        ("Denies: haemophilia, DVT", "deep-vein-thrombosis", False),
        ("warfarin stopped last week", "blood-thinner", None),
        ("PMH: haemophilia", "haemophilia", True),
    ],
)
def test_clinicians_short_ways_are_read(text: str, fact_id: str, truth: bool | None) -> None:
    answers = hear(text)
    assert answers.truth(fact_id) is truth
    if fact_id == "blood-thinner" and truth is None:
        assert "blood-thinner" in answers.unsure


def test_a_side_said_once_in_a_row_holds_for_all_of_it() -> None:
    left = KNOWLEDGE.atlas.area_bits(["thigh"], Side.LEFT)
    assert hear("DVT L + thigh plate", Asked.IMPLANTS).places["thigh-implant"] == left
    assert hear("thigh plate & DVT left", Asked.IMPLANTS).places["thigh-implant"] == left


def test_a_heading_with_nothing_behind_it_means_none() -> None:
    assert hear("PMH: nil").truth("haemophilia") is False
    assert hear("Meds: nil regular", Asked.MEDICINES).truth("blood-thinner") is False


@pytest.mark.parametrize(
    ("text", "fact_id", "truth"),
    [
        ("FH: headache, haemophilia", "haemophilia", None),
        ("FHx haemophilia, on warfarin", "blood-thinner", True),
        ("PMH: DVT", "deep-vein-thrombosis", True),
        ("surgery, 3/52 ago", "recent-surgery", True),
    ],
)
def test_headings_hold_for_the_list_behind_them(text: str, fact_id: str, truth: bool | None) -> None:
    assert hear(text).truth(fact_id) is truth


def test_an_implant_beside_an_illness_is_not_swallowed_as_a_medicine_form() -> None:
    assert "implant" in " ".join(one.text for one in hear("headache with implant").not_understood)


def test_a_coarse_code_does_not_make_the_place_of_an_exact_word_unknown() -> None:
    facts = (
        fact(
            "new-joint",
            kind=FactKind.IMPLANT,
            located=True,
            names=("new joint",),
            codes=(CodeRange.parse("icd10", "Z96"),),
        ),
        fact(
            "new-thigh",
            kind=FactKind.IMPLANT,
            located=True,
            areas=("thigh",),
            names=("new thigh",),
            implies=("new-joint",),
        ),
    )
    knowledge = small_knowledge([], facts)
    entry = Entry(Asked.IMPLANTS, "new thigh", "implants[0]", codes=(Code("icd10", "Z96.6"),), side=Side.LEFT)
    answers = Listener(knowledge).hear([entry], [], [], [], on=ON)
    assert answers.truth("new-joint") is True
    assert answers.places["new-joint"] == knowledge.atlas.area_bits(["thigh"], Side.LEFT)
