"""The verb on small, obvious people."""

from dataclasses import replace
from datetime import date

from needlepoint.body import Place
from needlepoint.screen import Answers, Because, Needle, NotUnderstood, Proposal, Scope, assess
from needlepoint.screen.expression import (
    All,
    Beneath,
    Fact,
    Here,
    NeedleMayReach,
    Not,
    Planned,
    Quantity,
    Sitting,
    Some,
)
from needlepoint.screen.facts import Between
from needlepoint.screen.rule import Eased
from needlepoint.terms import Level, Side
from tests.small_knowledge import rule, small_knowledge

ON = date(2026, 3, 2)
BLEEDS = rule("bleeds", Level.STOP, Fact("bleeding-disorder"))
REFUSES = rule("refuses", Level.STOP, Not(Fact("consents")))
OLD = rule("old", Level.ADAPT, Quantity(Between("age-years", low=80)))
LUNG = rule("over-the-lung", Level.ADAPT, Beneath("pleura"), scope=Scope.SITE)
CLOT_HERE = rule("clot-here", Level.STOP, Here("deep-vein-thrombosis"), scope=Scope.SITE)
THINNER_DEEP = rule(
    "thinner-deep",
    Level.WEIGH,
    All((Fact("blood-thinner"), Some((Beneath("pleura"), Planned("technique", "deep"))))),
    scope=Scope.SITE,
    eased=Eased(Fact("took-it-well-before"), Level.ADAPT),
)
REACHES = rule("reaches-the-lung", Level.STOP, NeedleMayReach("pleura"), scope=Scope.SITE)
BOTH_SIDES = rule("both-sides", Level.STOP, Sitting("both-sides-of-chest"))
ALL = (BLEEDS, REFUSES, OLD, LUNG, CLOT_HERE, THINNER_DEEP, REACHES, BOTH_SIDES)
KNOWLEDGE = small_knowledge(ALL)
ATLAS = KNOWLEDGE.atlas
WELL = {
    "bleeding-disorder": False,
    "haemophilia": False,
    "consents": True,
    "deep-vein-thrombosis": False,
    "blood-thinner": False,
}


def at(muscle: str, side: Side | None = Side.LEFT, **plan: object) -> Proposal:
    place: Place = ATLAS.place_of_muscle(muscle, side)
    values = {"technique": "superficial", "needle": Needle(10.0, 0.25), **plan}
    return Proposal(place, muscle, "proposed[0]", **values)  # type: ignore[arg-type]


def person(**facts: bool) -> Answers:
    return Answers(
        facts={**WELL, **{key.replace("_", "-"): value for key, value in facts.items()}}, quantities={"age-years": 30.0}
    )


def test_a_person_who_was_asked_nothing_is_not_cleared() -> None:
    answer = assess(Answers(), (), KNOWLEDGE, on=ON)
    assert not answer.complete
    assert answer.clearance > Level.CLEAR
    assert {"conditions", "consents", "age-years"} <= {question.id for question in answer.questions} | {"conditions"}


def test_a_well_person_is_clear_at_the_thigh_and_adapted_over_the_lung() -> None:
    answer = assess(person(), (at("rectus-femoris"), at("pectoralis-major")), KNOWLEDGE, on=ON)
    assert answer.complete
    assert [site.clearance for site in answer.sites] == [Level.CLEAR, Level.ADAPT]
    assert answer.sites[1].findings == ("over-the-lung",)
    assert answer.clearance is Level.ADAPT


def test_not_asked_is_not_no() -> None:
    unasked = {fact: truth for fact, truth in WELL.items() if fact != "consents"}
    answer = assess(Answers(facts=unasked, quantities={"age-years": 30.0}), (at("rectus-femoris"),), KNOWLEDGE, on=ON)
    assert not answer.complete
    assert [question.id for question in answer.questions] == ["consents"]
    assert answer.questions[0].could_change == "clear → stop"


def test_a_clot_in_one_thigh_stops_that_thigh_only() -> None:
    clot = Answers(
        facts={**WELL, "deep-vein-thrombosis": True},
        places={"deep-vein-thrombosis": ATLAS.area_bits(["thigh"], Side.LEFT)},
        quantities={"age-years": 30.0},
    )
    answer = assess(clot, (at("rectus-femoris", Side.LEFT), at("rectus-femoris", Side.RIGHT)), KNOWLEDGE, on=ON)
    assert [site.clearance for site in answer.sites] == [Level.STOP, Level.CLEAR]


def test_a_place_whose_side_was_not_said_counts_as_both() -> None:
    clot = Answers(
        facts={**WELL, "deep-vein-thrombosis": True},
        places={"deep-vein-thrombosis": ATLAS.area_bits(["thigh"], Side.LEFT)},
        quantities={"age-years": 30.0},
    )
    assert assess(clot, (at("rectus-femoris", None),), KNOWLEDGE, on=ON).sites[0].clearance is Level.STOP


def test_a_clot_somewhere_unknown_asks_where() -> None:
    somewhere = Answers(facts={**WELL, "deep-vein-thrombosis": True}, quantities={"age-years": 30.0})
    answer = assess(somewhere, (at("rectus-femoris"),), KNOWLEDGE, on=ON)
    assert not answer.complete
    assert "where-deep-vein-thrombosis" in {question.id for question in answer.questions}


def test_a_good_answer_that_is_known_lowers_the_level_and_an_unknown_one_does_not() -> None:
    unknown = assess(person(blood_thinner=True), (at("pectoralis-major"),), KNOWLEDGE, on=ON)
    assert unknown.sites[0].clearance is Level.WEIGH
    assert ("took-it-well-before", "weigh → adapt") in {(q.id, q.could_change) for q in unknown.questions}
    tolerated = assess(
        person(blood_thinner=True, took_it_well_before=True), (at("pectoralis-major"),), KNOWLEDGE, on=ON
    )
    assert tolerated.sites[0].clearance is Level.ADAPT


def test_what_the_plan_does_not_say_is_asked() -> None:
    answer = assess(person(blood_thinner=True), (at("rectus-femoris", technique=None),), KNOWLEDGE, on=ON)
    assert "planned-technique" in {question.id for question in answer.questions}
    deep = assess(person(blood_thinner=True), (at("rectus-femoris", technique="deep"),), KNOWLEDGE, on=ON)
    assert deep.sites[0].clearance is Level.WEIGH


def test_a_needle_as_long_as_the_shallowest_distance_is_stopped_and_says_why() -> None:
    answer = assess(person(), (at("pectoralis-major", needle=Needle(13.2)),), KNOWLEDGE, on=ON)
    assert answer.sites[0].clearance is Level.STOP
    (finding,) = [one for one in answer.findings if one.id == "reaches-the-lung"]
    assert "13.2 mm" in finding.because[0].fact
    assert finding.because[0].origin == "proposed[0]"


def test_a_distance_measured_on_this_person_goes_before_the_published_one() -> None:
    measured = at("pectoralis-major", needle=Needle(15.0), measured_mm={"pleura": 30.0})
    assert assess(person(), (measured,), KNOWLEDGE, on=ON).sites[0].clearance is Level.ADAPT


def test_both_sides_of_the_chest_in_one_sitting_are_stopped() -> None:
    both = (at("pectoralis-major", Side.LEFT), at("pectoralis-major", Side.RIGHT))
    answer = assess(person(), both, KNOWLEDGE, on=ON)
    assert answer.clearance is Level.STOP
    unsaid = assess(person(), (at("pectoralis-major", Side.LEFT), at("pectoralis-major", None)), KNOWLEDGE, on=ON)
    assert "planned-side" in {question.id for question in unsaid.questions}


def test_without_proposals_only_the_places_that_are_worse_than_the_person_are_named() -> None:
    answer = assess(person(), (), KNOWLEDGE, on=ON)
    assert answer.complete
    assert answer.clearance is Level.CLEAR
    assert {site.proposal.text for site in answer.sites} == {"Front of the chest"}


def test_a_proposed_place_that_nobody_knows_is_weighed_and_never_complete() -> None:
    unknown = Proposal(None, "the zorblax", "proposed[0]")
    answer = assess(person(), (unknown,), KNOWLEDGE, on=ON)
    assert answer.sites[0].clearance is Level.WEIGH
    assert not answer.complete


def test_a_word_that_was_not_understood_keeps_the_answer_from_being_clear() -> None:
    said = Answers(
        facts=person().facts,
        quantities={"age-years": 30.0},
        not_understood=(NotUnderstood("flurbitis", "conditions[0]"),),
    )
    answer = assess(said, (at("rectus-femoris"),), KNOWLEDGE, on=ON)
    assert not answer.complete
    assert answer.clearance > Level.CLEAR


def test_a_stopped_person_has_nothing_left_to_ask() -> None:
    answer = assess(Answers(facts={"bleeding-disorder": True}), (), KNOWLEDGE, on=ON)
    assert answer.clearance is Level.STOP
    assert answer.complete
    assert answer.questions == ()


def test_each_finding_carries_the_place_in_the_input() -> None:
    said = Answers(
        facts={"bleeding-disorder": True}, because={"bleeding-disorder": (Because("haemophilia", "conditions[2]"),)}
    )
    answer = assess(said, (), KNOWLEDGE, on=ON)
    assert answer.findings[0].because == (Because("haemophilia", "conditions[2]"),)


def test_one_question_about_a_whole_list_is_asked_instead_of_many() -> None:
    ids = [question.id for question in assess(Answers(), (at("rectus-femoris"),), KNOWLEDGE, on=ON).questions]
    assert "conditions" in ids
    assert "bleeding-disorder" not in ids


def test_both_shoulders_near_the_lung_are_told_apart_from_both_sides_of_the_chest() -> None:
    near = replace(ATLAS.muscles["rectus-femoris"], id="neck-muscle", beneath=frozenset({"pleura"}))
    atlas = replace(ATLAS, muscles={**ATLAS.muscles, "neck-muscle": near})
    knowledge = small_knowledge((BOTH_SIDES, rule("both-lungs", Level.WEIGH, Sitting("both-lungs"))), atlas=atlas)
    sides = tuple(
        Proposal(atlas.place_of_muscle("neck-muscle", side), "", "proposed[0]") for side in (Side.LEFT, Side.RIGHT)
    )
    answer = assess(person(), sides, knowledge, on=ON)
    assert [finding.id for finding in answer.findings] == ["both-lungs"]
