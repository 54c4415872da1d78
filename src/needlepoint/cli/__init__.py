"""The command line: reads the input, calls one question, shows the answer."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from typing import NoReturn

import click

from needlepoint.cli import clinic, demo, know, locate, plan, screen
from needlepoint.cli.group import needlepoint

__all__ = ["clinic", "demo", "know", "locate", "main", "needlepoint", "plan", "screen"]


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
