"""Bringing the database to this release."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor

from needlepoint.clinic.keep.backup import backup
from needlepoint.clinic.keep.tables import holds_records


def pending(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """The steps that this database has yet to take, in order."""
    executor = MigrationExecutor(connections[using])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{one.app_label}.{one.name}" for one, _backwards in plan]


def migrate(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Take every step that is missing, and make the table of what is remembered to be quick. Returns the steps."""
    taken = pending(using)
    # First, so that the grants that follow every migration reach it, too.
    call_command("createcachetable", database=using, verbosity=0)
    call_command("migrate", database=using, interactive=False, verbosity=0)
    return taken


def bring_up(backups: Path, now: datetime, say: Callable[[str], None]) -> None:
    """Migrate, after a backup into this folder when there is something to lose."""
    wanted = pending()
    if wanted and holds_records(DEFAULT_DB_ALIAS):
        backups.mkdir(mode=0o700, exist_ok=True)
        path = backups / f"before-{wanted[0]}-{now:%Y%m%dT%H%M%SZ}.zip"
        backup(path)
        say(f"backed up to {path} before the database changes")
    migrate()
    if wanted:
        say(f"the database took {len(wanted)} steps to this release")
