"""The first run: as long as there is no organisation, whoever can read the clinic's folder may set one up, with a one-time code."""

import hmac
import os
import secrets
from pathlib import Path

from needlepoint.clinic.home import home
from needlepoint.clinic.records.models import Organisation

#: Without letters that look like others.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


class CodeWasUsed(Exception):
    """Somebody else set the clinic up with this code at the same moment."""


def is_first_run() -> bool:
    """Is there no organisation yet?"""
    return not Organisation.objects.exists()


def setup_code() -> str:
    """The one-time code of this first run, from ``setup-code`` in the clinic's folder; made when it is not there. A server prints it at start."""
    try:
        opened = os.open(_file(), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _file().read_text(encoding="ascii").strip()
    code = "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
    with os.fdopen(opened, "w", encoding="ascii") as file:
        file.write(code + "\n")
    return code


def is_setup_code(told: str) -> bool:
    """Is this the code? Spaces, hyphens and capitals do not matter."""
    return hmac.compare_digest(_bare(told).encode(), _bare(setup_code()).encode())


def use_setup_code() -> None:
    """The code is used up. Raises CodeWasUsed when it was already: of two who set up at once, one is left."""
    try:
        _file().unlink()
    except FileNotFoundError:
        raise CodeWasUsed from None


def _file() -> Path:
    return home() / "setup-code"


def _bare(code: str) -> str:
    return "".join(one for one in code.casefold() if one.isalnum())
