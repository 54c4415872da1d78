"""Tables of facts for tests, and how to read results."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from needlepoint.engines import FactColumns, screen_people
from needlepoint.screen import Answers, ScreenKnowledge

TODAY = date(2026, 3, 2)


def facts_of(
    folder: Path, knowledge: ScreenKnowledge, people: Mapping[str, Answers], columns: FactColumns | None = None
) -> Path:
    """A table of facts of these people, in the order in which they are given."""
    columns = columns or FactColumns.of(knowledge)
    return write_rows(
        folder / "facts.parquet", columns, [columns.row(name, answers) for name, answers in people.items()]
    )


def write_rows(path: Path, columns: FactColumns, rows: Sequence[Mapping[str, object]]) -> Path:
    """These rows as a table of facts."""
    pq.write_table(pa.Table.from_pylist([dict(row) for row in rows], schema=columns.schema()), path)
    return path


def screened(facts: Path, knowledge: ScreenKnowledge, engine: str) -> pa.Table:
    """The results of one engine as a table."""
    out = facts.with_name(f"{engine}.parquet")
    screen_people(facts, knowledge, engine=engine, out=out, on=TODAY)
    return pq.read_table(out)


def rows_of(table: pa.Table) -> dict[str, dict[str, object]]:
    """Each person's row."""
    return {row["person"]: row for row in table.to_pylist()}
