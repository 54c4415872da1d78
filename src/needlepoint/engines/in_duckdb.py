"""Many people in DuckDB: one query that streams from the table of facts to the table of results."""

import threading
from collections.abc import Callable, Mapping
from pathlib import Path

import duckdb

from needlepoint.engines.as_sql import as_name, parquet, quoted
from needlepoint.engines.columns import FactColumns
from needlepoint.engines.compiled import marks, sql
from needlepoint.engines.named import enum_types, named
from needlepoint.engines.population import Population
from needlepoint.engines.turned import TurnedSheet

#: DuckDB may hold so much in memory; what is more goes to the working folder.
MEMORY = "4GB"


def screen_in_duckdb(
    facts: Path,
    turned: TurnedSheet,
    columns: FactColumns,
    out: Path,
    *,
    population: Population,
    metadata: Mapping[str, str],
    progress: Callable[[float], None],
) -> None:
    """Screen everyone in these facts, in the order of the rows. ``progress`` is told which part is done, from 0 to 1."""
    with open_duckdb(out.parent) as connection:
        connection.execute(f"CREATE VIEW facts AS FROM {parquet(facts)}")
        write_named(
            connection,
            turned,
            sql(marks(turned, columns, population), "duckdb"),
            out,
            metadata=metadata,
            progress=progress,
        )


def write_named(
    connection: duckdb.DuckDBPyConnection,
    turned: TurnedSheet,
    marks_query: str,
    out: Path,
    *,
    metadata: Mapping[str, str],
    progress: Callable[[float], None],
) -> None:
    """Write the table of results from the marks, in plain names."""
    for statement in enum_types(turned):
        connection.execute(statement)
    run(connection, copy_statement(named(turned, marks_query), out, metadata), progress)


def copy_statement(query: str, out: Path, metadata: Mapping[str, str]) -> str:
    """The statement that writes what a query answers as Parquet. The order of the rows is kept, so it is the same file every time."""
    told = ", ".join(f"{as_name(key)}: {quoted(value)}" for key, value in metadata.items())
    metadata_too = f", KV_METADATA {{{told}}}" if told else ""
    return f"COPY ({query}) TO {quoted(str(out))} (FORMAT parquet, COMPRESSION zstd{metadata_too})"


def put_in_order(facts: Path, out: Path) -> None:
    """The same facts in the order of the people's ids. What does not fit in memory goes to the folder of ``out``."""
    with open_duckdb(out.parent) as connection:
        query = f"FROM {parquet(facts)} ORDER BY person"
        run(connection, copy_statement(query, out, {}), lambda _: None)


def open_duckdb(working: Path) -> duckdb.DuckDBPyConnection:
    """A database in memory that spills into this folder and keeps rows in their order."""
    connection = duckdb.connect()
    connection.execute(f"SET memory_limit = '{MEMORY}'")
    connection.execute(f"SET temp_directory = {quoted(str(working / 'spill'))}")
    connection.execute("SET preserve_insertion_order = true")
    connection.execute("SET enable_progress_bar = true")
    connection.execute("SET enable_progress_bar_print = false")
    return connection


def run(connection: duckdb.DuckDBPyConnection, statement: str, progress: Callable[[float], None]) -> None:
    """Run a statement so that Ctrl-C stops it at once, and say how far it has come."""
    failures: list[BaseException] = []

    def work() -> None:
        try:
            connection.execute(statement)
        except BaseException as error:  # it goes on in the thread that waits
            failures.append(error)

    worker = threading.Thread(target=work, name="needlepoint-duckdb")
    worker.start()
    done = 0.0
    try:
        while worker.is_alive():
            worker.join(0.1)
            done = max(done, min(1.0, connection.query_progress() / 100))
            progress(done)
    except BaseException:
        connection.interrupt()
        worker.join()
        raise
    if failures:
        raise failures[0]
    progress(1.0)
