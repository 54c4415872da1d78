"""Is a new password on the list of those that leaked? Asked of Have I Been Pwned, which hears five letters of a hash and never the password.

A clinic without a network, or with a slow one, must not wait: after two seconds in all, or at once when nobody answers, Django's own list
of twenty thousand common passwords is asked instead.
"""

import logging
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlow
from typing import Any

from django.utils.translation import gettext_lazy as _
from pwned_passwords_django import api, exceptions
from pwned_passwords_django.validators import PwnedPasswordsValidator

log = logging.getLogger("needlepoint.sign-in")

#: Seconds in all: the client's own limits do not hold for the look-up of a name, which may take half a minute in a broken network.
PATIENCE = 2.0
_asking = ThreadPoolExecutor(2, "pwned")


class Patient:
    """Asks, but not for longer than ``PATIENCE``."""

    def __init__(self, client: Any = api.default_client) -> None:
        self.client = client

    def check_password(self, password: str) -> int:
        """How often it leaked. Raises PwnedPasswordsError when that cannot be known now."""
        asked: Future[int] = _asking.submit(self.client.check_password, password)
        try:
            return asked.result(PATIENCE)
        except TooSlow:
            asked.cancel()
            raise exceptions.PwnedPasswordsError(
                message="no answer in time", code=exceptions.ErrorCode.API_TIMEOUT, params={}
            ) from None


class NotPwned(PwnedPasswordsValidator):  # type: ignore[misc]
    """Refuses a password that leaked somewhere, or (without a network) one of the common ones."""

    def __init__(self, client: Any = None) -> None:
        super().__init__(
            error_message=_(
                "This password has leaked somewhere and stands on lists that attackers try first. Choose another."
            ),
            help_message=_("It must not be one that leaked elsewhere."),
            api_client=client or Patient(),
        )

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError."""
        super().validate(password, user)
