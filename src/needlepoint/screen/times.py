"""Times in plain words: "3 weeks ago", "two months post op", "yesterday", "2019"."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from needlepoint.terms import Word

_YEAR = re.compile(r"^(19|20)\d\d$")
_COUNTS = {
    "a": 1.0, "an": 1.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "seven": 7.0, "eight": 8.0,
    "nine": 9.0, "ten": 10.0,
}  # fmt: skip
_UNITS = {"day": 1, "week": 7, "wk": 7, "month": 31, "mth": 31, "year": 366, "yr": 366}
_AGO = frozenset({"ago", "post", "since", "postop", "back"})


def year_at(word: Word, on: date) -> tuple[bool, date | None]:
    """Is this word a year alone? Then its last day, or not known when that is still to come."""
    if not _YEAR.match(word.plain):
        return False, None
    end = date(int(word.plain), 12, 31)
    return True, end if end < on else None


def time_at(words: Sequence[Word], at: int, on: date) -> tuple[date | None, int]:
    """The time that begins at word ``at``: the day, and how many words it took (0 for no time)."""
    plain = [word.plain for word in words[at : at + 3]]
    if plain[0] == "yesterday":
        return on - timedelta(days=1), 1
    if plain[0] == "today":
        return on, 1
    unit = _UNITS.get(plain[1]) if len(plain) > 1 else None
    if unit is None:
        return None, 0
    if plain[0] == "last":
        return on - timedelta(days=unit), 2
    count = _count(plain[0])
    if count is None or len(plain) < 3 or plain[2] not in _AGO:
        return None, 0
    days = round(count * unit)
    return (on - timedelta(days=days), 3) if days < (on - date.min).days else (None, 0)


def _count(word: str) -> float | None:
    if word in _COUNTS:
        return _COUNTS[word]
    return float(word) if re.fullmatch(r"\d{1,4}(\.\d+)?", word) else None
