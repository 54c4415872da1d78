"""The commands `locate` and `chart`: which muscles could explain a pain."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING

import click

from needlepoint.cli.group import Day, needlepoint, print_json

if TYPE_CHECKING:
    from needlepoint.exchange.locating import Locator
    from needlepoint.exchange.told import Told
    from needlepoint.screen import Answers, ScreenKnowledge


def located(source: str, on: date | None) -> tuple[Locator, Told, Answers, ScreenKnowledge, date]:
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

    locator, told, answers, _, _ = located(source, on)
    console = Console(soft_wrap=False)
    if muscle:
        explained = locator.explain(muscle, told, answers)
        if form == "json":
            print_json([explanation_answer(one) for one in explained])
        else:
            print_explanation(explained, console)
        return
    found = locator.locate(told, answers)
    if form == "json":
        print_json(locate_answer(found))
    else:
        print_locate(found, told.label, console)


@needlepoint.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8747, show_default=True, help="0 takes a free one.")
def chart(port: int) -> None:
    """Draw a pain on the body in a browser on this machine, and see which muscles could explain it. Nothing is kept."""
    from needlepoint.exchange.chart import serve
    from needlepoint.exchange.locating import Locator
    from needlepoint.library import load_knowledge, load_locate_knowledge

    serve(Locator(load_knowledge(), load_locate_knowledge()), port, date.today, lambda says: click.echo(says, err=True))
