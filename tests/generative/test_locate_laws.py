"""Laws of the ranking, for whatever is drawn and found."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from needlepoint.library import load_locate_knowledge
from needlepoint.locate import Drawing, Mark, Palpation, Told, find
from needlepoint.locate.factors import certainty
from needlepoint.locate.find import Weighed
from needlepoint.locate.knowledge import SIDES
from needlepoint.locate.place import fits
from needlepoint.terms import Side

KNOWLEDGE = load_locate_knowledge()
SKIN = KNOWLEDGE.skin
COUNT = len(KNOWLEDGE.muscles)
MIRROR = SKIN.mirrored()

shares = st.dictionaries(st.integers(0, len(SKIN.cells) - 1), st.floats(0.05, 1.0), min_size=1, max_size=12)
truths = st.sampled_from([True, False, None])


def drawing(cells):
    return Drawing(
        tuple(Mark(SKIN.cells[n].title, "pain", {n: share}, SKIN.cells[n].side) for n, share in cells.items())
    )


def chances(told):
    return Weighed(told, KNOWLEDGE).probability


palpations = st.builds(
    lambda n, side, recognised, tender, band: Palpation(
        KNOWLEDGE.muscles[n].id, side, "examination[0]", recognised_pain=recognised, tenderness=tender, taut_band=band
    ),
    st.integers(0, COUNT - 1),
    st.sampled_from(SIDES),
    truths,
    truths,
    truths,
)


@given(shares, palpations)
def test_every_probability_lies_between_none_and_certain(cells, palpation):
    every = chances(Told(drawing(cells), palpation=(palpation,)))
    assert ((every > 0) & (every < 1)).all()


@given(shares)
def test_the_mirrored_pain_has_the_mirrored_ranking(cells):
    here = chances(Told(drawing(cells)))
    there = chances(Told(drawing({MIRROR[n]: share for n, share in cells.items()})))
    assert np.allclose(here, np.concatenate([there[COUNT:], there[:COUNT]]))


@given(shares, st.integers(0, COUNT - 1), st.sampled_from(SIDES))
def test_recognised_pain_never_lowers_a_muscle_and_its_absence_never_raises_it(cells, n, side):
    index = n + COUNT * SIDES.index(side)
    muscle = KNOWLEDGE.muscles[n].id
    before, yes, no = (
        chances(Told(drawing(cells), palpation=(Palpation(muscle, side, "", recognised_pain=so),)))[index] for so in (None, True, False)
    )  # fmt: skip
    assert no <= before <= yes


@given(shares, palpations)
def test_what_the_fingers_found_at_one_muscle_changes_no_other(cells, palpation):
    before, after = chances(Told(drawing(cells))), chances(Told(drawing(cells), palpation=(palpation,)))
    changed = np.flatnonzero(~np.isclose(before, after))
    index = next(n for n, one in enumerate(KNOWLEDGE.muscles) if one.id == palpation.muscle) + COUNT * SIDES.index(
        palpation.side
    )
    assert set(changed.tolist()) <= {index}


@given(st.floats(0, 100), st.floats(0, 100))
def test_a_wider_drawing_never_counts_more(one, other):
    narrow, wide = sorted((one, other))
    assert certainty(wide, KNOWLEDGE) <= certainty(narrow, KNOWLEDGE) <= 1


@given(shares, st.floats(1, 90), st.floats(1, 90))
def test_the_same_marks_on_a_wider_drawing_are_never_sharper(cells, one, other):
    narrow, wide = sorted((one, other))
    marks = drawing(cells).marks
    logits = [Weighed(Told(Drawing(marks, percent)), KNOWLEDGE).score for percent in (narrow, wide)]
    sharp, flat = (np.ptp(score.prior + score.place) for score in logits)
    assert flat <= sharp + 1e-9


@given(shares)
def test_a_pain_on_one_side_never_has_a_muscle_of_the_other_side_first(cells):
    left = {n if SKIN.cells[n].side is Side.LEFT else MIRROR[n]: share for n, share in cells.items()}
    found = find(Told(drawing(left)), KNOWLEDGE)
    assert found.stopped or found.candidates[0].side is Side.LEFT


several_marks = st.lists(
    st.tuples(st.dictionaries(st.integers(0, len(SKIN.cells) - 1), st.floats(0.05, 1.0), min_size=1, max_size=4), st.booleans()),
    min_size=1, max_size=5, unique_by=lambda one: (tuple(sorted(one[0].items())), one[1]),
)  # fmt: skip


@given(several_marks)
def test_the_quick_fit_agrees_with_the_slow_one(told):
    fast = fits(
        Drawing(tuple(Mark("here", "pain", cells, None, painted=painted) for cells, painted in told)), KNOWLEDGE
    )
    for index in range(0, 2 * COUNT, 37):
        muscle, side = KNOWLEDGE.muscles[index % COUNT], SIDES[index // COUNT]
        zone = dict(KNOWLEDGE.zone_cells(muscle, side))
        for region in muscle.regions:
            for cell in SKIN.cells_of(region, side):
                zone[cell] = max(zone.get(cell, 0.0), KNOWLEDGE.weight("over-muscle"))
        explained, drawn = slow_fit(told, zone)
        assert math.isclose(fast.explained[index], explained, abs_tol=1e-9)
        assert math.isclose(fast.drawn[index], drawn, abs_tol=1e-9)


def slow_fit(told, zone):
    """The obvious twin: one mark and one cell after the other."""
    soft, somewhere = KNOWLEDGE.weight("soft-edge"), KNOWLEDGE.weight("somewhere")

    def near(a, b):
        apart = SKIN.apart[a, b]
        return 0.0 if math.isinf(apart) else math.exp(-((apart / soft) ** 2))

    def size(n):
        return math.sqrt(SKIN.cells[n].area_cm2)

    def faded(n):
        return max(weight * near(n, m) for m, weight in zone.items())

    painted = [sum(share * size(n) for n, share in cells.items()) for cells, by_brush in told if by_brush]
    explained = total = 0.0
    marked = {}
    for cells, by_brush in told:
        whole = sum(share * size(n) for n, share in cells.items())
        average = sum(share * size(n) * faded(n) for n, share in cells.items()) / whole
        alone = by_brush or len(cells) == 1
        of_mark = average if alone else somewhere * max(map(faded, cells)) + (1 - somewhere) * average
        weight = whole / (sum(painted) / len(painted)) if by_brush else 1.0
        explained += weight * of_mark
        total += weight
        for n, share in cells.items():
            marked[n] = max(share, marked.get(n, 0.0))
    whole = sum(weight * size(m) for m, weight in zone.items())
    drawn = sum(weight * size(m) * max(share * near(m, n) for n, share in marked.items()) for m, weight in zone.items())
    return explained / total, drawn / whole


@given(shares)
def test_marking_a_place_twice_changes_nothing(cells):
    once = drawing(cells)
    assert np.array_equal(chances(Told(once)), chances(Told(Drawing((*once.marks, *once.marks)))))
