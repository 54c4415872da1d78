"""Signing in: with a password and a second factor, not without; and not for ever."""

import re
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth.hashers import identify_hasher
from django.test import Client

from needlepoint.clinic import settings as ours_settings
from needlepoint.clinic.access.apps import SINCE
from needlepoint.clinic.access.signed_in import LAST_SEEN
from needlepoint.clinic.records.models import AuditEntry
from needlepoint.clinic.records.scope import within
from tests.clinic.access.conftest import PASSWORD, give_password, sign_in
from tests.clinic.conftest import House

WRONG = "The email address and/or password you specified are not correct."


@pytest.fixture
def strict(ours: House, settings: Any) -> House:
    """Our organisation, where a second factor is asked as in real use."""
    settings.SECOND_FACTOR_REQUIRED = True
    return ours


def codes_for(house: House, role: str) -> str:
    """Give the member an app for codes. The answer is its secret."""
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(house.members[role].user, secret)
    return secret


def code_now(secret: str) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_the_clinician_signs_in_with_e_mail_and_password(ours: House) -> None:
    client, email = Client(), give_password(ours, "clinician")
    assert sign_in(client, email).headers["Location"] == "/"
    assert client.get("/account/").status_code == 200


def test_a_sign_in_stands_in_the_trail_with_where_it_came_from(ours: House) -> None:
    sign_in(Client(REMOTE_ADDR="192.0.2.7"), give_password(ours, "clinician"))
    with within(ours.organisation.pk):
        assert list(AuditEntry.objects.values_list("who", "action", "where")) == [
            ("The clinician", "signed in", "192.0.2.7")
        ]


def test_behind_our_proxy_the_address_is_what_the_proxy_saw(ours: House, settings: Any) -> None:
    settings.PROXIES = 1
    sign_in(Client(), give_password(ours, "clinician"), **{"x-forwarded-for": "6.6.6.6, 192.0.2.9"})
    with within(ours.organisation.pk):
        assert AuditEntry.objects.get().where == "192.0.2.9"


def test_a_wrong_password_and_an_unknown_e_mail_are_answered_alike(ours: House) -> None:
    email = give_password(ours, "clinician")
    known, unknown = sign_in(Client(), email, "wrong"), sign_in(Client(), "nobody@ours.example", "wrong")
    assert known.status_code == unknown.status_code == 200
    assert words(known).replace(email, "") == words(unknown).replace("nobody@ours.example", "")


def test_after_five_wrong_passwords_the_right_one_has_to_wait_and_nothing_is_told(ours: House) -> None:
    email = give_password(ours, "clinician")
    for who in (email, "nobody@ours.example"):
        for _ in range(5):
            sign_in(Client(), who, "wrong")
    locked, nobody = sign_in(Client(), email), sign_in(Client(), "nobody@ours.example")
    assert "Too many failed login attempts" in words(locked)
    assert words(locked).replace(email, "") == words(nobody).replace("nobody@ours.example", "")


def test_one_address_that_tries_many_accounts_has_to_wait(ours: House) -> None:
    email = give_password(ours, "clinician")
    for number in range(20):
        sign_in(Client(REMOTE_ADDR="192.0.2.66"), f"{number}@ours.example", "wrong")
    assert "Too many failed login attempts" in words(sign_in(Client(REMOTE_ADDR="192.0.2.66"), email))
    assert sign_in(Client(REMOTE_ADDR="192.0.2.7"), email).status_code == 302


def test_the_count_is_shared_by_all_processes() -> None:
    assert ours_settings.CACHES["default"]["BACKEND"] == "django.core.cache.backends.db.DatabaseCache"


def test_passwords_are_kept_as_argon2id(ours: House, settings: Any) -> None:
    settings.PASSWORD_HASHERS = ours_settings.PASSWORD_HASHERS
    give_password(ours, "clinician")
    kept = ours.members["clinician"].user.password
    assert identify_hasher(kept).algorithm == "argon2" and "argon2id" in kept


def test_without_a_second_factor_a_member_reaches_only_the_own_account(strict: House) -> None:
    client = strict.client("clinician")
    assert client.get("/people/").headers["Location"] == "/account/"
    assert client.get("/people/", headers={"accept": "application/json"}).status_code == 403
    assert "One step before you begin" in words(client.get("/account/"))


def test_a_code_of_the_app_is_the_second_factor(strict: House) -> None:
    email, secret, client = give_password(strict, "clinician"), codes_for(strict, "clinician"), Client()
    assert sign_in(client, email).headers["Location"] == "/accounts/2fa/authenticate/"
    assert client.get("/people/").status_code == 302, "the password alone opens nothing"
    assert "Incorrect code" in words(client.post("/accounts/2fa/authenticate/", {"code": "000000"}))
    assert client.post("/accounts/2fa/authenticate/", {"code": code_now(secret)}).headers["Location"] == "/"
    assert client.get("/account/").status_code == 200
    assert client.get("/settings/").status_code == 403


def test_a_code_works_once(strict: House) -> None:
    email, secret = give_password(strict, "clinician"), codes_for(strict, "clinician")
    code = code_now(secret)
    for expected in (302, 200):
        client = Client()
        sign_in(client, email)
        assert client.post("/accounts/2fa/authenticate/", {"code": code}).status_code == expected


def test_a_recovery_code_works_once_when_the_telephone_is_lost(strict: House) -> None:
    email = give_password(strict, "clinician")
    codes_for(strict, "clinician")
    code = RecoveryCodes.activate(strict.members["clinician"].user).get_unused_codes()[0]
    for expected in (302, 200):
        client = Client()
        sign_in(client, email)
        assert client.post("/accounts/2fa/authenticate/", {"code": code}).status_code == expected


def test_guessing_codes_is_stopped_too(strict: House) -> None:
    email, secret, client = give_password(strict, "clinician"), codes_for(strict, "clinician"), Client()
    sign_in(client, email)
    for number in range(5):
        client.post("/accounts/2fa/authenticate/", {"code": f"00000{number}"})
    assert client.post("/accounts/2fa/authenticate/", {"code": code_now(secret)}).status_code == 200


def test_recovery_codes_alone_are_no_second_factor(strict: House) -> None:
    RecoveryCodes.activate(strict.members["clinician"].user)
    assert strict.client("clinician").get("/people/").headers["Location"] == "/account/"


def test_an_app_is_set_up_with_its_first_code_and_recovery_codes_come_with_it(strict: House) -> None:
    email, client = give_password(strict, "clinician"), Client()
    sign_in(client, email)
    page = client.get("/accounts/2fa/totp/activate/")
    assert page.status_code == 200, "who has just signed in is not asked again"
    secret = page.context["form"].secret
    answer = client.post("/accounts/2fa/totp/activate/", {"code": code_now(secret)})
    assert answer.headers["Location"] == "/accounts/2fa/recovery-codes/"
    assert "10 codes left" in words(client.get("/accounts/2fa/recovery-codes/"))
    assert len(client.get("/accounts/2fa/recovery-codes/download/").content.split()) == 10
    assert client.get("/account/").status_code == 200


def test_who_takes_a_factor_away_proves_first_who_they_are(strict: House) -> None:
    email, secret, client = give_password(strict, "clinician"), codes_for(strict, "clinician"), Client()
    sign_in(client, email)
    client.post("/accounts/2fa/authenticate/", {"code": code_now(secret)})
    asked = client.get("/accounts/2fa/totp/deactivate/")
    assert asked.headers["Location"].startswith("/accounts/reauthenticate/")
    assert "Is it still you?" in words(client.get(asked.headers["Location"]))
    client.post(asked.headers["Location"], {"password": PASSWORD})
    assert client.post("/accounts/2fa/totp/deactivate/").status_code == 302
    assert not Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists()
    assert client.get("/people/").headers["Location"] == "/account/", "and sets up another before going on"


def test_the_session_changes_its_key_at_sign_in(ours: House) -> None:
    client, email = Client(), give_password(ours, "clinician")
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    sign_in(client, email)
    assert client.session.session_key not in (None, planted)


@pytest.mark.parametrize("ago", [31 * 60, -60])
def test_a_session_without_a_request_for_half_an_hour_is_over_and_so_is_one_from_the_future(
    ours: House, ago: int
) -> None:
    client = ours.client("clinician")
    client.get("/account/")
    set_in(client, LAST_SEEN, int(time.time()) - ago)
    assert "/accounts/login/" in client.get("/account/").headers["Location"]
    assert client.get("/account/").status_code == 302


def test_a_session_ends_after_twelve_hours_however_busy(ours: House) -> None:
    client = ours.client("clinician")
    set_in(client, SINCE, int(time.time()) - 12 * 3600 - 5)
    set_in(client, LAST_SEEN, int(time.time()))
    assert "/accounts/login/" in client.get("/account/").headers["Location"]


def test_an_open_page_that_asks_by_itself_does_not_keep_a_session_alive(ours: House) -> None:
    client = ours.client("clinician")
    before = int(time.time()) - 20 * 60
    set_in(client, LAST_SEEN, before)
    assert client.get(f"/visits/{ours.visit.pk}/entries/").status_code == 200
    assert client.session[LAST_SEEN] == before
    client.get("/account/")
    assert client.session[LAST_SEEN] > before


def set_in(client: Client, name: str, value: Any) -> None:
    session = client.session
    session[name] = value
    session.save()


def test_signing_out_takes_a_button_and_ends_the_session_on_the_server(ours: House) -> None:
    client = ours.client("clinician")
    client.get("/account/")
    held = client.cookies["sessionid"].value
    assert client.get("/accounts/logout/").status_code == 200
    assert client.get("/account/").status_code == 200
    client.post("/accounts/logout/")
    client.cookies["sessionid"] = held
    assert client.get("/account/").status_code == 302


@pytest.mark.parametrize(
    "path", ["signup/", "email/", "3rdparty/", "3rdparty/signup/", "password/reset/key/MQ-x/", "login/code/"]
)
def test_nobody_makes_an_account_or_changes_an_e_mail_by_themselves(path: str, ours: House) -> None:
    assert Client().get(f"/accounts/{path}").status_code == 404
    assert ours.client("owner").post(f"/accounts/{path}", {"email": "a@b.example"}).status_code == 404


def test_after_signing_in_nobody_is_led_away_to_another_site(ours: House) -> None:
    email = give_password(ours, "clinician")
    answer = Client().post(
        "/accounts/login/?next=https://evil.example/",
        {"login": email, "password": PASSWORD, "next": "https://evil.example/"},
    )
    assert answer.headers["Location"] == "/"


def test_a_password_is_changed_with_the_one_so_far_and_other_sessions_end(ours: House) -> None:
    email, client, other = give_password(ours, "clinician"), Client(), Client()
    sign_in(client, email)
    sign_in(other, email)
    new = "another four words: teapot"
    told = {"oldpassword": "wrong", "password1": new, "password2": new}
    assert client.post("/accounts/password/change/", told).status_code == 200
    assert (
        client.post("/accounts/password/change/", {**told, "oldpassword": PASSWORD}).headers["Location"] == "/account/"
    )
    assert client.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302
