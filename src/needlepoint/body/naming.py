"""From plain words to places: "left upper trap", "GB21, both sides", "between the shoulder blades"."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from needlepoint.body.atlas import Atlas
from needlepoint.body.place import Place
from needlepoint.terms import Side, Word, words_of
from needlepoint.terms.lexicon import Lexicon, Name, nearest

#: What a name can stand for: ("muscle", id), ("region", id), ("coarse", id), ("area", id) or ("point", code).
Meant = tuple[str, str]

SIDE_WORDS: dict[str, tuple[Side, ...]] = {
    "left": (Side.LEFT,),
    "l": (Side.LEFT,),
    "lt": (Side.LEFT,),
    "lhs": (Side.LEFT,),
    "right": (Side.RIGHT,),
    "r": (Side.RIGHT,),
    "rt": (Side.RIGHT,),
    "rhs": (Side.RIGHT,),
    "bilateral": (Side.LEFT, Side.RIGHT),
    "bilaterally": (Side.LEFT, Side.RIGHT),
    "bilat": (Side.LEFT, Side.RIGHT),
    "bil": (Side.LEFT, Side.RIGHT),
    "both": (Side.LEFT, Side.RIGHT),
    "b": (Side.LEFT, Side.RIGHT),
}
#: Words that may stand beside the name of a place and change nothing about where it is.
BESIDE = frozenset(
    {
        "the", "a", "an", "of", "at", "in", "on", "over", "around", "near", "by", "into", "to", "and", "with", "from", "for", "side",
        "sided", "area", "region", "zone", "site", "spot", "place", "muscle", "point", "trigger", "tp", "mtrp", "trp", "acupoint",
        "acupuncture", "dry", "needling", "needle", "needled", "fibre", "fiber", "belly", "part", "each", "my", "his", "her", "their",
        "skin", "about", "approx", "approximately", "just", "myofascial", "taut", "band", "tender", "course", "unstated",
    }
)  # fmt: skip
_BREAKS = frozenset(",;+&/.\n") | {"and"}
_POINT = re.compile(r"^([a-z]{1,3})(\d{1,2})$")
_RANGE = re.compile(r"\b([A-Za-z]{1,3})[ -]?(\d{1,2})\s?(?:-|\u2013|to)\s?(?:([A-Za-z]{1,3})[ -]?)?(\d{1,2})\b")
#: The longest row of points that one range may stand for.
_LONGEST_RANGE = 30


@dataclass(frozen=True, slots=True)
class PlacesNamed:
    """What a text names: the places, and the words of it that nobody understood."""

    places: tuple[Place, ...]
    left_over: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All names of places. ``prefixes`` leads from the ways a meridian is written to its standard letters."""

    atlas: Atlas
    lexicon: Lexicon[Meant]
    prefixes: dict[str, str]

    @classmethod
    def of(cls, atlas: Atlas, prefixes: dict[str, str]) -> "Gazetteer":
        """The names of everything in this atlas."""
        names: list[Name[Meant]] = []
        for kind, parts in (
            ("muscle", atlas.muscles),
            ("region", atlas.regions),
            ("coarse", atlas.coarse),
            ("area", atlas.areas),
        ):
            for part in parts.values():
                own = (part.id.replace("-", " "), getattr(part, "title", part.id), *part.names)
                names.extend(Name(name, (kind, part.id)) for name in dict.fromkeys(own))
        names.extend(Name(point.name, ("point", point.code)) for point in atlas.points.values())
        return cls(atlas, Lexicon.of(names), {prefix.lower(): letters for prefix, letters in prefixes.items()})

    def find_at(self, words: Sequence[Word], at: int) -> tuple[tuple[Meant, ...], int]:
        """Which places does the name at word ``at`` stand for, and how many words did it take? ``((), 0)`` for none."""
        code, length = self._point_at(words, at)
        if code:
            return (("point", code),), length
        found = self.lexicon.longest_at(words, at)
        return (_most_exact(found.meanings), found.length) if found else self._syllables_at(words, at)

    def _syllables_at(self, words: Sequence[Word], at: int) -> tuple[tuple[Meant, ...], int]:
        """The name of a point written in syllables: "Zu San Li"."""
        for length in (3, 2):
            together = "".join(word.written.lower() for word in words[at : at + length])
            meant = self.lexicon.means(together) if at + length <= len(words) and together.isalpha() else ()
            if meant and all(kind == "point" for kind, _ in meant):
                return meant, length
        return (), 0

    def _point_at(self, words: Sequence[Word], at: int) -> tuple[str | None, int]:
        together = _POINT.match(words[at].plain)
        if together:
            letters = self.prefixes.get(together[1])
            code = f"{letters}{int(together[2])}" if letters else None
            return (code, 1) if code in self.atlas.points else (None, 0)
        for length in (1, 2):
            spelled = " ".join(word.plain for word in words[at : at + length])
            number = words[at + length].plain if at + length < len(words) else ""
            if (
                len(spelled) > 1
                and spelled in self.prefixes
                and number.isdigit()
                and f"{self.prefixes[spelled]}{int(number)}" in self.atlas.points
            ):
                return f"{self.prefixes[spelled]}{int(number)}", length + 1
        return None, 0

    def place(self, meant: Meant, side: Side | None) -> Place:
        """The place that a name stands for, on this side."""
        kind, name = meant
        if kind == "muscle":
            return self.atlas.place_of_muscle(name, side)
        if kind == "region":
            return self.atlas.place_of_region(name, side)
        if kind == "point":
            return self.atlas.place_of_point(name, side)
        if kind == "coarse":
            return self.atlas.place_of_coarse(name, side)
        return self.place_of_area(name, side)

    def place_of_area(self, area: str, side: Side | None) -> Place:
        """A whole area as a coarse place: all regions that lie in it."""
        regions = tuple(sorted(region.id for region in self.atlas.regions.values() if region.area == area))
        return self.atlas.gather(self.atlas.areas[area].title, (), regions, side, coarse=True)

    def nearest(self, text: str) -> tuple[str, ...]:
        """Known names of places that look like this text."""
        return nearest(text, (name.written for name in self.lexicon.names))

    def read(self, text: str, side: Side | None = None) -> PlacesNamed:
        """Which places does this text name? ``side`` is what was stated beside the text; words in the text go before it.

        A side that stands alone after a name ("GB21, both sides") belongs to the names before it that have none.
        """
        named: list[tuple[tuple[Meant, ...], tuple[Side, ...]]] = []
        left_over: list[str] = []
        waiting: list[int] = []
        sides: tuple[Side, ...] = ()
        in_part: list[int] = []
        words = words_of(_RANGE.sub(self._each_of_range, _with_level(text)))
        at = 0

        def close() -> None:
            nonlocal sides
            for index in in_part:
                if sides:
                    named[index] = (named[index][0], sides)
            if sides and not in_part:
                for index in waiting:
                    named[index] = (named[index][0], sides)
                waiting.clear()
            waiting.extend(index for index in in_part if not sides)
            in_part.clear()
            sides = ()

        while at < len(words):
            word = words[at]
            of_muscle = word.plain in ("belly", "head") and (
                in_part or (word.plain == "belly" and _says(words, at + 1, "of"))
            )
            lateral = word.plain == "lat" and in_part and words[at - 1].plain in SIDE_WORDS
            skip = word.is_mark or of_muscle or lateral
            meant, length = ((), 0) if skip else self.find_at(words, at)
            if meant:
                in_part.append(len(named))
                named.append((meant, ()))
                at += length
                continue
            if word.plain in _BREAKS and not self._between_sides(words, at):
                close()
            elif word.plain in SIDE_WORDS:
                sides = tuple(dict.fromkeys((*sides, *SIDE_WORDS[word.plain])))
            elif not (word.is_mark or lateral or of_muscle or word.plain in BESIDE or word.plain in _BREAKS):
                left_over.append(word.written)
            at += 1
        close()
        stated: tuple[Side | None, ...] = (side,)
        places = [self.merged(meant, one) for meant, own in named for one in (own or stated)]
        return PlacesNamed(tuple(dict.fromkeys(places)), tuple(left_over))

    def _between_sides(self, words: Sequence[Word], at: int) -> bool:
        """Does this break stand between two sides, as in "right and left QL"? Then both belong to one name."""
        inside = 0 < at < len(words) - 1
        return (
            inside
            and words[at - 1].plain in SIDE_WORDS
            and words[at + 1].plain in SIDE_WORDS
            and words[at].plain != ","
        )

    def _each_of_range(self, found: re.Match[str]) -> str:
        """ "BL13-17" as each of its points; anything else as it stands."""
        letters = self.prefixes.get(found[1].lower())
        first, last = int(found[2]), int(found[4])
        same = letters is not None and (found[3] is None or self.prefixes.get(found[3].lower()) == letters)
        codes = [f"{letters}{n}" for n in range(first, last + 1)]
        if not same or not 1 < len(codes) <= _LONGEST_RANGE or any(code not in self.atlas.points for code in codes):
            return found[0]
        return " ".join(codes)

    def merged(self, meant: tuple[Meant, ...], side: Side | None) -> Place:
        """One place for a name: where it may mean several things, a coarse place with the hazards of all."""
        if len(meant) == 1:
            return self.place(meant[0], side)
        places = [self.place(one, side) for one in meant]
        muscles = tuple(dict.fromkeys(m for place in places for m in place.muscles))
        regions = tuple(dict.fromkeys(r for place in places for r in place.regions))
        return self.atlas.gather(places[0].label, muscles, regions, side, coarse=True)


_SPINAL = re.compile(
    r"paraspinal|multifid|facet|erector|spin(e|al)|rotator(es)?\b|longissimus|iliocostalis", re.IGNORECASE
)
_LEVEL = re.compile(r"\b([CTL])(\d{1,2})(?:\s?[-/\u2013]\s?[CTLS]?\d{1,2})?\b")
_LEVELS = {"C": "cervical", "T": "thoracic", "L": "lumbar"}


def _with_level(text: str) -> str:
    """ "T4-T8 paraspinals" as "thoracic paraspinals": the level of the spine says which part of a long muscle is meant."""
    levels = list(dict.fromkeys(_LEVELS[found[1]] for found in _LEVEL.finditer(text)))
    if not levels or not _SPINAL.search(text):
        return text
    rest = _LEVEL.sub(" ", text)
    return rest if len(levels) > 1 or levels[0] in text.lower() else f"{levels[0]} {rest}"


def _says(words: Sequence[Word], at: int, word: str) -> bool:
    return at < len(words) and words[at].plain == word


def _most_exact(meant: Iterable[Meant]) -> tuple[Meant, ...]:
    """A name that is both a region and an area means the region; a muscle goes before the coarse word of the same name."""
    meanings = tuple(meant)
    for kind in ("muscle", "region", "coarse", "area", "point"):
        of_kind = tuple(one for one in meanings if one[0] == kind)
        if of_kind:
            return of_kind
    return meanings
