"""Many people at once: one row a person, in order, whole or not at all."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from needlepoint.engines import ENGINES, EngineError, FactColumns, screen_people
from needlepoint.screen import Answers, Because, Scope, ScreenKnowledge
from needlepoint.screen.expression import All, Beneath, Fact, Here, InArea, Not, Quantity
from needlepoint.screen.facts import Between
from needlepoint.screen.rule import Eased
from needlepoint.terms import Level, Side
from tests.engines.tables import TODAY, facts_of, rows_of, screened, write_rows
from tests.small_knowledge import rule, small_knowledge

FAST = ("memory", "duckdb")


def knowledge() -> ScreenKnowledge:
    return small_knowledge(
        [
            rule("never-without-consent", Level.STOP, Not(Fact("consents"))),
            rule(
                "thin-blood", Level.WEIGH, Fact("blood-thinner"), eased=Eased(Fact("took-it-well-before"), Level.ADAPT)
            ),
            rule("high-inr", Level.STOP, Quantity(Between("inr", 3.0, False, None, True))),
            rule("clot-here", Level.STOP, Here("deep-vein-thrombosis"), scope=Scope.SITE),
            rule("lung-beneath", Level.ADAPT, Beneath("pleura"), scope=Scope.SITE),
            rule(
                "bleeder-over-the-lung",
                Level.WEIGH,
                All((Fact("bleeding-disorder"), Beneath("pleura"))),
                scope=Scope.SITE,
            ),
        ]
    )


WELL = {
    "consents": True,
    "blood-thinner": False,
    "deep-vein-thrombosis": False,
    "bleeding-disorder": False,
}


def somebody(**other: object) -> Answers:
    """Somebody who was asked everything and is well, save for what is given."""
    return Answers(**{"facts": WELL, "quantities": {"inr": 1.0}, **other})  # type: ignore[arg-type]


def left_thigh() -> int:
    return knowledge().atlas.area_bits(["thigh"], Side.LEFT)


@pytest.fixture(params=FAST)
def engine(request: pytest.FixtureRequest) -> Iterator[str]:
    yield request.param


def test_a_person_of_whom_everything_is_known_and_nothing_is_wrong_is_clear(tmp_path: Path, engine: str) -> None:
    row = screened(facts_of(tmp_path, knowledge(), {"anna": somebody()}), knowledge(), engine).to_pylist()[0]
    assert (row["clearance"], row["complete"], row["findings"], row["open_questions"]) == ("clear", True, [], [])
    assert (row["left anterior-thigh"], row["left anterior-chest"], row["sternum"]) == ("clear", "adapt", "clear")


def test_a_person_who_was_asked_nothing_is_not_cleared(tmp_path: Path, engine: str) -> None:
    row = screened(facts_of(tmp_path, knowledge(), {"ben": Answers()}), knowledge(), engine).to_pylist()[0]
    assert (row["clearance"], row["complete"]) == ("adapt", False)
    assert row["open_questions"] == ["bleeding-disorder", "blood-thinner", "consents", "deep-vein-thrombosis", "inr"]
    assert row["right anterior-thigh"] == "adapt"


def test_a_word_that_was_not_understood_keeps_a_person_from_being_clear(tmp_path: Path, engine: str) -> None:
    columns = FactColumns.of(knowledge())
    facts = write_rows(tmp_path / "facts.parquet", columns, [{**columns.row("cleo", somebody()), "words_missing": 1}])
    row = screened(facts, knowledge(), engine).to_pylist()[0]
    assert (row["clearance"], row["complete"], row["open_questions"], row["words_missing"]) == ("adapt", False, [], 1)


def test_a_clot_stops_the_left_thigh_and_nothing_else(tmp_path: Path, engine: str) -> None:
    with_clot = somebody(facts={**WELL, "deep-vein-thrombosis": True}, places={"deep-vein-thrombosis": left_thigh()})
    row = screened(facts_of(tmp_path, knowledge(), {"dora": with_clot}), knowledge(), engine).to_pylist()[0]
    assert (row["left anterior-thigh"], row["right anterior-thigh"], row["clearance"]) == ("stop", "clear", "clear")
    assert row["region_findings"] == ["clot-here", "lung-beneath"]


def test_a_clot_that_lies_we_know_not_where_leaves_its_place_to_be_asked(tmp_path: Path, engine: str) -> None:
    with_clot = somebody(facts={**WELL, "deep-vein-thrombosis": True})
    row = screened(facts_of(tmp_path, knowledge(), {"emil": with_clot}), knowledge(), engine).to_pylist()[0]
    assert (row["complete"], row["open_questions"]) == (False, ["where-deep-vein-thrombosis"])


def test_a_condition_that_is_not_known_is_asked_only_where_the_clot_lies(tmp_path: Path, engine: str) -> None:
    steroid_and_clot = All(
        (Here("deep-vein-thrombosis"), Fact("steroid"), InArea("thigh", knowledge().atlas.area_bits(["thigh"], None)))
    )
    rules = small_knowledge([rule("both-here", Level.STOP, steroid_and_clot, scope=Scope.SITE)])
    chest = rules.atlas.area_bits(["chest"], Side.LEFT)
    people = {
        "in the thigh": Answers(facts={"deep-vein-thrombosis": True}, places={"deep-vein-thrombosis": left_thigh()}),
        "in the chest": Answers(facts={"deep-vein-thrombosis": True}, places={"deep-vein-thrombosis": chest}),
        "we know not where": Answers(facts={"deep-vein-thrombosis": True}),
        "no clot": Answers(facts={"deep-vein-thrombosis": False}),
        "not asked": Answers(),
    }
    rows = rows_of(screened(facts_of(tmp_path, rules, people), rules, engine))
    assert {name: row["open_questions"] for name, row in rows.items()} == {
        "in the thigh": ["steroid"],
        "in the chest": [],
        "we know not where": ["steroid", "where-deep-vein-thrombosis"],
        "no clot": [],
        "not asked": ["deep-vein-thrombosis", "steroid"],
    }


def test_what_was_taken_well_before_weighs_less_and_only_when_known(tmp_path: Path, engine: str) -> None:
    taking = {**WELL, "blood-thinner": True}
    people = {"fay": somebody(facts=taking), "gus": somebody(facts={**taking, "took-it-well-before": True})}
    rows = rows_of(screened(facts_of(tmp_path, knowledge(), people), knowledge(), engine))
    assert (rows["fay"]["clearance"], rows["gus"]["clearance"]) == ("weigh", "adapt")
    assert rows["fay"]["findings"] == rows["gus"]["findings"] == ["thin-blood"]


def test_the_weightiest_finding_comes_first(tmp_path: Path, engine: str) -> None:
    ill = somebody(facts={**WELL, "blood-thinner": True, "consents": False}, quantities={"inr": 3.1})
    row = screened(facts_of(tmp_path, knowledge(), {"hal": ill}), knowledge(), engine).to_pylist()[0]
    assert row["findings"] == ["high-inr", "never-without-consent", "thin-blood"]
    assert (row["clearance"], row["complete"], row["open_questions"]) == ("stop", True, [])


def test_a_measurement_that_is_not_a_number_is_not_known(tmp_path: Path, engine: str) -> None:
    row = screened(
        facts_of(tmp_path, knowledge(), {"ida": somebody(quantities={"inr": float("nan")})}), knowledge(), engine
    )
    assert row.to_pylist()[0]["open_questions"] == ["inr"]


def test_people_come_out_in_the_order_of_their_ids_however_they_went_in(tmp_path: Path, engine: str) -> None:
    people = {name: somebody() for name in ("Zoë", "anna", "Émile", "ben", "b")}
    table = screened(facts_of(tmp_path, knowledge(), people), knowledge(), engine)
    assert table["person"].to_pylist() == sorted(people)


def test_a_table_of_nobody_gives_a_table_of_nobody(tmp_path: Path, engine: str) -> None:
    table = screened(facts_of(tmp_path, knowledge(), {}), knowledge(), engine)
    assert table.num_rows == 0
    assert "left anterior-chest" in table.schema.names


def test_the_same_people_give_the_same_bytes_again(tmp_path: Path, engine: str) -> None:
    facts = facts_of(tmp_path, knowledge(), {f"p{n}": somebody() if n % 3 else Answers() for n in range(50)})
    for out in ("one.parquet", "two.parquet"):
        screen_people(facts, knowledge(), engine=engine, out=tmp_path / out, on=TODAY)
    assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / "two.parquet").read_bytes()


def test_a_table_of_results_says_what_it_was_made_with(tmp_path: Path, engine: str) -> None:
    metadata = screened(facts_of(tmp_path, knowledge(), {"anna": somebody()}), knowledge(), engine).schema.metadata
    assert metadata[b"knowledge_release"] == b"test"
    assert metadata[b"knowledge_sha256"] == b"0" * 64
    assert metadata[b"on"] == b"2026-03-02"
    assert b"needlepoint_version" in metadata


def test_why_something_is_so_travels_with_the_person(tmp_path: Path, engine: str) -> None:
    taking = somebody(
        facts={**WELL, "blood-thinner": True},
        because={"blood-thinner": (Because("apixaban, taken now", "MedicationRequest/7", "atc:B01AF02", TODAY),)},
    )
    row = screened(facts_of(tmp_path, knowledge(), {"jo": taking}), knowledge(), engine).to_pylist()[0]
    assert row["evidence"] == [
        {
            "fact": "blood-thinner",
            "said": "apixaban, taken now",
            "origin": "MedicationRequest/7",
            "code": "atc:B01AF02",
            "on": TODAY,
        }
    ]


def test_the_summary_counts_people_findings_and_regions(tmp_path: Path, engine: str) -> None:
    clot = somebody(facts={**WELL, "deep-vein-thrombosis": True}, places={"deep-vein-thrombosis": left_thigh()})
    people = {"anna": somebody(), "ben": Answers(), "dora": clot, "hal": somebody(facts={**WELL, "consents": False})}
    facts = facts_of(tmp_path, knowledge(), people)
    summary = screen_people(facts, knowledge(), engine=engine, out=tmp_path / "out.parquet", on=TODAY)
    assert (summary.people, summary.complete, summary.engine) == (4, 3, engine)
    assert summary.by_clearance == (("clear", 2), ("adapt", 1), ("weigh", 0), ("stop", 1))
    assert summary.top_findings == (("never-without-consent", 1),)
    assert (summary.most_restricted[0].region, summary.most_restricted[0].stop) == ("left anterior-thigh", 2)
    assert (summary.release, summary.sha256) == ("test", "0" * 64)


def test_more_columns_than_the_rules_need_are_no_harm(tmp_path: Path, engine: str) -> None:
    fewer = small_knowledge(knowledge().rules[:2])
    facts = facts_of(tmp_path, knowledge(), {"anna": somebody()})
    assert screened(facts, fewer, engine).to_pylist()[0]["clearance"] == "clear"


def test_progress_is_told_in_people_and_never_runs_backwards(tmp_path: Path, engine: str) -> None:
    facts = facts_of(tmp_path, knowledge(), {f"p{n}": somebody() for n in range(30)})
    heard: list[tuple[int, int]] = []
    out = tmp_path / "out.parquet"
    screen_people(
        facts, knowledge(), engine=engine, out=out, on=TODAY, progress=lambda done, of: heard.append((done, of))
    )
    assert heard[-1] == (30, 30)
    assert heard == sorted(heard)


def test_a_path_may_hold_whatever_a_path_may_hold(tmp_path: Path, engine: str) -> None:
    folder = tmp_path / "Anna's [2026] people *"
    folder.mkdir()
    table = screened(facts_of(folder, knowledge(), {"ben": somebody(), "anna": somebody()}), knowledge(), engine)
    assert table["person"].to_pylist() == ["anna", "ben"]


# What cannot be used


def test_an_engine_that_does_not_exist_is_refused_with_those_that_do(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=", ".join(ENGINES)):
        screen_people(tmp_path / "f", knowledge(), engine="abacus", out=tmp_path / "out.parquet", on=TODAY)


def test_a_table_without_a_fact_that_rules_ask_for_is_refused_by_name(tmp_path: Path, engine: str) -> None:
    fewer = small_knowledge(knowledge().rules[:2])
    facts = facts_of(tmp_path, fewer, {"anna": somebody()})
    with pytest.raises(EngineError, match=r"num_inr.*\n.*again"):
        screened(facts, knowledge(), engine)


def test_a_column_of_the_wrong_type_is_refused_by_name(tmp_path: Path, engine: str) -> None:
    facts = facts_of(tmp_path, knowledge(), {"anna": somebody()})
    table = pq.read_table(facts)
    at = table.schema.get_field_index("num_inr")
    pq.write_table(table.set_column(at, "num_inr", pa.array(["high"])), facts)
    with pytest.raises(EngineError, match=r"num_inr.*string.*double"):
        screened(facts, knowledge(), engine)


@pytest.mark.parametrize("order", [("ben", "anna", "ben"), ("anna", "ben", "ben")])
def test_a_person_who_stands_in_two_rows_is_refused(tmp_path: Path, engine: str, order: tuple[str, ...]) -> None:
    columns = FactColumns.of(knowledge())
    facts = write_rows(tmp_path / "facts.parquet", columns, [columns.row(name, somebody()) for name in order])
    with pytest.raises(EngineError, match="two rows"):
        screened(facts, knowledge(), engine)


def test_a_file_that_is_no_parquet_is_refused(tmp_path: Path, engine: str) -> None:
    (tmp_path / "facts.parquet").write_text("person,fact\n")
    with pytest.raises(EngineError, match="no Parquet file"):
        screened(tmp_path / "facts.parquet", knowledge(), engine)


def test_a_result_that_cannot_be_written_there_is_refused_before_any_work(tmp_path: Path, engine: str) -> None:
    facts = facts_of(tmp_path, knowledge(), {"anna": somebody()})
    for out in (tmp_path, tmp_path / "nowhere" / "out.parquet"):
        with pytest.raises(EngineError, match="name a file to write"):
            screen_people(facts, knowledge(), engine=engine, out=out, on=TODAY)


def test_who_stops_it_half_way_finds_the_old_result_untouched_and_nothing_else(tmp_path: Path, engine: str) -> None:
    facts = facts_of(tmp_path, knowledge(), {f"p{n}": somebody() for n in range(30)})
    out = tmp_path / "out.parquet"
    out.write_text("the old result")

    def stop(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        screen_people(facts, knowledge(), engine=engine, out=out, on=TODAY, progress=stop)
    assert out.read_text() == "the old result"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["facts.parquet", "out.parquet"]
