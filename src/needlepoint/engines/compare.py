"""Two releases of the knowledge over the same people: who would be treated differently, and why?"""

import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from needlepoint.engines.as_sql import as_name, parquet, quoted
from needlepoint.engines.columns import EVIDENCE, PERSON, WORDS_MISSING
from needlepoint.engines.compiled import CLEARANCE, COMPLETE
from needlepoint.engines.error import EngineError
from needlepoint.engines.in_duckdb import copy_statement, open_duckdb, run
from needlepoint.engines.named import FINDINGS, OPEN_QUESTIONS, REGION_FINDINGS
from needlepoint.engines.screening import screen_people
from needlepoint.screen import ScreenKnowledge

#: So many people are named one by one; all are counted.
MOST_CHANGES = 1_000


@dataclass(frozen=True, slots=True)
class RegionChange:
    """A region whose clearance changes, from which word to which."""

    region: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """One person who would be treated differently. ``gained`` and ``lost`` are rules about the person or about any region."""

    person: str
    before: str
    after: str
    complete_before: bool
    complete_after: bool
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    regions: tuple[RegionChange, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """Everyone who would be treated differently, counted; ``changes`` names the first of them, in the order of their ids.

    ``moves`` counts people by clearance before and after. ``gained`` and ``lost`` count people for each rule, ``regions`` for each region.
    Regions that only one of the two knows are not compared; they are named.
    """

    people: int
    changed: int
    moves: tuple[tuple[str, str, int], ...]
    gained: tuple[tuple[str, int], ...]
    lost: tuple[tuple[str, int], ...]
    regions: tuple[tuple[str, int], ...]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    changes: tuple[Change, ...]


def compare(
    facts: Path,
    before: ScreenKnowledge,
    after: ScreenKnowledge,
    engine: str,
    on: date,
    *,
    facts_after: Path | None = None,
    most: int = MOST_CHANGES,
) -> Changes:
    """Who would be treated differently with the knowledge ``after``, and why?

    ``facts`` must hold the columns of both: build it with ``FactColumns.of(before).union(FactColumns.of(after))``. ``facts_after``: the
    facts of the same people as ``after`` understands their records, if that differs. ``most``: so many people are named. Raises
    ``EngineError`` for what cannot be used.
    """
    with tempfile.TemporaryDirectory(prefix="needlepoint-") as folder:
        working = Path(folder)
        old, new = working / "before.parquet", working / "after.parquet"
        people = screen_people(facts, before, engine=engine, out=old, on=on).people
        screen_people(facts_after or facts, after, engine=engine, out=new, on=on)
        places, only_before, only_after = _places(old, new)
        changed = working / "changed.parquet"
        with open_duckdb(working) as connection:
            if _number(connection, _others(old, new)):
                raise EngineError(
                    f"{facts}, {facts_after}: these are not the same people: build both tables from the same records"
                )
            run(connection, copy_statement(_changed(old, new, places), changed, {}), lambda _: None)
            connection.execute(f"CREATE VIEW changed AS FROM {parquet(changed)}")
            return Changes(
                people=people,
                changed=_number(connection, "SELECT count(*) FROM changed"),
                moves=tuple(connection.execute(_MOVES).fetchall()),
                gained=_counted(connection, "gained"),
                lost=_counted(connection, "lost"),
                regions=_counted(connection, "list_transform(regions, lambda one: one.region)"),
                only_before=only_before,
                only_after=only_after,
                changes=_changes(connection, most),
            )


def _places(old: Path, new: Path) -> tuple[list[str], tuple[str, ...], tuple[str, ...]]:
    """The regions that both tables have, and those that only one has."""
    not_regions = {PERSON, CLEARANCE, COMPLETE, FINDINGS, REGION_FINDINGS, OPEN_QUESTIONS, WORDS_MISSING, EVIDENCE}
    before, after = (
        dict.fromkeys(name for name in pq.read_schema(path).names if name not in not_regions) for path in (old, new)
    )
    both = [place for place in before if place in after]
    return both, tuple(one for one in before if one not in after), tuple(one for one in after if one not in before)


def _others(old: Path, new: Path) -> str:
    """The query for how many rows of the two tables are not about the same person."""
    tables = f"{parquet(old)} AS old POSITIONAL JOIN {parquet(new)} AS new"
    return f"SELECT count(*) FROM {tables} WHERE old.{PERSON} IS DISTINCT FROM new.{PERSON}"  # noqa: S608


def _changed(old: Path, new: Path, places: list[str]) -> str:
    """The query for those who change. Both tables stand in the same order, row for row."""
    regions = ", ".join(
        f"CASE WHEN old.{name} <> new.{name} THEN {{'region': {quoted(place)}, 'before': old.{name}, 'after': new.{name}}} END"
        for place, name in ((place, as_name(place)) for place in places)
    )
    held = f"list_distinct(%s.{FINDINGS} || %s.{REGION_FINDINGS})"
    was, is_now = held.replace("%s", "old"), held.replace("%s", "new")
    return f"""
        SELECT * FROM (
            SELECT
                old.{PERSON} AS person,
                old.{CLEARANCE} AS before, new.{CLEARANCE} AS after,
                old.{COMPLETE} AS complete_before, new.{COMPLETE} AS complete_after,
                list_sort(list_filter({is_now}, lambda one: NOT list_contains({was}, one))) AS gained,
                list_sort(list_filter({was}, lambda one: NOT list_contains({is_now}, one))) AS lost,
                list_filter([{regions}]::{REGION_CHANGES}, lambda one: one IS NOT NULL) AS regions
            FROM {parquet(old)} AS old POSITIONAL JOIN {parquet(new)} AS new
        )
        WHERE before <> after OR complete_before <> complete_after OR len(gained) + len(lost) + len(regions) > 0
    """  # noqa: S608


REGION_CHANGES = 'STRUCT(region VARCHAR, "before" VARCHAR, "after" VARCHAR)[]'

_MOVES = """
    SELECT before, after, count(*) AS people FROM changed WHERE before <> after
    GROUP BY before, after ORDER BY people DESC, before, after
"""


def _counted(connection: duckdb.DuckDBPyConnection, names: str) -> tuple[tuple[str, int], ...]:
    """For each name in these lists, in how many people's it stands: the most frequent first."""
    return tuple(
        connection.execute(
            f"SELECT name, count(*) AS people FROM (SELECT unnest({names}) AS name FROM changed) "  # noqa: S608
            "GROUP BY name ORDER BY people DESC, name"
        ).fetchall()
    )


def _number(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0


def _changes(connection: duckdb.DuckDBPyConnection, most: int) -> tuple[Change, ...]:
    rows = connection.execute(f"FROM changed ORDER BY person LIMIT {int(most)}").fetchall()
    return tuple(
        Change(
            person,
            before,
            after,
            complete_before,
            complete_after,
            tuple(gained),
            tuple(lost),
            tuple(RegionChange(one["region"], one["before"], one["after"]) for one in regions),
        )
        for person, before, after, complete_before, complete_after, gained, lost, regions in rows
    )
