"""A small server for one person at one machine: it listens on this machine only, keeps nothing, and answers one question."""

import gzip
import mimetypes
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, NoReturn

import orjson

from needlepoint.exchange.answers.assess import assess_answer
from needlepoint.exchange.assessing import assess_case
from needlepoint.exchange.case.parse import parse_case
from needlepoint.exchange.case.read import read_case
from needlepoint.exchange.chart.layers import chart_layers, chart_names
from needlepoint.exchange.locating import Locator
from needlepoint.exchange.told import InputError
from needlepoint.screen import Listener

#: A case with a painting is a few kilobytes; nothing larger is read.
MOST_BYTES = 1_000_000
#: Nothing is fetched from anywhere else, and no other page may frame this one.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self';"
    " worker-src 'self' blob:; form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
)
#: So many files are kept in memory; the page has fewer.
_MOST_FILES = 64
_HERE = ("127.0.0.1", "localhost", "[::1]")


class ChartPage:
    """Answers the requests of the page. It knows no person from one request to the next."""

    def __init__(self, locator: Locator, today: Callable[[], date]) -> None:
        self.locator, self.today = locator, today
        self.listener = Listener(locator.screen)
        self.static = files(__package__).joinpath("static")
        self._files = lru_cache(_MOST_FILES)(self._find)
        self._packed = lru_cache(_MOST_FILES)(self._pack)

    def _pack(self, path: str) -> bytes | None:
        found = self.file(path)
        return gzip.compress(found[0], 6, mtime=0) if found else None

    def assess(self, raw: bytes) -> dict[str, Any]:
        """The assessment of a case, with what the chart shows of it. Raises InputError when the case cannot be used."""
        try:
            document = orjson.loads(raw)
        except orjson.JSONDecodeError as error:
            raise InputError(f"the request is not readable as JSON: {error}") from None
        if not isinstance(document, dict):
            raise InputError("a case is an object with keys such as `complaint` and `painting`")
        text = raw.decode()
        case = parse_case(document, text, "case")
        day = case.on or self.today()
        told = read_case(document, text, "case", self.locator.screen, on=None, today=day)
        answers = told.answers(self.listener, on=day)
        assessment = assess_case(self.locator, told, answers, on=day)
        return {**assess_answer(assessment, told.notes), "layers": chart_layers(assessment, self.locator.knowledge)}

    def names(self) -> dict[str, Any]:
        """The names of places and muscles."""
        return chart_names(self.locator.knowledge)

    def file(self, path: str) -> tuple[bytes, str] | None:
        """A file of the page, and its type; ``None`` when there is none, or when the path leaves the folder."""
        return self._files(path)

    def packed(self, path: str) -> bytes | None:
        """The same file, packed with gzip; packed once and kept. ``None`` when there is none."""
        return self._packed(path)

    def _find(self, path: str) -> tuple[bytes, str] | None:
        parts = [part for part in path.split("/") if part]
        if any(part.startswith(".") for part in parts):
            return None
        found: Traversable = self.static
        for part in parts or ["locate.html"]:
            found = found.joinpath(part)
        if not found.is_file():
            return None
        kind = mimetypes.guess_type(parts[-1] if parts else "locate.html")[0] or "application/octet-stream"
        return found.read_bytes(), kind


class _Handler(BaseHTTPRequestHandler):
    page: ChartPage
    protocol_version = "HTTP/1.1"
    server_version = "Needlepoint"
    sys_version = ""

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if not self._from_here():
            return
        if path == "/names":
            self._json(HTTPStatus.OK, self.page.names())
            return
        found = self.page.file(path)
        if found is None:
            built = self.page.file("/") is not None
            what = (
                f"there is nothing at {path}"
                if built
                else "the page has not been built: run `make web`, then start it again"
            )
            self._json(HTTPStatus.NOT_FOUND, {"error": [what]})
        elif "gzip" in self.headers.get("Accept-Encoding", ""):
            self._send(HTTPStatus.OK, self.page.packed(path) or b"", found[1], packed=True)
        else:
            self._send(HTTPStatus.OK, *found)

    def do_POST(self) -> None:
        raw = self._body()
        if raw is None or not self._from_here():
            return
        if self.path != "/assess":
            self._json(HTTPStatus.NOT_FOUND, {"error": [f"there is nothing at {self.path}"]})
            return
        try:
            self._json(HTTPStatus.OK, self.page.assess(raw))
        except InputError as error:
            self._json(HTTPStatus.UNPROCESSABLE_ENTITY, {"error": list(error.lines)})

    def _body(self) -> bytes | None:
        """The body of a request; ``None`` when it was refused."""
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > MOST_BYTES:
            self.close_connection = True
            what = f"say how long the case is (Content-Length), at most {MOST_BYTES} bytes"
            self._json(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, {"error": [what]})
            return None
        return self.rfile.read(int(length))

    def _from_here(self) -> bool:
        """Was this page itself asking? Another site that knows the port must not."""
        host = self.headers.get("Host", "").rsplit(":", 1)[0]
        origin = self.headers.get("Origin")
        if host in _HERE and (origin is None or origin == f"http://{self.headers.get('Host')}"):
            return True
        self._json(HTTPStatus.FORBIDDEN, {"error": ["this page answers only on this machine"]})
        return False

    def _json(self, status: HTTPStatus, answer: object) -> None:
        self._send(status, orjson.dumps(answer), "application/json")

    def _send(self, status: HTTPStatus, body: bytes, kind: str, *, packed: bool = False) -> None:
        self.send_response(status)
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Vary", "Accept-Encoding")
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", _POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cache-Control", "no-store" if kind == "application/json" else "no-cache")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing about a person is written into any log."""


def server(locator: Locator, port: int, today: Callable[[], date]) -> ThreadingHTTPServer:
    """A server on this machine only; port 0 takes a free one. Raises InputError when the port is taken."""
    handler = type("Handler", (_Handler,), {"page": ChartPage(locator, today)})
    try:
        return ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        raise InputError(
            f"port {port} cannot be used ({error.strerror}); choose another: --port 0 takes a free one"
        ) from None


def serve(locator: Locator, port: int, today: Callable[[], date], say: Callable[[str], None]) -> NoReturn:
    """Serve until it is stopped with Ctrl-C."""
    running = server(locator, port, today)
    say(f"open http://localhost:{running.server_port}/ in a browser; Ctrl-C stops it. Nothing is kept.")
    try:
        running.serve_forever()
    except KeyboardInterrupt:
        say("stopped")
    finally:
        running.server_close()
    raise SystemExit(0)
