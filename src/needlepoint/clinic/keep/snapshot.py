"""One unchanging view of the whole database, while others go on writing."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy

from django.db import DEFAULT_DB_ALIAS, connections, transaction

#: By this name queries ask the snapshot: ``Model.everywhere.using(SNAPSHOT)``.
SNAPSHOT = "snapshot"


@contextmanager
def snapshot(of: str = DEFAULT_DB_ALIAS) -> Iterator[str]:
    """Inside, the returned alias shows the database as it was at one moment. Nobody who writes waits, and nothing is written here."""
    told = deepcopy(connections[of].settings_dict)
    if connections[of].vendor == "sqlite":
        # A reader that begins as a writer would make everybody wait.
        told["OPTIONS"] = {**told["OPTIONS"], "transaction_mode": "DEFERRED"}
    told["CONN_MAX_AGE"] = 0
    view = type(connections[of])(told, SNAPSHOT)
    connections[SNAPSHOT] = view
    try:
        with transaction.atomic(using=SNAPSHOT):
            with view.cursor() as cursor:
                if view.vendor == "postgresql":
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                # The moment is that of the first look.
                cursor.execute("SELECT count(*) FROM django_migrations")
                cursor.fetchone()
            yield SNAPSHOT
    finally:
        view.close()
        del connections[SNAPSHOT]
