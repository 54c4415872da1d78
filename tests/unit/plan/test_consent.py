"""Consent that fits: these places, these risks, in words that everybody can read."""

import pytest
import textstat

from needlepoint.plan.consent import consent, natural
from needlepoint.terms import Side
from tests.unit.plan.people import cleared, planned, shipped


def asked(*muscles: str):
    return consent(planned(*(cleared(one) for one in muscles)), shipped())


def words(text) -> str:
    parts = [text.about, text.helps, *(f"{one.words} {one.rate} {one.uncertain or ''}" for one in text.risks)]
    return " ".join([*parts, text.otherwise, text.unsure, text.ask, *text.afterwards])


def test_a_collapsed_lung_is_named_for_the_top_of_the_shoulder_and_not_for_the_shin():
    def names_lung(muscle):
        return any("lung" in one.words.lower() for one in asked(muscle).risks)

    assert names_lung("upper-trapezius")
    assert not names_lung("tibialis-anterior")


def test_a_risk_of_a_place_says_which_place():
    (lung,) = [one for one in asked("upper-trapezius", "tibialis-anterior").risks if "lung" in one.words.lower()][:1]
    assert lung.places == ("left upper trapezius",)


def test_another_place_is_another_consent():
    assert asked("tibialis-anterior").sha256 != asked("rectus-femoris").sha256
    assert asked("tibialis-anterior").sha256 == asked("tibialis-anterior").sha256


def test_the_other_side_is_another_consent():
    left, right = (consent(planned(cleared("tibialis-anterior", side)), shipped()) for side in (Side.LEFT, Side.RIGHT))
    assert left.sha256 != right.sha256


@pytest.mark.parametrize(
    "muscle", ["upper-trapezius", "tibialis-anterior", "masseter-superficial", "lumbar-multifidus"]
)
def test_it_can_be_read_with_eight_years_of_school(muscle):
    assert textstat.flesch_kincaid_grade(words(asked(muscle))) <= 8


def test_where_no_rate_is_known_it_says_so_and_gives_no_number():
    for one in asked("upper-trapezius").risks:
        assert (one.people is None) == (one.rate == "No number is known.")


@pytest.mark.parametrize(
    ("happened", "among", "told"),
    [(16, 100, (16, 100)), (0.88, 100, (9, 1_000)), (20, 20_464, (1, 1_000)), (1.75, 1_000_000, (2, 1_000_000)), (0, 7_629, (0, 7_629)),
     (None, None, (None, None))],
)  # fmt: skip
def test_a_rate_becomes_whole_people_of_the_smallest_crowd_that_holds_one(happened, among, told):
    assert natural(happened, among) == told


def test_nothing_is_asked_for_where_nothing_is_needled():
    assert consent(planned(cleared("longus-colli")), shipped()) is None


def test_common_things_come_before_rare_ones():
    groups = [one.group for one in asked("upper-trapezius").risks]
    assert groups == sorted(groups, key=("common", "uncommon", "rare").index)
