"""Reading a line of plain words: what it mentions, and whether it says yes, no, perhaps, formerly, or somebody else.

"no history of haemophilia", "mother had DVT", "?DVT", "THR L 2019", "cellulitis of the right calf". Every word is understood, or it is
named as left over.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from needlepoint.body.naming import BESIDE, SIDE_WORDS
from needlepoint.screen.cues import (
    BESIDE_NONE,
    CUE_ORDER,
    DENIES,
    FAMILY_HEADINGS,
    JOINTS,
    NO_ALLERGY_OF_A_KIND,
    NO_ALLERGY_WORDS,
    NONE_WORDS,
    SHORT_FORMS,
    TAKES,
    Manner,
    cue_lexicon,
)
from needlepoint.screen.facts import FactKind
from needlepoint.screen.knowledge import ScreenKnowledge, Term
from needlepoint.screen.times import time_at, year_at
from needlepoint.terms import Side, Word, words_of
from needlepoint.terms.lexicon import Found, Lexicon

_NUMBER = re.compile(r"^\d+([.']\d+)?([a-z]{0,5}|%)$|^%$|^x\d+$|^\d+x\d+$")
#: After "and", these begin a statement of its own, so that a denial before it does not reach further.
_ANEW = frozenset({"has", "have", "on", "take", "taking", "is", "with"})
#: Marks a cue that is meant for the whole list that follows it, over its commas.
_WHOLE_LIST = "whole list"
#: Words of medicine forms that, away from a medicine, name something in the body.
_THINGS = frozenset({"implant", "device", "pump", "port", "ring", "patch"})
_HARD = frozenset({";", "\n", "."})
_SOFT = frozenset({",", "/", "+", "&"})
#: Units of a dose, which records write in capitals and which then look like abbreviations of illnesses ("MG").
_DOSE_UNITS = frozenset({"mg", "mcg", "ug", "g", "kg", "ml", "l", "hr", "unt", "iu", "meq", "mmol", "actuat", "mg/ml"})


@dataclass(frozen=True, slots=True)
class Where:
    """Where something lies: bits of the atlas (0: no place was named), and the side if only a side was named."""

    areas: int = 0
    side: Side | None = None

    def __bool__(self) -> bool:
        return bool(self.areas or self.side)


@dataclass(frozen=True, slots=True)
class Mention:
    """One thing that a text mentions: in which manner, where, since when, and the words that stand beside it."""

    terms: tuple[Term, ...]
    written: str
    manner: Manner
    where: Where
    since: date | None
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TextRead:
    """A text, read: its mentions, and the words that nobody understood. ``nothing``: it says that there is none."""

    mentions: tuple[Mention, ...]
    left_over: tuple[str, ...]
    nothing: bool = False
    no_allergy: bool = False
    no_allergy_of_a_kind: bool = False
    where: Where = Where()


@dataclass(slots=True)
class _Part:
    """A stretch of text between two breaks, while it is being read."""

    mentions: list[tuple[tuple[Term, ...], str]] = field(default_factory=list)
    manners: set[str] = field(default_factory=set)
    sides: list[Side] = field(default_factory=list)
    places: list[tuple[str, str]] = field(default_factory=list)
    since: date | None = None
    words: list[str] = field(default_factory=list)
    joined: bool = False


@dataclass(slots=True)
class Reader:
    """Reads texts with one knowledge. Make it once; it keeps what it has worked out."""

    knowledge: ScreenKnowledge
    cues: Lexicon[str] = field(init=False)
    fillers: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.cues = cue_lexicon(self.knowledge.cues)
        self.fillers = self.knowledge.cues.fillers | self.knowledge.cues.medicine_fillers | BESIDE | JOINTS

    def read(self, text: str, *, on: date) -> TextRead:
        """What does this text mention? ``on`` is the day of the visit, for words such as "3 weeks ago"."""
        for pattern, instead in SHORT_FORMS:
            text = pattern.sub(instead, text)
        words = words_of(text)
        real = [word.plain for word in words if not word.is_mark]
        if _says_no_allergy(real):
            of_a_kind = bool(NO_ALLERGY_OF_A_KIND & set(real))
            return TextRead((), (), no_allergy=not of_a_kind, no_allergy_of_a_kind=of_a_kind)
        if _says_none(real):
            return TextRead((), (), nothing=True)
        walk = _Walk(self, words, on)
        walk.to_the_end()
        _dates_alone(walk.parts)
        mentions = [
            mention
            for part, where in zip(walk.parts, self._shared(walk.parts), strict=True)
            for mention in _mentions(part, where)
        ]
        wheres = [where for part in walk.parts if (where := self._where(part))]
        where = wheres[0] if len(wheres) == 1 else Where(_all_bits(wheres))
        return TextRead(tuple(_place_alone(mentions, where)), _joined(walk.left_over), where=where)

    def _shared(self, parts: list[_Part]) -> list[Where]:
        """Where the parts lie. In a row joined by "+" or "&", a part that names no place shares its neighbour's."""
        wheres = [self._where(part) for part in parts]
        for at in range(1, len(parts)):
            if parts[at].joined and not wheres[at]:
                wheres[at] = wheres[at - 1]
        for at in range(len(parts) - 1, 0, -1):
            if parts[at].joined and not wheres[at - 1]:
                wheres[at - 1] = wheres[at]
        return wheres

    def _where(self, part: _Part) -> Where:
        """Where the things of a part lie. Left and right in one part count as both."""
        side = part.sides[0] if len(set(part.sides)) == 1 else None
        bits = 0
        for meant in part.places:
            bits |= self.knowledge.gazetteer.place(meant, side).areas
        return Where(bits, None if bits else side)


class _Walk:
    """One walk over the words of a text: each word becomes part of a name, a cue, a place, a side, a time, or is left over."""

    def __init__(self, reader: Reader, words: Sequence[Word], on: date) -> None:
        self.reader, self.words, self.on = reader, words, on
        self.alone = sum(not word.is_mark for word in words) == 1
        self.parts = [_Part()]
        self.left_over: list[tuple[int, str]] = []

    def to_the_end(self) -> None:
        """Walk over all words."""
        at = 0
        while at < len(self.words):
            at += self._mark(at) or self._anew(at) or self._time(at) or self._name_or_cue(at) or self._word(at)

    def _mark(self, at: int) -> int:
        word, part = self.words[at], self.parts[-1]
        if not word.is_mark:
            return 0
        if word.plain in _HARD:
            self.parts.append(_Part())
        elif word.plain == "/" and self._is_dose_unit(at + 1):
            return 1
        elif word.plain in _SOFT and (part.mentions or part.manners):
            carried = set(part.manners)
            if word.plain == "," and _WHOLE_LIST not in carried:
                carried = {"negation"} if "negation" in carried and _list_goes_on_with_or(self.words, at) else set()
            self.parts.append(_Part(manners=carried, joined=word.plain in ("+", "&")))
        return 1

    def _anew(self, at: int) -> int:
        follows = self.words[at + 1].plain if at + 1 < len(self.words) else ""
        if not (self.words[at].plain == "and" and follows in _ANEW) and not self._takes_something(at):
            return 0
        self.parts.append(_Part())
        return 1

    def _takes_something(self, at: int) -> bool:
        """Does "on" begin what is taken now, behind something else that was mentioned: "stent in 2020 on clopidogrel"?"""
        part = self.parts[-1]
        behind = part.mentions or (_WHOLE_LIST in part.manners and self.words[at - 1].is_mark)
        if self.words[at].plain not in TAKES or not behind or at + 1 >= len(self.words):
            return False
        if self.words[at - 1].plain in ("not", "longer", "no", "never"):
            return False
        found = self.reader.knowledge.lexicon.longest_at(self.words, at + 1)
        return found is not None and any(term.kind is FactKind.MEDICINE for term in found.meanings)

    def _time(self, at: int) -> int:
        when, length = time_at(self.words, at, self.on)
        if length:
            self.parts[-1].since = when
        return length

    def _is_dose_unit(self, at: int) -> bool:
        """Is this word the unit of a dose: behind a number, or behind a stroke as in "10 MG/ML"?"""
        if not 0 < at < len(self.words) or self.words[at].plain not in _DOSE_UNITS:
            return False
        before = self.words[at - 1].plain
        return before == "/" or before.replace(".", "").isdigit()

    def _name_or_cue(self, at: int) -> int:
        """The longest of a known thing, a cue and a place; a thing goes before a cue, and a cue before a place."""
        if self._is_dose_unit(at):
            return 0
        knowledge, part = self.reader.knowledge, self.parts[-1]
        cue = self.reader.cues.longest_at(self.words, at)
        found = knowledge.lexicon.longest_at(self.words, at, alone=self.alone)
        places, place_length = knowledge.gazetteer.find_at(self.words, at)
        cue_length = cue.length if cue else 0
        if found and found.length >= max(cue_length, place_length):
            part.mentions.append((found.meanings, " ".join(one.written for one in self.words[at : at + found.length])))
            length = found.length
        elif cue and cue_length >= place_length:
            self._cue(cue, at)
            length = cue_length
        elif place_length and self.words[at].plain not in SIDE_WORDS:
            part.places.extend(places)
            length = place_length
        else:
            return 0
        self.parts[-1].words.extend(one.plain for one in self.words[at : at + length])
        return length

    def _cue(self, cue: Found[str], at: int) -> None:
        part = self.parts[-1]
        if "but" in cue.meanings:
            self.parts.append(_Part())
        elif (
            part.mentions and cue.meanings[0] in ("negation", "family") and not _turns_back(self.words, at + cue.length)
        ):
            self.parts.append(_Part(manners=set(cue.meanings)))
        else:
            part.manners.update(cue.meanings)
        whole_list = ("negation" in cue.meanings and self.words[at].plain in DENIES) or (
            "family" in cue.meanings and self.words[at].plain in FAMILY_HEADINGS
        )
        if whole_list:
            self.parts[-1].manners.add(_WHOLE_LIST)

    def _word(self, at: int) -> int:
        word, part = self.words[at], self.parts[-1]
        is_year, when = year_at(word, self.on)
        if word.plain == "?":
            part.manners.add("uncertain")
        elif word.plain in SIDE_WORDS:
            part.sides.extend(SIDE_WORDS[word.plain])
        elif is_year:
            part.since = part.since or when
        elif not self._carries_nothing(at):
            self.left_over.append((at, word.written))
        part.words.append(word.plain)
        return 1

    def _carries_nothing(self, at: int) -> bool:
        """Is this word one that has no meaning of its own: a filler, a number, a unit, a form of a medicine?"""
        word = self.words[at]
        if word.plain in _THINGS and not _is_of_medicine(self.parts[-1]):
            return False
        known = {word.plain, word.written.lower()} & self.reader.fillers
        return bool(known or _NUMBER.match(word.plain)) or self._is_dose_unit(at)


def _is_of_medicine(part: _Part) -> bool:
    """Is a medicine mentioned in this part?"""
    return any(term.kind is FactKind.MEDICINE for terms, _ in part.mentions for term in terms)


def _dates_alone(parts: list[_Part]) -> None:
    """A date that stands in a part of its own ("# ribs L, 10/7 ago") belongs to what was mentioned before it."""
    for before, part in pairwise(parts):
        if part.since and not part.mentions and before.mentions and before.since is None:
            before.since = part.since


def _mentions(part: _Part, where: Where) -> list[Mention]:
    manner = _manner(part.manners)
    return [Mention(terms, written, manner, where, part.since, tuple(part.words)) for terms, written in part.mentions]


def _says_none(real: Sequence[str]) -> bool:
    """Does the text only say that there is nothing?"""
    return any(word in NONE_WORDS for word in real) and all(word in NONE_WORDS | BESIDE_NONE for word in real)


def _says_no_allergy(real: Sequence[str]) -> bool:
    """Does the text only say that there is no allergy?"""
    beside = NONE_WORDS | {"known", "drug", "food", "or", "allergy", "to", "medicine", "medication"}
    if len(real) == 1 and real[0] in NO_ALLERGY_WORDS:
        return True
    return "allergy" in real and any(word in NONE_WORDS for word in real) and all(word in beside for word in real)


def _manner(cues: set[str]) -> Manner:
    for manner, kind in CUE_ORDER:
        if kind in cues:
            return manner
    return Manner.HISTORY if "history" in cues else Manner.SAID


def _all_bits(wheres: Sequence[Where]) -> int:
    bits = 0
    for where in wheres:
        bits |= where.areas
    return bits


def _place_alone(mentions: list[Mention], where: Where) -> list[Mention]:
    """A place that stands in a part of its own ("lymphoedema, left arm") belongs to the only thing that is mentioned."""
    if len(mentions) == 1 and not mentions[0].where and where:
        one = mentions[0]
        return [Mention(one.terms, one.written, one.manner, where, one.since, one.beside)]
    return mentions


def _list_goes_on_with_or(words: Sequence[Word], at: int) -> bool:
    """Does the list after this comma end with "or"? Then a denial at its head is meant for all of it."""
    for word in words[at + 1 :]:
        if word.plain in ("or", "nor"):
            return True
        if word.plain in _HARD or word.plain in ("but", "has", "on", "take", "with"):
            return False
    return False


def _turns_back(words: Sequence[Word], at: int) -> bool:
    """Does nothing but the end of the part follow? Then the cue belongs to what stands before it ("DVT ruled out")."""
    return at >= len(words) or words[at].is_mark


def _joined(left_over: list[tuple[int, str]]) -> tuple[str, ...]:
    """Words that stood side by side are named together."""
    runs: list[list[str]] = []
    last = -2
    for at, written in left_over:
        if at == last + 1:
            runs[-1].append(written)
        else:
            runs.append([written])
        last = at
    return tuple(" ".join(run) for run in runs)
