"""The knowledge that ships, over the whole body: the engines agree on made-up people, and the questions they leave open are known."""

from pathlib import Path

import numpy as np
import pytest

from needlepoint.engines import FactColumns
from needlepoint.engines.columns import fact_column, place_column, quantity_column
from needlepoint.library import load_knowledge
from needlepoint.screen.questions import question_text
from tests.engines.spark_session import spark  # noqa: F401 - a fixture
from tests.engines.tables import screened, write_rows


def made_up_people(folder: Path, count: int) -> Path:
    """People of whom anything may be so, each with facts of their own."""
    knowledge, random = load_knowledge(), np.random.default_rng(7)
    columns, bits = FactColumns.of(knowledge), 2 * len(knowledge.atlas.areas)
    rows = []
    for n in range(count):
        known, so = random.uniform(0.3, 1.0), random.uniform(0.0, 0.06)
        row: dict[str, object] = {
            "person": f"person {n}",
            "words_missing": int(random.random() < 0.2),
            "evidence": None,
        }
        for fact in columns.facts:
            adverse = knowledge.facts[fact].adverse
            row[fact_column(fact)] = bool((random.random() < so) is adverse) if random.random() < known else None
        for fact in columns.located:
            row[place_column(fact)] = int(random.integers(0, 2**bits)) if random.random() < 0.7 else None
        for one in columns.quantities:
            low, high = knowledge.measurements[one].plausible
            row[quantity_column(one)] = float(random.uniform(low, high)) if random.random() < known / 3 else None
        rows.append(row)
    return write_rows(folder / "facts.parquet", columns, rows)


def test_duckdb_agrees_with_the_judge_over_all_rules_and_regions(tmp_path: Path) -> None:
    facts = made_up_people(tmp_path, 250)
    judge, fast = (screened(facts, load_knowledge(), engine) for engine in ("memory", "duckdb"))
    assert fast.equals(judge)
    assert set(judge["clearance"].to_pylist()) == {"adapt", "weigh", "stop"}


@pytest.mark.spark
@pytest.mark.usefixtures("spark")
def test_spark_agrees_with_the_judge_over_all_rules_and_regions(tmp_path: Path) -> None:
    facts = made_up_people(tmp_path, 100)
    judge, fast = (screened(facts, load_knowledge(), engine) for engine in ("memory", "spark"))
    assert fast.equals(judge)


def test_every_open_question_can_be_put_into_words(tmp_path: Path) -> None:
    asked = screened(made_up_people(tmp_path, 50), load_knowledge(), "duckdb")["open_questions"].to_pylist()
    for question in {one for questions in asked for one in questions}:
        assert question_text(question, load_knowledge())
