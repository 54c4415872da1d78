"""How deep may a needle go in this person? The shallowest distance that evidence supports, less a margin, and never more than our cap."""

import pytest

from needlepoint.plan import Person
from needlepoint.plan.depths import Equation, Figure, floors
from needlepoint.plan.shallowest import shallowest
from needlepoint.terms import Level
from tests.unit.plan.people import ORDINARY, approach, cleared, depth, knowing, planned, shipped, way

NUMBERS = shipped().numbers


def at_rhomboid(*depths, person=ORDINARY, **told):
    told = {"measured_mm": {}, **told}
    return shallowest("pleura", "rhomboid-major", person, knowing(approach(), depths=depths), **told)


def test_where_nothing_was_measured_nothing_is_guessed():
    assert at_rhomboid() is None


def test_the_least_that_was_ever_measured_is_taken_as_it_stands():
    found = at_rhomboid(depth(Figure("all", mean=30, at_least=13)))
    assert (found.mm, found.limit_mm) == (13, 13 - NUMBERS["margin"])
    assert found.kind == "published"


def test_a_mean_with_its_spread_gives_the_depth_that_one_in_forty_falls_short_of():
    found = at_rhomboid(depth(Figure("all", n=50, mean=30, sd=5)))
    # Student's t for 49 degrees of freedom at 97.5 percent is 2.0096; one new person adds 1/50 to the variance.
    assert found.mm == pytest.approx(30 - 2.0096 * 5 * (1 + 1 / 50) ** 0.5, abs=0.01)


def test_fewer_people_give_a_shallower_answer():
    few, many = (at_rhomboid(depth(Figure("all", n=n, mean=30, sd=5))).mm for n in (6, 200))
    assert few < many


def test_a_bare_mean_counts_for_a_share_of_itself_only():
    found = at_rhomboid(depth(Figure("all", mean=20)))
    assert found.mm == pytest.approx(20 * NUMBERS["bare-mean-share"])
    assert "no spread was published" in found.text


def test_of_two_works_that_contradict_each_other_the_shallower_rules_and_both_are_shown():
    found = at_rhomboid(
        depth(Figure("by ultrasound", at_least=15), id="one"), depth(Figure("by scan", at_least=56), id="two")
    )
    assert found.mm == 15
    assert [one.mm for one in found.others] == [15, 56]


def test_what_was_measured_on_the_person_goes_before_what_was_published():
    found = at_rhomboid(depth(Figure("all", at_least=9)), measured_mm={"pleura": 28})
    assert (found.kind, found.mm) == ("measured", 28)
    assert found.limit_mm == 28 - NUMBERS["margin-measured"]


def test_figures_of_the_region_serve_only_where_the_muscle_has_none_of_its_own_and_are_called_cautious():
    around = depth(Figure("around", at_least=8), muscles=(), regions=("interscapular",), id="around")
    assert at_rhomboid(around).kind == "conservative"
    assert at_rhomboid(around, depth(Figure("here", at_least=12))).mm == 12


def test_a_woman_gets_the_figure_of_women_and_someone_of_unknown_sex_the_shallower():
    both = depth(Figure("women", sex="female", at_least=14), Figure("men", sex="male", at_least=17))
    assert at_rhomboid(both, person=Person(sex="female", slim=False)).mm == 14
    assert at_rhomboid(both, person=Person(sex="male", slim=False)).mm == 17
    assert at_rhomboid(both, person=Person(slim=False)).mm == 14


def test_someone_heavy_is_never_the_reason_for_a_deeper_answer_in_someone_slim():
    classes = depth(Figure("slim", bmi=(10, 23), at_least=20), Figure("heavy", bmi=(23, 60), at_least=12))
    assert at_rhomboid(classes, person=Person(bmi=21)).mm == 12


def test_someone_of_unknown_build_is_taken_to_be_slim():
    figure = depth(Figure("all", at_least=20))
    unknown, known = at_rhomboid(figure, person=Person()), at_rhomboid(figure, person=Person(bmi=25))
    assert unknown.limit_mm == known.limit_mm - NUMBERS["margin-slim"]


def test_where_a_decision_is_needed_more_is_kept():
    figure = depth(Figure("all", at_least=20))
    clear, weighed = (at_rhomboid(figure, level=level).limit_mm for level in (Level.CLEAR, Level.WEIGH))
    assert weighed == clear - NUMBERS["margin-weigh"]


def test_the_rib_lies_before_the_lung_so_its_depth_needs_no_further_margin():
    found = at_rhomboid(depth(Figure("all", at_least=12), to="rib"))
    assert (found.mm, found.margin_mm) == (12, 0)


def test_an_equation_is_never_stretched_towards_deeper():
    # 0.109 cm for each kg less 2.744 cm, as published for the space between the ribs.
    by_weight = Equation("by weight", -27.44, (("weight_kg", 1.09),), (("weight_kg", (45.0, 75.0)),))
    assert by_weight.mean_for(Person(weight_kg=60)) == pytest.approx(37.96)
    assert by_weight.mean_for(Person(weight_kg=140)) == by_weight.mean_for(Person(weight_kg=75))
    assert by_weight.mean_for(Person(weight_kg=40)) < by_weight.mean_for(Person(weight_kg=45))
    assert by_weight.mean_for(Person()) == by_weight.mean_for(Person(weight_kg=45))


def test_an_equation_without_a_published_error_gives_only_a_share():
    by_weight = depth(
        equations=(Equation("by weight", -27.44, (("weight_kg", 1.09),), (("weight_kg", (45.0, 75.0)),)),)
    )
    (floor,) = floors(by_weight, Person(weight_kg=60), NUMBERS)
    assert floor.mm == pytest.approx(37.96 * NUMBERS["bare-mean-share"])
    assert "no error was published" in floor.how


def test_a_person_unlike_those_who_were_measured_is_told_so():
    study = depth(Figure("all", at_least=20))
    old = at_rhomboid(study, person=Person(age=15, bmi=24))
    assert old.outside == ("younger than those measured",)
    assert old.kind == "conservative"


def test_our_cap_rules_where_it_is_shallower_than_all_that_was_published():
    known = knowing(approach(way(at_most_mm=15)), depths=[depth(Figure("all", at_least=40))])
    (site,) = planned(knowledge=known).sites
    assert site.needle.stop_depth_mm == 15 - NUMBERS["margin-weigh"] * (site.level >= Level.WEIGH)
    assert site.needle.basis.kind == "conservative"


def test_a_measurement_can_turn_a_refusal_into_a_plan():
    only_deep = knowing(approach(way(at_most_mm=16)), depths=[depth(Figure("all", at_least=7))])
    (refused,) = planned(cleared(), knowledge=only_deep).sites
    assert refused.needle is None
    assert any("skin_to_pleura_mm" in one for one in refused.declined.would_change)
    (site,) = planned(cleared(measured_mm={"pleura": 30}), knowledge=only_deep).sites
    assert site.needle is not None
    assert site.needle.chosen.reach_mm >= 8
