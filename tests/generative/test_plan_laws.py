"""Laws of the plan, for any person, any muscle, any stock: what must never happen does not."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from needlepoint.plan import Circumstances, Person, StockNeedle
from needlepoint.plan.depths import Figure
from needlepoint.plan.reach import HELD_BACK
from needlepoint.plan.stopping import stop_depth
from needlepoint.screen import Answers, Proposal
from needlepoint.terms import Level, Side
from tests.unit.plan.people import approach, cleared, depth, knowing, planned, shipped, way

MUSCLES = sorted(shipped().approaches)
NEEDLED = [one for one in MUSCLES if shipped().approaches[one].ways]

people = st.builds(
    Person,
    age=st.none() | st.floats(12, 95),
    sex=st.sampled_from([None, "female", "male"]),
    bmi=st.none() | st.floats(13, 55),
    height_cm=st.none() | st.floats(130, 210),
    weight_kg=st.none() | st.floats(30, 180),
    slim=st.sampled_from([None, True, False]),
    pregnant=st.sampled_from([None, True, False]),
    gestation_weeks=st.none() | st.floats(0, 42),
    faints=st.sampled_from([None, True, False]),
)
needles = st.builds(StockNeedle, st.floats(5, 150), st.sampled_from([0.16, 0.2, 0.25, 0.3]))
stocks = st.lists(needles, max_size=6).map(tuple)
measured = st.dictionaries(
    st.sampled_from(["pleura", "spinal-canal", "kidney", "peritoneum", "sciatic-nerve"]), st.floats(1, 120)
)
levels = st.sampled_from([Level.CLEAR, Level.ADAPT, Level.WEIGH])


def stops(muscle, person, *, level=Level.CLEAR, beneath=frozenset(), told=None, known=None):
    """The stop depth of every way of a muscle."""
    known = known or shipped()
    one = known.approaches[muscle]
    proposal = Proposal(known.atlas.place_of_muscle(muscle, Side.LEFT), muscle, "proposed[0]", measured_mm=told or {})
    structures = frozenset(each.structure for each in one.hazards) | beneath
    return [stop_depth(each, one, structures, proposal, person, level, known).mm for each in one.ways]


@given(person=people, muscle=st.sampled_from(MUSCLES), stock=stocks, told=measured)
def test_no_tip_can_pass_the_stop_depth(person, muscle, stock, told):
    (site,) = planned(cleared(muscle, measured_mm=told), person=person, stock=stock).sites
    assert (site.needle is None) != (site.declined is None)
    if site.needle is not None:
        assert 0 < site.needle.chosen.reach_mm <= site.needle.stop_depth_mm <= site.needle.way.at_most_mm
        assert site.needle.chosen.shaft_out_mm > 0
        assert 1 <= site.needle.insertions_max <= site.needle.way.insertions_max


@given(person=people, muscle=st.sampled_from(NEEDLED), slimmer=st.floats(0, 25), level=levels)
def test_a_slimmer_person_never_gets_a_deeper_stop(person, muscle, slimmer, level):
    if person.bmi is None:
        return
    slim = replace(person, bmi=max(person.bmi - slimmer, 5.0))
    assert all(
        a <= b for a, b in zip(stops(muscle, slim, level=level), stops(muscle, person, level=level), strict=True)
    )


@given(person=people, muscle=st.sampled_from(NEEDLED), shorter=st.floats(0, 60))
def test_a_shorter_person_never_gets_a_deeper_stop(person, muscle, shorter):
    if person.height_cm is None:
        return
    short = replace(person, height_cm=person.height_cm - shorter)
    assert all(a <= b for a, b in zip(stops(muscle, short), stops(muscle, person), strict=True))


@given(person=people, muscle=st.sampled_from(NEEDLED))
def test_someone_said_to_be_slim_never_gets_a_deeper_stop(person, muscle):
    slim, other = replace(person, slim=True), replace(person, slim=False)
    assert all(a <= b for a, b in zip(stops(muscle, slim), stops(muscle, other), strict=True))


@given(person=people, muscle=st.sampled_from(NEEDLED))
def test_forgetting_the_build_of_a_person_never_deepens_a_stop(person, muscle):
    if person.bmi is None or person.bmi < 15:
        return  # slimmer than anybody who was measured: then knowing it keeps even more away
    forgotten = replace(person, bmi=None, weight_kg=None, slim=None)
    assert all(a <= b for a, b in zip(stops(muscle, forgotten), stops(muscle, replace(person, slim=None)), strict=True))


@given(person=people, muscle=st.sampled_from(NEEDLED))
def test_a_worse_clearance_never_deepens_a_stop(person, muscle):
    clear, weighed = (stops(muscle, person, level=level) for level in (Level.CLEAR, Level.WEIGH))
    assert all(a <= b for a, b in zip(weighed, clear, strict=True))


@given(
    person=people,
    muscle=st.sampled_from(NEEDLED),
    more=st.sets(st.sampled_from(sorted(shipped().atlas.structures)), max_size=5),
)
def test_another_hazard_never_deepens_a_stop(person, muscle, more):
    with_more = stops(muscle, person, beneath=frozenset(more))
    assert all(a <= b for a, b in zip(with_more, stops(muscle, person), strict=True))


@given(person=people, least=st.floats(2, 60), more=st.floats(2, 60))
def test_another_published_figure_never_deepens_a_stop(person, least, more):
    one = depth(Figure("one", at_least=least), id="one")
    both = (one, depth(Figure("two", at_least=more), id="two"))
    (few,) = stops("rhomboid-major", person, known=knowing(approach(way()), depths=[one]))
    (many,) = stops("rhomboid-major", person, known=knowing(approach(way()), depths=both))
    assert many <= few


@given(muscle=st.sampled_from(MUSCLES), person=people, stock=stocks)
def test_no_plan_is_made_where_the_clearance_is_stop(muscle, person, stock):
    refused = Answers(facts={"consents": False})
    (site,) = planned(cleared(muscle, answers=refused), person=person, stock=stock).sites
    assert site.level is Level.STOP
    assert site.needle is None
    assert site.declined is not None


@given(muscle=st.sampled_from(MUSCLES), person=people, told=measured)
def test_refusing_is_always_possible_and_always_has_a_reason(muscle, person, told):
    (site,) = planned(cleared(muscle, measured_mm=told), person=person, stock=(StockNeedle(150.0, 0.3),)).sites
    if site.declined:
        assert site.declined.reason
        assert site.hazards or not shipped().atlas.muscles[muscle].beneath


@settings(max_examples=40)
@given(
    chosen=st.lists(st.tuples(st.sampled_from(MUSCLES), st.sampled_from([Side.LEFT, Side.RIGHT, None])), max_size=7),
    person=people,
    earlier=st.sampled_from([None, ()]),
)
def test_every_place_is_done_today_waits_or_is_refused_and_the_session_keeps_its_bounds(chosen, person, earlier):
    if not chosen:
        return
    plan = planned(
        *(cleared(muscle, side) for muscle, side in chosen), person=person, told=Circumstances(earlier=earlier)
    )
    today = [n for step in plan.session.steps for n in step.sites]
    later = [one.site for one in plan.session.later]
    refused = [n for n, site in enumerate(plan.sites) if site.declined]
    assert sorted([*today, *later, *refused]) == list(range(len(plan.sites)))
    assert sum(count for _, count in plan.session.insertions) <= shipped().numbers["first-insertions"]
    over_chest = {plan.sites[n].side for n in today if plan.sites[n].place.over_chest_wall}
    assert len(over_chest) <= 1 or None not in over_chest
    assert not {Side.LEFT, Side.RIGHT} <= over_chest


@pytest.mark.parametrize("muscle", MUSCLES)
def test_of_somebody_of_whom_nothing_is_known_no_plan_is_deeper_than_of_anybody(muscle):
    known = Person(age=40, sex="male", bmi=27, slim=False, height_cm=180)
    unknown, ordinary = (stops(muscle, one) for one in (Person(), known))
    assert all(a <= b for a, b in zip(unknown, ordinary, strict=True))
    assert all(each.technique in HELD_BACK or each.at_most_mm > 0 for each in shipped().approaches[muscle].ways)


@pytest.mark.parametrize("muscle", NEEDLED)
def test_the_plan_itself_is_never_deeper_in_someone_slimmer_whatever_way_it_falls_back_to(muscle):
    before = None
    for bmi in (40, 33, 28, 25, 23, 21, 19.5, 17):
        (site,) = planned(cleared(muscle), person=Person(age=40, sex="female", bmi=bmi, slim=False)).sites
        reach = site.needle.chosen.reach_mm if site.needle else 0.0
        assert before is None or reach <= before, f"{muscle} at {bmi}"
        before = reach
