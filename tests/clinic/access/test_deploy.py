"""As it is served in real use: what Django's own check says, and what stands in the headers."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from needlepoint.clinic import settings as ours_settings
from tests.clinic.conftest import House

ROOT = Path(__file__).parents[3]


def run(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("NEEDLEPOINT_", "DJANGO_", "DATABASE_"))
    }
    return subprocess.run(
        [sys.executable, "-m", "django", *arguments],
        cwd=ROOT,
        env={
            **clean,
            "DJANGO_SETTINGS_MODULE": "needlepoint.clinic.settings",
            "NEEDLEPOINT_HOME": str(home),
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def test_djangos_check_for_real_use_finds_nothing(tmp_path: Path) -> None:
    done = run(
        tmp_path, "check", "--deploy", "--fail-level", "WARNING",
        NEEDLEPOINT_BEHIND_TLS="yes", NEEDLEPOINT_HOSTS="clinic.example",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout


def test_a_server_for_signing_in_without_its_domains_stops_the_start(tmp_path: Path) -> None:
    done = run(tmp_path, "check", NEEDLEPOINT_OIDC_CLIENT_ID="x")
    assert done.returncode == 1 and "needlepoint.E002" in done.stderr


def test_without_any_setting_everything_is_on_its_safe_side(tmp_path: Path) -> None:
    ask = "from django.conf import settings as s; print(s.DEBUG, s.DEMO, s.BEHIND_TLS, s.SECOND_FACTOR_REQUIRED, s.ALLOWED_HOSTS)"
    assert (
        run(tmp_path, "shell", "-v", "0", "-c", ask).stdout.strip()
        == "False False True True ['localhost', '127.0.0.1']"
    )


def test_the_secret_key_is_made_once_and_read_by_its_owner_only(tmp_path: Path) -> None:
    ask = "from django.conf import settings as s; print(s.SECRET_KEY)"
    first, second = (run(tmp_path, "shell", "-v", "0", "-c", ask).stdout for _ in range(2))
    assert first == second and len(first) > 80
    assert oct((tmp_path / "secret-key").stat().st_mode)[-3:] == "600"


def test_migrating_makes_the_table_in_which_attempts_are_counted(tmp_path: Path) -> None:
    done = run(tmp_path, "migrate", "-v", "0")
    assert done.returncode == 0, done.stderr
    ask = "from django.core.cache import cache as c; c.set('a', 1); print(c.get('a'))"
    assert run(tmp_path, "shell", "-v", "0", "-c", ask).stdout.strip() == "1"


@pytest.fixture
def behind_tls(settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True


def test_every_answer_carries_its_guards(ours: House, behind_tls: None) -> None:
    for path in ("/accounts/login/", "/nowhere/", "/account/"):
        answer = Client().get(path, headers={"x-forwarded-proto": "https"})
        guards = answer.headers
        assert guards["Strict-Transport-Security"].startswith("max-age=31536000")
        assert guards["X-Frame-Options"] == "DENY" and guards["X-Content-Type-Options"] == "nosniff"
        assert guards["Referrer-Policy"] == "same-origin" and guards["Cross-Origin-Opener-Policy"] == "same-origin"
        assert guards["Cache-Control"] != "" and "public" not in guards["Cache-Control"]
        assert_strict(guards["Content-Security-Policy"])


def assert_strict(policy: str) -> None:
    told = {one.split()[0]: one.split()[1:] for one in policy.split(";") if one.strip()}
    assert told["default-src"] == ["'none'"] and told["script-src"] == ["'self'"] and told["style-src"] == ["'self'"]
    assert (
        told["frame-ancestors"] == ["'none'"] and told["base-uri"] == ["'none'"] and told["form-action"] == ["'self'"]
    )
    assert "unsafe" not in policy and "*" not in policy and "http:" not in policy


def test_cookies_go_over_tls_only_and_scripts_do_not_read_the_session(ours: House, behind_tls: None) -> None:
    client = Client(headers={"x-forwarded-proto": "https"})
    client.force_login(ours.members["owner"].user, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.get("/account/")
    session, form = client.cookies["sessionid"], client.cookies["csrftoken"]
    assert session["secure"] and session["httponly"] and session["samesite"] == "Lax"
    assert form["secure"] and form["samesite"] == "Lax"
    assert ours_settings.SESSION_EXPIRE_AT_BROWSER_CLOSE


def test_without_tls_everything_but_health_is_sent_there(behind_tls: None, db: None) -> None:
    assert Client().get("/accounts/login/").headers["Location"].startswith("https://")
    assert Client().get("/health/live").status_code == 200


def test_health_tells_whether_the_server_lives_and_can_keep(db: None) -> None:
    assert Client().get("/health/live").json() == {"alive": True}
    assert Client().get("/health/ready").json() == {"ready": True}


def test_a_full_disk_and_an_absent_database_are_told_to_whoever_watches(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from needlepoint.clinic.pages import health

    monkeypatch.setattr(health, "LEAST_FREE_BYTES", 1 << 62)
    answer = Client().get("/health/ready")
    assert answer.status_code == 503 and "disk" in answer.json()["why"]
    from django.db import OperationalError

    def away() -> None:
        raise OperationalError

    monkeypatch.setattr(health, "_ask_database", away)
    answer = Client().get("/health/ready")
    assert answer.status_code == 503 and "database" in answer.json()["why"]
