"""How a text is read as words: small letters, no accents, one spelling for British and American."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

#: Turned into the shorter spelling on both sides, in the text and in the names it is compared with.
_SPELLINGS = (
    (re.compile(r"ae(?=[a-z])"), "e"),
    (re.compile(r"oe(?=[a-z])"), "e"),
    (re.compile(r"(?<=[a-z]{3})our\b"), "or"),
    (re.compile(r"(?<=[a-z]{3})is(?=(e|ed|es|ing|ation|ations)\b)"), "iz"),
    (re.compile(r"leuc"), "leuk"),
    (re.compile(r"(?<=[a-z]{3})tre\b"), "ter"),
    (re.compile(r"sulph"), "sulf"),
)
_WORD = re.compile(r"[a-z0-9]+(?:[.'][a-z0-9]+)*|\?|[,;()\[\]/+&]|\.(?=\s|$)|\n|%|#")
_DASHES = re.compile(r"[\u2010-\u2015\u2212_-]+")
_APOSTROPHES = re.compile(r"[\u2018\u2019\u02bc`]")
PUNCTUATION = frozenset(",;()[]/+&.\n")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: as compared (``plain``), as written (``written``), and where it stands."""

    plain: str
    written: str
    start: int

    @property
    def is_mark(self) -> bool:
        """Is it punctuation rather than a word?"""
        return self.plain in PUNCTUATION


@lru_cache(maxsize=65_536)
def _one_spelling(word: str) -> str:
    for pattern, instead in _SPELLINGS:
        word = pattern.sub(instead, word)
    return word


@lru_cache(maxsize=65_536)
def singular(word: str) -> str:
    """The word without its plural, as far as plain English goes: ``shoulders``, ``allergies``, ``bruises``."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 5 and word.endswith(("sses", "shes", "ches", "xes")) and not word.endswith("aches"):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s")):
        return word[:-1]
    if len(word) > 3 and word.endswith("'s"):
        return word[:-2]
    return word


def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text in their order, punctuation marks among them. Nothing of the text is lost but blanks."""
    return tuple(
        Word(_one_spelling(singular(found[0])), text[found.start() : found.end()], found.start())
        for found in _WORD.finditer(_smooth(text))
    )


@lru_cache(maxsize=65_536)
def plain(text: str) -> tuple[str, ...]:
    """The words of a name as they are compared, without punctuation."""
    return tuple(_one_spelling(singular(word)) for word in _WORD.findall(_smooth(text)) if word not in PUNCTUATION)


def _smooth(text: str) -> str:
    """Small letters without accents, dashes as blanks; one letter for one, so that places in the text stay true."""
    folded = text.lower() if text.isascii() else "".join(_without_accent(character) for character in text)
    smooth = _DASHES.sub(lambda found: " " * len(found[0]), folded)
    return _APOSTROPHES.sub("'", smooth)


def _without_accent(character: str) -> str:
    base = unicodedata.normalize("NFKD", character)
    kept = "".join(part for part in base if not unicodedata.combining(part)).lower()
    return kept[:1] or " "
