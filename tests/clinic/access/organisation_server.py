"""A small OpenID Connect server of an organisation, for tests: it signs in whoever it is told to."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass
class OrganisationServer:
    """Who is signed in there, and what was asked."""

    email: str = "clinician@ours.example"
    verified: bool = True
    broken: str = ""
    address: str = ""
    challenges: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def agree(self, authorize: str) -> dict[str, str]:
        """The person agrees at this address. The answer is what the browser brings back."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(authorize).query).items()}
        assert query["response_type"] == "code" and query["code_challenge_method"] == "S256"
        code = f"code-{len(self.challenges)}"
        self.challenges[code] = query["code_challenge"]
        return {"code": code, "state": query["state"]}

    def answer(self, path: str, told: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """What the server says."""
        self.asked.append(path)
        if self.broken and path.endswith(self.broken):
            return 500, {"error": "broken"}
        who = {"sub": "subject-1", "email": self.email, "email_verified": self.verified, "name": "Somebody"}
        match path:
            case "/.well-known/openid-configuration":
                return 200, {
                    "issuer": self.address, "authorization_endpoint": f"{self.address}/authorize", "token_endpoint": f"{self.address}/token",
                    "userinfo_endpoint": f"{self.address}/userinfo", "jwks_uri": f"{self.address}/keys",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }  # fmt: skip
            case "/token":
                return self._token(told, who)
            case "/userinfo":
                return 200, who
            case _:
                return 404, {}

    def _token(self, told: dict[str, str], who: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        verifier = hashlib.sha256(told["code_verifier"].encode()).digest()
        right = base64.urlsafe_b64encode(verifier).decode().rstrip("=") == self.challenges.pop(told["code"], None)
        if not right or told["client_secret"] != "a secret":
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {**who, "iss": self.address, "aud": "needlepoint", "iat": now, "exp": now + 60}
        return 200, {"access_token": "a token", "token_type": "Bearer", "id_token": _unsigned(claims)}


def _unsigned(claims: dict[str, Any]) -> str:
    import jwt

    return jwt.encode(claims, "a key of thirty-two letters and more", algorithm="HS256")


@contextmanager
def organisation_server() -> Iterator[OrganisationServer]:
    """Runs on a free port of this machine."""
    server = OrganisationServer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say({})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._say({name: values[0] for name, values in parse_qs(body).items()})

        def _say(self, told: dict[str, str]) -> None:
            status, words = server.answer(urlsplit(self.path).path, told)
            body = json.dumps(words).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.address = f"http://127.0.0.1:{listening.server_port}"
    thread = threading.Thread(target=listening.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listening.shutdown()
        listening.server_close()
        thread.join()
