"""The command `screen`: one person, or a folder of people."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from needlepoint.cli.group import Day, needlepoint, print_json, write_files

if TYPE_CHECKING:
    from needlepoint.exchange.told import Told
    from needlepoint.screen import Clearance, ScreenKnowledge

ENGINES = ("memory", "duckdb", "spark")


@needlepoint.command()
@click.argument("source", metavar="CASE_OR_FOLDER")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--on", type=Day(), help="The day of the visit. Default: the day in the case file, else today.")
@click.option("--html", type=click.Path(path_type=Path), help="Write the report as one HTML file.")
@click.option("--pdf", type=click.Path(path_type=Path), help="Write the report as PDF.")
@click.option("--out", type=click.Path(path_type=Path), help="For a folder of people: the result, a Parquet file.")
@click.option(
    "--engine", type=click.Choice(ENGINES), default="duckdb", show_default=True, help="For a folder of people."
)
@click.option(
    "--ids",
    type=click.Path(path_type=Path),
    help="For a folder: screen only the people whose ids are in this file, one a line.",
)
@click.option(
    "--compare",
    type=click.Path(path_type=Path),
    metavar="KNOWLEDGE_DIR",
    help="For a folder: who would be treated differently by this other knowledge, and why.",
)
@click.option(
    "--touched",
    metavar="RULE_OR_FACT",
    help="For a folder: name everyone for whom this rule holds, or this fact is so.",
)
def screen(
    source: str,
    form: str,
    on: date | None,
    html: Path | None,
    pdf: Path | None,
    out: Path | None,
    engine: str,
    ids: Path | None,
    compare: Path | None,
    touched: str | None,
) -> None:
    """May this person be needled today, and where not?

    CASE is a case file (YAML or JSON), a FHIR R4 Bundle (JSON) of one patient, or - for standard input. A FOLDER is a FHIR bulk export
    (NDJSON) or a folder of bundles, and wants --out, --compare or --touched.
    """
    if out or compare or touched or ids:
        _screen_many(source, on or date.today(), out, engine, ids, compare, touched, form)
        return
    knowledge, told, clearance = _screened(source, on)
    if html or pdf:
        _write_reports(clearance, knowledge, told, html, pdf)
    if form == "json":
        from needlepoint.exchange.answers.screen import screen_answer

        print_json(screen_answer(clearance, told.notes))
    else:
        from rich.console import Console

        from needlepoint.exchange.paper.presenter import present
        from needlepoint.exchange.terminal.screen import print_screen

        print_screen(present(clearance, knowledge, told.label, told.notes), Console(soft_wrap=False))


def _screen_many(
    source: str,
    on: date,
    out: Path | None,
    engine: str,
    ids: Path | None,
    compare: Path | None,
    touched: str | None,
    form: str,
) -> None:
    """A folder of people: the result, who would change, or who is touched. Progress and notes go to standard error."""
    from rich.console import Console

    from needlepoint.exchange import many
    from needlepoint.exchange.terminal import people
    from needlepoint.exchange.told import InputError
    from needlepoint.library import load_knowledge

    if source == "-":
        raise InputError("standard input holds one person; name a folder to screen many")
    if not (out or compare or touched):
        raise InputError("--ids screens people of a folder: name a result as well, --out RESULT.parquet")
    aside, console = Console(stderr=True), Console()
    knowledge = load_knowledge()
    only = many.people_named(ids) if ids else None
    asked = many.Folder(Path(source), on, engine, only, aside)
    if compare:
        changes = many.compare_folder(asked, knowledge, load_knowledge(compare))
        _show(form, many.changes_answer(changes), lambda: people.print_changes(changes, console))
        return
    screened = many.screen_folder(asked, knowledge, out, touched)
    if touched:
        _show(
            form,
            many.touched_answer(screened, touched),
            lambda: people.print_touched(screened.touched, touched, console),
        )
        return
    read = screened.read
    _show(
        form,
        many.summary_answer(screened),
        lambda: people.print_summary(screened.summary, knowledge, read.resources, console),
    )


def _show(form: str, answer: dict[str, Any], print_text: Callable[[], None]) -> None:
    if form == "json":
        print_json(answer)
    else:
        print_text()


def _screened(source: str, on: date | None) -> tuple[ScreenKnowledge, Told, Clearance]:
    from needlepoint.exchange.case.parse import read_bytes
    from needlepoint.exchange.case.read import read_document
    from needlepoint.library import load_knowledge
    from needlepoint.screen import Listener, assess

    raw = read_bytes(source, sys.stdin.buffer)
    knowledge = load_knowledge()
    today = date.today()
    name = "standard input" if source == "-" else source
    told = read_document(raw, name, knowledge, on=on, today=today)
    day = on or told.on or today
    answers = told.answers(Listener(knowledge), on=day)
    return knowledge, told, assess(answers, told.proposed, knowledge, on=day)


def _write_reports(
    clearance: Clearance, knowledge: ScreenKnowledge, told: Told, html: Path | None, pdf: Path | None
) -> None:
    from needlepoint.exchange.paper.presenter import present
    from needlepoint.exchange.paper.screen import screen_html, screen_pdf

    page = present(clearance, knowledge, told.label, told.notes)
    write_files(html, lambda: screen_html(page), pdf, lambda: screen_pdf(page))
