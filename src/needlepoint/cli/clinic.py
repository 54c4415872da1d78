"""The commands that run a clinic and keep what was recorded in it."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import click

from needlepoint.cli.group import needlepoint


@needlepoint.group()
def clinic() -> None:
    """Keep a clinic: migrate, verify, back up, restore, hand out one person's record."""


@needlepoint.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port to listen on.")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Processes.")
@click.option("--no-migrate", is_flag=True, help="Refuse to start when the database is behind this release.")
@click.option("--this-machine-only", is_flag=True, help="One laptop that talks to itself, without TLS.")
def serve(host: str, port: int, workers: int, no_migrate: bool, this_machine_only: bool) -> None:
    """Serve the clinic's pages until told to stop."""
    from needlepoint.clinic.keep.serving import serve as run

    run(host, port, workers, may_migrate=not no_migrate, this_machine_only=this_machine_only)


@clinic.command("set-up")
@click.option("--address", default="http://127.0.0.1:8000", show_default=True, help="Where the clinic is reached.")
def set_up(address: str) -> None:
    """Make the database, and say where and with which one-time code the first owner signs in."""
    with _database():
        from needlepoint.clinic.access.first_run import is_first_run
        from needlepoint.clinic.keep.preparing import prepare

        prepare(address, may_migrate=True)
        if not is_first_run():
            click.echo("the clinic is set up", err=True)


@clinic.command()
@click.option("--no-backup", is_flag=True, help="Do not back up before the database changes.")
def migrate(no_backup: bool) -> None:
    """Bring the database to this release; a backup is made before."""
    with _database():
        from datetime import UTC, datetime

        from django.conf import settings

        from needlepoint.clinic.keep.migrating import bring_up, pending
        from needlepoint.clinic.keep.migrating import migrate as take_steps

        def say(words: str) -> None:
            click.echo(words, err=True)

        if not pending():
            take_steps()
            say("the database is of this release already")
        elif no_backup:
            say(f"the database took {len(take_steps())} steps to this release")
        else:
            bring_up(Path(settings.HOME) / "backups", datetime.now(UTC), say)


@clinic.command()
@click.option("--against", metavar="HASH", default="", help="A last hash that was printed earlier, to be found again.")
def verify(against: str) -> None:
    """Has anything that was signed been changed? Exit code 0: nothing; 1: something was, and it is named."""
    with _database():
        from needlepoint.clinic.keep.verify import seals_to_walk
        from needlepoint.clinic.keep.verify import verify as look

        with _bar("looking at the seals", seals_to_walk()) as step:
            came = look(lambda one: click.echo(str(one)), against=against, step=step)
    for name, seals, head in came.heads.values():
        click.echo(f"{name}: {seals} seals, the last hash is {head or 'none yet'}")
    if came.seen:
        click.echo(f"the hash told earlier was found: {came.seen}")
    if came.deleted:
        click.echo(f"{came.deleted} records were lawfully deleted; the reasons stand above")
    if came.findings:
        click.echo(f"{came.findings} findings: what is named above is not as it was sealed", err=True)
        raise SystemExit(1)
    click.echo("all is as it was sealed", err=True)


@clinic.command()
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
def backup(path: Path) -> None:
    """Write the whole clinic into one FILE, while people go on working.

    The secret key is not in it: whoever finds a backup must not be able to sign in with it. Nothing that was recorded needs the key.
    Everything else is in it, so keep the file as safe as the clinic.
    """
    with _database():
        from needlepoint.clinic.keep.backup import backup as write

        with _bar("backing up", None) as step:
            made = write(path, progress=lambda _table, rows: step(rows))
    click.echo(f"wrote {path}: {sum(one.rows for one in made.parts)} rows of {len(made.parts)} tables", err=True)
    for one in made.chains:
        click.echo(f"{one.name}: {one.seals} seals, the last hash is {one.sha256 or 'none yet'}")


@clinic.command()
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--into", metavar="PLACE", help="An empty folder, or the address of an empty PostgreSQL database.")
def restore(path: Path, into: str | None) -> None:
    """Restore a clinic from a backup into an empty place, and verify it."""
    _go_to(into)
    with _database():
        from needlepoint.clinic.keep.restore import restore as load
        from needlepoint.clinic.keep.verify import verify as look

        with _bar("restoring", None) as step:
            made = load(path, progress=lambda _table, rows: step(rows))
        came = look(lambda one: click.echo(str(one)))
    for one in made.chains:
        same = came.heads.get(one.organisation, ("", 0, ""))[2] == one.sha256
        click.echo(f"{one.name}: {one.seals} seals, the last hash is {one.sha256 or 'none yet'}")
        if not same:
            click.echo(f"{one.name}: the chain of seals does not end where the backup says", err=True)
            came.findings += 1
    click.echo(
        f"restored {sum(one.rows for one in made.parts)} rows from {made.made_at}, release {made.release}", err=True
    )
    if came.findings:
        click.echo("what was restored is not as it was sealed: see above", err=True)
        raise SystemExit(1)
    click.echo("all is as it was sealed; everybody signs in again", err=True)


@clinic.command("hand-out")
@click.argument("person", metavar="PERSON", type=click.UUID)
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
def hand_out(person: UUID, path: Path) -> None:
    """Write the whole record of one PERSON (the long id in the address of their page) into a ZIP file."""
    with _database():
        from needlepoint.clinic.keep.hand_out import hand_out_at_the_terminal

        hand_out_at_the_terminal(person, path)
    click.echo(f"wrote {path}", err=True)


def _go_to(into: str | None) -> None:
    if into is None:
        return
    if "://" in into:
        os.environ["DATABASE_URL"] = into
        return
    from needlepoint.clinic.keep.serving import folder_of

    os.environ["NEEDLEPOINT_HOME"] = str(folder_of(Path(into)).absolute())
    os.environ.pop("DATABASE_URL", None)


@contextmanager
def _database() -> Iterator[None]:
    """The clinic's database, as its owner; that it cannot be used is told in words."""
    from needlepoint.clinic.keep.preparing import set_up_django
    from needlepoint.exchange.told import InputError

    set_up_django()
    from django.db import DatabaseError, ProgrammingError, connections

    try:
        yield
    except ProgrammingError as error:
        raise InputError(
            f"the database is not of this release ({_first(error)}); run `needlepoint clinic migrate`"
        ) from None
    except DatabaseError as error:
        if "no such table" in str(error) or "no such column" in str(error):
            raise InputError(
                f"the database is not of this release ({_first(error)}); run `needlepoint clinic migrate`"
            ) from None
        raise InputError(f"the database cannot be used: {_first(error)}") from None
    finally:
        connections.close_all()


def _first(error: Exception) -> str:
    return (str(error).splitlines() or [""])[0]


@contextmanager
def _bar(words: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """A bar for what takes longer than two seconds, where somebody looks on."""
    started, shown = time.monotonic(), None
    done = 0

    def step(more: int) -> None:
        nonlocal shown, done
        done += more
        if not sys.stderr.isatty() or time.monotonic() - started < 2:
            return
        if shown is None:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            shown = Progress(
                TextColumn(words),
                BarColumn(),
                MofNCompleteColumn(),
                TimeRemainingColumn(),
                console=Console(stderr=True),
            )
            shown.add_task(words, total=total)
            shown.start()
        shown.update(shown.task_ids[0], completed=done)

    try:
        yield step
    finally:
        if shown is not None:
            shown.stop()
