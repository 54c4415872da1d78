"""Spark, where it is there; and what is said where it is not."""

import sys
from pathlib import Path

import pytest

from needlepoint.engines import EngineError, screen_people
from needlepoint.engines.on_spark import spark_session
from needlepoint.screen import Answers
from needlepoint.screen.expression import Fact
from needlepoint.terms import Level
from tests.engines.spark_session import spark  # noqa: F401 - a fixture
from tests.engines.tables import TODAY, facts_of
from tests.small_knowledge import rule, small_knowledge

KNOWLEDGE = small_knowledge([rule("thin-blood", Level.WEIGH, Fact("blood-thinner"))])


def test_without_pyspark_one_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    monkeypatch.setitem(sys.modules, "pyspark.errors", None)
    with pytest.raises(EngineError, match=r"needs PySpark.*\n.*duckdb"):
        spark_session()


def test_without_java_one_is_told_so_and_nothing_is_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pytest.importorskip("pyspark")
    for name in ("JAVA_HOME", "SPARK_REMOTE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", "")
    facts = facts_of(tmp_path, KNOWLEDGE, {"anna": Answers()})
    with pytest.raises(EngineError, match=r"needs Java.*\n.*duckdb"):
        screen_people(facts, KNOWLEDGE, engine="spark", out=tmp_path / "out.parquet", on=TODAY)
    assert [path.name for path in tmp_path.iterdir()] == ["facts.parquet"]


@pytest.mark.spark
@pytest.mark.usefixtures("spark")
def test_spark_writes_the_very_bytes_that_duckdb_writes(tmp_path: Path) -> None:
    answers = Answers(facts={"blood-thinner": True})
    folder = tmp_path / "of spark"
    folder.mkdir()
    facts = facts_of(folder, KNOWLEDGE, {f"p{n}": answers if n % 3 else Answers() for n in range(40)})
    for engine in ("spark", "duckdb"):
        screen_people(facts, KNOWLEDGE, engine=engine, out=folder / engine, on=TODAY)
    assert (folder / "spark").read_bytes() == (folder / "duckdb").read_bytes()
    assert sorted(path.name for path in folder.iterdir()) == ["duckdb", "facts.parquet", "spark"]
