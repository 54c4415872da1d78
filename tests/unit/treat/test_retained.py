"""Needles that are still in, and the clock."""

from needlepoint.treat import Act, NeedleOut, Stays, retained, session_of
from tests.unit.treat.people import acts, at, put_in, small


def still(told, now):
    return retained(session_of(told), small(), now=now)


def test_a_needle_that_is_to_stay_has_a_timer_of_its_own():
    told = acts(put_in("a"), Stays("a", 15))
    (one,) = still(told, at(14))
    assert (one.needle, one.minutes, one.planned_minutes, one.planned, one.overdue) == ("a", 14, 15, True, False)
    assert still(told, at(15))[0].overdue


def test_a_needle_of_which_nobody_said_that_it_stays_is_overdue_by_the_bound():
    (one,) = still(acts(put_in("a")), at(9))
    assert (one.planned, one.planned_minutes, one.overdue) == (False, 10, False)
    assert still(acts(put_in("a")), at(10))[0].overdue


def test_a_needle_that_came_out_has_no_timer():
    assert still(acts(put_in("a"), NeedleOut("a")), at(60)) == ()


def test_the_overdue_needle_is_told_first_and_then_the_next_one_due():
    told = acts(put_in("a"), put_in("b"), put_in("c"), Stays("a", 60), Stays("b", 5), Stays("c", 30))
    assert [one.needle for one in still(told, at(20))] == ["b", "c", "a"]


def test_a_clock_that_was_set_back_is_told_and_never_counts_below_zero():
    told = [Act("x", at(30), put_in("a"))]
    (one,) = still(told, at(0))
    assert (one.minutes, one.overdue, one.clock_back) == (None, True, True)


def test_two_clocks_that_differ_by_seconds_alarm_nobody():
    (one,) = still([Act("x", at(1), put_in("a"))], at(0))
    assert (one.minutes, one.overdue, one.clock_back) == (0, False, False)
