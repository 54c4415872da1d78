"""Two releases of the knowledge over the same people: who would be treated differently, and why?"""

from pathlib import Path

import pytest

from needlepoint.engines import EngineError, FactColumns, RegionChange, compare
from needlepoint.screen import Answers, Scope, ScreenKnowledge
from needlepoint.screen.expression import All, Beneath, Fact
from needlepoint.terms import Level
from tests.engines.tables import TODAY, facts_of
from tests.small_knowledge import rule, small_knowledge

BEFORE = small_knowledge(
    [rule("thin-blood", Level.WEIGH, Fact("blood-thinner")), rule("steroid-taken", Level.ADAPT, Fact("steroid"))]
)
AFTER = small_knowledge(
    [
        rule("thin-blood", Level.STOP, Fact("blood-thinner")),
        rule(
            "bleeder-over-the-lung", Level.WEIGH, All((Fact("bleeding-disorder"), Beneath("pleura"))), scope=Scope.SITE
        ),
    ]
)
NOTHING = {"blood-thinner": False, "steroid": False, "bleeding-disorder": False}
PEOPLE = {
    "anna": Answers(facts=NOTHING),
    "ben": Answers(facts={**NOTHING, "blood-thinner": True}),
    "cleo": Answers(facts={**NOTHING, "steroid": True}),
    "dora": Answers(facts={**NOTHING, "bleeding-disorder": True}),
}


def table(folder: Path, before: ScreenKnowledge = BEFORE, after: ScreenKnowledge = AFTER) -> Path:
    return facts_of(folder, before, PEOPLE, FactColumns.of(before).union(FactColumns.of(after)))


@pytest.mark.parametrize("engine", ["memory", "duckdb"])
def test_only_those_who_would_be_treated_differently_are_named_with_the_reason(tmp_path: Path, engine: str) -> None:
    changes = compare(table(tmp_path), BEFORE, AFTER, engine, TODAY)
    assert (changes.people, changes.changed) == (4, 3)
    ben, cleo, dora = changes.changes
    assert (ben.person, ben.before, ben.after, ben.gained, ben.lost) == ("ben", "weigh", "stop", (), ())
    assert (cleo.person, cleo.before, cleo.after, cleo.gained, cleo.lost) == (
        "cleo",
        "adapt",
        "clear",
        (),
        ("steroid-taken",),
    )
    assert (dora.person, dora.before, dora.after, dora.gained) == ("dora", "clear", "clear", ("bleeder-over-the-lung",))
    assert dora.regions == (
        RegionChange("left anterior-chest", "clear", "weigh"),
        RegionChange("right anterior-chest", "clear", "weigh"),
    )


def test_everyone_is_counted_even_when_not_all_are_named(tmp_path: Path) -> None:
    changes = compare(table(tmp_path), BEFORE, AFTER, "duckdb", TODAY, most=1)
    assert (changes.changed, len(changes.changes)) == (3, 1)
    assert changes.moves == (("adapt", "clear", 1), ("weigh", "stop", 1))
    assert (changes.gained, changes.lost) == ((("bleeder-over-the-lung", 1),), (("steroid-taken", 1),))
    assert dict(changes.regions)["left anterior-chest"] == 3


def test_the_same_knowledge_changes_nothing_for_anybody(tmp_path: Path) -> None:
    changes = compare(table(tmp_path), BEFORE, BEFORE, "duckdb", TODAY)
    assert (changes.changed, changes.moves, changes.changes, changes.only_before) == (0, (), (), ())


def test_a_table_without_the_facts_of_both_is_refused(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, BEFORE, PEOPLE)
    with pytest.raises(EngineError, match="columns of both"):
        compare(facts, BEFORE, AFTER, "duckdb", TODAY)


def test_two_tables_of_other_people_are_not_compared(tmp_path: Path) -> None:
    (tmp_path / "others").mkdir()
    others = facts_of(tmp_path / "others", AFTER, {"zoe": Answers(facts=NOTHING)})
    with pytest.raises(EngineError, match="not the same people"):
        compare(table(tmp_path), BEFORE, AFTER, "duckdb", TODAY, facts_after=others)
