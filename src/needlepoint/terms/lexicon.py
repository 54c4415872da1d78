"""Names and what they mean: the longest name that begins here, and the names nearest to a slip of the pen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from rapidfuzz import fuzz, process

from needlepoint.terms.words import Word, plain

Meaning = TypeVar("Meaning")


@dataclass(frozen=True, slots=True)
class Name(Generic[Meaning]):
    """One name as written, and its meaning. ``in_capitals``: understood only when written in capitals."""

    written: str
    meaning: Meaning
    in_capitals: bool = False


@dataclass(frozen=True, slots=True)
class Found(Generic[Meaning]):
    """A name found in a text: what it means and how many words it took."""

    meanings: tuple[Meaning, ...]
    length: int


@dataclass(frozen=True, slots=True)
class Lexicon(Generic[Meaning]):
    """Names with their meanings. One name may have several meanings; all of them count."""

    names: tuple[Name[Meaning], ...]
    _phrases: dict[str, tuple[tuple[tuple[str, ...], tuple[Name[Meaning], ...]], ...]] = field(
        default_factory=dict, repr=False, compare=False
    )

    @classmethod
    def of(cls, names: Iterable[Name[Meaning]]) -> "Lexicon[Meaning]":
        """A lexicon of these names. A name without any word in it is left out."""
        lexicon = cls(tuple(names))
        gathered: dict[tuple[str, ...], list[Name[Meaning]]] = {}
        for name in lexicon.names:
            phrase = plain(name.written)
            if phrase:
                gathered.setdefault(phrase, []).append(name)
        by_first: dict[str, list[tuple[tuple[str, ...], tuple[Name[Meaning], ...]]]] = {}
        for phrase, meant in gathered.items():
            by_first.setdefault(phrase[0], []).append((phrase, tuple(meant)))
        for first, phrases in by_first.items():
            lexicon._phrases[first] = tuple(sorted(phrases, key=lambda entry: -len(entry[0])))
        return lexicon

    def longest_at(self, words: Sequence[Word], at: int, *, alone: bool = False) -> Found[Meaning] | None:
        """What is the longest name that begins at word ``at``? ``alone`` says that the text holds nothing else."""
        for phrase, names in self._phrases.get(words[at].plain, ()):
            end = at + len(phrase)
            if end > len(words) or any(words[at + i].plain != part for i, part in enumerate(phrase)):
                continue
            capitals = all(word.written.upper() == word.written for word in words[at:end])
            meant = tuple(dict.fromkeys(name.meaning for name in names if not name.in_capitals or capitals or alone))
            if meant:
                return Found(meant, len(phrase))
        return None

    def means(self, text: str) -> tuple[Meaning, ...]:
        """What does this text mean when the whole of it is one name?"""
        phrase = plain(text)
        for known, names in self._phrases.get(phrase[0], ()) if phrase else ():
            if known == phrase:
                return tuple(dict.fromkeys(name.meaning for name in names))
        return ()


def nearest(text: str, names: Iterable[str], *, at_most: int = 3) -> tuple[str, ...]:
    """Which known names look most like this text, or like one of its words? A suggestion for a person, never a decision."""
    whole = text.lower()
    wanted = [whole, *(word for word in whole.split() if len(word) > 4 and word != whole)]
    shortest = 1 if len(text) < 4 else 4  # "ED" is in many longer words and means none of them
    known = [name for name in dict.fromkeys(names) if len(name) >= shortest]
    likeness: dict[str, float] = {}
    for one in wanted:
        found = process.extract(one, known, scorer=fuzz.ratio, processor=str.lower, limit=at_most * 2, score_cutoff=60)
        for name, score, _ in found:
            likeness[name.lower()] = max(score, likeness.get(name.lower(), 0))
    spelled = {name.lower(): name for name in reversed(known)}
    best = sorted(likeness, key=lambda name: (-likeness[name], name))
    return tuple(spelled[name] for name in best[:at_most])
