"""Which needle of the stock cannot come too deep?"""

from math import cos, radians

import pytest

from needlepoint.plan.reach import StockNeedle, choose, depth_of, shaft_out, used
from tests.unit.plan.people import shipped, way

NUMBERS = shipped().numbers
STOCK = tuple(StockNeedle(length, 0.25) for length in (13, 25, 40, 60))


def test_the_depth_follows_from_the_shaft_inside_and_the_angle_as_steep_as_a_hand_may_slip():
    slanted = way(angle_deg=60)
    assert depth_of(10, slanted, NUMBERS) == pytest.approx(10 * cos(radians(60 - NUMBERS["angle-tolerance"])))


def test_a_needle_that_goes_straight_in_cannot_be_steeper_than_straight():
    assert depth_of(10, way(angle_deg=5), NUMBERS) == 10


def test_pressing_the_skin_brings_the_tip_deeper():
    assert depth_of(10, way(grip="flat"), NUMBERS) == depth_of(10, way(grip="none"), NUMBERS) + NUMBERS["press"]


def test_in_a_lifted_fold_the_depth_runs_along_the_needle():
    assert depth_of(10, way(grip="pincer", lifted=True, angle_deg=80), NUMBERS) == 10


def test_some_of_every_shaft_stays_out():
    assert shaft_out(13, NUMBERS) == NUMBERS["shaft-out"]
    assert shaft_out(100, NUMBERS) == 100 * NUMBERS["shaft-out-share"]


def test_the_shortest_needle_that_comes_as_deep_as_wanted_is_chosen():
    chosen = choose(STOCK, way(angle_deg=0), 40, 15, NUMBERS)
    assert chosen.needle.length_mm == 25


def test_without_one_that_comes_so_deep_the_deepest_that_fits_is_chosen():
    chosen = choose(STOCK, way(angle_deg=0), 20, 30, NUMBERS)
    assert chosen.needle.length_mm == 25


def test_a_deep_needle_that_is_too_long_is_not_made_safe_by_a_promise_to_hold_it_back():
    assert choose((StockNeedle(60, 0.3),), way(angle_deg=0), 20, 10, NUMBERS) is None


def test_a_shallow_needle_may_be_left_out_farther_and_the_plan_says_how_far():
    chosen = used(StockNeedle(13, 0.2), way(technique="superficial", angle_deg=60), 4, NUMBERS)
    assert chosen.shaft_out_mm > NUMBERS["shaft-out"]
    assert chosen.reach_mm <= 4
    assert chosen.to_hub_mm > 4


def test_a_shallow_needle_of_which_nearly_all_would_stay_out_is_too_long():
    assert used(StockNeedle(60, 0.2), way(technique="superficial", angle_deg=60), 4, NUMBERS) is None


def test_of_one_length_the_thickness_asked_for_or_the_next_thinner_is_taken():
    stock = tuple(StockNeedle(25, thick) for thick in (0.16, 0.2, 0.3))
    assert choose(stock, way(angle_deg=0, diameter_mm=0.25), 30, 10, NUMBERS).needle.diameter_mm == 0.2
    assert choose(stock[2:], way(angle_deg=0, diameter_mm=0.25), 30, 10, NUMBERS).needle.diameter_mm == 0.3
