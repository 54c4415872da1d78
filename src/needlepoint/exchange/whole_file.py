"""Writing a file whole or not at all."""

import os
from pathlib import Path

from needlepoint.exchange.told import InputError


def write_whole(path: Path, content: bytes) -> None:
    """Write beside the file and rename, so that nobody ever meets half of it. Raises InputError when it cannot be written."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        fresh.write_bytes(content)
        fresh.replace(path)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise InputError(f"{path}: cannot be written ({error.strerror}); choose another folder or make room") from None
