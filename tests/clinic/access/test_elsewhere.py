"""Signing in through an organisation's own server: members whom it vouches for, and nobody else."""

import html
import re
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import get_user_model
from django.test import Client

from needlepoint.clinic.access.checks import organisation_sign_in
from needlepoint.clinic.records.scope import within
from tests.clinic.access.organisation_server import OrganisationServer, organisation_server
from tests.clinic.access.test_sign_in import code_now, codes_for, words
from tests.clinic.conftest import House

HERE = "/accounts/oidc/organisation/login/"


@pytest.fixture
def server(settings: Any) -> Iterator[OrganisationServer]:
    with organisation_server() as running:
        app = {
            "provider_id": "organisation", "name": "Riverside Trust", "client_id": "needlepoint", "secret": "a secret",
            "settings": {"server_url": running.address},
        }  # fmt: skip
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {"OAUTH_PKCE_ENABLED": True, "EMAIL_AUTHENTICATION": True, "APPS": [app]}
        }
        settings.OIDC_DOMAINS = ["ours.example"]
        yield running


def come_in(client: Client, server: OrganisationServer, **query: str) -> Any:
    on_the_way = client.post(HERE + ("?" + "&".join(f"{k}={v}" for k, v in query.items()) if query else ""))
    assert on_the_way.status_code == 200
    to = re.search(r"URL='([^']+)'", on_the_way.content.decode())
    assert to is not None
    return client.get(f"{HERE}callback/", server.agree(html.unescape(to[1])))


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_a_member_whom_the_organisation_vouches_for_is_let_in(ours: House, server: OrganisationServer) -> None:
    client = Client()
    assert "Sign in with Riverside Trust" in words(client.get("/accounts/login/"))
    assert come_in(client, server).headers["Location"] == "/"
    assert is_in(client)
    assert not SocialAccount.objects.exists(), "nothing of the other server is kept"


def test_the_second_factor_is_asked_all_the_same(ours: House, server: OrganisationServer) -> None:
    secret, client = codes_for(ours, "clinician"), Client()
    assert come_in(client, server).headers["Location"] == "/accounts/2fa/authenticate/"
    assert not is_in(client)
    client.post("/accounts/2fa/authenticate/", {"code": code_now(secret)})
    assert is_in(client)


@pytest.mark.parametrize(
    ("email", "verified"),
    [
        ("clinician@ours.example", False),
        ("nobody@ours.example", True),
        ("clinician@theirs.example", True),
        ("", True),
    ],
)
def test_nobody_else_is_let_in_and_no_account_is_made(
    email: str, verified: bool, ours: House, theirs: House, server: OrganisationServer
) -> None:
    server.email, server.verified = email, verified
    client, before = Client(), get_user_model().objects.count()
    answer = come_in(client, server)
    if answer.status_code == 302:
        answer = client.get(answer.headers["Location"])
    assert "You are not a member here" in words(answer) or answer.status_code == 404
    assert not is_in(client)
    assert get_user_model().objects.count() == before


def test_who_left_is_not_let_in_by_the_organisation_either(ours: House, server: OrganisationServer) -> None:
    with within(ours.organisation.pk):
        ours.members["clinician"].active = False
        ours.members["clinician"].save()
    client = Client()
    assert come_in(client, server).headers["Location"] == "/accounts/inactive/"
    assert not is_in(client)


@pytest.mark.parametrize("part", ["/token", "/userinfo"])
def test_a_server_that_breaks_is_told_in_words(part: str, ours: House, server: OrganisationServer) -> None:
    server.broken = part
    client = Client()
    assert "did not sign you in" in words(come_in(client, server))
    assert not is_in(client)


def test_a_server_that_is_away_is_told_in_words(ours: House, server: OrganisationServer) -> None:
    server.broken = "openid-configuration"
    assert "did not sign you in" in words(Client().post(HERE))


def test_an_answer_that_nobody_asked_for_is_refused(ours: House, server: OrganisationServer) -> None:
    client = Client()
    answer = client.get(f"{HERE}callback/", {"code": "code-0", "state": "made up"})
    assert answer.status_code == 401
    assert not is_in(client)


def test_an_answer_of_another_browser_is_refused(ours: House, server: OrganisationServer) -> None:
    on_the_way = Client().post(HERE).content.decode()
    to = re.search(r"URL='([^']+)'", on_the_way)
    assert to is not None
    client = Client()
    client.get(f"{HERE}callback/", server.agree(html.unescape(to[1])))
    assert not is_in(client)


def test_nobody_connects_an_account_of_elsewhere_to_the_own(ours: House, server: OrganisationServer) -> None:
    client = ours.client("owner")
    assert come_in(client, server, process="connect").headers["Location"] == "/account/"
    assert not SocialAccount.objects.exists()


def test_without_such_a_server_there_is_no_such_way(ours: House) -> None:
    assert Client().post(HERE).status_code == 404
    assert b"oidc" not in Client().get("/accounts/login/").content


def test_half_a_setting_is_told_at_start(server: OrganisationServer, settings: Any) -> None:
    assert organisation_sign_in() == []
    settings.OIDC_DOMAINS = []
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = ""
    assert [one.id for one in organisation_sign_in()] == ["needlepoint.E001", "needlepoint.E002"]
