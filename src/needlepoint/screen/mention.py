"""Reading a line of plain words: what it mentions, and whether it says yes, no, perhaps, formerly, or somebody else.

"no history of haemophilia", "mother had DVT", "?DVT", "THR L 2019", "cellulitis of the right calf". Every word is understood, or it is
named as left over.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum

from needlepoint.body.naming import BESIDE, SIDE_WORDS
from needlepoint.screen.knowledge import ScreenKnowledge, Term
from needlepoint.terms import Side, Word, words_of
from needlepoint.terms.lexicon import Lexicon, Name

_SHORT_FORMS = (
    (re.compile(r"\bh/o\b", re.I), "history of"),
    (re.compile(r"\bs/p\b", re.I), "status post"),
    (re.compile(r"\br/o\b", re.I), "rule out"),
    (re.compile(r"\bc/o\b", re.I), "complains of"),
    (re.compile(r"\bw/o\b", re.I), "without"),
    (re.compile(r"\bb/l\b", re.I), "bilateral"),
    (re.compile(r"\bn/a\b", re.I), "none"),
    (re.compile(r"\bw/(?=\s|\w)", re.I), "with "),
)
_NUMBER = re.compile(r"^\d+([.']\d+)?([a-z]{0,5}|%)$|^(19|20)\d\d$|^%$|^x\d+$|^\d+x\d+$")
_YEAR = re.compile(r"^(19|20)\d\d$")
_COUNTS = {
    "a": 1.0, "an": 1.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "seven": 7.0, "eight": 8.0,
    "nine": 9.0, "ten": 10.0, "last": 1.0,
}  # fmt: skip
_UNITS = {"day": 1, "week": 7, "wk": 7, "month": 31, "mth": 31, "year": 366, "yr": 366}
#: Words that hold a text together and can never be names.
_JOINTS = frozenset("a an the and or nor of in on at to by for from with is are was were has have had his her their my i he she they".split())
#: After "and", these begin a statement of its own, so that a denial before it does not reach further.
_ANEW = frozenset({"has", "have", "on", "take", "taking", "is", "with"})
NONE_WORDS = frozenset({"none", "nil", "nkda", "nka", "nothing", "no", "nill"})
_HARD = frozenset({";", "\n", "."})
_SOFT = frozenset({",", "/", "+", "&"})


class Manner(Enum):
    """How a thing is mentioned."""

    SAID = "said"
    DENIED = "denied"
    PERHAPS = "perhaps"
    HISTORY = "history"
    OVER = "over"
    FAMILY = "family"


@dataclass(frozen=True, slots=True)
class Mention:
    """One thing that a text mentions: how, where on the body (bits of the atlas, 0 for nowhere), and since when."""

    terms: tuple[Term, ...]
    written: str
    manner: Manner
    areas: int
    since: date | None
    spared: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TextRead:
    """A text, read: its mentions, and the words that nobody understood. ``nothing``: it says that there is none."""

    mentions: tuple[Mention, ...]
    left_over: tuple[str, ...]
    nothing: bool = False
    areas: int = 0


_CUE_ORDER = (
    (Manner.FAMILY, "family"),
    (Manner.DENIED, "negation"),
    (Manner.PERHAPS, "uncertain"),
    (Manner.OVER, "past"),
)


#: A denial of a denial is a doubt.
_NOT_EXCLUDED = (
    "cannot rule out", "can't rule out", "could not rule out", "not ruled out", "not excluded", "cannot exclude", "can't exclude",
    "to rule out", "to exclude", "not yet excluded", "cannot be excluded", "cannot be ruled out",
)  # fmt: skip


def cue_lexicon(knowledge: ScreenKnowledge) -> Lexicon[str]:
    """The words that turn what stands beside them, as a lexicon of their kinds."""
    names: list[Name[str]] = []
    for _, kind in (*_CUE_ORDER, (None, "current"), (None, "but")):
        names.extend(Name(word, kind) for word in getattr(knowledge.cues, kind))
    names.extend(Name(word, "uncertain") for word in _NOT_EXCLUDED)
    names.extend(Name(word, "history") for word in ("history of", "history", "hx", "hx of", "pmh", "pmhx", "past medical history"))
    return Lexicon.of(names)


@dataclass(slots=True)
class _Part:
    """A stretch of text between two breaks, while it is being read."""

    mentions: list[tuple[tuple[Term, ...], str]] = field(default_factory=list)
    manners: set[str] = field(default_factory=set)
    sides: list[Side] = field(default_factory=list)
    places: list[tuple[str, str]] = field(default_factory=list)
    since: date | None = None
    words: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Reader:
    """Reads texts with one knowledge. Make it once; it keeps what it has worked out."""

    knowledge: ScreenKnowledge
    cues: Lexicon[str] = field(init=False)
    fillers: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.cues = cue_lexicon(self.knowledge)
        self.fillers = self.knowledge.cues.fillers | self.knowledge.cues.medicine_fillers | BESIDE | _JOINTS

    def read(self, text: str, *, on: date) -> TextRead:
        """What does this text mention? ``on`` is the day of the visit, for words such as "3 weeks ago"."""
        for pattern, instead in _SHORT_FORMS:
            text = pattern.sub(instead, text)
        words = words_of(text)
        real = [word for word in words if not word.is_mark]
        if real and all(word.plain in NONE_WORDS or word.plain in ("known", "at", "all", "drug", "allergy", "taken") for word in real):
            return TextRead((), (), nothing=any(word.plain in NONE_WORDS for word in real))
        parts, left_over = self._parts(words, on)
        mentions = [mention for part in parts for mention in self._mentions(part)]
        areas = 0
        for part in parts:
            areas |= self._areas(part)
        return TextRead(tuple(_place_alone(mentions, areas)), left_over, areas=areas)

    def _parts(self, words: Sequence[Word], on: date) -> tuple[list[_Part], tuple[str, ...]]:
        parts = [_Part()]
        left_over: list[tuple[int, str]] = []
        carried: set[str] = set()
        at = 0
        alone = sum(not word.is_mark for word in words)
        while at < len(words):
            word, part = words[at], parts[-1]
            if word.is_mark:
                if word.plain in _HARD:
                    carried = set()
                    parts.append(_Part())
                elif word.plain in _SOFT and (part.mentions or part.manners):
                    if word.plain == ",":
                        carried = {"negation"} if "negation" in part.manners and _list_goes_on_with_or(words, at) else set()
                        parts.append(_Part(manners=set(carried)))
                    else:
                        parts.append(_Part(manners=set(part.manners)))
                at += 1
                continue
            if word.plain == "and" and at + 1 < len(words) and words[at + 1].plain in _ANEW:
                parts.append(_Part())
                at += 1
                continue
            when, length = _time_at(words, at, on)
            if length:
                part.since = when
                at += length
                continue
            cue = self.cues.longest_at(words, at)
            found = self.knowledge.lexicon.longest_at(words, at, alone=alone == 1)
            place, place_length = self.knowledge.gazetteer.find_at(words, at)
            if found and found.length >= max(cue.length if cue else 0, place_length):
                part.mentions.append((found.meanings, _written(words, at, found.length)))
                part.words.extend(one.plain for one in words[at : at + found.length])
                at += found.length
                continue
            elif cue and cue.length >= place_length:
                if "but" in cue.meanings:
                    parts.append(_Part())
                elif part.mentions and cue.meanings[0] in ("negation", "family") and not _turns_back(words, at + cue.length):
                    parts.append(_Part(manners=set(cue.meanings)))
                else:
                    part.manners.update(cue.meanings)
                at += cue.length
            elif word.plain == "?":
                part.manners.add("uncertain")
                at += 1
            elif word.plain in SIDE_WORDS:
                part.sides.extend(SIDE_WORDS[word.plain])
                at += 1
            elif place_length:
                part.places.extend(place)
                at += place_length
            else:
                if _YEAR.match(word.plain):
                    part.since = part.since or _year(int(word.plain), on)
                elif word.plain not in self.fillers and word.written.lower() not in self.fillers and not _NUMBER.match(word.plain):
                    left_over.append((at, word.written))
                at += 1
            part.words.append(word.plain)
        return parts, _joined(left_over)

    def _mentions(self, part: _Part) -> list[Mention]:
        manner = _manner(part.manners)
        areas = self._areas(part)
        return [Mention(terms, written, manner, areas, part.since, tuple(part.words)) for terms, written in part.mentions]

    def _areas(self, part: _Part) -> int:
        """The bits of the places that a part names; a side alone is kept for the areas that a fact has by itself."""
        side = part.sides[0] if len(set(part.sides)) == 1 else None
        bits = 0
        for meant in part.places:
            bits |= self.knowledge.gazetteer.place(meant, side).areas
        return bits or (-1 if side is Side.LEFT else -2 if side is Side.RIGHT else 0)


#: What ``areas`` holds when only a side was named: the fact's own areas on that side.
ONLY_LEFT, ONLY_RIGHT = -1, -2


def only_side(areas: int) -> Side | None:
    """Which side was named alone, if it was?"""
    return {ONLY_LEFT: Side.LEFT, ONLY_RIGHT: Side.RIGHT}.get(areas)


def _manner(cues: set[str]) -> Manner:
    for manner, kind in _CUE_ORDER:
        if kind in cues:
            return manner
    return Manner.HISTORY if "history" in cues else Manner.SAID


def _place_alone(mentions: list[Mention], areas: int) -> list[Mention]:
    """A place that stands in a part of its own ("lymphoedema, left arm") belongs to the only thing that is mentioned."""
    if len(mentions) == 1 and not mentions[0].areas and areas:
        one = mentions[0]
        return [Mention(one.terms, one.written, one.manner, areas, one.since, one.spared)]
    return mentions


def _list_goes_on_with_or(words: Sequence[Word], at: int) -> bool:
    """Does the list after this comma end with "or"? Then a denial at its head is meant for all of it."""
    for word in words[at + 1 :]:
        if word.plain in ("or", "nor"):
            return True
        if word.plain in (";", "\n", "but", "has", "on", "take", "with"):
            return False
    return False


def _turns_back(words: Sequence[Word], at: int) -> bool:
    """Does nothing but the end of the part follow? Then the cue belongs to what stands before it ("DVT ruled out")."""
    return at >= len(words) or words[at].is_mark


def _written(words: Sequence[Word], at: int, length: int) -> str:
    return " ".join(word.written for word in words[at : at + length])


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


def _year(year: int, on: date) -> date | None:
    """A year alone: its last day, or not known when that is still to come."""
    end = date(year, 12, 31)
    return end if end < on else None


def _time_at(words: Sequence[Word], at: int, on: date) -> tuple[date | None, int]:
    """A time such as "3 weeks ago", "two months post op", "yesterday": the day, and how many words it took."""
    plain = [word.plain for word in words[at : at + 4]]
    if plain[0] == "yesterday":
        return on - timedelta(days=1), 1
    if plain[0] == "today":
        return on, 1
    if len(plain) < 2:
        return None, 0
    unit = _UNITS.get(plain[1])
    if plain[0] == "last" and unit:
        return on - timedelta(days=unit), 2
    try:
        count = _COUNTS[plain[0]] if plain[0] in _COUNTS else float(plain[0])
    except ValueError:
        return None, 0
    if unit and len(plain) > 2 and plain[2] in ("ago", "post", "since", "postop", "back"):
        days = round(count * unit)
        if days < (on - date.min).days:
            return on - timedelta(days=days), 3
    return None, 0
