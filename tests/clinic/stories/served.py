"""The real server with the small clinic of the stories."""

import contextlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.clinic.faults.real_server import ROOT, RealServer, free_port

PASSWORD = "needlepoint-demo"


class Served(RealServer):
    """Started, killed and started again like that of the faults; other people live in it."""

    def __init__(self, home: Path, address: str | None) -> None:
        self.home, self.port, self.process = home, free_port(), None
        self.env = {
            **{name: value for name, value in os.environ.items() if not name.startswith("NEEDLEPOINT_")},
            "NEEDLEPOINT_HOME": str(home),
            "NEEDLEPOINT_DEMO": "yes",  # nobody asks for a second factor, and there is no TLS
            "NEEDLEPOINT_TIME_ZONE": "Europe/London",
            "DJANGO_SETTINGS_MODULE": "needlepoint.clinic.settings",
            "PYTHONPATH": f"{ROOT}/src:{ROOT}",
        }
        self.env.pop("DATABASE_URL", None)
        if address:
            self.env["DATABASE_URL"] = address
        self.known: dict[str, Any] = self.world("build")

    def world(self, *words: str) -> Any:
        return json.loads(self.python("-m", "tests.clinic.stories.world", *words))

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def visit(self, name: str) -> str:
        return str(self.known["visits"][name])

    def person(self, name: str) -> str:
        return str(self.known["people"][name])


@contextlib.contextmanager
def serving(home: Path, address: str | None) -> Iterator[Served]:
    server = Served(home, address)
    server.start()
    try:
        yield server
    finally:
        server.kill()
