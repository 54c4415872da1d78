"""What somebody reads when something cannot be done: as a page, as a piece of one, as JSON."""

from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver, path

from needlepoint.clinic.access.rights import anyone
from tests.clinic.conftest import House

JSON = {"accept": "application/json"}
PIECE = {"hx-request": "true"}


@pytest.fixture
def broken() -> Any:
    """An address at which something of ours breaks."""

    @anyone
    def breaks(request: Any) -> Any:
        raise ValueError("Mrs Somebody, born 1985-04-02")

    patterns = get_resolver().url_patterns
    patterns.insert(0, path("breaks/", breaks, name="breaks"))
    yield "/breaks/"
    patterns.pop(0)


def quiet(client: Client) -> Client:
    client.raise_request_exception = False
    return client


def test_a_page_that_is_not_there_says_so_in_our_design(ours: House) -> None:
    for client in (Client(), ours.client("reader")):
        answer = client.get("/nowhere/")
        assert answer.status_code == 404
        assert "There is no such page here" in answer.content.decode() and "tokens.css" in answer.content.decode()


def test_what_a_role_may_not_is_said_without_naming_it(ours: House) -> None:
    answer = ours.client("reader").get("/settings/members/")
    assert answer.status_code == 403 and "You may not do that" in answer.content.decode()


def test_what_breaks_tells_nothing_of_what_broke(ours: House, broken: str) -> None:
    for client in (quiet(Client()), quiet(ours.client("reader"))):
        answer = client.get(broken)
        assert answer.status_code == 500
        assert "Something went wrong with us" in answer.content.decode() and "Somebody" not in answer.content.decode()


def test_a_host_that_is_not_ours_is_refused(settings: Any, db: None) -> None:
    settings.ALLOWED_HOSTS = ["clinic.example"]
    answer = Client(headers={"host": "evil.example"}).get("/accounts/login/")
    assert answer.status_code == 400 and "This could not be read" in answer.content.decode()


@pytest.mark.parametrize(("where", "status"), [("/nowhere/", 404), ("/settings/", 403), ("/breaks/", 500)])
def test_scripts_and_pieces_get_what_they_can_read(where: str, status: int, ours: House, broken: str) -> None:
    client = quiet(ours.client("reader"))
    as_json, as_piece = client.get(where, headers=JSON), client.get(where, headers=PIECE)
    assert (as_json.status_code, as_piece.status_code) == (status, status)
    assert as_json.json()["why"]
    assert 'role="alert"' in as_piece.content.decode() and "<html" not in as_piece.content.decode()


def test_a_forged_form_is_refused_and_a_script_waits_for_the_next_sign_in(ours: House) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ours.members["owner"].user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "Please once more" in client.post("/settings/clinics/", {"name": "x"}).content.decode()
    answer = client.post("/settings/clinics/", {"name": "x"}, headers=JSON)
    assert answer.status_code == 403 and "why" not in answer.json()
    assert 'role="alert"' in client.post("/settings/clinics/", {"name": "x"}, headers=PIECE).content.decode()


def test_a_piece_asked_for_by_nobody_leads_to_the_sign_in(ours: House) -> None:
    answer = Client().get("/settings/", headers=PIECE)
    assert answer.status_code == 401 and answer.headers["HX-Redirect"] == "/accounts/login/?next=/settings/"
    assert Client().post("/settings/clinics/").headers["Location"] == "/accounts/login/?next=/"


def test_too_many_tries_are_told_in_our_design(ours: House) -> None:
    for _ in range(30):
        Client().post("/accounts/login/", {})
    answer = Client().post("/accounts/login/", {})
    assert answer.status_code == 429 and "Too many tries" in answer.content.decode()
