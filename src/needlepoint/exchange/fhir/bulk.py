"""Many people at once: a bulk export, or a folder of Bundles, as a table of facts."""

import heapq
import os
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from needlepoint.engines.columns import FactColumns
from needlepoint.exchange.fhir.crew import Alone, Crew, Progress, Task
from needlepoint.exchange.fhir.files import files_in
from needlepoint.exchange.fhir.rows import Told
from needlepoint.exchange.fhir.sift import Problem, records_of, write_record
from needlepoint.exchange.told import InputError
from needlepoint.screen import ScreenKnowledge

__all__ = ["PeopleRead", "Problem", "read_people"]

#: Below so many bytes on disk, starting another process costs more time than it saves.
_WORTH_A_CREW = 40_000_000
_PROCESSES = 2
_PEOPLE_AT_ONCE = 400
_PEOPLE_A_GROUP = 20_000
_RUNS_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class PeopleRead:
    """What was read: people (rows of the table), resources, and what could not be used."""

    people: int
    resources: int
    problems: tuple[Problem, ...]


def read_people(
    path: Path,
    knowledge: ScreenKnowledge,
    *,
    on: date,
    out: Path,
    progress: Progress = lambda resources, done, in_all: None,
    only: frozenset[str] | None = None,
    processes: int | None = None,
) -> PeopleRead:
    """Read a folder (or one file) of FHIR records into a Parquet table of facts, one row a person, in order of their ids.

    ``only``: the ids of the people that are asked about; each of them gets a row, known or not. The table appears whole or not at all.
    Raises ``InputError`` when there is nothing to read, or when nobody is in it.
    """
    files = files_in(path)
    if processes is None:
        processes = _PROCESSES if sum(file.size for file in files) >= _WORTH_A_CREW and (os.cpu_count() or 1) > 1 else 1
    with _whole_or_not_at_all(out) as fresh, tempfile.TemporaryDirectory(prefix="needlepoint-") as name:
        task = Task(knowledge, on, only, Path(name))
        with closing(Alone(task) if processes == 1 else Crew(task, processes)) as crew:
            sifted = crew.sift(files, progress)
            runs = _few(sorted(run for one in sifted for run in one.runs), task.folder)
            people = _at_once(_merged(runs, sorted(only or ())))
            problems = [problem for one in sifted for problem in one.problems]
            count = _write(fresh, FactColumns.of(knowledge).schema(), crew.rows(people), problems)
        if count == 0:
            raise InputError(f"{path}: nobody is in these files: no Patient, and nothing that is recorded of one")
    return PeopleRead(count, sum(one.resources for one in sifted), tuple(sorted(set(problems))))


@contextmanager
def _whole_or_not_at_all(out: Path) -> Iterator[Path]:
    """A file beside this one that takes its place when all went well, and is gone when not."""
    fresh = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        fresh.touch()
    except OSError as error:
        raise InputError(f"{out}: cannot be written ({error.strerror}); choose another folder or make room") from None
    try:
        yield fresh
        fresh.replace(out)
    finally:
        fresh.unlink(missing_ok=True)


def _merged(runs: list[Path], asked_for: list[str]) -> Iterator[Told]:
    """All people of all runs in order, each once with all that was said; those asked for are there in any case."""
    streams = [records_of(run) for run in runs]
    nothing = ((person, b"") for person in asked_for)
    in_order = heapq.merge(*streams, nothing, key=lambda record: record[0])
    for person, records in groupby(in_order, key=lambda record: record[0]):
        yield person, tuple(said for _, said in records if said)


def _few(runs: list[Path], folder: Path) -> list[Path]:
    """The same runs in fewer files, so that not too many are open at a time."""
    step = 0
    while len(runs) > _RUNS_AT_ONCE:
        some, runs = runs[:_RUNS_AT_ONCE], runs[_RUNS_AT_ONCE:]
        step += 1
        merged = folder / f"merged-{step}"
        with merged.open("wb") as out:
            for person, said in _merged(some, []):
                for part in said:
                    write_record(out, person, part)
        for run in some:
            run.unlink()
        runs.append(merged)
    return runs


def _at_once(people: Iterator[Told]) -> Iterator[list[Told]]:
    some: list[Told] = []
    for one in people:
        some.append(one)
        if len(some) == _PEOPLE_AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def _write(
    out: Path, schema: pa.Schema, parts: Iterator[tuple[pa.RecordBatch, list[Problem]]], problems: list[Problem]
) -> int:
    """Write the rows in groups of a fixed size, so that the same rows always make the same file."""
    count = 0
    waiting: list[pa.RecordBatch] = []
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        for batch, found in parts:
            problems.extend(found)
            waiting.append(batch)
            count += batch.num_rows
            if sum(one.num_rows for one in waiting) >= _PEOPLE_A_GROUP:
                writer.write_table(pa.Table.from_batches(waiting, schema).combine_chunks())
                waiting = []
        if waiting:
            writer.write_table(pa.Table.from_batches(waiting, schema).combine_chunks())
    return count
