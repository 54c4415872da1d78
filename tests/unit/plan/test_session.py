"""The plan of a session: what is done today, what waits, in which order, and what to watch for."""

from datetime import timedelta

from needlepoint.plan import Circumstances, Earlier, Person
from needlepoint.plan.positions import fewest_turns, possible_positions, turned
from needlepoint.terms import Side
from tests.unit.plan.people import DAY, ORDINARY, cleared, planned

NEVER = Circumstances(earlier=())


def before(*days: int, muscle: str = "soleus", side: Side | None = Side.LEFT) -> Circumstances:
    return Circumstances(earlier=tuple(Earlier(muscle, side, DAY - timedelta(days)) for days in days))


def legs(count: int):
    muscles = (
        "gastrocnemius-medial",
        "gastrocnemius-lateral",
        "tibialis-anterior",
        "vastus-lateralis",
        "rectus-femoris",
    )
    return [cleared(one) for one in muscles[:count]]


def test_both_sides_of_the_chest_are_never_needled_on_one_day():
    plan = planned(cleared("latissimus-dorsi", Side.LEFT), cleared("latissimus-dorsi", Side.RIGHT))
    assert [one.site for one in plan.session.later] == [1]
    assert "both sides of the chest" in plan.session.later[0].reason


def test_the_same_side_of_the_chest_twice_is_no_reason_to_wait():
    plan = planned(cleared("latissimus-dorsi", Side.LEFT), cleared("infraspinatus", Side.LEFT))
    assert plan.session.later == ()


def test_a_first_session_has_no_more_than_three_muscles_and_six_insertions():
    plan = planned(*legs(5))
    assert len(plan.session.insertions) <= 3
    assert sum(count for _, count in plan.session.insertions) <= 6
    assert all("first session" in one.reason for one in plan.session.later)


def test_when_nobody_knows_whether_it_is_the_first_session_it_is_planned_as_one():
    plan = planned(*legs(5), told=Circumstances())
    assert len(plan.session.insertions) <= 3
    assert any("first session is not known" in one for one in plan.session.warnings)


def test_a_later_session_may_be_fuller():
    plan = planned(*legs(5), told=before(30))
    assert len(plan.session.insertions) == 5


def test_the_same_place_rests_for_two_full_days():
    place = cleared("gastrocnemius-medial")
    for days, waits in ((0, True), (1, True), (2, True), (3, False)):
        plan = planned(place, told=before(days, muscle="gastrocnemius-medial"))
        assert bool(plan.session.later) is waits, days


def test_the_other_side_of_the_same_muscle_need_not_rest():
    plan = planned(cleared("gastrocnemius-medial", Side.RIGHT), told=before(1, muscle="gastrocnemius-medial"))
    assert plan.session.later == ()


def test_where_the_side_of_an_earlier_needle_is_not_known_both_sides_rest():
    plan = planned(
        cleared("gastrocnemius-medial", Side.RIGHT), told=before(1, muscle="gastrocnemius-medial", side=None)
    )
    assert plan.session.later


def test_soon_after_the_rest_the_plan_asks_whether_the_place_is_still_sore():
    plan = planned(cleared("gastrocnemius-medial"), told=before(3, muscle="gastrocnemius-medial"))
    assert any("still sore" in one for one in plan.session.warnings)


def test_nothing_new_is_needled_within_three_days_before_a_competition():
    told = Circumstances(
        earlier=(Earlier("vastus-lateralis", Side.LEFT, DAY - timedelta(14)),), competitions=(DAY + timedelta(2),)
    )
    plan = planned(cleared("rectus-femoris"), cleared("vastus-lateralis"), told=told)
    assert [one.site for one in plan.session.later] == [0]
    assert "competition" in plan.session.later[0].reason


def test_a_competition_next_week_changes_nothing():
    told = Circumstances(earlier=(), competitions=(DAY + timedelta(7),))
    assert planned(cleared("rectus-femoris"), told=told).session.later == ()


def test_somebody_who_faints_is_never_needled_sitting():
    assert possible_positions(("sitting", "supine"), Person(faints=True)) == ("supine",)
    assert possible_positions(("sitting",), Person(faints=True)) == ()
    assert possible_positions(("sitting",), Person()) == ()
    assert possible_positions(("sitting",), Person(faints=False)) == ("sitting",)


def test_somebody_pregnant_does_not_lie_prone_nor_late_on_the_back():
    assert possible_positions(("prone", "supine"), Person(pregnant=True, gestation_weeks=12)) == ("supine",)
    assert possible_positions(("prone", "supine", "side-lying"), Person(pregnant=True)) == ("side-lying",)


def test_lying_on_the_side_means_the_treated_side_up():
    assert turned("side-lying", Side.LEFT) == ("left side up",)
    assert turned("lying-on-it", Side.LEFT) == ("right side up",)
    assert turned("prone", Side.LEFT) == ("prone",)


def test_the_person_is_turned_as_seldom_as_can_be():
    assert fewest_turns([frozenset({"prone", "left side up"}), frozenset({"supine", "left side up"})]) == (
        "left side up",
    )
    assert fewest_turns([frozenset({"prone"}), frozenset({"supine"}), frozenset({"prone", "supine"})]) == (
        "prone",
        "supine",
    )


def test_places_that_need_watching_come_first():
    plan = planned(cleared("tibialis-anterior"), cleared("upper-trapezius"))
    assert plan.session.steps[0].sites[0] == 1
    assert plan.session.stay_minutes > 0


def test_after_a_needle_near_the_lung_the_card_names_breathlessness_for_two_days():
    plan = planned(cleared("upper-trapezius"))
    lung = next(one for one in plan.session.signs if any("breath" in sign for sign in one.patient))
    assert lung.to_hours >= 48
    assert lung.act_patient


def test_after_a_needle_in_the_shin_nobody_is_frightened_about_the_lung():
    plan = planned(cleared("tibialis-anterior"))
    assert not any("lung" in one.title.lower() for one in plan.session.signs)


def test_the_position_of_a_place_is_that_of_the_session():
    plan = planned(cleared("tibialis-anterior"), person=ORDINARY)
    assert plan.sites[0].needle.position == plan.session.steps[0].position
