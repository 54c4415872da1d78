"""Everyone touched by a rule or a fact: whom do we have to call because of this alert?"""

from pathlib import Path

import pytest

from needlepoint.engines import EngineError, Evidence, screen_people, touched
from needlepoint.screen import Answers, Because, Scope
from needlepoint.screen.expression import Fact, Here
from needlepoint.terms import Level, Side
from tests.engines.tables import TODAY, facts_of
from tests.small_knowledge import rule, small_knowledge

KNOWLEDGE = small_knowledge(
    [
        rule("thin-blood", Level.WEIGH, Fact("blood-thinner")),
        rule("clot-here", Level.STOP, Here("deep-vein-thrombosis"), scope=Scope.SITE),
    ]
)
WARFARIN = Because("warfarin, taken now", "MedicationRequest/7", "atc:B01AA03", TODAY)
ASTHMA = Because("asthma", "Condition/1")


@pytest.fixture
def results(tmp_path: Path) -> Path:
    left = KNOWLEDGE.atlas.area_bits(["thigh"], Side.LEFT)
    people = {
        "anna": Answers(facts={"blood-thinner": False, "deep-vein-thrombosis": False}),
        "ben": Answers(
            facts={"blood-thinner": True, "deep-vein-thrombosis": False, "asthma": True},
            because={"blood-thinner": (WARFARIN,), "asthma": (ASTHMA,)},
        ),
        "cleo": Answers(
            facts={"blood-thinner": False, "deep-vein-thrombosis": True}, places={"deep-vein-thrombosis": left}
        ),
    }
    screen_people(
        facts_of(tmp_path, KNOWLEDGE, people), KNOWLEDGE, engine="duckdb", out=tmp_path / "r.parquet", on=TODAY
    )
    return tmp_path / "r.parquet"


def test_a_rule_about_the_person_brings_those_for_whom_it_holds_and_why(results: Path) -> None:
    (ben,) = touched(results, "thin-blood", KNOWLEDGE)
    assert (ben.person, ben.clearance, ben.of_person, ben.at_region) == ("ben", "weigh", True, False)
    assert ben.evidence == (
        Evidence("blood-thinner", "warfarin, taken now", "MedicationRequest/7", "atc:B01AA03", TODAY),
    )


def test_a_rule_about_places_brings_those_for_whom_it_holds_anywhere(results: Path) -> None:
    (cleo,) = touched(results, "clot-here", KNOWLEDGE)
    assert (cleo.person, cleo.of_person, cleo.at_region) == ("cleo", False, True)


def test_a_fact_brings_those_of_whom_it_is_so(results: Path) -> None:
    (ben,) = touched(results, "blood-thinner", KNOWLEDGE)
    assert (ben.person, ben.of_person, len(ben.evidence)) == ("ben", False, 1)


def test_an_id_that_nobody_knows_is_refused_with_those_near_it(results: Path) -> None:
    with pytest.raises(EngineError, match="Did you mean thin-blood"):
        touched(results, "thinn-blood", KNOWLEDGE)


def test_a_file_that_is_no_table_of_results_is_refused(results: Path) -> None:
    with pytest.raises(EngineError, match="no table of results"):
        touched(results.with_name("facts.parquet"), "thin-blood", KNOWLEDGE)
