"""Dangers that imitate muscle pain come first, and what was not asked stays open."""

import pytest

from needlepoint.locate.signs import Every, Has, OlderThan, PainIn, Some, holds
from tests.unit.locate.people import located, locator

KNOWLEDGE = locator().knowledge

STORIES = [
    ("thunderclap headache at the back of the head", {}, "thunderclap-headache"),
    ("headache at the left temple with jaw claudication", {"age": 72}, "giant-cell-arteritis"),
    ("neck pain and slurred speech since this morning", {}, "neck-artery-tear"),
    ("neck pain, clumsy hands and unsteady gait", {}, "spinal-cord-in-neck"),
    ("low back pain with saddle numbness", {}, "cauda-equina"),
    ("low back pain and cannot pass urine", {}, "cauda-equina"),
    ("pressure on the chest with pain in the left arm", {}, "heart"),
    ("sudden tearing pain between the shoulder blades", {}, "aorta"),
    ("calf pain with a hot swollen calf", {}, "leg-clot"),
    ("pain in the chest on the right, short of breath, since the needling", {}, "collapsed-lung"),
    ("sudden testicular pain on the left", {}, "testicle-twist"),
    ("belly pain, rigid abdomen", {}, "acute-belly"),
    ("pain in the groin, cannot bear weight", {"age": 13}, "hip-of-a-child"),
    ("low back pain with fever and chills", {}, "spinal-infection"),
    ("hip pain, hot swollen joint and fever", {}, "joint-infection"),
]


@pytest.mark.parametrize(("complaint", "person", "flag"), STORIES)
def test_a_danger_stops_the_ranking(complaint, person, flag):
    found = located(complaint=complaint, person=person)
    assert flag in [one.id for one in found.red_flags]
    assert found.stopped
    assert found.candidates == ()
    assert found.red_flags[0].action


@pytest.mark.parametrize(("complaint", "person", "flag"), STORIES)
def test_a_danger_that_is_told_in_words_stops_the_ranking_whatever_was_drawn(complaint, person, flag):
    found = located(complaint=complaint, person=person, pain=[{"region": "left lateral elbow"}])
    assert flag in [one.id for one in found.red_flags]
    assert found.candidates == ()


@pytest.mark.parametrize(("complaint", "person", "flag"), STORIES)
def test_what_was_denied_raises_no_flag(complaint, person, flag):
    place = {"thunderclap-headache": "headache at the back of the head"}.get(flag, "ache")
    denied = "no " + ", no ".join(
        KNOWLEDGE.symptoms[leaf.symptom].names[0] for leaf in _leaves(flag) if isinstance(leaf, Has)
    )
    found = located(complaint=f"{place}. {denied}.", person=person)
    assert flag not in [one.id for one in found.red_flags]


def _leaves(flag):
    from needlepoint.locate.signs import leaves

    return leaves(next(one for one in KNOWLEDGE.red_flags if one.id == flag).when)


def test_a_warning_stands_above_the_ranking_and_does_not_stop_it():
    found = located(complaint="aching low back on the left, weight loss")
    assert "unexplained-weight-loss" in [one.id for one in found.red_flags]
    assert not found.stopped
    assert found.candidates


def test_a_danger_that_nobody_asked_about_is_asked_and_not_taken_for_absent():
    found = located(pain=[{"region": "left low back"}])
    assert any("cauda" in one.why or "numb between the legs" in one.why for one in found.questions)
    assert found.questions[0].why.startswith("could be a red flag")


def test_a_denied_danger_is_not_asked_again():
    open_before = {one.id for one in located(pain=[{"region": "left low back"}]).questions}
    denied = located(pain=[{"region": "left low back"}], complaint="no saddle numbness, no incontinence")
    assert {"saddle-numbness", "bladder-or-bowel-change"} <= open_before
    assert not {"saddle-numbness", "bladder-or-bowel-change"} & {one.id for one in denied.questions}


def test_an_answer_to_a_question_by_its_id_settles_it():
    case = {"pain": [{"region": "left low back"}]}
    assert "saddle-numbness" in [one.id for one in located(**case).questions]
    assert "saddle-numbness" not in [one.id for one in located(**case, answers={"saddle_numbness": False}).questions]
    assert located(**case, answers={"saddle_numbness": True}).stopped


def test_where_nothing_was_marked_the_first_question_is_where_it_hurts():
    assert located().questions[0].id == "where"


def test_every_flag_can_hold_and_can_be_settled():
    for flag in KNOWLEDGE.red_flags:
        assert holds(flag.when, lambda leaf: True) is True, flag.id
        assert holds(flag.when, lambda leaf: False) is False, flag.id
        assert holds(flag.when, lambda leaf: None) is None, flag.id


def test_every_symptom_of_a_flag_has_its_question():
    for flag in KNOWLEDGE.red_flags:
        for leaf in _leaves(flag.id):
            if isinstance(leaf, Has):
                assert KNOWLEDGE.symptoms[leaf.symptom].question, f"{flag.id} asks for {leaf.symptom}"


def test_signs_are_three_valued():
    old, temple, jaw = OlderThan(50), PainIn(("temple",)), Has("jaw-claudication")
    sign = Every((temple, old, Some((jaw, Has("loss-of-vision")))))
    known = {temple: True, old: None, jaw: True}
    assert holds(sign, known.get) is None
    assert holds(sign, {**known, old: True}.get) is True
    assert holds(sign, {**known, old: False}.get) is False


def test_look_alikes_are_always_there_and_what_speaks_for_one_brings_it_up():
    plain = located(pain=[{"region": "left posterior thigh"}, {"region": "left calf"}])
    assert plain.look_alikes
    told = located(
        pain=[{"region": "left posterior thigh"}, {"region": "left calf"}],
        complaint="pins and needles in the foot, cough sends pain down the leg",
    )
    assert told.look_alikes[0].id == "lumbar-root"
    assert told.look_alikes[0].raised_by


def test_the_heart_stays_beside_every_pain_in_the_chest():
    assert "heart" in [one.id for one in located(pain=[{"region": "left anterior chest"}]).look_alikes]


def test_a_gall_bladder_is_not_thought_of_on_the_left():
    assert "gallbladder" not in [one.id for one in located(pain=[{"region": "left scapula"}]).look_alikes]
    assert "gallbladder" in [one.id for one in located(pain=[{"region": "right scapula"}]).look_alikes]
