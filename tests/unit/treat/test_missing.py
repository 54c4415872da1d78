"""What keeps a session open, and what closes it."""

from needlepoint.terms import Side
from needlepoint.treat import (
    Act,
    Advised,
    Grade,
    Happened,
    NeedleOut,
    NotDone,
    PainTold,
    Reacted,
    StepTaken,
    Twitch,
    advice_for,
    missing,
    session_of,
)
from tests.unit.treat.people import LATER, acts, at, lacking, put_in, small, whole


def without(kind, told):
    return [one for one in told if not isinstance(one, kind)]


def test_a_session_with_nothing_wrong_can_be_signed():
    assert lacking(acts(*whole("a", "b"))) == []


def test_a_forgotten_needle_keeps_the_note_open():
    told = [one for one in whole("a", "b") if one != NeedleOut("b", intact=True)]
    (one,) = missing(session_of(acts(*told)), small(), now=LATER)
    assert (one.id, one.needle, one.muscle, one.side) == ("still-in", "b", "tibialis-anterior", Side.LEFT)
    assert one.words == "A needle is still in: left tibialis anterior, for 58 minutes. Take it out."


def test_a_needle_still_in_is_said_first_of_all():
    assert lacking(acts(put_in("a"), Happened("e", "pneumothorax", Grade.SERIOUS)))[0] == "still-in"


def test_a_session_in_which_nothing_happened_says_why_or_stays_open():
    assert lacking([]) == ["no-needle"]
    assert lacking(acts(NotDone("  "))) == ["reason"]
    assert lacking(acts(NotDone("Fever since last night."))) == []


def test_a_needle_needs_its_muscle_its_side_and_its_size():
    told = [
        put_in("a", muscle=None, side=None, length_mm=None),
        *whole("b"),
        NeedleOut("a", intact=True),
        Advised(("lung-signs",)),
    ]
    assert lacking(acts(*told)) == ["muscle", "side", "size"]


def test_a_needle_that_nobody_looked_at_is_not_known_to_be_whole():
    told = [NeedleOut("a") if isinstance(one, NeedleOut) else one for one in whole("a")]
    assert lacking(acts(*told)) == ["whole"]


def test_a_broken_needle_has_to_be_told_as_an_event():
    told = [NeedleOut("a", intact=False) if isinstance(one, NeedleOut) else one for one in whole("a")]
    assert lacking(acts(*told)) == ["broken"]
    other = Happened("e", "faint", Grade.MILD, needle="a")
    assert lacking(acts(*told, other)) == ["broken"]
    event = Happened("e", "broken-needle", Grade.MILD, "tibialis-anterior", Side.LEFT, "a")
    assert lacking(acts(*told, event)) == []


def test_pain_before_and_after_has_to_be_asked_and_not_telling_is_an_answer():
    told = without(PainTold, whole("a"))
    assert lacking(acts(*told)) == ["pain-before", "pain-after"]
    assert lacking(acts(*told, PainTold(None, "before"), PainTold(None, "after"))) == []


def test_pain_asked_at_every_place_is_asked():
    told = [
        *without(PainTold, whole("a")), put_in("b", side=Side.RIGHT), NeedleOut("b", intact=True), PainTold(1, "after"),
        PainTold(4, "before", "tibialis-anterior", Side.LEFT),
    ]  # fmt: skip
    (one,) = missing(session_of(acts(*told)), small(), now=LATER)
    assert (one.id, one.muscle, one.side) == ("pain-before", "tibialis-anterior", Side.RIGHT)
    assert lacking(acts(*told, PainTold(5, "before", "tibialis-anterior", Side.RIGHT))) == []


def test_reactions_have_to_be_answered_and_an_event_is_an_answer():
    told = [one for one in whole("a") if type(one).__name__ != "NoReaction"]
    assert lacking(acts(*told)) == ["reactions"]
    assert lacking(acts(*told, Reacted("r", "soreness"))) == []
    assert lacking(acts(*told, Happened("e", "faint", Grade.MILD))) == []


def test_a_reaction_that_nobody_knows_has_to_be_chosen_again():
    assert lacking(acts(*whole("a"), Reacted("r", "levitation"))) == ["reaction-kind"]


def test_advice_has_to_be_given_and_near_the_lung_the_signs_of_the_lung_too():
    assert lacking(acts(*without(Advised, whole("a")))) == ["advice"]
    near = [put_in("z", "upper-trapezius"), NeedleOut("z", intact=True)]
    assert lacking(acts(*whole("a"), *near)) == ["advice"]
    assert lacking(acts(*whole("a"), *near, Advised(("lung-signs",)))) == []


def test_where_the_muscle_is_not_known_everything_that_may_matter_is_told():
    assert {one.id for one in advice_for(session_of(acts(put_in("a", muscle=None))), small())} == {
        "soreness",
        "lung-signs",
    }


def test_a_serious_event_keeps_the_note_open_until_what_must_be_done_now_is_answered():
    event = Happened("e", "pneumothorax", Grade.SERIOUS, "tibialis-anterior", Side.LEFT)
    told = [*whole("a"), event]
    assert lacking(acts(*told)) == ["step", "step"]
    assert lacking(acts(*told, StepTaken("e", "needles-out"))) == ["step"]
    assert (
        lacking(acts(*told, StepTaken("e", "needles-out"), StepTaken("e", "call", done=False, why="They called.")))
        == []
    )


def test_a_milder_grade_asks_for_fewer_steps_and_too_mild_a_grade_is_refused():
    milder = Happened("e", "pneumothorax", Grade.SIGNIFICANT, "tibialis-anterior", Side.LEFT)
    assert lacking(acts(*whole("a"), milder)) == ["step"]
    mild = Happened("e", "pneumothorax", Grade.MILD, "tibialis-anterior", Side.LEFT)
    (one,) = missing(session_of(acts(*whole("a"), mild)), small(), now=LATER)
    assert one.words == "Pneumothorax is never mild. Grade it again: significant at the least."


def test_an_event_of_a_place_needs_its_muscle_and_side():
    event = Happened("e", "pneumothorax", Grade.SIGNIFICANT, "tibialis-anterior")
    assert lacking(acts(*whole("a"), event, StepTaken("e", "needles-out"))) == ["event-place"]


def test_an_event_that_nobody_knows_has_to_be_chosen_again():
    assert lacking(acts(*whole("a"), Happened("e", "levitation", Grade.MILD))) == ["event-kind"]


def test_somebody_who_faints_before_the_first_needle_has_an_event_and_no_needle():
    told = acts(Happened("e", "faint", Grade.MILD), NotDone("Fainted at the sight of the needle."))
    assert lacking(told) == []


def test_what_makes_no_sense_keeps_the_note_open_until_it_is_taken_back():
    told = acts(*whole("a"), Twitch("ghost"))
    (one,) = missing(session_of(told), small(), now=LATER)
    assert (one.id, one.act) == ("odd", told[-1].id)


def test_a_needle_of_the_future_was_timed_by_a_wrong_clock():
    told = acts(*whole("a"))
    assert lacking(told, now=at(-0.5)) == ["time"]
    assert lacking(told, now=at(0)) == []


def test_with_the_clock_set_back_a_needle_that_is_in_still_keeps_the_note_open():
    (one, *rest) = missing(session_of([Act("x", at(60), put_in("a"))]), small(), now=at(0))
    assert one.id == "still-in"
    assert "the clock stands before it went in" in one.words
    assert "time" in {each.id for each in rest}
