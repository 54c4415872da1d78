"""What was done, put together from what was told."""

from datetime import datetime, timedelta, timezone

import pytest

from needlepoint.terms import Side
from needlepoint.treat import (
    Act,
    Advised,
    Grade,
    Happened,
    NeedleIn,
    NeedleOut,
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
    session_of,
)
from tests.unit.treat.people import TEN, acts, at, put_in


def reasons(told):
    return [(one.act.id, one.reason) for one in session_of(told).odd]


def test_a_needle_that_went_in_and_came_out_is_told_with_its_place_its_size_and_its_time():
    point = Point((1, 2, 3), (0.2, 0.3, 0.5))
    session = session_of(
        acts(
            put_in("a", lot="L7", point=point, depth_mm=12.0), Twitch("a", 2), Twitch("a"), NeedleOut("a", intact=True)
        )
    )
    (needle,) = session.needles
    assert (needle.muscle, needle.side, needle.length_mm, needle.diameter_mm) == (
        "tibialis-anterior",
        Side.LEFT,
        30,
        0.25,
    )
    assert (needle.lot, needle.point, needle.depth_mm) == ("L7", point, 12)
    assert (needle.twitches, needle.intact, needle.dwell_minutes) == (3, True, 3)
    assert session.still_in == ()
    assert session.odd == ()


def test_twitches_and_needles_are_counted_for_each_place():
    session = session_of(
        acts(
            put_in("a"),
            put_in("b"),
            put_in("c", side=Side.RIGHT),
            Twitch("a"),
            Twitch("b", 3),
            Twitch("c"),
            NeedleOut("b"),
        )
    )
    left, right = session.sites
    assert (left.insertions, left.still_in, left.twitches) == (2, 1, 4)
    assert (right.insertions, right.still_in, right.twitches) == (1, 1, 1)
    assert session.insertions == 3
    assert [one.needle for one in session.still_in] == ["a", "c"]


def test_pain_is_kept_for_each_place_and_as_a_whole_and_the_last_word_counts():
    session = session_of(
        acts(
            put_in("a"),
            PainTold(7, "before"),
            PainTold(5, "before", "tibialis-anterior", Side.LEFT),
            PainTold(4, "before", "tibialis-anterior", Side.LEFT),
            PainTold(None, "after"),
        )
    )
    assert session.pain_of("before") == 7
    assert session.sites[0].pain_before == 4
    assert session.pain_asked("after")
    assert session.pain_of("after") is None
    assert session.sites[0].pain_after is None


def test_current_position_skin_and_the_time_to_stay_are_kept():
    session = session_of(
        acts(
            put_in("a"), put_in("b"), Positioned("prone"), Positioned("supine"), Prepared("alcohol 70 %"), Stays("a", 5), Stays("a", 10),
            Stimulated(("a", "b"), "box", 2.0, 1.5, 10.0),
        )
    )  # fmt: skip
    assert (session.position, session.preparation) == ("supine", "alcohol 70 %")
    assert [one.stays_minutes for one in session.needles] == [10, None]
    assert all(one.stimulated[0].frequency_hz == 2 for one in session.needles)


def test_what_was_taken_back_does_not_count_and_is_kept():
    told = [*acts(put_in("a"), Twitch("a")), Act("undo", at(5), Undone("act-001"))]
    session = session_of(told)
    assert session.needles[0].twitches == 0
    assert [one.id for one in session.undone] == ["act-001"]


def test_taking_back_the_undo_brings_the_act_back():
    told = [
        *acts(put_in("a"), Twitch("a")), Act("undo", at(5), Undone("act-001")), Act("no-undo", at(6), Undone("undo")),
    ]  # fmt: skip
    assert session_of(told).needles[0].twitches == 1
    assert [one.id for one in session_of(told).undone] == ["undo"]


def test_what_two_tablets_took_back_needs_both_to_bring_it_back():
    told = [
        *acts(put_in("a"), Twitch("a")), Act("one", at(5), Undone("act-001")), Act("two", at(5), Undone("act-001")),
        Act("back", at(6), Undone("one")),
    ]  # fmt: skip
    assert session_of(told).needles[0].twitches == 0


def test_an_undo_may_arrive_before_what_it_takes_back():
    assert reasons([Act("undo", at(5), Undone("act-000"))]) == [("undo", "it takes back something that is not there")]
    assert session_of([Act("undo", at(5), Undone("act-000")), *acts(put_in("a"))]).needles == ()


def test_acts_that_take_each_other_back_are_shown_and_can_be_taken_back_themselves():
    circle = [Act("x", at(1), Undone("y")), Act("y", at(2), Undone("x"))]
    assert [one for one, _ in reasons(circle)] == ["x", "y"]
    assert reasons([*circle, Act("p", at(3), Undone("x")), Act("q", at(3), Undone("y"))]) == []
    assert [one for one, _ in reasons([Act("z", at(1), Undone("z"))])] == ["z"]


def test_a_long_chain_of_undos_is_followed_to_its_end():
    chain = [Act("0", at(0), put_in("a")), *(Act(str(n), at(0), Undone(str(n - 1))) for n in range(1, 301))]
    assert len(session_of(chain).needles) == 1
    assert session_of(chain[:-1]).needles == ()


def test_a_needle_that_never_went_in_cannot_come_out_and_that_is_shown():
    assert reasons(acts(NeedleOut("ghost"))) == [("act-000", "this needle never went in")]
    assert reasons(acts(Twitch("ghost"))) == [("act-000", "this needle never went in")]
    assert reasons(acts(Stays("ghost", 5))) == [("act-000", "this needle never went in")]
    assert reasons(acts(put_in("a"), Stimulated(("a", "ghost")))) == [("act-001", "this needle never went in")]


def test_a_second_needle_under_the_same_name_is_shown_and_does_not_hide_the_first():
    told = acts(put_in("a"), put_in("a", side=Side.RIGHT))
    assert session_of(told).needles[0].side is Side.LEFT
    assert reasons(told) == [("act-001", "this needle is in already; a new needle gets a new id")]


def test_a_needle_that_two_hands_took_out_came_out_once_and_broken_when_one_of_them_saw_it_broken():
    told = acts(put_in("a"), NeedleOut("a", intact=True), NeedleOut("a", intact=False))
    assert session_of(told).needles[0].out_at == at(1)
    assert session_of(told).needles[0].intact is False
    assert reasons(told) == [("act-002", "this needle came out already")]


def test_a_clock_that_was_set_back_does_not_put_a_needle_back_in():
    told = [Act("in", at(10), put_in("a")), Act("out", at(5), NeedleOut("a"))]
    session = session_of(told)
    assert session.still_in == ()
    assert session.needles[0].dwell_minutes is None
    assert reasons(told) == [("out", "the clock says that it came out before it went in")]


def test_a_needle_put_in_again_after_it_was_taken_back_may_keep_its_name():
    told = [
        *acts(put_in("a", side=Side.RIGHT)),
        Act("undo", at(1), Undone("act-000")),
        Act("again", at(2), put_in("a")),
    ]
    assert session_of(told).needles[0].side is Side.LEFT
    assert session_of(told).odd == ()


def test_one_id_for_two_different_acts_is_shown():
    told = [Act("same", at(1), put_in("a")), Act("same", at(2), Twitch("a"))]
    assert reasons(told) == [("same", "the same id was used for something else")]
    assert session_of(told) == session_of(reversed(told))
    taken_back = session_of([*told, Act("undo", at(3), Undone("same"))])
    assert taken_back.odd == ()
    assert len(taken_back.undone) == 2


def test_an_event_that_turns_out_worse_is_told_again_and_its_steps_stay_with_it():
    told = acts(
        Happened("e", "faint", Grade.MILD),
        StepTaken("e", "lie-down"),
        Happened("e", "faint", Grade.SIGNIFICANT, text="Fell."),
    )
    (event,) = session_of(told).events
    assert (event.grade, event.text, event.at) == (Grade.SIGNIFICANT, "Fell.", TEN)
    assert event.answered == {"lie-down"}
    assert event.steps[0][0] == at(1)


def test_an_event_is_never_lost_even_where_its_needle_is_not_known():
    told = acts(Happened("e", "faint", Grade.MILD, needle="ghost"))
    assert len(session_of(told).events) == 1
    assert reasons(told) == [("act-000", "this needle never went in")]
    assert reasons(acts(StepTaken("ghost", "call"))) == [("act-000", "there is no such event")]


def test_reactions_and_advice_are_gathered():
    session = session_of(
        acts(Reacted("r", "soreness", "soleus", Side.LEFT), Advised(("soreness",)), Advised(("lung-signs", "soreness")))
    )
    assert session.reactions[0].kind == "soreness"
    assert session.reactions_answered
    assert session.advised == {"soreness", "lung-signs"}


def test_a_session_that_was_not_done_says_why_and_one_with_needles_was_done():
    assert session_of(acts(NotDone("fever"))).not_done == "fever"
    told = acts(NotDone("fever"), put_in("a"))
    assert session_of(told).not_done is None
    assert reasons(told) == [("act-000", "needles went in, so the session was done")]


def test_the_same_moment_told_in_another_zone_is_the_same_act():
    here = Act("a", TEN, put_in("a"))
    there = Act("a", TEN.astimezone(timezone(timedelta(hours=9))), put_in("a"))
    assert here == there
    assert hash(here) == hash(there)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Act("a", datetime(2026, 3, 2, 10), put_in("a")),
        lambda: PainTold(11, "before"),
        lambda: PainTold(5, "sometimes"),
        lambda: Twitch("a", 0),
        lambda: Stays("a", 0),
        lambda: Stays("a", float("nan")),
        lambda: NeedleIn("a", "soleus", Side.LEFT, -3, 0.25),
        lambda: Stimulated(()),
        lambda: StepTaken("e", "call", done=False),
        lambda: Point((1, 2, -3), (0.1, 0.2, 0.7)),
        lambda: Point((1, 2, 3), (0.1, 0.2, float("inf"))),
    ],
)
def test_an_act_that_cannot_be_is_never_made(make):
    with pytest.raises(ValueError, match=r"."):
        make()
