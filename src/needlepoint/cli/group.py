"""The group of all commands, and what they share: days, JSON on standard output, files written whole."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from needlepoint import __version__


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


def print_json(answer: Any) -> None:
    """One JSON document on standard output and nothing else."""
    import orjson

    sys.stdout.buffer.write(orjson.dumps(answer, option=orjson.OPT_INDENT_2) + b"\n")


def write_files(html: Path | None, page: Callable[[], str], pdf: Path | None, paper: Callable[[], bytes]) -> None:
    """Write a report as HTML, as PDF, or both, each only when it was asked for, and whole or not at all."""
    from rich.console import Console

    from needlepoint.exchange.whole_file import write_whole

    waiting = Console(stderr=True)
    if html:
        with waiting.status(f"writing {html}"):
            write_whole(html, page().encode())
        click.echo(f"wrote {html}", err=True)
    if pdf:
        with waiting.status(f"writing {pdf}"):
            write_whole(pdf, paper())
        click.echo(f"wrote {pdf}", err=True)
