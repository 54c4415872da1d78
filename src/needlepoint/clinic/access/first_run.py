"""The first run: as long as there is no organisation, whoever can read the clinic's folder may set one up, with a one-time code."""

import hmac
import secrets
from pathlib import Path

from needlepoint.clinic.home import home
from needlepoint.clinic.records.models import Organisation
from needlepoint.clinic.secret_file import kept_word

#: Without letters that look like others.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_LENGTH = 16


class CodeWasUsed(Exception):
    """Somebody else set the clinic up with this code at the same moment."""


def is_first_run() -> bool:
    """Is there no organisation yet?"""
    return not Organisation.objects.exists()


def setup_code() -> str:
    """The one-time code of this first run, from ``setup-code`` in the clinic's folder; made when it is not there
    whole: a code that was never written to its end opens nothing. A server prints it at start."""
    return kept_word(_file(), _make, lambda code: len(_bare(code)) == _LENGTH)


def is_setup_code(told: str) -> bool:
    """Is this the code? Spaces, hyphens and capitals do not matter."""
    kept = _bare(setup_code())
    return len(kept) == _LENGTH and hmac.compare_digest(_bare(told).encode(), kept.encode())


def use_setup_code() -> None:
    """The code is used up. Raises CodeWasUsed when it was already: of two who set up at once, one is left."""
    try:
        _file().unlink()
    except FileNotFoundError:
        raise CodeWasUsed from None


def _make() -> str:
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(_LENGTH // 4))


def _file() -> Path:
    return home() / "setup-code"


def _bare(code: str) -> str:
    return "".join(one for one in code.casefold() if one.isalnum())
