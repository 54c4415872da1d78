"""A complaint in plain words: every word is understood, or it comes back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from needlepoint.terms import Side, words_of
from tests.unit.locate.people import located, locator

READ = locator().reader.read


def places(complaint):
    return {(region, place.side) for place in READ(complaint).places for region in place.regions}


def told(complaint):
    return {one.id: one.so for one in (*READ(complaint).symptoms, *READ(complaint).qualities)}


def test_place_side_time_quality_and_symptom_are_heard_at_once():
    heard = READ("left sided neck pain going into the temple since three weeks, burning, with fever")
    assert ("temple", Side.LEFT) in {
        (mark_region, side) for mark_region, side in places("left sided neck pain going into the left temple")
    }
    assert heard.sides == (Side.LEFT,)
    assert heard.days == 21
    assert [one.id for one in heard.qualities] == ["burning"]
    assert [one.id for one in heard.symptoms] == ["fever"]
    assert heard.left_over == ()


@pytest.mark.parametrize(
    ("complaint", "days"),
    [("for 2 weeks", 14), ("three months now", 90), ("a few days ago", 3), ("since 1 year", 365), ("a couple of weeks", 14), ("aged 34 years old", None), ("hurts", None)],
)  # fmt: skip
def test_since_when(complaint, days):
    assert READ(complaint).days == days


@pytest.mark.parametrize(
    ("complaint", "so"),
    [("no fever", False), ("without fever or chills", False), ("denies fever", False), ("fever", True), ("no cough but fever", True), ("no pain at rest. fever", True)],
)  # fmt: skip
def test_what_is_denied_is_not_so_and_a_denial_ends_where_the_thought_ends(complaint, so):
    assert told(complaint)["fever"] is so


def test_what_is_told_once_and_denied_once_counts_as_told():
    assert told("no fever at first. now fever")["fever"] is True


def test_a_place_where_it_does_not_hurt_is_no_place_of_pain():
    assert places("pain in the left elbow, no pain in the neck") == places("pain in the left elbow")


def test_where_one_cannot_reach_is_no_place_of_pain():
    assert places("cannot reach behind my back") == set()
    assert places("heel pain on first steps") == {("heel", None)}


@pytest.mark.parametrize(
    ("complaint", "regions"),
    [
        ("calf pain that comes back", {"calf"}),
        ("pain in the back of both thighs", {"posterior-thigh"}),
        ("pain in the calf. nothing runs into the foot", {"calf"}),
        ("pain behind the ear on the right. it began when I turned my head", {"mastoid"}),
    ],
)
def test_only_where_it_hurts_is_a_place_of_pain(complaint, regions):
    assert {region for region, _ in places(complaint)} == regions


def test_a_drawing_goes_before_the_places_that_words_name():
    from tests.unit.locate.people import told

    drawn = locator().drawn(
        told(pain=[{"region": "left temple"}], complaint="pain since I turned my neck and hit my knee")
    )
    assert {locator().knowledge.skin.cells[cell].id for cell in drawn} == {"temple"}


def test_a_problem_that_is_named_does_not_count_where_the_pain_is_elsewhere():
    neck = located(pain=[{"region": "left posterior neck"}], conditions=["slipped disc"])
    leg = located(pain=[{"region": "left posterior thigh"}], conditions=["slipped disc"])
    assert "sciatica" not in neck.problems
    assert "sciatica" in leg.problems


def test_a_side_behind_the_place_belongs_to_it():
    assert places("temple, left side") == {("temple", Side.LEFT)}


def test_right_after_is_no_side():
    assert READ("heel pain right after running").sides == ()


def test_a_muscle_that_is_blamed_is_no_place_where_it_hurts():
    assert places("he thinks it is his piriformis") == set()


def test_an_unknown_word_comes_back_with_the_nearest_known_ones():
    found = located(complaint="burnnig pain in the left temple, zorbled")
    texts = {one.text: one.nearest for one in found.not_understood}
    assert "zorbled" in texts
    assert "burning" in [name.lower() for name in texts["burnnig"]]


@given(st.lists(st.sampled_from(["left", "right", "temple", "no", "fever", "burning", "qwx", "neck pain", ",", ".", "but", "three weeks", "stabbing", "calf", "and", "zzyq"]), max_size=14))  # fmt: skip
def test_no_word_is_dropped(parts):
    text = " ".join(parts)
    strange = [word for word in parts if word in ("qwx", "zzyq")]
    left = " ".join(READ(text).left_over)
    assert all(word in left for word in strange)


@given(st.text(max_size=80))
def test_whatever_is_written_is_read_without_fault(text):
    heard = READ(text)
    assert len(heard.left_over) <= len(words_of(text))


@given(st.text(max_size=60), st.text(max_size=20), st.lists(st.text(max_size=12), max_size=2))
def test_whatever_stands_in_a_case_is_answered(complaint, region, quality):
    found = located(complaint=complaint, pain=[{"region": region or "?", "quality": quality}])
    assert found.questions
