"""What came out for many people, in a few numbers."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from needlepoint.engines.as_sql import as_name, parquet, quoted
from needlepoint.engines.columns import PERSON
from needlepoint.engines.compiled import CLEARANCE, COMPLETE
from needlepoint.engines.named import FINDINGS
from needlepoint.terms import Level

MOST_FINDINGS = 10
MOST_REGIONS = 10


@dataclass(frozen=True, slots=True)
class RegionCount:
    """In how many people a region must not be needled (``stop``), and in how many more someone has to decide (``weigh``)."""

    region: str
    stop: int
    weigh: int


@dataclass(frozen=True, slots=True)
class Summary:
    """How many people came out how. ``top_findings`` are rules about the person with the number of people they hold for.

    ``complete`` counts those of whom nothing is open. ``seconds`` is the wall-clock time from facts to results, this summary included.
    """

    people: int
    by_clearance: tuple[tuple[str, int], ...]
    complete: int
    top_findings: tuple[tuple[str, int], ...]
    most_restricted: tuple[RegionCount, ...]
    engine: str
    release: str
    sha256: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Counts:
    """What a table of results holds, counted."""

    people: int
    by_clearance: tuple[tuple[str, int], ...]
    complete: int
    top_findings: tuple[tuple[str, int], ...]
    most_restricted: tuple[RegionCount, ...]


def count(result: Path, places: tuple[str, ...]) -> Counts:
    """Count the table of results over these places."""
    with duckdb.connect() as connection:
        connection.execute(f"CREATE VIEW results AS FROM {parquet(result)}")
        rows = connection.execute(
            f"SELECT {CLEARANCE}, count(*), count(*) FILTER ({COMPLETE}) FROM results GROUP BY {CLEARANCE}"  # noqa: S608
        ).fetchall()
        by_word = {word: (people, complete) for word, people, complete in rows}
        findings = connection.execute(
            f"SELECT finding, count(*) AS people FROM (SELECT unnest({FINDINGS}) AS finding FROM results) "  # noqa: S608
            f"GROUP BY finding ORDER BY people DESC, finding LIMIT {MOST_FINDINGS}"
        ).fetchall()
        return Counts(
            people=sum(people for people, _ in by_word.values()),
            by_clearance=tuple((level.word, by_word.get(level.word, (0, 0))[0]) for level in Level),
            complete=sum(complete for _, complete in by_word.values()),
            top_findings=tuple(findings),
            most_restricted=_most_restricted(connection, places),
        )


def _most_restricted(connection: duckdb.DuckDBPyConnection, places: tuple[str, ...]) -> tuple[RegionCount, ...]:
    """The regions with most people whom nobody may needle there; those whom nobody may needle anywhere count too.

    A region that nobody may be needled at (the eye, say) tells nothing about these people and is left out.
    """
    stops = _count_people(connection, places, Level.STOP)
    row = connection.execute("SELECT count(*) FROM results").fetchone()
    people = int(row[0]) if row else 0
    first = sorted((place for place in places if 0 < stops[place] < people), key=lambda place: (-stops[place], place))[
        :MOST_REGIONS
    ]
    weighs = _count_people(connection, tuple(first), Level.WEIGH)
    return tuple(RegionCount(place, stops[place], weighs[place]) for place in first)


def _count_people(connection: duckdb.DuckDBPyConnection, places: tuple[str, ...], level: Level) -> dict[str, int]:
    if not places:
        return {}
    counted = ", ".join(f"sum(({as_name(place)} = {quoted(level.word)})::INT)" for place in places)
    row = connection.execute(f"SELECT {counted}, count({PERSON}) FROM results").fetchone() or ()  # noqa: S608
    return {place: int(people or 0) for place, people in zip(places, row, strict=False)}
