"""The log tells what happened, and nothing about anybody."""

import io
import json
import logging
import logging.config
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from needlepoint.clinic import settings as ours_settings
from needlepoint.clinic.access.links import make_link, now_utc
from needlepoint.clinic.access.one_time_link import one_time_link
from needlepoint.clinic.records.scope import within
from tests.clinic.access.conftest import PASSWORD, give_password, sign_in
from tests.clinic.access.everything import addresses, everything
from tests.clinic.access.test_error_pages import broken
from tests.clinic.conftest import House

__all__ = ["broken"]


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """The log as it is written in real use."""
    stream = io.StringIO()
    root = logging.getLogger()
    kept, level = root.handlers[:], root.level
    told = {
        **ours_settings.LOGGING,
        "handlers": {"out": {**ours_settings.LOGGING["handlers"]["out"], "stream": stream}},
    }
    names = list(ours_settings.LOGGING["loggers"])
    before = {name: (logging.getLogger(name).level, logging.getLogger(name).handlers[:]) for name in names}
    logging.config.dictConfig(told)
    yield stream
    root.handlers[:] = kept
    root.setLevel(level)
    for name, (old, handlers) in before.items():
        logging.getLogger(name).setLevel(old)
        logging.getLogger(name).handlers[:] = handlers


def lines(log: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_a_request_is_one_line_with_view_status_and_duration(ours: House, log: io.StringIO) -> None:
    ours.client("owner").get("/settings/clinics/?q=Patient")
    (line,) = lines(log)
    assert line["logger"] == "needlepoint.requests"
    assert (line["view"], line["method"], line["status"]) == ("settings-clinics", "GET", 200)
    assert line["milliseconds"] > 0
    assert set(line) == {"at", "level", "logger", "event", "view", "method", "status", "milliseconds"}


def test_nothing_about_anybody_is_in_the_log_whatever_happens(ours: House, log: io.StringIO, broken: str) -> None:
    full, email = everything(ours), give_password(ours, "clinician")
    secret_path = one_time_link(ours.members["reader"])
    with within(ours.organisation.pk):
        _link, token = make_link(ours.visit, ours.members["clinician"], now_utc())
    client = Client(raise_request_exception=False)
    sign_in(client, email, "a wrong one")
    sign_in(client, email)
    assert client.get(f"/people/{ours.person.pk}/").status_code == 200
    client.get("/people/", {"q": "Patient"})
    client.post(
        "/people/new/",
        {"given": "Kunigunde", "family": "Wolkenstein", "birth_date": "not a date", "email": "k@w.example"},
    )
    client.post("/people/new/", {"given": "Kunigunde\x00", "family": "Wolkenstein", "birth_date": "1961-07-19"})
    client.get(f"/p/{token}/")
    client.post(f"/p/{token}/", {"birth_date": "1961-07-19"})
    client.get(f"/p/{token}x/")
    client.get(secret_path)
    client.get(secret_path.rstrip("/") + "x/")
    client.get("/people/Kunigunde-Wolkenstein/")
    client.get(broken)
    client.get("/accounts/login/", headers={"host": "kunigunde.example:x"})
    client.post(f"/visits/{ours.visit.pk}/entries/", b"Kunigunde", content_type="application/json")
    for one in addresses():
        client.get(one.path(full.ids))
    written = log.getvalue()
    uid, key = secret_path.strip("/").split("/")[1:]
    about = [
        "The", "Patient", "Kunigunde", "kunigunde", "Wolkenstein", "1961", "1985-04-02", email, "example", PASSWORD, token, key, "neck pain",
        "Somebody", str(ours.person.pk), str(ours.visit.pk), client.cookies["csrftoken"].value, "192.0.2", "127.0.0.1",
    ]  # fmt: skip
    assert [line for line in written.splitlines() if any(one in line for one in about)] == [], uid
    assert "breaks" in {line.get("view") for line in lines(log)}
    assert any(line.get("error") == "ValueError" and line["where"] for line in lines(log)), "what broke is found again"
    assert any(line["event"] == "a sign-in failed" for line in lines(log))


def test_a_line_of_a_library_keeps_its_form_and_loses_its_values(log: io.StringIO) -> None:
    logging.getLogger("a.library").warning("no row for %s", "Kunigunde")
    logging.getLogger("a.library").warning("no row for " + "Kunigunde")
    logging.getLogger("needlepoint.somewhere").info("kept")
    assert "Kunigunde" not in log.getvalue()
    assert [line["event"] for line in lines(log)] == ["no row for %s", lines(log)[1]["event"], "kept"]
