"""The published cases that the ranking is measured on: blind to the answer, drawn into halves once, and readable."""

import re

import pytest
from tools.accuracy.cases import SEED, draw_halves, halves, read_cases
from tools.accuracy.rank import Ranker, rank_of_confirmed, share_within

from needlepoint.library import load_locate_knowledge

CASES = read_cases()
RANKER = Ranker()
MUSCLES = load_locate_knowledge().atlas.muscles


def test_there_are_enough_of_them_from_all_over_the_body():
    assert len(CASES) >= 80
    assert len({one.muscle for case in CASES for one in case.confirmed}) >= 60
    assert sum(case.people == 1 and case.evidence == "strong" for case in CASES) >= 50


def test_the_halves_are_those_of_the_stated_seed_and_no_case_is_in_both():
    drawn = halves()
    every = [*drawn["tuning"], *drawn["aside"]]
    assert len(every) == len(set(every))
    assert draw_halves(every, SEED) == drawn
    assert set(every) == {case.id for case in CASES}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_case_tells_nothing_that_gives_the_muscle_away(case):
    assert "examination" not in case.told
    assert "proposed" not in case.told
    text = str(case.told).lower()
    for one in case.confirmed:
        muscle = MUSCLES[one.muscle]
        for name in (muscle.title.lower(), muscle.id.replace("-", " ")):
            assert not re.search(rf"\b{re.escape(name)}\b", text), f"{case.id} names {name}"
    assert case.confirmed or case.truth


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_case_is_heard_and_what_was_not_understood_comes_back(case):
    told, unheard = RANKER.told(case)
    assert told.drawing or told.complaint.places or told.complaint.problems, f"{case.id} says no place of pain"
    assert all(one.text and one.origin for one in unheard)


def test_the_rank_counts_each_muscle_once_where_no_side_is_told():
    case = next(one for one in CASES if one.confirmed and not one.tells_a_side)
    muscle = case.confirmed[0].muscle
    others = [name for name in MUSCLES if name not in {one.muscle for one in case.confirmed}][:2]
    order = tuple((name, side) for name in (*others, muscle) for side in ("left", "right"))
    assert rank_of_confirmed(case, order) == 3
    assert rank_of_confirmed(case, ()) is None


def test_a_share_counts_what_was_never_ranked_as_missed():
    assert share_within([1, 4, None, 3], 3) == 0.5


def test_the_page_of_accuracy_tells_what_comes_out_now():
    from tools.accuracy.report import PAGE, measured, sides, table

    page = PAGE.read_text(encoding="utf-8")
    by_id = {case.id: case for case in CASES}
    for ids in halves().values():
        rows = measured([by_id[id_] for id_ in ids if by_id[id_].confirmed], RANKER)
        for line in (*table(rows), sides(rows)):
            assert line in page, "run `make accuracy`"
