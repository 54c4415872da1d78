"""The ways in which a line can come true, and what would have to be asked to close it."""

from needlepoint.engines.questions import Question, Unknown, questions_in, ways
from needlepoint.engines.turned import Located, as_located, turn
from needlepoint.screen.expression import Fact
from needlepoint.screen.residue import AnyOf, Every, NotSo, Sure, Touches
from needlepoint.terms import Level
from tests.small_knowledge import rule, small_knowledge

ASTHMA, SMOKES, WELL = Fact("asthma"), Fact("smokes"), Fact("well-controlled")


def test_an_any_falls_apart_into_its_parts() -> None:
    assert ways(AnyOf((ASTHMA, AnyOf((SMOKES, ASTHMA))))) == (ASTHMA, SMOKES)


def test_an_every_stays_together() -> None:
    together = Every((ASTHMA, AnyOf((SMOKES, WELL))))
    assert ways(together) == (together,)


def test_located_facts_that_are_eased_together_become_one_way_each() -> None:
    scar, plate, eased = Touches("scar", 3), Touches("plate", 3), NotSo(Sure(WELL))
    assert ways(Every((AnyOf((scar, plate)), eased))) == (Every((scar, eased)), Every((plate, eased)))


def test_what_must_be_known_for_sure_is_not_asked() -> None:
    assert questions_in(Every((ASTHMA, NotSo(Sure(WELL))))) == (Question(Unknown.FACT, "asthma"),)


def test_a_located_fact_asks_whether_and_where() -> None:
    assert [one.id for one in questions_in(Touches("scar", 3))] == ["scar", "where-scar"]


def test_a_located_fact_with_a_condition_is_told_apart_from_its_areas() -> None:
    assert as_located(Every((Touches("scar", 3), ASTHMA))) == (Located("scar", ASTHMA), 3)
    assert as_located(Every((Touches("scar", 3), Touches("plate", 3)))) is None
    assert as_located(ASTHMA) is None


def test_places_with_every_line_in_common_are_one_kind() -> None:
    turned = turn(small_knowledge([rule("asthmatic", Level.WEIGH, Fact("haemophilia"))]))
    assert (turned.kinds, len(turned.places)) == (1, 5)
    assert turned.places == (
        "left anterior-chest",
        "right anterior-chest",
        "left anterior-thigh",
        "right anterior-thigh",
        "sternum",
    )
