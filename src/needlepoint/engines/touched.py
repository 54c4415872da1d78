"""Everyone touched by one rule or one fact: whom do we have to call because of this alert?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from needlepoint.engines.as_sql import parquet, quoted
from needlepoint.engines.columns import EVIDENCE, PERSON
from needlepoint.engines.compiled import CLEARANCE
from needlepoint.engines.error import EngineError
from needlepoint.engines.named import FINDINGS, REGION_FINDINGS
from needlepoint.screen import ScreenKnowledge
from needlepoint.screen.expression import Fact, Here, Quantity, leaves

AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a fact is so of a person: in words, from which resource, which code, when."""

    fact: str
    said: str
    origin: str
    code: str | None
    on: date | None


@dataclass(frozen=True, slots=True)
class Touched:
    """One person whom a rule or a fact touches. ``of_person``, ``at_region``: the rule holds of the person, or at a region."""

    person: str
    clearance: str
    of_person: bool
    at_region: bool
    evidence: tuple[Evidence, ...]


def touched(result: Path, id: str, knowledge: ScreenKnowledge) -> Iterator[Touched]:
    """Everyone in this table of results whom the rule, fact or measurement of this id touches, in the order of their ids.

    A rule touches those for whom it holds, and brings the evidence of the facts it asks for. A fact touches those of whom it is so. Raises
    ``EngineError`` for an id that the knowledge does not have, and for a file that is no table of results.
    """
    wanted = _asked_for(id, knowledge)
    try:
        names = pq.read_schema(result).names
    except (OSError, pa.ArrowInvalid):
        raise EngineError(f"{result}: this is no Parquet file that can be read") from None
    missing = [name for name in (PERSON, CLEARANCE, FINDINGS, REGION_FINDINGS, EVIDENCE) if name not in names]
    if missing:
        raise EngineError(f"{result}: this is no table of results: it has no column '{missing[0]}'")
    return _rows(result, id, wanted)


def _asked_for(id: str, knowledge: ScreenKnowledge) -> list[str]:
    """The facts and measurements behind this id."""
    for rule in knowledge.rules:
        if rule.id == id:
            expressions = (rule.when, *((rule.eased.when,) if rule.eased else ()))
            found: dict[str, None] = {}
            for leaf in (leaf for expression in expressions for leaf in leaves(expression)):
                if isinstance(leaf, Fact | Here):
                    found[leaf.id] = None
                elif isinstance(leaf, Quantity):
                    found[leaf.between.id] = None
            return list(found)
    known = {*knowledge.facts, *knowledge.measurements}
    if id in known:
        return [id]
    near = get_close_matches(id, [*known, *(rule.id for rule in knowledge.rules)], 3)
    raise EngineError(
        f"There is no rule, fact or measurement '{id}'." + (f" Did you mean {' or '.join(near)}?" if near else "")
    )


def _rows(result: Path, id: str, wanted: list[str]) -> Iterator[Touched]:
    of_these = (
        f"list_filter({EVIDENCE}, lambda one: list_contains([{', '.join(map(quoted, wanted))}]::VARCHAR[], one.fact))"
    )
    query = f"""
        SELECT * FROM (
            SELECT
                {PERSON}, {CLEARANCE},
                list_contains({FINDINGS}, {quoted(id)}) AS of_person,
                list_contains({REGION_FINDINGS}, {quoted(id)}) AS at_region,
                {of_these} AS found,
                coalesce(list_contains(list_transform({EVIDENCE}, lambda one: one.fact), {quoted(id)}), false) AS is_so
            FROM {parquet(result)}
        ) WHERE of_person OR at_region OR is_so ORDER BY {PERSON}
    """  # noqa: S608
    with duckdb.connect() as connection:
        answer = connection.execute(query)
        while rows := answer.fetchmany(AT_ONCE):
            for person, clearance, of_person, at_region, found, _ in rows:
                evidence = tuple(
                    Evidence(one["fact"], one["said"], one["origin"], one["code"], one["on"]) for one in found or ()
                )
                yield Touched(person, clearance, of_person, at_region, evidence)
