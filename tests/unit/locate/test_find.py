"""Which muscles could explain this pain? Told as people would."""

import pytest

from needlepoint.locate import explain
from needlepoint.terms import Side
from tests.unit.locate.people import chance, located, locator, names, told

KNOWLEDGE = locator().knowledge


def test_a_person_who_was_asked_nothing_gets_no_muscle_but_the_question_where_it_hurts():
    found = located()
    assert found.candidates == ()
    assert found.questions[0].text.startswith("Where does it hurt?") or any(
        one.id == "where" for one in found.questions
    )


def test_a_headache_at_the_temple_with_neck_pain_makes_one_think_of_the_upper_trapezius():
    found = located(pain=[{"region": "left temple"}, {"region": "left posterior neck"}])
    assert "upper-trapezius left" in names(found)


def test_pain_on_the_left_never_puts_a_muscle_of_the_right_first():
    for region in ("temple", "lateral elbow", "buttock", "calf", "anterior shoulder", "groin", "heel", "interscapular"):
        found = located(pain=[{"region": f"left {region}"}])
        assert {one.side for one in found.candidates[:5]} == {Side.LEFT}, region


def test_the_side_may_stand_in_the_words_alone():
    found = located(complaint="pain in the right buttock going down the back of the thigh")
    assert {one.side for one in found.candidates[:5]} == {Side.RIGHT}


def test_where_no_side_was_told_both_are_looked_at_and_the_side_is_asked():
    found = located(pain=[{"region": "lateral elbow"}])
    assert {one.side for one in found.candidates[:4]} == {Side.LEFT, Side.RIGHT}
    assert any(one.id == "which-side" for one in found.questions)


def test_a_muscle_that_brings_the_known_pain_rises_above_all_others():
    pain = [{"region": "right anterior shoulder"}]
    before = located(pain=pain)
    third = before.candidates[3]
    after = located(
        pain=pain, examination=[{"muscle": third.title, "side": "right", "recognised_pain": True, "tenderness": True}]
    )
    assert chance(after, third.muscle, "right") > chance(before, third.muscle, "right")
    assert after.candidates[0].muscle == third.muscle


def test_a_muscle_that_does_not_bring_the_known_pain_falls():
    pain = [{"region": "right anterior shoulder"}]
    before = located(pain=pain)
    first = before.candidates[0]
    after = located(pain=pain, examination=[{"muscle": first.title, "side": "right", "recognised_pain": False}])
    assert chance(after, first.muscle, "right") < first.probability


def test_a_twitch_and_a_taut_band_alone_say_little():
    pain = [{"region": "right anterior shoulder"}]
    first = located(pain=pain).candidates[0]
    examined = {"muscle": first.title, "side": "right"}

    def odds(**signs):
        p = chance(located(pain=pain, examination=[{**examined, **signs}]), first.muscle, "right")
        return p / (1 - p)

    before = first.probability / (1 - first.probability)
    assert 1 < odds(twitch=True, taut_band=True) / before < 1.6
    assert odds(recognised_pain=True) / before > 3


def test_the_examination_of_a_muscle_outside_the_first_is_still_named():
    found = located(
        pain=[{"region": "left temple"}], examination=[{"muscle": "soleus", "side": "left", "recognised_pain": False}]
    )
    assert ("soleus", Side.LEFT) in [(one.muscle, one.side) for one in found.candidates]


def test_an_examined_group_counts_for_all_its_muscles():
    found = told(examination=[{"muscle": "suboccipitals", "side": "left", "recognised_pain": True}])
    assert len(found.palpation) >= 2
    assert {one.side for one in found.palpation} == {Side.LEFT}


def test_a_symptom_that_goes_with_a_muscle_raises_it_and_its_denial_lowers_it():
    muscle = next(one for one in KNOWLEDGE.muscles if one.id == "levator-scapulae")
    symptom = KNOWLEDGE.symptoms[muscle.symptoms[0]]
    pain = [{"region": "left lateral neck"}, {"region": "left top of shoulder"}]
    plain = chance(located(pain=pain), "levator-scapulae", "left")
    assert chance(located(pain=pain, complaint=f"{symptom.names[0]}."), "levator-scapulae", "left") > plain
    assert chance(located(pain=pain, complaint=f"no {symptom.names[0]}."), "levator-scapulae", "left") < plain


def test_a_known_problem_brings_its_table_and_the_table_is_cited():
    found = located(pain=[{"region": "left lateral elbow"}], conditions=["tennis elbow"])
    first = found.candidates[0]
    assert first.muscle in ("extensor-carpi-radialis-brevis", "extensor-carpi-radialis-longus")
    tables = [factor for factor in first.factors if factor.kind == "prior" and factor.sources]
    assert any("active point" in factor.says for factor in tables)


def test_a_resolved_condition_is_no_problem_of_today():
    found = located(
        pain=[{"region": "left lateral elbow"}], conditions=[{"text": "carpal tunnel syndrome", "active": False}]
    )
    assert "carpal-tunnel-symptoms" not in found.problems


def test_every_reason_can_be_checked():
    found = located(pain=[{"region": "left temple"}], complaint="stiff neck", conditions=["tension-type headache"])
    for one in found.candidates:
        assert one.because
        assert one.sources
        assert one.read in ("full", "abstract", "secondary", "recall")
        assert all(factor.says and factor.factor > 0 for factor in one.factors)


def test_the_reasons_multiply_to_the_odds_that_are_shown():
    found = located(
        pain=[{"region": "left anterior shoulder"}], conditions=["shoulder pain"],
        examination=[{"muscle": "infraspinatus", "side": "left", "recognised_pain": True}],
        complaint=". ".join(symptom.names[0] for symptom in KNOWLEDGE.symptoms.values() if symptom.id in
                            next(one for one in KNOWLEDGE.muscles if one.id == "infraspinatus").symptoms),
    )  # fmt: skip
    base = KNOWLEDGE.weight("base-rate")
    for one in found.candidates:
        odds = base / (1 - base)
        for factor in one.factors:
            odds *= factor.factor
        assert odds / (1 + odds) == pytest.approx(one.probability, rel=0.03)


def test_a_pattern_from_a_textbook_alone_says_so():
    found = located(pain=[{"region": "left temple"}])
    for one in found.candidates:
        if one.read == "recall":
            assert one.note == "textbook pattern, not tested"


def test_what_to_palpate_next_is_not_what_was_palpated():
    pain = [{"region": "left anterior shoulder"}]
    first = located(pain=pain).palpate_next[0]
    after = located(pain=pain, examination=[{"muscle": first.title, "side": "left", "recognised_pain": True}])
    assert (first.muscle, first.side) not in [(one.muscle, one.side) for one in after.palpate_next]


def test_a_muscle_that_must_not_be_needled_is_not_sent_for_palpation_with_a_needle():
    barred = [one.id for one in KNOWLEDGE.muscles if one.barred]
    found = located(pain=[{"region": "left anterior neck"}, {"region": "throat"}])
    assert not {one.muscle for one in found.palpate_next} & set(barred)


def test_a_pain_all_over_flattens_the_ranking_and_raises_the_questions():
    narrow = located(pain=[{"region": "left anterior shoulder"}])
    wide = located(pain=[{"region": f"{side} {name}"} for side in ("left", "right") for name in (
        "shoulder", "upper arm", "chest", "low back", "buttock", "thigh", "calf", "neck", "interscapular", "mid back", "abdomen", "leg", "knee",
    )])  # fmt: skip
    assert wide.wide
    assert not narrow.wide
    assert wide.certainty < narrow.certainty
    assert any(one.id == "three-months" for one in wide.questions)

    def spread(found):
        chances = [one.probability for one in found.candidates[:15]]
        return chances[0] / chances[-1]

    assert spread(wide) < spread(narrow)


def test_would_this_muscle_explain_it_tells_what_fits_and_what_does_not():
    explained = explain(
        "infraspinatus",
        Side.LEFT,
        told(pain=[{"region": "left anterior shoulder"}, {"region": "left heel"}]),
        KNOWLEDGE,
    )
    assert [one.region for one in explained.fits] == ["left front of the shoulder"]
    assert [one.region for one in explained.does_not_fit] == ["left heel"]
    assert explained.rank >= 1


def test_a_muscle_without_a_zone_cannot_be_explained():
    assert explain("no-such-muscle", Side.LEFT, told(pain=[{"region": "left heel"}]), KNOWLEDGE) is None


def test_a_painting_and_the_same_place_in_words_think_of_the_same_muscles():
    import numpy as np

    from needlepoint.body.painting import Layer, Painting, painting_document
    from needlepoint.library.body_files import load_surface

    surface = load_surface()
    number = surface.number["lateral-elbow", Side.LEFT]
    values = np.zeros(surface.vertices, np.uint8)
    values[surface.triangles[surface.patch_of == number].ravel()] = 7
    painted = located(painting=painting_document(Painting((Layer("aching", values),))))
    worded = located(pain=[{"region": "left lateral elbow"}])
    assert names(painted, 1) == names(worded, 1)
    assert len(set(names(painted)) & set(names(worded))) >= 3
