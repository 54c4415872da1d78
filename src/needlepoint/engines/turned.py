"""The sheet turned round: for each thing that can be so of a person, the places where it matters.

For one person the sheet goes from place to place and looks which lines hold there. For a million people in a database that is the long way
round. Here each *way* in which a line can come true knows the set of places where it weighs, and at which level. A database then tries each
way once for a person and joins the sets of places: three sets, ``adapt``, ``weigh`` and ``stop``, say all about every place of the body.

Sets are whole numbers used as bits. Places that have every line in common are one *kind* of place, and the sets are sets of kinds.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from needlepoint.engines.questions import Question, Unknown, asks_where, questions_in, ways
from needlepoint.screen import ScreenKnowledge
from needlepoint.screen.residue import Every, Residue, Touches, every, residue_leaves
from needlepoint.screen.sheet import Column, Line, Residues
from needlepoint.screen.told import Proposal
from needlepoint.terms import Level, Side


@dataclass(frozen=True, slots=True)
class Located:
    """A located fact that weighs wherever it lies, while ``rest`` is so of the person as well."""

    fact: str
    rest: Residue


#: What can leave a line open: a single thing that is not known; a way that asks several; a located fact with a condition.
Opening = Question | Residue | Located


@dataclass(frozen=True, slots=True)
class Stands:
    """Where something stands: on which levels of the person's own lines (bits), and for each level at which kinds of place (bits)."""

    person: int = 0
    places: tuple[int, int, int, int] = (0, 0, 0, 0)

    def also(self, level: Level, kinds: int | None) -> "Stands":
        """The same, standing also on this level: at these kinds of place, or among the person's lines (``None``)."""
        if kinds is None:
            return Stands(self.person | 1 << level, self.places)
        places = tuple(known | kinds if n == level else known for n, known in enumerate(self.places))
        return Stands(self.person, (places[0], places[1], places[2], places[3]))


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One rule about the person, at one level: it holds when the residue is true."""

    rule: str
    level: Level
    residue: Residue


@dataclass(slots=True)
class PlaceLine:
    """One rule about places, at one level: all ways in which it comes true at any place, with the kinds of place where they count.

    For a located fact the kinds are kept for each area in which it is looked for.
    """

    rule: str
    level: Level
    plain: dict[Residue, int] = field(default_factory=dict)
    located: dict[Located, dict[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TurnedSheet:
    """The rules of one knowledge, for every region with nothing planned.

    ``places`` are the names of the places and ``kind_of`` the kind of each. ``openings`` says where each thing that is not known could make
    something worse.
    """

    places: tuple[str, ...]
    kind_of: tuple[int, ...]
    kinds: int
    person_lines: tuple[PersonLine, ...]
    place_lines: tuple[PlaceLine, ...]
    openings: Mapping[Opening, Stands]
    questions: tuple[Question, ...]


def place_name(proposal: Proposal) -> str:
    """What a region is called in a table of results: "left calf", or without a side in the middle."""
    place = proposal.place
    if place is None or place.region is None:
        raise ValueError(f"“{proposal.text}” is no region")
    return place.region if place.side in (None, Side.MIDLINE) else f"{place.side} {place.region}"


def turn(knowledge: ScreenKnowledge) -> TurnedSheet:
    """The rules of this knowledge, turned round."""
    sheet = knowledge.sheet
    columns = [sheet.place(proposal) for proposal in sheet.every_place]
    kinds = _kinds(sheet.every_place, columns)
    person_lines = _person_lines(sheet.person(()).lines, sheet.residues)
    place_lines = _place_lines(kinds, sheet.residues)
    openings = _openings(person_lines, place_lines)
    return TurnedSheet(
        places=tuple(place_name(proposal) for proposal in sheet.every_place),
        kind_of=tuple(kinds[column.lines] for column in columns),
        kinds=len(kinds),
        person_lines=person_lines,
        place_lines=place_lines,
        openings=openings,
        questions=_questions(openings),
    )


def asked_by(opening: Opening) -> tuple[Question, ...]:
    """Which single things would have to be asked to close this?"""
    if isinstance(opening, Question):
        return (opening,)
    if isinstance(opening, Located):
        where = (Question(Unknown.FACT, opening.fact), Question(Unknown.WHERE, opening.fact))
        return tuple(dict.fromkeys((*where, *questions_in(opening.rest))))
    return questions_in(opening)


def _kinds(every_place: tuple[Proposal, ...], columns: list[Column]) -> dict[tuple[Line, ...], int]:
    """The kinds of place, numbered so that places of one area stand together."""
    areas = {column.lines: one.place.areas for one, column in zip(every_place, columns, strict=True) if one.place}
    order = sorted(dict.fromkeys(column.lines for column in columns), key=lambda lines: areas[lines])
    return {lines: n for n, lines in enumerate(order)}


def _person_lines(lines: Iterable[Line], residues: Residues) -> tuple[PersonLine, ...]:
    """The person's lines in the order in which findings are told: the weightiest first, then by the alphabet."""
    found = {PersonLine(line.rule.id, line.level, residues.residues[line.number]): None for line in lines}
    return tuple(sorted(found, key=lambda line: (-line.level, line.rule)))


def _place_lines(kinds: Mapping[tuple[Line, ...], int], residues: Residues) -> tuple[PlaceLine, ...]:
    found: dict[tuple[int, str], PlaceLine] = {}
    for lines, kind in kinds.items():
        for line in lines:
            known = found.setdefault((-line.level, line.rule.id), PlaceLine(line.rule.id, line.level))
            for way in ways(residues.residues[line.number]):
                located = as_located(way)
                if located is None:
                    known.plain[way] = known.plain.get(way, 0) | 1 << kind
                else:
                    where, areas = located
                    by_area = known.located.setdefault(where, {})
                    by_area[areas] = by_area.get(areas, 0) | 1 << kind
    return tuple(found[key] for key in sorted(found))


def as_located(way: Residue) -> tuple[Located, int] | None:
    """A way that asks for one located fact in some areas, and else only about the person; ``None`` for any other way."""
    parts = way.parts if isinstance(way, Every) else (way,)
    where = [part for part in parts if asks_where(part)]
    if len(where) != 1 or not isinstance(where[0], Touches) or not where[0].areas:
        return None
    return Located(where[0].fact, every(tuple(part for part in parts if part is not where[0]))), where[0].areas


def _openings(person_lines: tuple[PersonLine, ...], place_lines: tuple[PlaceLine, ...]) -> dict[Opening, Stands]:
    found: dict[Opening, Stands] = {}

    def stands(opening: Opening, level: Level, kinds: int | None) -> None:
        if level > Level.CLEAR:
            found[opening] = found.get(opening, Stands()).also(level, kinds)

    for person_line in person_lines:
        for way in ways(person_line.residue):
            for opening in _opened_by(way):
                stands(opening, person_line.level, None)
    for line in place_lines:
        for way, kinds in line.plain.items():
            for opening in _opened_by(way):
                stands(opening, line.level, kinds)
        for where, by_area in line.located.items():
            openings: tuple[Opening, ...] = (where,) if where.rest is not True else asked_by(where)
            for opening in openings:
                for kinds in by_area.values():
                    stands(opening, line.level, kinds)
    return found


def _opened_by(way: Residue) -> tuple[Opening, ...]:
    """What leaves this way open: the one thing it asks, if it asks only one; else the way itself; nothing if it is always known."""
    questions = questions_in(way)
    if not questions:
        return ()
    return questions if len(residue_leaves(way)) == 1 and len(questions) == 1 else (way,)


def _questions(openings: Iterable[Opening]) -> tuple[Question, ...]:
    """All single things that can be asked, in the order of the alphabet of their ids."""
    found = {question for opening in openings for question in asked_by(opening)}
    by_id = sorted(found, key=lambda one: (one.id, one.kind))
    for one, other in pairwise(by_id):
        if one.id == other.id:
            raise ValueError(f"'{one.id}' names two things that can be asked: a {one.kind} and a {other.kind}")
    return tuple(by_id)
