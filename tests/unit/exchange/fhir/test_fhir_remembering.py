"""The listener that remembers hears what a plain one hears."""

from dataclasses import fields, replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from needlepoint.exchange.fhir.swift import SwiftListener
from needlepoint.screen import Answers, Asked, Entry
from needlepoint.screen.hear import Hearing
from needlepoint.terms import Code, Side
from tests.unit.exchange.fhir.records import ON, knowledge, listener

TEXTS = st.sampled_from(
    [
        "haemophilia", "DVT", "DVT left thigh", "no DVT", "?DVT", "mother had haemophilia", "surgery", "surgery 3 weeks ago",
        "surgery 2019", "warfarin", "prednisolone cream", "nickel", "thigh plate", "zorble", "headache", "mumps", "",
        "haemophilia, surgery and mumps since 2026-01-01",
    ]
)  # fmt: skip
ENTRIES = st.builds(
    Entry,
    asked=st.sampled_from([*Asked, None]),
    text=TEXTS,
    origin=st.sampled_from(["Condition/1", "Condition/2", "x"]),
    codes=st.sampled_from([(), (Code("icd10", "D66"),), (Code("icd10", "R51"),), (Code("rxnorm", "0"),)]),
    side=st.sampled_from([None, Side.LEFT]),
    place=st.sampled_from([None, "thigh", "nowhere"]),
    active=st.sampled_from([True, False, None]),
    confirmed=st.sampled_from([True, False, None]),
    since=st.none() | st.integers(-400, 30).map(lambda days: ON + timedelta(days=days)),
)


def without_the_nearest(answers: Answers) -> Answers:
    return replace(answers, not_understood=tuple(replace(one, nearest=()) for one in answers.not_understood))


SWIFT = SwiftListener(knowledge(), on=ON)


@settings(max_examples=300, deadline=None)
@given(st.lists(ENTRIES, max_size=8))
def test_it_hears_what_a_plain_listener_hears(entries: list[Entry]) -> None:
    plain = listener().hear(entries, (), (), (), on=ON)
    for _ in range(2):
        assert SWIFT.hear(entries, (), (), (), on=ON) == without_the_nearest(plain)


def test_a_date_that_stands_in_the_text_is_not_taken_for_the_date_of_the_entry() -> None:
    first, second = (Entry(Asked.CONDITIONS, "DVT", f"Condition/{n}", since=date(2020, 1, n)) for n in (1, 2))
    heard = SWIFT.hear((first, second), (), (), (), on=ON)
    assert [one.on for one in heard.because["deep-vein-thrombosis"]] == [date(2020, 1, 1), date(2020, 1, 2)]


def test_on_another_day_it_listens_like_a_plain_one() -> None:
    entry = Entry(Asked.CONDITIONS, "surgery", "Procedure/1", since=ON)
    other = ON + timedelta(weeks=10)
    assert SWIFT.hear((entry,), (), (), (), on=other) == listener().hear((entry,), (), (), (), on=other)


@pytest.mark.parametrize("weeks", [3, 4, 5, 6, 7])
@pytest.mark.parametrize("days", [-1, 0, 1])
def test_limits_in_weeks_are_kept_to_the_day(weeks: int, days: int) -> None:
    for text in ("surgery", "mumps"):
        entry = Entry(Asked.CONDITIONS, text, "Condition/1", since=ON - timedelta(weeks=weeks, days=days))
        assert SWIFT.hear((entry,), (), (), (), on=ON) == without_the_nearest(
            listener().hear((entry,), (), (), (), on=ON)
        )


def test_it_repeats_all_that_can_be_heard_of_an_entry() -> None:
    """A new kind of thing that is heard would have to be repeated too."""
    known = {"yes", "no", "unsure", "places", "nowhere", "quantities", "asked", "not_understood", "set_aside"}
    assert {one.name for one in fields(Hearing)} == known
