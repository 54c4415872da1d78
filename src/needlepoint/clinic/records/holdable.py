"""What a record can hold: plain JSON of whole characters, not nested without end, with numbers that every part reads alike.

A browser can send half a character (a lone surrogate), which no file, no hash and no other program can take. Kept once it could never be taken out
again, since nothing that was written is changed; so it is refused at the door.
"""

from collections.abc import Mapping
from math import isfinite
from typing import Any

from needlepoint.clinic.records.seal import canonical
from needlepoint.exchange.told import InputError

#: A painting is some kilobytes; nobody writes more into one field.
MOST_BYTES = 200_000
#: The deepest thing that a device of ours writes has five levels.
MOST_DEEP = 32
#: Beyond this a browser rounds whole numbers, and two devices would read two numbers.
LARGEST = 2**53


def is_whole(text: str) -> bool:
    """Is this text that everything can take: no half characters, and none of code 0, which PostgreSQL refuses?"""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\x00" not in text


def whole(text: str) -> str:
    """The same text without what nothing can take: half characters become the sign for a lost one, and those of code 0 are left out."""
    told = text.replace("\x00", "")
    return told if is_whole(told) else "".join("\ufffd" if "\ud800" <= one <= "\udfff" else one for one in told)


def printable(text: Any, most: int) -> str:
    """The printable ASCII of a name that a device gave itself, no longer than this; nothing of what is no text."""
    return "".join(one for one in text if " " <= one <= "~")[:most] if isinstance(text, str) else ""


def check_holdable(name: str, value: Any) -> None:
    """Nothing in this value is such that it cannot be held. Raises InputError, which names ``name`` and what to take out."""
    waiting = [(value, 1)]
    while waiting:
        one, depth = waiting.pop()
        if depth > MOST_DEEP:
            raise InputError(f"{name}: is nested too deep; at most {MOST_DEEP} levels")
        match one:
            case None | bool():
                pass
            case str():
                _check_text(name, one)
            case int():
                if abs(one) > LARGEST:
                    raise InputError(f"{name}: a whole number is at most {LARGEST}")
            case float():
                if not isfinite(one):
                    raise InputError(f"{name}: plain JSON, without NaN")
            case list() | tuple():
                waiting += [(inner, depth + 1) for inner in one]
            case Mapping():
                for key, inner in one.items():
                    if not isinstance(key, str):
                        raise InputError(f"{name}: plain JSON, with text as keys")
                    _check_text(name, key)
                    waiting.append((inner, depth + 1))
            case _:
                raise InputError(f"{name}: plain JSON")
    size = len(canonical(value).encode())
    if size > MOST_BYTES:
        raise InputError(f"{name}: at most {MOST_BYTES} bytes; this has {size}")


def _check_text(name: str, text: str) -> None:
    if "\x00" in text:
        raise InputError(f"{name}: a character of code 0 is no text; take it out")
    if not is_whole(text):
        raise InputError(f"{name}: half a character is no text; write it anew")
