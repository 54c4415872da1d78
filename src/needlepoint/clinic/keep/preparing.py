"""Before a server starts: the database is brought to this release, and on the first run the way in is told.

Runs as a process of its own, as the owner of the database; the server, which owns nothing, starts afterwards.

    python -m needlepoint.clinic.keep.preparing ADDRESS [--no-migrate]
"""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import django
from django.conf import settings
from django.db import DatabaseError

from needlepoint.clinic.home import ONLY_OURS
from needlepoint.exchange.told import InputError


def prepare(address: str, *, may_migrate: bool) -> None:
    """Bring the database to this release, or say that it has to be. Raises InputError."""
    from needlepoint.clinic.keep.migrating import bring_up, pending

    wanted = pending()
    if wanted and not may_migrate:
        raise InputError(
            f"the database is behind this release by {len(wanted)} steps, the first is {wanted[0]};"
            " run `needlepoint clinic migrate`, or serve without --no-migrate"
        )
    bring_up(Path(settings.HOME) / "backups", datetime.now(UTC), say)
    greet(address)


def greet(address: str) -> None:
    """On the first run, say where to set the clinic up and with which code."""
    from needlepoint.clinic.access.first_run import is_first_run, setup_code

    if is_first_run() and not settings.DEMO:
        say(f"nobody works here yet. Open {address}/setup/ and type the one-time code {setup_code()}")


def say(words: str) -> None:
    """Tell whoever starts the server."""
    print(words, file=sys.stderr, flush=True)


def set_up_django() -> None:
    """Work as the owner of the database, who sees all organisations. What is written is for whoever runs the clinic alone."""
    os.umask(ONLY_OURS)
    os.environ["NEEDLEPOINT_AS_WEB"] = "no"
    os.environ["DJANGO_SETTINGS_MODULE"] = "needlepoint.clinic.settings"
    django.setup()


def main() -> None:
    """Exit code 2 when the server must not start."""
    try:
        set_up_django()
        prepare(sys.argv[1], may_migrate="--no-migrate" not in sys.argv[2:])
    except InputError as error:
        for line in error.lines:
            say(line)
        raise SystemExit(2) from None
    except DatabaseError as error:
        say(f"the database cannot be used: {str(error).splitlines()[0]}")
        raise SystemExit(2) from None


if __name__ == "__main__":
    main()
