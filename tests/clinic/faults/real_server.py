"""The real server process with a home of its own, as it runs in a clinic; and a device that talks to it."""

import contextlib
import http.client
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
#: The server without what is done once before it starts.
_SERVE = "from needlepoint.clinic.keep.serving import run; run('127.0.0.1', {port}, 2)"


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class RealServer:
    """Start it, kill it, start it again."""

    def __init__(self, home: Path, address: str | None, *, visits: int = 4) -> None:
        self.home, self.port = home, free_port()
        self.env = {
            **{name: value for name, value in os.environ.items() if not name.startswith("NEEDLEPOINT_")},
            "NEEDLEPOINT_HOME": str(home),
            "NEEDLEPOINT_DEMO": "yes",  # nobody asks for a second factor, and there is no TLS
            "DJANGO_SETTINGS_MODULE": "needlepoint.clinic.settings",
            "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "src"))),
        }
        self.env.pop("DATABASE_URL", None)
        if address:
            self.env["DATABASE_URL"] = address
        self.known = json.loads(self.python("-m", "tests.clinic.faults.prepare", str(visits)))
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def database(self) -> Path:
        return self.home / "clinic.sqlite3"

    def python(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, *words], env=self.env, cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "needlepoint.cli", *words],
            env=self.env,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )

    def start(self) -> None:
        log = (self.home / "server.log").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-c", _SERVE.format(port=self.port)],
            env=self.env, cwd=ROOT, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
        log.close()
        self.wait()

    def wait(self, seconds: float = 240) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            assert self.process is not None and self.process.poll() is None, self.log()
            with contextlib.suppress(OSError, http.client.HTTPException):
                # Alive, not ready: a server on a disk that is nearly full says that it is not.
                if self.ask("/health/live", seconds=2)[0] == 200:
                    return
            time.sleep(0.05)
        raise AssertionError(f"the server did not become ready: {self.log()}")

    def ask(self, path: str, seconds: float = 10) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=seconds)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def kill(self) -> None:
        """As a power cut would, for all its processes at once."""
        assert self.process is not None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self, seconds: float = 30) -> int:
        assert self.process is not None
        self.process.terminate()
        return self.process.wait(seconds)

    def workers(self) -> list[int]:
        assert self.process is not None
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(one) for one in children.split()]

    def no_more_than(self, size: int) -> None:
        """No file of the server may grow beyond this: as on a full disk, a write fails half-way. RLIM_INFINITY: there is room again."""
        for one in self.workers():
            resource.prlimit(one, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    def log(self) -> str:
        path = self.home / "server.log"
        return path.read_text(encoding="utf-8")[-3000:] if path.exists() else ""


@contextlib.contextmanager
def serving(home: Path, address: str | None, *, visits: int = 4) -> Iterator[RealServer]:
    server = RealServer(home, address, visits=visits)
    server.start()
    try:
        yield server
    finally:
        server.kill()


class Device:
    """A tablet at which somebody has signed in. It keeps what was not answered, and sends it again."""

    def __init__(self, server: RealServer, role: str = "clinician", name: str = "tablet") -> None:
        self.server, self.name = server, name
        self.headers = {
            "Cookie": f"sessionid={server.known['sign_ins'][role]}; csrftoken={'c' * 32}",
            "X-CSRFToken": "c" * 32,
            "Accept": "application/json",
            "Content-Type": "application/json",
        }
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)

    def __enter__(self) -> "Device":
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def post(self, path: str, body: Any) -> tuple[int, dict[str, Any]]:
        """Raises OSError or HTTPException when no answer came."""
        try:
            self.connection.request("POST", path, json.dumps(body).encode(), self.headers)
            answer = self.connection.getresponse()
            told = answer.read()
        except (OSError, http.client.HTTPException):
            self.connection.close()
            raise
        with contextlib.suppress(ValueError):
            return answer.status, json.loads(told)
        return answer.status, {"page": told.decode(errors="replace")[:500]}

    def send(self, visit: str, entries: list[dict[str, Any]]) -> tuple[int, dict[str, Any]]:
        return self.post(f"/visits/{visit}/entries/", {"device": self.name, "entries": entries})

    def send_until_kept(self, visit: str, entries: list[dict[str, Any]], seconds: float = 600) -> int:
        """As the clinic's script does: again and again with the same ids. Answers how often it was sent."""
        until, tries = time.monotonic() + seconds, 0
        while time.monotonic() < until:
            tries += 1
            with contextlib.suppress(OSError, http.client.HTTPException):
                status, told = self.send(visit, entries)
                if status == 200 and set(told["kept"]) == {one["id"] for one in entries}:
                    return tries
                assert status in (200, 500, 502, 503), (status, told)
                assert not told.get("refused"), told
            time.sleep(0.05)
        raise AssertionError(f"not kept within {seconds} s: {self.server.log()}")


def words(n: int, of: str = "tablet") -> dict[str, Any]:
    """An entry that says something of some length, so that half of it would show."""
    body = {"field": "note.text", "value": f"{of} {n}: " + "soft end feel, no guarding. " * 8, "seen": None}
    return {"id": str(uuid.uuid4()), "kind": "wrote", "at": "2026-03-02T09:00:00+00:00", "body": body}
