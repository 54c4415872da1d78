"""A folder of people, screened: from a FHIR export to a table of results, a summary, a comparison, or a list of who is touched."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from needlepoint.engines import EngineError, Summary, screen_people
from needlepoint.engines.compare import Changes, compare
from needlepoint.engines.touched import Touched, touched
from needlepoint.exchange.fhir.bulk import PeopleRead, Problem, read_people
from needlepoint.exchange.told import InputError
from needlepoint.screen import ScreenKnowledge

#: So many problems of an export are named one by one; the rest are counted.
MOST_PROBLEMS = 20


@dataclass(frozen=True, slots=True)
class Folder:
    """Whom to screen: the folder of their records, on which day, with which engine, only these ids, and where to show progress."""

    path: Path
    on: date
    engine: str
    only: frozenset[str] | None
    console: Console


@dataclass(frozen=True, slots=True)
class Screened:
    """What came of a folder: the summary, what was read, and, if it was asked, who is touched."""

    summary: Summary
    read: PeopleRead
    touched: tuple[Touched, ...] = ()


def screen_folder(
    folder: Folder, knowledge: ScreenKnowledge, out: Path | None, touched_by: str | None = None
) -> Screened:
    """Screen everybody in this folder, one row a person into ``out`` if it is named.

    ``touched_by``: also name everyone for whom this rule holds, or of whom this fact is so. Raises InputError; nothing half is left.
    """
    with _working_beside(out) as working, _in_words():
        result = out or working / "result.parquet"
        facts = working / "facts.parquet"
        read = _read(folder, knowledge, facts)
        with _bar("Screening people", folder.console) as told:
            summary = screen_people(facts, knowledge, engine=folder.engine, out=result, on=folder.on, progress=told)
        people = tuple(touched(result, touched_by, knowledge)) if touched_by else ()
    return Screened(summary, read, people)


def compare_folder(folder: Folder, before: ScreenKnowledge, after: ScreenKnowledge) -> Changes:
    """Who in this folder would be treated differently with the knowledge ``after``, and why?

    The records are read with both, since a change may also lie in which words and codes are understood.
    """
    with _working_beside(None) as working, _in_words():
        first, second = working / "before.parquet", working / "after.parquet"
        _read(folder, before, first)
        _read(folder, after, second, quiet=True)
        with _bar("Comparing", folder.console):
            return compare(first, before, after, folder.engine, folder.on, facts_after=second)


@contextmanager
def _in_words() -> Iterator[None]:
    """What an engine cannot use is the reader's to mend."""
    try:
        yield
    except EngineError as error:
        raise InputError(*error.lines) from None


def people_named(file: Path) -> frozenset[str]:
    """The ids in a file, one a line; blank lines and lines that begin with # do not count."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise InputError(f"{file}: there is no such file; it should hold one id a line") from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file}: cannot be read as text ({error}); it should hold one id a line") from None
    ids = frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))
    if not ids:
        raise InputError(f"{file}: holds no id; write one a line")
    return ids


def _read(folder: Folder, knowledge: ScreenKnowledge, facts: Path, *, quiet: bool = False) -> PeopleRead:
    with _bar("Reading records (bytes)", folder.console) as told:
        read = read_people(
            folder.path,
            knowledge,
            on=folder.on,
            out=facts,
            progress=lambda _, done, in_all: told(done, in_all),
            only=folder.only,
        )
    if not quiet:
        _name_problems(read.problems, folder.console)
    return read


def _name_problems(problems: tuple[Problem, ...], console: Console) -> None:
    for problem in problems[:MOST_PROBLEMS]:
        console.print(problem_words(problem), markup=False, highlight=False)
    if len(problems) > MOST_PROBLEMS:
        console.print(f"and {len(problems) - MOST_PROBLEMS} more problems like these", highlight=False)


def problem_words(problem: Problem) -> str:
    """A problem of an export in one line: the file, the line, and what."""
    where = f"{problem.file}, line {problem.line}" if problem.line else problem.file
    return f"{where}: {problem.what}"


@contextmanager
def _bar(what: str, console: Console) -> Iterator[Callable[[int, int], None]]:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TaskProgressColumn(show_speed=True),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(what, total=None)
        yield lambda done, in_all: progress.update(task, completed=done, total=in_all)


@contextmanager
def _working_beside(out: Path | None) -> Iterator[Path]:
    """A folder to work in, beside the result when one is named, and gone afterwards."""
    if out is None:
        with tempfile.TemporaryDirectory(prefix="needlepoint-") as elsewhere:
            yield Path(elsewhere)
        return
    if not out.parent.is_dir():
        raise InputError(f"{out}: the folder {out.parent} does not exist; make it, or name another place")
    try:
        folder = tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}.")
    except OSError as error:
        raise InputError(
            f"{out.parent}: nothing can be written there ({error.strerror}); choose another folder"
        ) from None
    with folder as working:
        yield Path(working)


def summary_answer(screened: Screened) -> dict[str, Any]:
    """The summary as plain JSON values."""
    summary = screened.summary
    return {
        "people": summary.people,
        "resources": screened.read.resources,
        "problems": [problem_words(problem) for problem in screened.read.problems],
        "by_clearance": dict(summary.by_clearance),
        "complete": summary.complete,
        "top_findings": [{"id": id_, "people": people} for id_, people in summary.top_findings],
        "most_restricted": [
            {"region": one.region, "stop": one.stop, "weigh": one.weigh} for one in summary.most_restricted
        ],
        "engine": summary.engine,
        "seconds": round(summary.seconds, 3),
        "knowledge": {"release": summary.release, "sha256": summary.sha256},
    }


def changes_answer(changes: Changes) -> dict[str, Any]:
    """Who would be treated differently, as plain JSON values."""
    return {
        "people": changes.people,
        "changed": changes.changed,
        "moves": [{"before": before, "after": after, "people": people} for before, after, people in changes.moves],
        "gained": [{"id": id_, "people": people} for id_, people in changes.gained],
        "lost": [{"id": id_, "people": people} for id_, people in changes.lost],
        "regions": [{"region": region, "people": people} for region, people in changes.regions],
        "regions_only_before": list(changes.only_before),
        "regions_only_after": list(changes.only_after),
        "changes": [
            {
                "person": one.person,
                "before": one.before,
                "after": one.after,
                "complete_before": one.complete_before,
                "complete_after": one.complete_after,
                "gained": list(one.gained),
                "lost": list(one.lost),
                "regions": [{"region": r.region, "before": r.before, "after": r.after} for r in one.regions],
            }
            for one in changes.changes
        ],
    }


def touched_answer(screened: Screened, id_: str) -> dict[str, Any]:
    """Everyone who is touched by this rule or fact, as plain JSON values; ``because`` holds the evidence of each."""
    return {
        "id": id_,
        "screened": screened.summary.people,
        "people": [one.person for one in screened.touched],
        "because": {
            one.person: [
                {
                    "fact": evidence.said,
                    "from": evidence.origin,
                    "code": evidence.code,
                    "on": evidence.on.isoformat() if evidence.on else None,
                }
                for evidence in one.evidence
            ]
            for one in screened.touched
        },
    }
