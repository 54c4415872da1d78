"""The work on a large export, shared between processes: reading files, then making rows."""

import gc
import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from needlepoint.engines.columns import FactColumns
from needlepoint.exchange.fhir.files import File
from needlepoint.exchange.fhir.rows import Rows, Told
from needlepoint.exchange.fhir.sift import Problem, Sift, Sifted
from needlepoint.exchange.fhir.wanted import Wanted
from needlepoint.screen import ScreenKnowledge

#: Told how much was read so far: resources, bytes, bytes in all.
Progress = Callable[[int, int, int], None]


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done: with which knowledge, for which day, which people only, and where the runs are put."""

    knowledge: ScreenKnowledge
    on: date
    only: frozenset[str] | None
    folder: Path


class Alone:
    """Does all the work in this process."""

    def __init__(self, task: Task) -> None:
        self.task = task

    def sift(self, files: Sequence[File], progress: Progress) -> list[Sifted]:
        """Read all files."""
        in_all = sum(file.size for file in files)
        return [_sift(self.task, files, "0", lambda resources, done: progress(resources, done, in_all))]

    def rows(self, people: Iterator[list[Told]]) -> Iterator[tuple[pa.RecordBatch, list[Problem]]]:
        """The rows of these people, in their order."""
        rows = Rows(self.task.knowledge, self.task.on, self.task.folder)
        for some in people:
            yield rows.of(some)

    def close(self) -> None:
        """Nothing is left to close."""


class Crew:
    """Shares the work between so many processes."""

    def __init__(self, task: Task, size: int) -> None:
        fresh = replace(task, knowledge=replace(task.knowledge))  # without what it has worked out, which cannot be sent
        context = multiprocessing.get_context("spawn")
        self.size, self.knowledge = size, task.knowledge
        self.counts = context.Array("q", [0] * (2 * size + 1))
        self.pool = ProcessPoolExecutor(size, context, _begin, (fresh, self.counts))

    def sift(self, files: Sequence[File], progress: Progress) -> list[Sifted]:
        """Read all files, the largest first, each by whoever has the least to read."""
        shares: list[list[File]] = [[] for _ in range(self.size)]
        for file in sorted(files, key=lambda one: (-one.size, one.name)):
            min(shares, key=lambda share: sum(one.size for one in share)).append(file)
        in_all = sum(file.size for file in files)
        futures = [self.pool.submit(_sift_share, share, n) for n, share in enumerate(shares)]
        while wait(futures, timeout=0.1, return_when=FIRST_EXCEPTION).not_done:
            progress(sum(self.counts[1::2]), sum(self.counts[2::2]), in_all)
            if any(one.done() and one.exception() for one in futures):
                break
        sifted = [one.result() for one in futures]
        progress(sum(one.resources for one in sifted), in_all, in_all)
        return sifted

    def rows(self, people: Iterator[list[Told]]) -> Iterator[tuple[pa.RecordBatch, list[Problem]]]:
        """The rows of these people, in their order; only a few parts are under way at a time."""
        schema = FactColumns.of(self.knowledge).schema()
        waiting: deque[Future[tuple[bytes, list[Problem]]]] = deque()
        for some in people:
            waiting.append(self.pool.submit(_rows, some))
            if len(waiting) > 2 * self.size:
                yield _batch(waiting.popleft().result(), schema)
        while waiting:
            yield _batch(waiting.popleft().result(), schema)

    def close(self) -> None:
        """Stop whoever still works, and wait for them."""
        self.counts[0] = 1
        self.pool.shutdown(wait=True, cancel_futures=True)


class StoppedError(Exception):
    """Another process asked to stop."""


# In each process

_here: dict[str, Any] = {}


def _begin(task: Task, counts: Any) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()  # the knowledge stays, and what is read holds no circles: there is little to collect
    gc.set_threshold(100_000, 20, 20)
    _here.update(task=task, counts=counts)


def _sift_share(files: Sequence[File], n: int) -> Sifted:
    counts = _here["counts"]

    def progress(resources: int, done: int) -> None:
        counts[2 * n + 1], counts[2 * n + 2] = resources, done
        if counts[0]:
            raise StoppedError

    return _sift(_here["task"], files, str(n), progress)


def _sift(task: Task, files: Sequence[File], mark: str, progress: Callable[[int, int], None]) -> Sifted:
    return Sift(Wanted.of(task.knowledge, task.on), task.only, task.folder, mark, progress).read(files)


def _rows(people: list[Told]) -> tuple[bytes, list[Problem]]:
    if "rows" not in _here:
        task: Task = _here["task"]
        _here["rows"] = Rows(task.knowledge, task.on, task.folder)
    rows: Rows = _here["rows"]
    batch, problems = rows.of(people)
    return batch.serialize().to_pybytes(), problems


def _batch(done: tuple[bytes, list[Problem]], schema: pa.Schema) -> tuple[pa.RecordBatch, list[Problem]]:
    return pa.ipc.read_record_batch(pa.py_buffer(done[0]), schema), done[1]
