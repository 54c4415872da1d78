"""Where a clinic keeps what is its own on this machine: the database, the secret key, the backups."""

import os
import secrets
from pathlib import Path


def home() -> Path:
    """The clinic's folder: ``NEEDLEPOINT_HOME``, else ``.needlepoint`` in the home of whoever runs it. Made when it is not there."""
    folder = Path(os.environ.get("NEEDLEPOINT_HOME") or Path.home() / ".needlepoint")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def secret_key(folder: Path) -> str:
    """The key that signs cookies: from ``NEEDLEPOINT_SECRET_KEY``, else made once and kept where only its owner can read it."""
    told = os.environ.get("NEEDLEPOINT_SECRET_KEY")
    if told:
        return told
    path = folder / "secret-key"
    try:
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(opened, "w", encoding="ascii") as file:
        key = secrets.token_urlsafe(64)
        file.write(key)
    return key
