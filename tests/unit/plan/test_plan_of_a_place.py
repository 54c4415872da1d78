"""The plan of one place: a way that reaches the muscle, else a safer one, else a reasoned refusal."""

import pytest

from needlepoint.plan import Person, StockNeedle
from needlepoint.plan.approach import Clear
from needlepoint.plan.depths import Figure
from needlepoint.screen import Answers, Needle
from needlepoint.terms import Level, Side
from tests.unit.plan.people import ORDINARY, approach, cleared, depth, knowing, planned, shipped, way

SHALLOW = way(name="Just beneath the skin", technique="superficial", angle_deg=70, at_most_mm=5)


def site_of(*ways, depths=(), place=None, person=ORDINARY, **told):
    known = knowing(approach(*ways), depths=depths)
    return planned(place or cleared(), person=person, knowledge=known, **told).sites[0]


def test_an_ordinary_person_gets_the_first_way():
    site = site_of(way(), SHALLOW, depths=[depth(Figure("all", at_least=30))])
    assert site.needle.way.name == "Flat"
    assert site.needle.reaches_muscle
    assert site.declined is None


def test_where_the_first_way_cannot_reach_the_muscle_a_shallow_one_takes_its_place_and_says_why():
    site = site_of(way(), SHALLOW, depths=[depth(Figure("all", at_least=7))])
    assert site.needle.way.technique == "superficial"
    assert site.needle.safer_than.startswith("Flat:")


def test_where_no_way_is_left_the_refusal_says_what_would_change_it_and_what_to_do_instead():
    site = site_of(way(), depths=[depth(Figure("all", at_least=7))])
    assert site.needle is None
    assert "comes" in site.declined.reason or "no needle" in site.declined.reason
    assert any("ultrasound" in one for one in site.declined.would_change)
    assert site.declined.instead == "Treat it by hand."


def test_a_short_needle_that_is_missing_from_the_stock_is_asked_for():
    site = site_of(way(), stock=(StockNeedle(75, 0.3),))
    assert any("shorter needle" in one for one in site.declined.would_change)


def test_a_place_whose_clearance_is_stop_gets_no_needle():
    answers = Answers(facts={"consents": False})
    place = cleared(answers=answers)
    assert place.sites[0].clearance is Level.STOP
    site = site_of(way(), SHALLOW, place=place)
    assert site.needle is None
    assert site.declined.reason.startswith("The clearance is stop")


@pytest.mark.parametrize("muscle", ["longus-colli", "psoas-major", "intercostals"])
def test_a_muscle_that_is_barred_is_refused_with_its_reason_and_something_else_to_do(muscle):
    (site,) = planned(cleared(muscle)).sites
    assert site.needle is None
    assert site.declined.reason == shipped().atlas.muscles[muscle].barred
    assert site.declined.instead


def test_a_longer_needle_than_proposed_may_be_asked_for_and_the_plan_shows_what_it_could_reach():
    place = cleared(needle=Needle(60.0))
    site = site_of(way(), depths=[depth(Figure("all", at_least=22))], place=place)
    assert not site.asked.within
    assert site.asked.could_pass == ("pleura",)
    assert site.asked.reach_mm < site.asked.to_hub_mm


def test_a_way_that_cannot_meet_a_structure_is_not_bound_by_it():
    clear = way(clear_of=(Clear("pleura", "It points away.", ()),))
    site = site_of(clear, depths=[depth(Figure("all", at_least=7))])
    assert site.needle is not None
    assert not next(one for one in site.hazards if one.structure == "pleura").in_path


def test_every_hazard_of_the_place_is_named_even_one_that_the_approach_forgot():
    site = site_of(way())
    assert {one.structure for one in site.hazards} >= shipped().atlas.muscles["rhomboid-major"].beneath
    assert all(one.avoid_by for one in site.hazards)


def test_a_child_over_the_lung_gets_a_shallow_needle_only():
    site = site_of(
        way(), SHALLOW, depths=[depth(Figure("all", at_least=40))], person=Person(age=14, bmi=22, sex="male")
    )
    assert site.needle is None or site.needle.way.technique == "superficial"


def test_someone_who_asked_for_a_shallow_needle_never_gets_a_deep_one():
    site = site_of(way(), SHALLOW, place=cleared(technique="superficial"))
    assert site.needle.way.technique == "superficial"


def test_a_first_session_is_gentler():
    known = knowing(approach(way(insertions_max=4)))
    from needlepoint.plan import Circumstances, Earlier
    from tests.unit.plan.people import DAY

    before = Circumstances(earlier=(Earlier("soleus", Side.LEFT, DAY.replace(month=1)),))
    first = planned(knowledge=known).sites[0].needle.insertions_max
    later = planned(knowledge=known, told=before).sites[0].needle.insertions_max
    assert first < later


def test_a_region_without_a_muscle_is_refused_and_the_muscles_there_are_named():
    from needlepoint.library import load_knowledge
    from needlepoint.screen import Proposal, assess
    from tests.unit.plan.people import DAY

    screen = load_knowledge()
    place = screen.atlas.place_of_region("interscapular", Side.LEFT)
    clearance = assess(Answers(), (Proposal(place, "between the shoulder blades", "proposed[0]"),), screen, on=DAY)
    (site,) = planned(clearance).sites
    assert "rhomboid major" in site.declined.would_change[0]


def test_a_place_that_nobody_knows_is_refused():
    from needlepoint.library import load_knowledge
    from needlepoint.screen import Proposal, assess
    from tests.unit.plan.people import DAY

    clearance = assess(Answers(), (Proposal(None, "wumpus", "proposed[0]"),), load_knowledge(), on=DAY)
    (site,) = planned(clearance).sites
    assert site.needle is None
    assert site.declined.reason == "We do not know this place."


def test_a_danger_sign_comes_before_every_needle():
    (site,) = planned(dangers=("Loss of bladder control",)).sites
    assert site.needle is None
    assert "Loss of bladder control" in site.declined.reason
    assert planned(dangers=("Loss of bladder control",)).session.steps == ()
