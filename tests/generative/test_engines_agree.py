"""One definition, three engines: whatever the rules, the body and the people, all give the same table; and it is what ``assess`` says."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from needlepoint.engines import FactColumns
from needlepoint.engines.in_memory import conclude
from needlepoint.engines.turned import place_name
from needlepoint.screen import NotUnderstood, Scope, ScreenKnowledge, assess
from needlepoint.screen.assess import BUILT_IN
from needlepoint.screen.expression import evaluate
from needlepoint.screen.sheet import rule_expressions
from tests.engines.spark_session import spark  # noqa: F401 - a fixture
from tests.engines.tables import TODAY, screened, write_rows
from tests.generative.random_bodies import crowds, knowledges

Crowd = tuple[ScreenKnowledge, list[dict[str, object]]]


@st.composite
def crowds_and_rules(draw: st.DrawFn, at_most: int = 12) -> Crowd:
    knowledge = draw(knowledges())
    return knowledge, draw(crowds(FactColumns.of(knowledge), knowledge.atlas, at_most))


@contextmanager
def words_of(bits: int) -> Iterator[None]:
    """Short words, so that a small body needs as many of them as a large one."""
    with patch("needlepoint.engines.bits.BITS", bits), patch("needlepoint.engines.named.BITS", bits):
        yield


def tables(crowd: Crowd, *engines: str) -> list[pa.Table]:
    knowledge, rows = crowd
    with tempfile.TemporaryDirectory() as folder:
        facts = write_rows(Path(folder) / "facts.parquet", FactColumns.of(knowledge), rows)
        return [screened(facts, knowledge, engine) for engine in engines]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(crowds_and_rules(), st.sampled_from([2, 5, 62]))
def test_duckdb_says_of_everybody_what_the_judge_says(crowd: Crowd, bits: int) -> None:
    with words_of(bits):
        judge, fast = tables(crowd, "memory", "duckdb")
    assert fast.schema == judge.schema
    assert fast.to_pylist() == judge.to_pylist()


@pytest.mark.spark
@pytest.mark.usefixtures("spark")
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(crowds_and_rules(at_most=30), st.sampled_from([5, 62]))
def test_spark_says_of_everybody_what_the_judge_says(crowd: Crowd, bits: int) -> None:
    with words_of(bits):
        judge, fast = tables(crowd, "memory", "spark")
    assert fast.schema == judge.schema
    assert fast.to_pylist() == judge.to_pylist()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(crowds_and_rules(at_most=3))
def test_the_judge_says_of_one_person_what_assess_says(crowd: Crowd) -> None:
    knowledge, rows = crowd
    for row in rows:
        answers = FactColumns.of(knowledge).answers(row)
        words = tuple(NotUnderstood("word", "conditions[0]") for _ in range(int(str(row["words_missing"]))))
        one = assess(replace(answers, not_understood=words), (), knowledge, on=TODAY)
        many = conclude(answers, len(words), knowledge)

        assert many["clearance"] == one.clearance.word
        assert many["complete"] == one.complete
        assert many["findings"] == [
            finding.id for finding in one.findings if finding.scope == "person" and finding.id not in BUILT_IN
        ]
        shown = {place_name(site.proposal): site.clearance for site in one.sites}
        for proposal in knowledge.sheet.every_place:
            assert many[place_name(proposal)] == shown.get(place_name(proposal), one.clearance).word


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(crowds_and_rules(at_most=3))
def test_rules_at_some_region_are_those_that_hold_there_by_their_plain_meaning(crowd: Crowd) -> None:
    knowledge, rows = crowd
    for row in rows:
        answers = FactColumns.of(knowledge).answers(row)
        holding = {
            rule.id
            for rule in knowledge.rules
            for _, expression in rule_expressions(rule)
            for proposal in knowledge.sheet.every_place
            if rule.scope is Scope.SITE and evaluate(expression, answers, proposal, ())
        }
        assert set(conclude(answers, 0, knowledge)["region_findings"]) == holding


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(crowds_and_rules(at_most=3))
def test_there_is_an_open_question_exactly_when_something_could_get_worse(crowd: Crowd) -> None:
    knowledge, rows = crowd
    for row in rows:
        answers = FactColumns.of(knowledge).answers(row)
        many = conclude(answers, 0, knowledge)
        assert many["complete"] is not bool(many["open_questions"])
        known = {*answers.facts, *answers.quantities}
        assert not known.intersection(many["open_questions"])
