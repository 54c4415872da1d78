"""Serving the clinic. This process never knows Django: it only starts and stops those that do."""

import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from needlepoint.clinic.home import ONLY_OURS
from needlepoint.exchange.told import InputError

#: Threads that wait for the database; more only wait for each other.
THREADS = 8
#: A request that was begun is finished before the server stops, but not for ever.
STOP_AFTER_S = 20


def serve(host: str, port: int, workers: int, *, may_migrate: bool, this_machine_only: bool) -> None:
    """Prepare the database and serve until told to stop. Raises InputError when it must not start."""
    if this_machine_only:
        if host not in ("127.0.0.1", "localhost", "::1"):
            raise InputError(f"--this-machine-only: {host} can be reached from other machines; leave --host out")
        os.environ["NEEDLEPOINT_BEHIND_TLS"] = "no"
    address = f"http://{host}:{port}" if this_machine_only or not _behind_tls() else f"https://{_name(host)}"
    words = [sys.executable, "-m", "needlepoint.clinic.keep.preparing", address]
    done = subprocess.run([*words, *([] if may_migrate else ["--no-migrate"])], check=False)  # noqa: S603
    if done.returncode:
        raise InputError("the server was not started")
    run(host, port, workers)


def run(host: str, port: int, workers: int) -> None:
    """Serve a database that is of this release, until told to stop."""
    os.umask(ONLY_OURS)
    os.environ["NEEDLEPOINT_AS_WEB"] = "yes"
    os.environ["DJANGO_SETTINGS_MODULE"] = "needlepoint.clinic.settings"
    _granian(host, port, workers).serve()


def _behind_tls() -> bool:
    told = os.environ.get("NEEDLEPOINT_BEHIND_TLS", "no" if os.environ.get("NEEDLEPOINT_DEMO") == "yes" else "yes")
    return told.strip().lower() in ("yes", "true", "1", "on")


def _name(host: str) -> str:
    """Under which name people reach it: the first that is allowed, as far as it is known."""
    return os.environ.get("NEEDLEPOINT_HOSTS", host).split(",")[0].strip() or host


def _granian(host: str, port: int, workers: int) -> Any:
    from granian import Granian
    from granian.constants import Interfaces

    return Granian(
        "needlepoint.clinic.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        # A thread holds a connection to the database: it is kept.
        blocking_threads_idle_timeout=600,
        backlog=1024,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_AFTER_S,
        process_name=None,
        websockets=False,
        log_dictconfig=_logs(),
    )


class AsOurs(logging.Filter):
    """The server's own lines say only that it starts, stops and cares for its workers: they may be kept whole, as ours are."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every line through, under our name."""
        record.name = "needlepoint.server"
        return True


def _logs() -> dict[str, Any]:
    """The server's own lines, in the shape of all others."""
    return {
        "filters": {"ours": {"()": "needlepoint.clinic.keep.serving.AsOurs"}},
        "formatters": {"json": {"()": "needlepoint.clinic.access.log_lines.OnlyTheEvent"}},
        "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["ours"]}},
        "loggers": {"_granian": {"handlers": ["out"], "level": "WARNING", "propagate": False}},
    }


def folder_of(told: Path) -> Path:
    """An empty folder for a clinic. Raises InputError when something is in it."""
    if told.exists() and any(told.iterdir()):
        raise InputError(f"{told}: is not empty; name an empty folder, or one that is not there yet")
    told.mkdir(parents=True, exist_ok=True, mode=0o700)
    return told
