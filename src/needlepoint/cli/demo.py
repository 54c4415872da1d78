"""A clinic to try things on, with invented people."""

import os
import subprocess
import sys
from pathlib import Path

import click

from needlepoint.cli.group import needlepoint


@needlepoint.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port to listen on.")
@click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("demo-clinic"),
    show_default=True,
    help="Its folder; remove it to begin anew.",
)
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Processes.")
def demo(port: int, home: Path, workers: int) -> None:
    """Serve a clinic of invented people on this machine, to try things on."""
    from needlepoint.clinic.keep.serving import serve
    from needlepoint.exchange.told import InputError

    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.environ.update(NEEDLEPOINT_HOME=str(home.resolve()), NEEDLEPOINT_DEMO="yes", NEEDLEPOINT_BEHIND_TLS="no")
    os.environ.pop("DATABASE_URL", None)  # the demo never mixes with a real clinic
    address = f"http://127.0.0.1:{port}"
    for room in (["needlepoint.clinic.keep.preparing", address], ["needlepoint.clinic.demo.main"]):
        if subprocess.run([sys.executable, "-m", *room], check=False).returncode:  # noqa: S603
            raise InputError("the demo was not started")
    click.echo(f"open {address}/ in a browser; Ctrl-C stops it", err=True)
    serve("127.0.0.1", port, workers, may_migrate=False, this_machine_only=True)
