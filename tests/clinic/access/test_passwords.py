"""A new password must not be one that leaked; and without a network nobody waits for the answer."""

import logging
import threading
import time
from typing import Any

import httpx
import pytest
from django.contrib.auth.password_validation import get_password_validators, validate_password
from django.core.exceptions import ValidationError
from pwned_passwords_django import api

from needlepoint.clinic import settings as ours_settings
from needlepoint.clinic.access import pwned
from needlepoint.clinic.access.pwned import NotPwned, Patient

GIVEN_UP = threading.Event()


def asking(answer: Any) -> NotPwned:
    return NotPwned(Patient(api.PwnedPasswords(httpx.Client(transport=httpx.MockTransport(answer)))))


def leaked(request: httpx.Request) -> httpx.Response:
    # The second half of the SHA-1 of "a password that leaked", as often as it leaked.
    import hashlib

    whole = hashlib.sha1(b"a password that leaked", usedforsecurity=False).hexdigest().upper()
    assert request.url.path == f"/range/{whole[:5]}", "only five letters are sent"
    return httpx.Response(200, text=f"{whole[5:]}:12\r\n{'0' * 35}:1")


def no_network(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("no route to host")


def slow(request: httpx.Request) -> httpx.Response:
    GIVEN_UP.wait(20)
    return httpx.Response(200, text="")


def test_a_password_that_leaked_is_refused() -> None:
    with pytest.raises(ValidationError, match="leaked somewhere"):
        asking(leaked).validate("a password that leaked")


@pytest.mark.parametrize("answer", [no_network, slow, lambda request: httpx.Response(503)])
def test_without_a_network_the_common_ones_are_refused_quickly_and_silently(
    answer: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(pwned, "PATIENCE", 0.1)
    level = ours_settings.LOGGING["loggers"]["pwned_passwords_django"]["level"]
    logging.getLogger("pwned_passwords_django").setLevel(level)
    GIVEN_UP.clear()
    began, validator = time.monotonic(), asking(answer)
    with pytest.raises(ValidationError, match="too common"):
        validator.validate("password1234")
    validator.validate("kettle, harbour, ninety, moss")
    GIVEN_UP.set()
    assert time.monotonic() - began < 10
    assert caplog.records == []


def test_the_real_list_of_checks_answers_in_time_here_with_or_without_a_network() -> None:
    validators = get_password_validators(ours_settings.AUTH_PASSWORD_VALIDATORS)
    began = time.monotonic()
    with pytest.raises(ValidationError):
        validate_password("password1234", password_validators=validators)
    with pytest.raises(ValidationError, match="at least 12"):
        validate_password("Kx9!vvQ", password_validators=validators)
    assert time.monotonic() - began < 2 * pwned.PATIENCE + 1
