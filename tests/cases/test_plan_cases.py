"""Published accidents and ordinary treatments, planned for as for someone who comes for the first time."""

import pytest
from tools.accuracy.cases import draw_halves
from tools.plan_proof import report
from tools.plan_proof.cases import SEED, halves, read_accidents, read_ordinary

ACCIDENTS, ORDINARY = report.judged()


def test_there_are_enough_of_them_from_all_over_the_body():
    assert len(read_accidents()) >= 40
    assert len(read_ordinary()) >= 60
    assert len({one.muscle for one in read_ordinary()}) >= 40
    assert len({one.structure for one in read_accidents()}) >= 15


def test_the_halves_are_those_of_the_stated_seed_and_no_case_is_in_both():
    for kind, cases in (("accidents", read_accidents()), ("ordinary", read_ordinary())):
        drawn = halves()[kind]
        every = [*drawn["tuning"], *drawn["aside"]]
        assert len(every) == len(set(every))
        assert set(every) == {one.id for one in cases}
        if kind == "accidents":
            assert draw_halves(every, SEED) == drawn


@pytest.mark.parametrize("half", report.HALVES)
def test_most_published_accidents_would_not_have_happened(half):
    verdicts = ACCIDENTS[half]
    assert not [one.case.id for one in verdicts if one.word == "not kept"]
    assert sum(one.kept for one in verdicts) >= 0.75 * len(verdicts)


def test_no_planned_tip_comes_as_deep_as_an_accident_tells_that_the_structure_lay():
    for verdict in (*ACCIDENTS["tuning"], *ACCIDENTS["aside"]):
        if verdict.reach_mm is not None and verdict.case.structure_mm is not None:
            assert verdict.reach_mm < verdict.case.structure_mm, verdict.case.id


@pytest.mark.parametrize("half", report.HALVES)
def test_ordinary_treatment_is_still_possible(half):
    verdicts = ORDINARY[half]
    assert sum(one.word == "reached" for one in verdicts) >= 0.5 * len(verdicts)
    assert all(one.why for one in verdicts if one.word != "reached")


def test_the_page_of_the_manual_says_what_comes_out():
    assert report.PAGE.read_text(encoding="utf-8") == report.page(ACCIDENTS, ORDINARY)
