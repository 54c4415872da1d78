"""Reading a complaint in plain words: places, sides, symptoms, qualities, problems, since when; and the words that nobody understood.

The same rules as everywhere: what is denied is not so, what belongs to someone else does not count, and every word is understood or
comes back.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from needlepoint.body import Place
from needlepoint.body.naming import BESIDE, SIDE_WORDS
from needlepoint.locate.knowledge import LocateKnowledge
from needlepoint.locate.told import Complaint, Heard
from needlepoint.terms import Side, Truth, Word, words_of
from needlepoint.terms.lexicon import Found, Lexicon, Name, nearest

_STOPS = frozenset({".", ";", "\n"})
#: Words at which a denial ends, for another thought begins.
_ENDS_DENIAL = frozenset({"but", "however", "although", "though", "only", "just", "apart"})
_PAIN_WORDS = ("pain", "ache", "aching", "hurt", "sore", "tender", "burn", "cramp", "swell", "swollen", "numb", "tingl")
_COMES = ("com", "came", "go", "went", "keep", "bring", "brought", "bent", "bend")
_MOVES = ("reach", "turn", "lift", "rais", "bend", "lying", "lie", "fasten", "behind", "roll", "cough", "sneez")
_UNITS = {"day": 1, "week": 7, "wk": 7, "month": 30, "mth": 30, "year": 365, "yr": 365}
_COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twelve": 12, "few": 3, "couple": 2, "several": 4, "many": 10, "fortnight": 14,
}  # fmt: skip
_TIME_WORDS = frozenset(
    {
        "since", "for", "ago", "now", "today", "yesterday", "last", "past", "over", "of", "old", "morning", "evening", "night", "about", "or", "so",
    }
)  # fmt: skip
_NUMBER = re.compile(r"^\d+([.,]\d+)?(/\d+)?%?$")


@dataclass(slots=True)
class _Walk:
    """What has been read so far."""

    places: list[tuple[tuple[tuple[str, str], ...], tuple[Side, ...]]] = field(default_factory=list)
    sentence: int = 0
    sentence_of: list[int] = field(default_factory=list)
    hurting: set[int] = field(default_factory=set)
    without_side: list[int] = field(default_factory=list)
    sides: list[Side] = field(default_factory=list)
    waiting: tuple[Side, ...] = ()
    heard: dict[str, list[Heard]] = field(default_factory=dict)
    denied: bool = False
    days: int | None = None
    left_over: list[tuple[int, str]] = field(default_factory=list)


@dataclass(slots=True)
class ComplaintReader:
    """Reads complaints with one knowledge. Make it once for many. ``understood`` are further names that other steps know."""

    knowledge: LocateKnowledge
    understood: Lexicon[str] | None = None
    _denials: Lexicon[str] = field(init=False)

    def __post_init__(self) -> None:
        self._denials = Lexicon.of([Name(word, "no") for word in (*self.knowledge.negation, "nothing")])

    def read(self, text: str) -> Complaint:
        """What does this complaint say?"""
        words = words_of(text)
        walk = _Walk()
        at = 0
        while at < len(words):
            at += self._step(words, at, walk)
        self._close(walk)
        places = [
            self.knowledge.gazetteer.merged(meant, side)
            for (meant, sides), sentence in zip(walk.places, walk.sentence_of, strict=True)
            for side in (sides or (None,))
            if sentence in walk.hurting or not walk.hurting
        ]
        return Complaint(
            text=text,
            places=tuple(dict.fromkeys(self._of_pain(places))),
            sides=tuple(dict.fromkeys(walk.sides)),
            symptoms=_once(walk.heard.get("symptom", ())),
            qualities=_once(walk.heard.get("quality", ())),
            problems=_once(walk.heard.get("problem", ())),
            days=walk.days,
            left_over=_runs(walk.left_over),
        )

    def nearest(self, text: str) -> tuple[str, ...]:
        """Known words that look like this text."""
        own = (name.written for name in self.knowledge.words.names)
        return nearest(text, (*own, *(name.written for name in self.knowledge.gazetteer.lexicon.names)))

    def _step(self, words: Sequence[Word], at: int, walk: _Walk) -> int:
        word = words[at]
        if word.is_mark:
            if word.plain in _STOPS:
                self._close(walk)
                walk.denied = False
                walk.sentence += 1
            return 1
        if not walk.denied and _speaks_of_pain([word]):
            walk.hurting.add(walk.sentence)
        taken = self._time(words, at, walk)
        if taken:
            return taken
        thing = self.knowledge.words.longest_at(words, at)
        meant, place_length = self.knowledge.gazetteer.find_at(words, at)
        denial = self._denials.longest_at(words, at)
        other = self.understood.longest_at(words, at) if self.understood else None
        longest = max(_length(thing), place_length, _length(denial), _length(other))
        if not longest:
            return self._single(words, at, walk)
        if thing and thing.length == longest:
            written = " ".join(one.written for one in words[at : at + longest])
            for kind, id_ in thing.meanings:
                so: Truth = not walk.denied
                walk.heard.setdefault(kind, []).append(Heard(id_, so, written))
            if meant and place_length == longest and not walk.denied:
                self._place(meant, walk)
            elif not walk.denied and (
                any(kind == "problem" for kind, _ in thing.meanings) or _speaks_of_pain(words[at : at + longest])
            ):
                self._places_within(words[at : at + longest], walk)
        elif other and other.length == longest and not walk.denied:
            self._places_within(words[at : at + longest], walk)
        elif denial and denial.length == longest:
            walk.denied = True
        elif meant and place_length == longest and not walk.denied:
            if words[at].plain == "back" and longest == 1:
                return self._back(words, at, meant, walk)
            self._place(meant, walk)
        return longest

    def _back(self, words: Sequence[Word], at: int, meant: tuple[tuple[str, str], ...], walk: _Walk) -> int:
        """ "Back" by itself: the back, the back of something ("the back of both thighs"), or no place at all ("it came back")."""
        if at and words[at - 1].plain.startswith(_COMES):
            return 1
        if at + 1 < len(words) and words[at + 1].plain == "of":
            thing = at + 2
            while thing < len(words) and (words[thing].plain in SIDE_WORDS or words[thing].plain in BESIDE):
                if words[thing].plain in SIDE_WORDS and words[thing].plain != "b":
                    walk.waiting = tuple(dict.fromkeys((*walk.waiting, *SIDE_WORDS[words[thing].plain])))
                    walk.sides.extend(SIDE_WORDS[words[thing].plain])
                thing += 1
            behind = words_of("back of " + " ".join(word.written for word in words[thing : thing + 3]))
            there, length = self.knowledge.gazetteer.find_at(behind, 0)
            if there and length > 2:
                self._place(there, walk)
                return thing - at + length - 2
            return 1
        self._place(meant, walk)
        return 1

    def _places_within(self, words: Sequence[Word], walk: _Walk) -> None:
        """A name such as "low back pain" says a place, too."""
        at = 0
        while at < len(words):
            meant, length = self.knowledge.gazetteer.find_at(words, at)
            if meant:
                self._place(meant, walk)
            at += max(length, 1)

    def _place(self, meant: tuple[tuple[str, str], ...], walk: _Walk) -> None:
        if all(kind == "muscle" for kind, _ in meant):
            return  # a muscle that is blamed is no place where it hurts
        walk.places.append((meant, walk.waiting))
        walk.sentence_of.append(walk.sentence)
        if not walk.waiting:
            walk.without_side.append(len(walk.places) - 1)
        walk.waiting = ()

    def _single(self, words: Sequence[Word], at: int, walk: _Walk) -> int:
        word = words[at]
        if word.plain in SIDE_WORDS and not self._right_as_just(words, at):
            sides = SIDE_WORDS[word.plain]
            walk.sides.extend(sides)
            behind = bool(walk.without_side) and (
                at + 1 >= len(words) or words[at + 1].is_mark or words[at + 1].plain == "side"
            )
            if behind:
                self._give(walk, sides)
            else:
                walk.waiting = tuple(dict.fromkeys((*walk.waiting, *sides)))
        elif word.plain in _ENDS_DENIAL:
            walk.denied = False
        elif not self._is_filler(word):
            walk.left_over.append((at, word.written))
        return 1

    def _right_as_just(self, words: Sequence[Word], at: int) -> bool:
        """Is "right" a mere "just", as in "right after", or a "b" no side?"""
        follows = words[at + 1].plain if at + 1 < len(words) else ""
        return words[at].plain == "b" or (
            words[at].plain == "right" and follows in ("after", "before", "now", "away", "through")
        )

    def _give(self, walk: _Walk, sides: tuple[Side, ...]) -> None:
        """Give a side to the places before it that have none."""
        for index in walk.without_side:
            meant, _ = walk.places[index]
            walk.places[index] = (meant, sides)
        walk.without_side.clear()

    def _close(self, walk: _Walk) -> None:
        """At the end of a sentence, a side that waits belongs to the places of it."""
        if walk.waiting and walk.without_side:
            self._give(walk, walk.waiting)
        walk.waiting = ()
        walk.without_side.clear()

    def _is_filler(self, word: Word) -> bool:
        plain = word.plain
        return plain in BESIDE or plain in self.knowledge.fillers or plain in _TIME_WORDS or bool(_NUMBER.match(plain))

    def _time(self, words: Sequence[Word], at: int, walk: _Walk) -> int:
        """ "three weeks", "2 years ago", "a few months"."""
        count = _count(words[at].plain)
        if count is None:
            return 0
        step = 1
        if at + 1 < len(words) and words[at].plain == "a" and words[at + 1].plain in ("few", "couple"):
            count, step = float(_COUNTS[words[at + 1].plain]), 2
            if at + step < len(words) and words[at + step].plain == "of":
                step += 1
        unit = _UNITS.get(words[at + step].plain) if at + step < len(words) else None
        if unit is None or (at + step + 1 < len(words) and words[at + step + 1].plain == "old"):
            return 0
        if walk.days is None:
            walk.days = round(count * unit)
        return step + 1

    def _of_pain(self, places: Iterable[Place]) -> list[Place]:
        """Places with skin or an inside that hurts; coarse words stand for all that they may mean."""
        return [place for place in places if place.regions]


def _speaks_of_pain(words: Sequence[Word]) -> bool:
    """Is the place in these words where it hurts ("heel pain"), and not where one reaches or looks ("cannot reach behind the back")?"""
    hurts = any(word.plain.startswith(_PAIN_WORDS) or word.plain.endswith("ache") for word in words)
    return hurts and not any(word.plain.startswith(_MOVES) for word in words)


def _count(word: str) -> float | None:
    if word in _COUNTS:
        return float(_COUNTS[word])
    return float(word) if re.fullmatch(r"\d{1,3}(\.\d)?", word) else None


def _length(found: Found[tuple[str, str]] | Found[str] | None) -> int:
    return found.length if found else 0


def _once(heard: Iterable[Heard]) -> tuple[Heard, ...]:
    """Each thing once. What is told somewhere and denied elsewhere counts as told: the worrying answer wins."""
    best: dict[str, Heard] = {}
    for one in heard:
        if one.id not in best or (one.so and not best[one.id].so):
            best[one.id] = one
    return tuple(best.values())


def _runs(left_over: Sequence[tuple[int, str]]) -> tuple[str, ...]:
    runs: list[str] = []
    last = -2
    for at, written in left_over:
        if at == last + 1:
            runs[-1] += f" {written}"
        else:
            runs.append(written)
        last = at
    return tuple(runs)
