"""The commands `plan` and `assess`: which needle, where, how deep and how not; and all steps in one."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from needlepoint.cli.group import Day, needlepoint, print_json, write_files
from needlepoint.cli.locate import located

if TYPE_CHECKING:
    from needlepoint.exchange.locating import Locator
    from needlepoint.exchange.planning import Planned
    from needlepoint.exchange.told import Told
    from needlepoint.plan import PlanKnowledge
    from needlepoint.screen import ScreenKnowledge


def _planned(source: str, on: date | None) -> tuple[Planned, PlanKnowledge, Locator, Told, ScreenKnowledge]:
    """One person, read, heard and planned for."""
    from needlepoint.exchange.planning import plan_case
    from needlepoint.library import load_plan_knowledge

    locator, told, answers, screen, day = located(source, on)
    knowledge = load_plan_knowledge()
    return plan_case(locator, knowledge, told, answers, on=day), knowledge, locator, told, screen


@needlepoint.command()
@click.argument("source", metavar="CASE")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--on", type=Day(), help="The day of the visit. Default: the day in the case file, else today.")
@click.option("--html", type=click.Path(path_type=Path), help="Write the plan as one HTML file.")
@click.option("--pdf", type=click.Path(path_type=Path), help="Write the plan as PDF.")
def plan(source: str, form: str, on: date | None, html: Path | None, pdf: Path | None) -> None:
    """Which needle, where, how deep, and how not?

    CASE is a case file (YAML or JSON) or - for standard input. The places under `proposed` are planned; without any, the muscles that
    could best explain the pain. `stock` lists the needles at hand, `earlier` what was needled before, `calendar` the competitions ahead.
    """
    from rich.console import Console

    from needlepoint.exchange.answers.plan import plan_answer
    from needlepoint.exchange.terminal.plan import print_plan

    planned, knowledge, _, told, _ = _planned(source, on)
    if html or pdf:
        from needlepoint.exchange.paper.plan import plan_html, plan_pdf
        from needlepoint.exchange.paper.plan_page import present_plan

        page = present_plan(planned, knowledge, told.label)
        write_files(html, lambda: plan_html(page), pdf, lambda: plan_pdf(page))
    if form == "json":
        print_json(plan_answer(planned, knowledge))
    else:
        print_plan(planned, knowledge, told.label, Console(soft_wrap=False))


@needlepoint.command("assess")
@click.argument("source", metavar="CASE")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--on", type=Day(), help="The day of the visit. Default: the day in the case file, else today.")
@click.option("--html", type=click.Path(path_type=Path), help="Write the report as one HTML file.")
@click.option("--pdf", type=click.Path(path_type=Path), help="Write the report as PDF.")
def assess_command(source: str, form: str, on: date | None, html: Path | None, pdf: Path | None) -> None:
    """Screen, locate and plan in one: may this person be needled, which muscles could explain the pain, and how are they needled?"""
    from rich.console import Console

    from needlepoint.exchange.answers.assess import assess_answer
    from needlepoint.exchange.answers.plan import plan_answer
    from needlepoint.exchange.paper.presenter import present
    from needlepoint.exchange.terminal.locate import print_locate
    from needlepoint.exchange.terminal.plan import print_plan
    from needlepoint.exchange.terminal.screen import print_screen

    planned, knowledge, locator, told, screen = _planned(source, on)
    assessment = planned.assessment
    page = present(assessment.clearance, screen, told.label, told.notes)
    if html or pdf:
        from needlepoint.exchange.paper.assess import assess_html, assess_pdf
        from needlepoint.exchange.paper.locate_page import present_located
        from needlepoint.exchange.paper.plan_page import present_plan

        ranking = present_located(assessment, locator.knowledge)
        needling = present_plan(planned, knowledge, told.label)
        write_files(
            html, lambda: assess_html(page, ranking, needling), pdf, lambda: assess_pdf(page, ranking, needling)
        )
    if form == "json":
        print_json(assess_answer(assessment, told.notes, plan_answer(planned, knowledge)))
    else:
        console = Console(soft_wrap=False)
        print_screen(page, console)
        console.print()
        print_locate(assessment.located, told.label, console)
        console.print()
        print_plan(planned, knowledge, told.label, console)
