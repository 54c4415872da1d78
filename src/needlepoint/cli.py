"""The command line: reads the input, calls one question, shows the answer."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from needlepoint import __version__

if TYPE_CHECKING:
    from needlepoint.exchange.locating import Locator
    from needlepoint.exchange.told import Told
    from needlepoint.screen import Answers, Clearance, ScreenKnowledge

ENGINES = ("memory", "duckdb", "spark")


class Day(click.ParamType[date]):
    """A day, as 2026-03-02."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the day, or say how to write it."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"'{value}' is no date; write it as 2026-03-02", param, ctx)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="needlepoint")
def needlepoint() -> None:
    """Dry needling, from "may I be needled?" to "did it help, and was it safe?"."""


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

        _print_json(screen_answer(clearance, told.notes))
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
        _print_json(answer)
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


def _located(source: str, on: date | None) -> tuple[Locator, Told, Answers, ScreenKnowledge, date]:
    """One person, read and heard, with what is needed to locate."""
    from needlepoint.exchange.case.parse import read_bytes
    from needlepoint.exchange.case.read import read_document
    from needlepoint.exchange.locating import Locator
    from needlepoint.library import load_knowledge, load_locate_knowledge
    from needlepoint.screen import Listener

    raw = read_bytes(source, sys.stdin.buffer)
    knowledge = load_knowledge()
    today = date.today()
    told = read_document(raw, "standard input" if source == "-" else source, knowledge, on=on, today=today)
    day = on or told.on or today
    answers = told.answers(Listener(knowledge), on=day)
    return Locator(knowledge, load_locate_knowledge()), told, answers, knowledge, day


@needlepoint.command()
@click.argument("source", metavar="CASE")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--on", type=Day(), help="The day of the visit. Default: the day in the case file, else today.")
@click.option(
    "--muscle", metavar="NAME", help='Would this muscle explain the pain? For example "left upper trapezius".'
)
def locate(source: str, form: str, on: date | None, muscle: str | None) -> None:
    """Which muscles could explain this pain, and what dangers imitate it?

    CASE is a case file (YAML or JSON) or - for standard input: the drawing under `pain` or `painting`, the words under `complaint`, what
    the fingers found under `examination`.
    """
    from rich.console import Console

    from needlepoint.exchange.answers.locate import explanation_answer, locate_answer
    from needlepoint.exchange.terminal.locate import print_explanation, print_locate

    locator, told, answers, _, _ = _located(source, on)
    console = Console(soft_wrap=False)
    if muscle:
        explained = locator.explain(muscle, told, answers)
        if form == "json":
            _print_json([explanation_answer(one) for one in explained])
        else:
            print_explanation(explained, console)
        return
    found = locator.locate(told, answers)
    if form == "json":
        _print_json(locate_answer(found))
    else:
        print_locate(found, told.label, console)


@needlepoint.command("assess")
@click.argument("source", metavar="CASE")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--on", type=Day(), help="The day of the visit. Default: the day in the case file, else today.")
@click.option("--html", type=click.Path(path_type=Path), help="Write the report as one HTML file.")
@click.option("--pdf", type=click.Path(path_type=Path), help="Write the report as PDF.")
def assess_command(source: str, form: str, on: date | None, html: Path | None, pdf: Path | None) -> None:
    """Screen and locate in one: may this person be needled, which muscles could explain the pain, and may those be needled?"""
    from rich.console import Console

    from needlepoint.exchange.answers.assess import assess_answer
    from needlepoint.exchange.assessing import assess_case
    from needlepoint.exchange.paper.presenter import present
    from needlepoint.exchange.terminal.locate import print_locate
    from needlepoint.exchange.terminal.screen import print_screen

    locator, told, answers, knowledge, day = _located(source, on)
    assessment = assess_case(locator, told, answers, on=day)
    page = present(assessment.clearance, knowledge, told.label, told.notes)
    if html or pdf:
        from needlepoint.exchange.paper.assess import assess_html, assess_pdf
        from needlepoint.exchange.paper.locate_page import present_located

        located = present_located(assessment, locator.knowledge)
        _write_files(html, lambda: assess_html(page, located), pdf, lambda: assess_pdf(page, located))
    if form == "json":
        _print_json(assess_answer(assessment, told.notes))
    else:
        console = Console(soft_wrap=False)
        print_screen(page, console)
        console.print()
        print_locate(assessment.located, told.label, console)


@needlepoint.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8747, show_default=True, help="0 takes a free one.")
def chart(port: int) -> None:
    """Draw a pain on the body in a browser on this machine, and see which muscles could explain it. Nothing is kept."""
    from needlepoint.exchange.chart import serve
    from needlepoint.exchange.locating import Locator
    from needlepoint.library import load_knowledge, load_locate_knowledge

    serve(Locator(load_knowledge(), load_locate_knowledge()), port, date.today, lambda says: click.echo(says, err=True))


def _write_reports(
    clearance: Clearance, knowledge: ScreenKnowledge, told: Told, html: Path | None, pdf: Path | None
) -> None:
    from needlepoint.exchange.paper.presenter import present
    from needlepoint.exchange.paper.screen import screen_html, screen_pdf

    page = present(clearance, knowledge, told.label, told.notes)
    _write_files(html, lambda: screen_html(page), pdf, lambda: screen_pdf(page))


def _write_files(html: Path | None, page: Callable[[], str], pdf: Path | None, paper: Callable[[], bytes]) -> None:
    from needlepoint.exchange.whole_file import write_whole

    if html:
        write_whole(html, page().encode())
        click.echo(f"wrote {html}", err=True)
    if pdf:
        write_whole(pdf, paper())
        click.echo(f"wrote {pdf}", err=True)


@needlepoint.command("check-knowledge")
@click.option("--knowledge", type=click.Path(path_type=Path), help="Another knowledge folder than the one that ships.")
@click.option(
    "--cases", type=click.Path(path_type=Path), help="The folder of worked cases, to name rules that none covers."
)
def check_knowledge(knowledge: Path | None, cases: Path | None) -> None:
    """Name every fault of the knowledge, all at once."""
    from needlepoint.library import knowledge_root
    from needlepoint.library.check import check_knowledge as check

    root = knowledge or knowledge_root()
    beside = root.parent / "cases"
    faults = check(root, cases or (beside if beside.is_dir() else None))
    for fault in faults:
        click.echo(str(fault))
    if faults:
        click.echo(f"{len(faults)} faults in {root}", err=True)
        raise SystemExit(2)
    click.echo(f"no faults in {root}", err=True)


@needlepoint.command()
@click.argument("name", metavar="NAME")
def schema(name: str) -> None:
    """Print the JSON Schema of a shape: case, screen, locate, assess."""
    from needlepoint.exchange.answers.schema import SCHEMAS
    from needlepoint.exchange.answers.schema import schema as of
    from needlepoint.exchange.told import InputError

    if name not in SCHEMAS:
        raise InputError(f"there is no schema '{name}'; there are: {', '.join(sorted(SCHEMAS))}")
    _print_json(of(name))


@needlepoint.command()
@click.option("--format", "form", type=click.Choice(["text", "json", "fhir"]), default="text", show_default=True)
def questions(form: str) -> None:
    """The health questions to ask a person, in plain words; as text, JSON, or a FHIR Questionnaire."""
    from needlepoint.exchange.answers.questionnaire import questionnaire, questionnaire_fhir, questionnaire_text
    from needlepoint.library import load_knowledge

    knowledge = load_knowledge()
    if form == "text":
        click.echo(questionnaire_text(knowledge))
    else:
        _print_json(questionnaire(knowledge) if form == "json" else questionnaire_fhir(knowledge))


@needlepoint.command()
@click.argument("what", type=click.Choice(["list", "show"]))
@click.argument("place", required=False)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def atlas(what: str, place: str | None, form: str) -> None:
    """What is known about the body: list all muscles and regions, or show one in plain words."""
    from needlepoint.exchange.answers.atlas import atlas_list, atlas_show, atlas_text
    from needlepoint.exchange.told import InputError
    from needlepoint.library import load_knowledge

    if what == "show" and not place:
        raise InputError('say which place: needlepoint atlas show "upper trapezius"')
    knowledge = load_knowledge()
    answer = atlas_list(knowledge) if what == "list" else atlas_show(place or "", knowledge)
    if form == "json":
        _print_json(answer)
    else:
        click.echo(atlas_text(answer))


def _print_json(answer: Any) -> None:
    import orjson

    sys.stdout.buffer.write(orjson.dumps(answer, option=orjson.OPT_INDENT_2) + b"\n")


def main() -> NoReturn:
    """Run the command line. Exit code 0: answered; 2: the input cannot be used; 1: our own fault."""
    from needlepoint.exchange.told import InputError
    from needlepoint.library.faults import KnowledgeFaultsError

    try:
        needlepoint(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.Abort:
        click.echo("stopped; nothing was written", err=True)
        sys.exit(130)
    except InputError as error:
        for line in error.lines:
            click.echo(line, err=True)
        sys.exit(2)
    except KnowledgeFaultsError as error:
        for fault in error.faults:
            click.echo(str(fault), err=True)
        click.echo("the knowledge has faults, so nothing was answered; see `needlepoint check-knowledge`", err=True)
        sys.exit(1)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        if os.environ.get("NEEDLEPOINT_DEBUG"):
            raise
        when = datetime.now().astimezone().isoformat(timespec="seconds")
        click.echo(f"{when}: this is our own fault, not yours: {type(error).__name__}: {error}", err=True)
        click.echo(
            "set NEEDLEPOINT_DEBUG=1 to see where, and please report it with the input if you may share it", err=True
        )
        sys.exit(1)
    sys.exit(0)


if __name__ == "__main__":
    main()
