"""Rates with their denominators."""

import pytest

from needlepoint.treat import rate


@pytest.mark.parametrize(
    ("events", "among", "low", "high"),
    [
        # Intervals worked out from published counts by others: needling cohorts of 20,464 and 7,629 treatments.
        (20, 20_464, 0.60, 1.51),
        (0, 7_629, 0.0, 0.48),
        # The textbook example of Clopper and Pearson: 1 of 10 is 0.25 % to 44.5 %.
        (1, 10, 2.5, 445.0),
        (10, 10, 691.5, 1000.0),
    ],
)
def test_the_interval_is_the_exact_one(events, among, low, high):
    one = rate(events, among)
    assert one.per_1000 == pytest.approx(1000 * events / among)
    assert one.low == pytest.approx(low, abs=0.05)
    assert one.high == pytest.approx(high, abs=0.05)


def test_nothing_counted_is_no_rate():
    one = rate(0, 0, "sessions")
    assert (one.per_1000, one.low, one.high) == (None, None, None)
    assert one.words == "0 in 0 sessions: nothing was counted yet, so there is no rate"


def test_more_events_than_insertions_are_told_without_an_interval():
    assert "no share" in rate(3, 2).words


def test_a_rate_always_says_among_how_many():
    assert rate(3, 1204).words == "3 in 1,204 insertions: 2.49 per 1,000 (95 % interval 0.514 to 7.26)"


def test_a_count_below_zero_is_a_mistake():
    with pytest.raises(ValueError, match="never below 0"):
        rate(-1, 5)
