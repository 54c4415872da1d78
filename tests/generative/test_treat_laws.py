"""Laws of the session: what is told in any order, however often, comes to the same, and no needle is ever lost."""

import json
from collections.abc import Iterable
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from needlepoint.exchange.told import InputError
from needlepoint.exchange.treating import KINDS, act_as_json, read_act, session_answer
from needlepoint.terms import Side
from needlepoint.treat import (
    Act,
    Advised,
    Grade,
    Happened,
    NeedleIn,
    NeedleOut,
    NoReaction,
    NotDone,
    PainTold,
    Point,
    Positioned,
    Prepared,
    Reacted,
    Stays,
    StepTaken,
    Stimulated,
    Twitch,
    Undone,
    missing,
    rate,
    retained,
    session_of,
)
from tests.unit.treat.people import TEN, small

#: So few names that acts meet: the same needle twice, an undo of an undo, a step of an event that was never told.
needle_ids = st.sampled_from("abc")
act_ids = st.sampled_from([f"act-{n}" for n in range(8)])
muscles = st.none() | st.sampled_from(["tibialis-anterior", "upper-trapezius", "no-such-muscle"])
sides = st.none() | st.sampled_from(Side)
above_0 = st.floats(0.1, 200)
maybe = st.none() | above_0
words = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=12).filter(str.strip)
point = st.builds(
    Point, st.tuples(*[st.integers(0, 20_000)] * 3), st.tuples(*[st.floats(0, 1, allow_subnormal=False)] * 3)
)
whats = st.one_of(
    st.builds(NeedleIn, needle_ids, muscles, sides, maybe, maybe, st.none() | words, st.none() | point, maybe),
    st.builds(NeedleOut, needle_ids, st.none() | st.booleans()),
    st.builds(Twitch, needle_ids, st.integers(1, 9)),
    st.builds(Stays, needle_ids, above_0),
    st.builds(Stimulated, st.lists(needle_ids, min_size=1, max_size=3).map(tuple), st.none() | words, maybe, maybe, maybe),
    st.builds(Positioned, words),
    st.builds(Prepared, words),
    st.builds(PainTold, st.none() | st.floats(0, 10), st.sampled_from(["before", "after"]), muscles, sides),
    st.builds(Reacted, st.sampled_from("rs"), st.sampled_from(["soreness", "other"]), muscles, sides),
    st.just(NoReaction()),
    st.builds(
        Happened, st.sampled_from("ef"), st.sampled_from(["pneumothorax", "faint", "other"]), st.sampled_from(Grade), muscles, sides,
        st.none() | needle_ids, st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=9),
    ),
    st.builds(StepTaken, st.sampled_from("efg"), st.sampled_from(["call", "needles-out"]), st.booleans(), words),
    st.builds(Advised, st.lists(st.sampled_from(["soreness", "lung-signs"]), max_size=2).map(tuple)),
    st.builds(NotDone, words),
    st.builds(Undone, act_ids),
)  # fmt: skip
times = st.integers(0, 40).map(lambda minutes: TEN + timedelta(minutes=minutes))
acts = st.builds(Act, act_ids, times, whats)
#: One act for each id, as devices make them.
sessions = st.lists(acts, max_size=14, unique_by=lambda one: one.id)
#: And what a broken device might send: one id for several acts.
muddled = st.lists(acts, max_size=14)


@given(muddled, st.randoms(use_true_random=False))
def test_the_order_of_arrival_and_doubles_do_not_matter(told, chance):
    again = [*told, *chance.sample(told, len(told) // 2)]
    chance.shuffle(again)
    assert session_of(again) == session_of(told)


@given(sessions)
def test_an_undo_and_its_undo_leave_everything_as_it_was(told):
    before = session_of(told)
    for one in told:
        undo = Act("undo", TEN, Undone(one.id))
        back = Act("back", TEN + timedelta(seconds=1), Undone("undo"))
        after = session_of([*told, undo, back])
        assert after.needles == before.needles
        assert after.events == before.events
        assert after.pain == before.pain
        assert {each.id for each in after.acts} == {each.id for each in before.acts} | {"back"}


@given(sessions)
def test_undoing_an_act_that_stands_is_as_if_it_had_never_been_told(told):
    for one in session_of(told).acts:
        if any(isinstance(each.what, Undone) and each.what.act == one.id for each in told):
            continue  # it stands because an undo of it was taken back
        undone = session_of([*told, Act("undo", TEN, Undone(one.id))])
        without = session_of([each for each in told if each.id != one.id])
        assert undone.needles == without.needles
        assert undone.events == without.events
        assert undone.reactions == without.reactions


@given(muddled)
def test_nothing_is_dropped(told):
    session = session_of(told)
    kept = [*session.acts, *session.undone, *(one.act for one in session.odd)]
    assert set(kept) == set(told)
    assert not set(session.acts) & set(session.undone)


@given(muddled)
def test_needles_in_are_needles_out_and_needles_still_in(told):
    session = session_of(told)
    out = [one for one in session.needles if not one.is_in]
    assert session.insertions == len(out) + len(session.still_in)
    assert sum(one.insertions for one in session.sites) == session.insertions
    assert sum(one.still_in for one in session.sites) == len(session.still_in)


@given(muddled, times)
def test_no_session_with_a_needle_in_can_be_signed(told, now):
    session = session_of(told)
    lacking = missing(session, small(), now=now)
    assert {one.needle for one in lacking if one.id == "still-in"} == {one.needle for one in session.still_in}
    assert all(one.words for one in lacking)


@given(muddled, times)
def test_every_needle_that_is_in_has_a_timer_and_no_timer_counts_below_zero(told, now):
    session = session_of(told)
    timers = retained(session, small(), now=now)
    assert sorted(one.needle for one in timers) == sorted(one.needle for one in session.still_in)
    for one in timers:
        assert one.minutes is None or one.minutes >= 0
        assert one.overdue == (one.minutes is None or one.minutes >= one.planned_minutes)


@given(sessions, times)
def test_everything_that_makes_no_sense_keeps_the_note_open(told, now):
    session = session_of(told)
    odd = {one.act for one in missing(session, small(), now=now) if one.id == "odd"}
    assert odd == {one.act.id for one in session.odd}


@given(sessions)
def test_a_second_telling_by_a_slow_hand_comes_to_the_same(told):
    session, slow = session_of(told), slowly(told)
    assert {one.needle for one in session.needles} == slow["in"]
    assert {one.needle for one in session.still_in} == slow["still in"]
    assert {one.needle: one.twitches for one in session.needles} == slow["twitches"]
    assert {one.id for one in session.events} == slow["events"]
    assert {one.id for one in session.acts} >= slow["stand"]


def slowly(told: Iterable[Act]) -> dict[str, object]:
    """The obvious twin: an act stands unless something that stands takes it back; then everything is counted by looking at each act."""
    told = list(told)

    def stands(act: Act, above: tuple[str, ...] = ()) -> bool:
        if act.id in above:
            return False  # in a circle nothing is taken back
        return not any(
            isinstance(one.what, Undone)
            and one.what.act == act.id
            and goes_nowhere(one)
            and stands(one, (*above, act.id))
            for one in told
        )

    def goes_nowhere(undo: Act) -> bool:
        """Does following what this takes back never lead to itself again?"""
        at = undo
        for _ in told:
            found = [one for one in told if one.id == at.what.act]
            if not found or not isinstance(found[0].what, Undone):
                return True
            at = found[0]
            if at.id == undo.id:
                return False
        return True

    standing = [one for one in told if stands(one)]
    in_ = {one.what.needle for one in standing if isinstance(one.what, NeedleIn)}
    return {
        "stand": {one.id for one in standing if not isinstance(one.what, Undone)},
        "in": in_,
        "still in": {
            needle for needle in in_ if not any(isinstance(one.what, NeedleOut) and one.what.needle == needle for one in standing)
        },
        "twitches": {
            needle: sum(one.what.count for one in standing if isinstance(one.what, Twitch) and one.what.needle == needle)
            for needle in in_
        },
        "events": {one.what.event for one in standing if isinstance(one.what, Happened)},
    }  # fmt: skip


@given(acts)
def test_an_act_goes_to_the_device_and_back_unchanged(act):
    entry = json.loads(json.dumps(act_as_json(act)))
    assert read_act(entry) == act
    assert entry["kind"] in KINDS


@given(muddled, times)
def test_every_session_can_be_told_as_json(told, now):
    session = session_of(told)
    answer = session_answer(session, missing(session, small(), now=now), retained(session, small(), now=now))
    assert json.loads(json.dumps(answer)) == answer
    assert not (answer["complete"] and answer["still_in"])


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
keys = st.sampled_from(
    ["needle", "muscle", "side", "length_mm", "point", "value", "when", "count", "grade", "event", "needles", "act"]
)


@given(
    st.fixed_dictionaries({"id": anything, "kind": st.sampled_from(sorted(KINDS)), "at": anything, "body": anything})
)
def test_no_entry_whatever_breaks_the_reading(entry):
    read_or_refused(entry)


@given(st.sampled_from(sorted(KINDS)), st.dictionaries(keys, anything, max_size=5))
def test_a_body_of_nonsense_is_refused_in_words(kind, body):
    read_or_refused({"id": "x", "kind": kind, "at": "2026-03-02T10:00:00Z", "body": body})


def read_or_refused(entry: object) -> None:
    try:
        act = read_act(entry)
    except InputError as error:
        assert ":" in str(error)
    else:
        assert read_act(act_as_json(act)) == act


@given(st.integers(0, 300), st.integers(0, 300))
def test_a_rate_lies_within_its_interval_and_more_events_never_lower_it(events, more):
    among = 600
    one, other = rate(events, among), rate(events + more, among)
    assert 0 <= one.low <= one.per_1000 <= one.high <= 1000
    assert one.low <= other.low
    assert one.high <= other.high
