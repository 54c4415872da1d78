"""The verb for many people: may each of them be needled, and where not?"""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from time import perf_counter

from needlepoint import __version__
from needlepoint.engines.as_sql import parquet
from needlepoint.engines.columns import FactColumns
from needlepoint.engines.error import EngineError
from needlepoint.engines.in_duckdb import copy_statement, open_duckdb, put_in_order, run, screen_in_duckdb
from needlepoint.engines.in_memory import screen_in_memory
from needlepoint.engines.on_spark import screen_on_spark
from needlepoint.engines.population import Population, look_over
from needlepoint.engines.summary import Summary, count
from needlepoint.engines.turned import place_name, turn
from needlepoint.screen import ScreenKnowledge

#: The engines, the fastest on one machine first.
ENGINES = ("duckdb", "spark", "memory")

#: Told how many people are done, of how many.
Progress = Callable[[int, int], None]


def screen_people(
    facts: Path, knowledge: ScreenKnowledge, *, engine: str, out: Path, on: date, progress: Progress | None = None
) -> Summary:
    """May these people be needled on this day, and where not?

    ``facts`` is a Parquet file with the columns of ``FactColumns.of(knowledge)``, more are no harm; one row a person. ``out`` will hold
    one row a person in the order of their ids: the clearance as ``screen.assess`` gives it with nothing proposed, and every region.
    ``engine`` is one of ``ENGINES``; all give the same rows. ``on`` is the day for which the facts were told; it stands in the file.

    Either ``out`` is whole or it is left as it was. Raises ``EngineError`` for what cannot be used.
    """
    started = perf_counter()
    if engine not in ENGINES:
        raise EngineError(f"There is no engine '{engine}': use {', '.join(ENGINES)}.")
    with beside(out) as working:
        ready, population = in_order(facts, FactColumns.of(knowledge), working)
        result = working / "result.parquet"
        _screen(
            engine,
            ready,
            knowledge,
            result,
            population=population,
            metadata=told(knowledge, on),
            progress=_of(population, progress),
        )
        counted = count(result, tuple(place_name(one) for one in knowledge.sheet.every_place))
        result.replace(out)
    return Summary(
        people=counted.people,
        by_clearance=counted.by_clearance,
        complete=counted.complete,
        top_findings=counted.top_findings,
        most_restricted=counted.most_restricted,
        engine=engine,
        release=knowledge.release,
        sha256=knowledge.sha256,
        seconds=perf_counter() - started,
    )


def told(knowledge: ScreenKnowledge, on: date) -> dict[str, str]:
    """What a file of results says about itself."""
    return {
        "needlepoint_version": __version__,
        "knowledge_release": knowledge.release,
        "knowledge_sha256": knowledge.sha256,
        "on": on.isoformat(),
    }


@contextmanager
def beside(out: Path) -> Iterator[Path]:
    """A working folder beside ``out`` that is gone afterwards, whatever happens."""
    if out.is_dir() or not out.parent.is_dir():
        what = "is a folder" if out.is_dir() else "lies in a folder that does not exist"
        raise EngineError(f"{out}: {what}: name a file to write, such as result.parquet")
    try:
        folder = tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}.")
    except OSError as error:
        raise EngineError(f"{out.parent}: nothing can be written there ({error.strerror})") from None
    with folder as working:
        yield Path(working)


def in_order(facts: Path, columns: FactColumns, working: Path) -> tuple[Path, Population]:
    """These facts in the order of the people's ids, looked over."""
    population = look_over(facts, columns)
    if population.in_order:
        return facts, population
    ordered = working / "facts.parquet"
    put_in_order(facts, ordered)
    return ordered, look_over(ordered, columns)


def _screen(
    engine: str,
    facts: Path,
    knowledge: ScreenKnowledge,
    out: Path,
    *,
    population: Population,
    metadata: Mapping[str, str],
    progress: Callable[[float], None],
) -> None:
    columns = FactColumns.of(knowledge)
    if engine == "memory":
        people = max(1, population.people)
        rows = out.with_name("rows.parquet")
        screen_in_memory(facts, knowledge, rows, lambda done: progress(done / people))
        with open_duckdb(out.parent) as connection:
            run(connection, copy_statement(f"FROM {parquet(rows)}", out, metadata), lambda _: None)
    else:
        screen = screen_in_duckdb if engine == "duckdb" else screen_on_spark
        screen(facts, turn(knowledge), columns, out, population=population, metadata=metadata, progress=progress)


def _of(population: Population, progress: Progress | None) -> Callable[[float], None]:
    """Progress in people, from progress in parts."""
    if progress is None:
        return lambda _: None
    return lambda part: progress(round(part * population.people), population.people)
