"""The knowledge of the session: what ships, and which faults are found in it."""

from copy import deepcopy
from functools import cache

import pytest

from needlepoint.library import knowledge_root, load_treat_knowledge
from needlepoint.library.build import Builder
from needlepoint.library.check_treat import check_treat
from needlepoint.library.shelves import Shelves, load_shelves
from needlepoint.treat import Grade

KINDS = ("grade", "reaction", "event", "advice", "bound")


@cache
def shipped() -> Shelves:
    return load_shelves(knowledge_root())


def faults(change) -> list[str]:
    """What is said after something was changed."""
    docs = {**shipped().docs, **{kind: deepcopy(shipped().docs[kind]) for kind in KINDS}}
    change(docs)
    shelves = Shelves(shipped().root, "", docs, dict(shipped().files))
    check_treat(Builder(shelves))
    return [str(one) for one in shelves.faults]


def test_what_ships_has_no_fault():
    assert faults(lambda docs: None) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda docs: docs["grade"].pop("mild"), "treat/grades/mild.yaml is missing"),
        (lambda docs: docs["event"].pop("other"), "treat/events/other.yaml is missing"),
        (lambda docs: docs["event"]["broken-needle"].update(broken=False), "no event accounts for a needle"),
        (lambda docs: docs["event"]["brain"].update(grade="mild"), "'mild' is not defined under `grades`"),
        (lambda docs: docs["event"]["brain"].update(watch="brains"), "there is no watch 'brains'"),
        (lambda docs: docs["event"]["brain"].update(risks=["unlucky"]), "there is no risk 'unlucky'"),
        (lambda docs: docs["event"]["brain"]["now"].append(docs["event"]["brain"]["now"][0]), "stands here twice"),
        (lambda docs: [one.pop("must_from", None) for one in docs["event"]["brain"]["now"]], "at least one step needs `must_from`"),
        (lambda docs: docs["event"]["bent-needle"]["now"][0].update(must_from="serious"), "no grade of this event is as bad as serious"),
        (lambda docs: docs["reaction"]["soreness"].update(event="doom"), "there is no event 'doom'"),
        (lambda docs: docs["advice"]["soreness"].update(structures=["soul"]), "there is no structure 'soul'"),
        (lambda docs: docs["advice"].update({"signs-x": docs["advice"]["soreness"]}), "belongs to the warning signs"),
        (lambda docs: docs["bound"]["unplanned-stay"].update(value=300), "300 is outside 2 to 30"),
        (lambda docs: docs["bound"].pop("clock-tolerance"), "treat/bounds/clock-tolerance.yaml is missing"),
        (lambda docs: docs["bound"].update(luck=docs["bound"]["clock-tolerance"]), "no part of the session asks for this"),
    ],
)  # fmt: skip
def test_every_fault_of_a_session_file_is_said(change, said):
    assert any(said in one for one in faults(change)), faults(change)


def test_the_kinds_that_a_clinician_may_meet_are_there():
    known = load_treat_knowledge()
    assert known.events.keys() >= {
        "pneumothorax", "faint", "broken-needle", "stuck-needle", "bent-needle", "forgotten-needle", "bleeding", "nerve-symptom", "needlestick",
        "infection", "allergic-reaction", "seizure", "spinal", "deep-vessel", "aggravation", "burn", "other",
    }  # fmt: skip
    assert known.reactions.keys() >= {"soreness", "drop-of-blood", "small-bruise", "twitch", "tiredness", "lightheaded"}


def test_whatever_happened_first_of_all_the_needles_come_out_or_nobody_moves():
    for kind in load_treat_knowledge().events.values():
        assert kind.now[0].must_from is not None or kind.id == "stuck-needle", kind.id


def test_everything_said_leans_on_a_source():
    known = load_treat_knowledge()
    for kind in known.events.values():
        assert kind.sources, kind.id
        assert all(step.sources for step in kind.now), kind.id
    for one in (*known.reactions.values(), *known.advice, *known.grades.values(), *known.bounds.values()):
        assert one.sources, one


def test_the_warning_signs_are_the_very_words_of_the_plan():
    known = load_treat_knowledge()
    lung = next(one for one in known.advice if one.id == "signs-lung")
    assert "short of breath" in lung.words
    assert "pleura" in lung.structures
    assert any("Breathlessness" in one for one in known.events["pneumothorax"].signs)


def test_a_suspected_collapsed_lung_or_stroke_or_bleed_at_the_cord_is_serious_until_someone_says_otherwise():
    events = load_treat_knowledge().events
    for id_ in ("pneumothorax", "brain", "spinal", "deep-vessel", "organ", "eye", "seizure"):
        assert events[id_].grade is Grade.SERIOUS
        assert Grade.MILD not in events[id_].grades
