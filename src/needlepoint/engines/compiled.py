"""The turned sheet as one Ibis expression, for whichever database runs it.

From the table of facts it makes the table of *marks*: for each person a few whole numbers, whose bits say which rules hold, what is still
open, and at which kinds of place needling is at least ``adapt``, ``weigh`` or ``stop``. It goes in five steps, each a query over the one
before, so that nothing is worked out twice:

1. ``_known``: a measurement that is not a number becomes NULL; what rules ask in several parts becomes a column of true, false or NULL;
2. ``_tried``: every line and way is tried, every question looked at: one bit each;
3. ``_weighed``: the person's level and the sets of places of each level;
4. ``_opened``: what is not known, where it could still make something worse;
5. ``_concluded``: nobody is cleared while something is open.

NULL in SQL is *not known*: see ``kleene``. The words are those of ``bits``.
"""

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import reduce
from operator import or_
from typing import Any

import ibis
from ibis import _

from needlepoint.engines.bits import (
    any_set,
    bit_set,
    bits_if,
    hits,
    nth_word,
    union,
    whole,
    whole_level,
    word,
    word_columns,
    words_for,
)
from needlepoint.engines.columns import (
    EVIDENCE,
    PERSON,
    WORDS_MISSING,
    FactColumns,
    fact_column,
    place_column,
    quantity_column,
)
from needlepoint.engines.kleene import truth
from needlepoint.engines.population import Population
from needlepoint.engines.questions import Question, Unknown
from needlepoint.engines.turned import Located, Opening, PlaceLine, Stands, TurnedSheet, asked_by
from needlepoint.screen.expression import Fact, Quantity
from needlepoint.screen.residue import Residue
from needlepoint.terms import Level

CLEARANCE = "clearance"
COMPLETE = "complete"
#: The words of the marks: rules that hold of the person, rules that hold at some region, open questions.
FINDING, REGION_FINDING, QUESTION = "finding", "region_finding", "question"
#: The words of the marks: kinds of place that are at least this.
AT_LEAST = {Level.ADAPT: "adapt", Level.WEIGH: "weigh", Level.STOP: "stop"}

Value = Any


def marks(turned: TurnedSheet, columns: FactColumns, population: Population, table: str = "facts") -> Value:
    """The Ibis expression of the marks of these people, over the table of facts of this name.

    What the table holds of everybody, or of nobody, is not looked for in each row: a record system has never asked most questions.
    """
    with _nothing_collected():
        return _Compilation(turned, columns, population).marks(table)


def sql(expression: Value, dialect: str) -> str:
    """The expression in the words of a database: ``duckdb`` or ``pyspark``.

    The steps stay apart: joined into one, each would be worked out again wherever it is used.
    """
    fuse = ibis.options.sql.fuse_selects
    ibis.options.sql.fuse_selects = False
    try:
        with _nothing_collected():
            return str(ibis.to_sql(expression, dialect=dialect, pretty=False))
    finally:
        ibis.options.sql.fuse_selects = fuse


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Of a hundred thousand small objects none is garbage before the end, and looking for it would take a third of the time."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


class _Compilation:
    def __init__(self, turned: TurnedSheet, columns: FactColumns, population: Population) -> None:
        self.turned = turned
        self.columns = columns
        self.population = population
        several = [one for one in turned.openings if not isinstance(one, Question)]
        self.opening_bits: dict[Opening, int] = {one: n for n, one in enumerate((*turned.questions, *several))}
        #: The person is a kind of place, too: the last.
        self.person_bit = 1 << turned.kinds
        self.everywhere = 2 * self.person_bit - 1
        self.place_words = words_for(turned.kinds + 1)
        self.located = list(dict.fromkeys(where for line in turned.place_lines for where in line.located))
        self.ways = list(
            dict.fromkeys(way for line in turned.place_lines if not self._is_simple(line) for way in line.plain)
        )
        self.parts = self._residues_of_several_parts()

    def marks(self, table: str) -> Value:
        facts = ibis.table(self.columns.schema(), name=table)
        return self._concluded(self._opened(self._weighed(self._tried(self._known(facts)))))

    def _is_simple(self, line: PlaceLine) -> bool:
        """Is the truth of this line the truth of one way, wherever it stands?"""
        other_levels = any(other.rule == line.rule and other.level != line.level for other in self.turned.place_lines)
        return len(line.plain) == 1 and not line.located and not other_levels

    def _residues_of_several_parts(self) -> dict[Residue, str]:
        """Residues that are looked at more than once, and have a column of their own."""
        asked = [
            *(line.residue for line in self.turned.person_lines),
            *(way for line in self.turned.place_lines for way in line.plain),
            *(one for one in self.turned.openings if not isinstance(one, Question | Located)),
            *(where.rest for where in self.located),
        ]
        several = dict.fromkeys(one for one in asked if not isinstance(one, bool | Fact | Quantity))
        return {residue: f"so_{n}" for n, residue in enumerate(several)}

    # Step 1

    def _known(self, facts: Value) -> Value:
        numbers = {
            quantity_column(one): ibis.cases(
                (_[quantity_column(one)].isnan(), ibis.null("float64")), else_=_[quantity_column(one)]
            )
            for one in self.columns.quantities
        }
        never = {
            field.name: ibis.null(facts[field.name].type())
            for field in self.columns.schema()
            if field.name in self.population.never and field.name not in (PERSON, EVIDENCE)
        }
        filled = {**numbers, **never}
        told = facts.mutate(**filled) if filled else facts
        return (
            told.mutate(**{name: truth(residue, told) for residue, name in self.parts.items()}) if self.parts else told
        )

    def _so(self, residue: Residue, table: Value) -> Value:
        name = self.parts.get(residue) if not isinstance(residue, bool) else None
        return table[name] if name else truth(residue, table)

    def _may_be(self, residue: Residue, table: Value) -> Value | None:
        """The same; ``None`` where it can be so of nobody."""
        if isinstance(residue, Fact) and fact_column(residue.id) in self.population.never:
            return None
        return self._so(residue, table)

    # Step 2

    def _tried(self, known: Value) -> Value:
        """One bit for every line and way that is true and for everything that is not known; where each located fact lies."""
        lines = self.turned.place_lines
        at_places = [self._may_be(next(iter(line.plain)), known) if self._is_simple(line) else None for line in lines]
        columns = {
            **word_columns(FINDING, [self._may_be(line.residue, known) for line in self.turned.person_lines]),
            **word_columns("line", at_places),
            **word_columns("way", [self._may_be(way, known) for way in self.ways]),
            **word_columns("unknown", [self._is_unknown(one, known) for one in self.opening_bits]),
        }
        for n, where in enumerate(self.located):
            fact, at = known[fact_column(where.fact)], known[place_column(where.fact)].fill_null(whole(0))
            rest = self._so(where.rest, known)
            columns[f"here_{n}"] = ibis.cases((fact if where.rest is True else fact & rest, at), else_=whole(0))
            if where.rest is not True:
                columns[f"perhaps_{n}"] = ibis.cases((fact & rest.isnull(), at), else_=whole(0))
        return known.select(PERSON, WORDS_MISSING, EVIDENCE, **columns)

    def _is_unknown(self, opening: Opening, known: Value) -> Value | None:
        """Is this not known? For a located fact with a condition: may it be anywhere? ``None``: it is known of everybody."""
        match opening:
            case Question(kind=Unknown.FACT, about=fact) if fact_column(fact) in self.population.always:
                return None
            case Question(kind=Unknown.FACT, about=fact):
                return known[fact_column(fact)].isnull()
            case Question(kind=Unknown.WHERE, about=fact):
                return known[fact_column(fact)].fill_null(False) & known[place_column(fact)].isnull()
            case Question(kind=Unknown.MEASUREMENT, about=measurement):
                return known[quantity_column(measurement)].isnull()
            case Question():
                return ibis.literal(True)
            case Located(fact=fact, rest=rest):
                so, nowhere = known[fact_column(fact)], known[place_column(fact)].isnull()
                not_excluded = self._so(rest, known).fill_null(True)
                return (so.isnull() | (so.fill_null(False) & nowhere)) & not_excluded
            case _:
                return self._so(opening, known).isnull()

    # Step 3

    def _weighed(self, tried: Value) -> Value:
        """The person's level, the rules that hold at some region, and the kinds of place of each level, without what is open."""
        lines = self.turned.person_lines
        of_level = {level: bit_set(n for n, line in enumerate(lines) if line.level is level) for level in AT_LEAST}
        person = ibis.cases(
            *(
                (any_set(hits(tried, FINDING, of_level[level])), whole_level(level))
                for level in sorted(AT_LEAST, reverse=True)
            ),
            else_=whole_level(Level.CLEAR),
        )
        places = self._places_of_each_level(tried)
        columns = {CLEARANCE: person, **self._rules_at_some_region(tried), **places}
        carried = [name for name in tried.columns if not name.startswith(("line_", "way_", "here_"))]
        return tried.select(*carried, **columns)

    def _places_of_each_level(self, tried: Value) -> dict[str, Value]:
        columns: dict[str, Value] = {}
        for level, name in AT_LEAST.items():
            sets: dict[int, dict[str, int]] = {}
            for n, line in enumerate(self.turned.place_lines):
                if line.level is level:
                    for way, kinds in line.plain.items():
                        family, bit = ("line", n) if self._is_simple(line) else ("way", self.ways.index(way))
                        masks = sets.setdefault(kinds, {})
                        masks[family] = masks.get(family, 0) | 1 << bit
            tests = [
                (kinds, any_set([hit for family, mask in masks.items() for hit in hits(tried, family, mask)]))
                for kinds, masks in sets.items()
            ]
            columns.update(self._sets_of_places(name, tests, self._spread_out(tried, "here", level, self.located)))
        return columns

    def _spread_out(
        self, table: Value, prefix: str, level: Level, some: Iterable[Located]
    ) -> list[tuple[Value, dict[int, int]]]:
        """The areas in which these lie, with the kinds of place that it concerns on this level, for each area."""
        together: dict[tuple[tuple[int, int], ...], dict[str, None]] = {}
        for where in some:
            for line in self.turned.place_lines:
                if line.level is level and where in line.located:
                    by_area = tuple(sorted(line.located[where].items()))
                    together.setdefault(by_area, {})[f"{prefix}_{self.located.index(where)}"] = None
        return [(union([table[name] for name in names]), dict(by_area)) for by_area, names in together.items()]

    def _sets_of_places(
        self, name: str, tests: Sequence[tuple[int, Value]], spread: Sequence[tuple[Value, dict[int, int]]]
    ) -> dict[str, Value]:
        """Words of a set of kinds of place: ``tests`` join a whole set when they hold, ``spread`` joins what lies in the areas."""
        columns = {}
        for n in range(self.place_words):
            terms = [bits_if(test, whole(part)) for kinds, test in tests if (part := nth_word(kinds, n))]
            for areas, by_area in spread:
                inner = [
                    bits_if((areas & whole(area)) != whole(0), whole(part))
                    for area, kinds in by_area.items()
                    if (part := nth_word(kinds, n))
                ]
                if inner:
                    terms.append(ibis.cases((areas == whole(0), whole(0)), else_=union(inner)))
            columns[word(name, n)] = union(terms)
        return columns

    def _rules_at_some_region(self, tried: Value) -> dict[str, Value]:
        """One bit for every rule that holds at any region; a rule that holds on two levels counts on the higher one."""
        conditions: list[Value | None] = []
        for n, line in enumerate(self.turned.place_lines):
            if self._is_simple(line):
                conditions.append(None)
                continue
            higher = [one for one in self.turned.place_lines[:n] if one.rule == line.rule]
            condition = self._holds_somewhere(tried, line)
            for one in higher:
                condition = condition & ~self._holds_somewhere(tried, one)
            conditions.append(condition)
        found = word_columns(REGION_FINDING, conditions)
        return {name: expression | tried[name.replace(REGION_FINDING, "line")] for name, expression in found.items()}

    def _holds_somewhere(self, tried: Value, line: PlaceLine) -> Value:
        plain = hits(tried, "way", bit_set(self.ways.index(way) for way in line.plain))
        located = [
            tried[f"here_{self.located.index(where)}"] & whole(reduce(or_, by_area))
            for where, by_area in line.located.items()
        ]
        return any_set([*plain, *located])

    # Step 4

    def _opened(self, weighed: Value) -> Value:
        """Places that are worse by the person's own level, and the questions whose answer could still make something worse."""
        sets: dict[str, Value] = {}
        for level, name in AT_LEAST.items():
            for n in range(self.place_words):
                terms = [weighed[word(other, n)] for above, other in AT_LEAST.items() if above >= level]
                everywhere = whole(nth_word(self.everywhere, n))
                terms.append(bits_if(weighed[CLEARANCE] >= whole_level(level), everywhere))
                sets[word(name, n)] = union(terms)
        at_least = weighed.mutate(**sets)
        opened = at_least.mutate(**self._what_is_open(at_least))
        return opened.mutate(**self._questions_asked(opened))

    def _what_is_open(self, table: Value) -> dict[str, Value]:
        """One bit for everything that is not known and stands where it could still make something worse."""
        together: dict[Stands, int] = {}
        for opening, stands in self.turned.openings.items():
            together[stands] = together.get(stands, 0) | 1 << self.opening_bits[opening]
        matters = [(mask, self._could_worsen(table, stands)) for stands, mask in together.items()]
        return {
            word("open", n): table[word("unknown", n)]
            & union([bits_if(condition, whole(part)) for mask, condition in matters if (part := nth_word(mask, n))])
            for n in range(words_for(len(self.opening_bits)))
        }

    def _could_worsen(self, table: Value, stands: Stands) -> Value:
        """Is the person below a level, or any place below a level, on which this stands?"""
        below = []
        for level, name in AT_LEAST.items():
            kinds = stands.places[level] | (self.person_bit if stands.person >> level & 1 else 0)
            for n in range(self.place_words):
                if part := nth_word(kinds, n):
                    below.append(~table[word(name, n)] & whole(part))
        return any_set(below)

    def _questions_asked(self, opened: Value) -> dict[str, Value]:
        """The questions that are open by themselves, and those that are not known in what is open and asks several."""
        several: dict[int, int] = {}
        for opening, bit in self.opening_bits.items():
            if not isinstance(opening, Question):
                asked = self._bits_asked_by(opening)
                several[asked] = several.get(asked, 0) | 1 << bit
        asks = [(asked, any_set(hits(opened, "open", mask))) for asked, mask in several.items()]
        for where in self.located:
            if where.rest is not True and where in self.turned.openings:
                asks.append((self._bits_asked_by(where), self._perhaps_could_worsen(opened, where)))
        every_question = (1 << len(self.turned.questions)) - 1
        columns = {}
        for n in range(words_for(len(self.turned.questions))):
            of_several = union(
                [bits_if(condition, whole(part)) for mask, condition in asks if (part := nth_word(mask, n))]
            )
            single = opened[word("open", n)] & whole(nth_word(every_question, n))
            columns[word(QUESTION, n)] = single | (opened[word("unknown", n)] & of_several)
        return columns

    def _bits_asked_by(self, opening: Opening) -> int:
        return bit_set(self.opening_bits[one] for one in asked_by(opening))

    def _perhaps_could_worsen(self, table: Value, where: Located) -> Value:
        """Does the located fact lie, perhaps, where a place is below its level? Its condition is not known."""
        below: list[Value] = []
        for level, name in AT_LEAST.items():
            sets = self._sets_of_places(name, (), self._spread_out(table, "perhaps", level, [where]))
            below.extend(~table[column] & kinds for column, kinds in sets.items())
        return any_set(below)

    # Step 5

    def _concluded(self, opened: Value) -> Value:
        open_words = [opened[word(QUESTION, n)] for n in range(words_for(len(self.turned.questions)))]
        words_missing = (opened[WORDS_MISSING] > 0) & (opened[CLEARANCE] < whole_level(Level.STOP))
        known = opened.mutate(**{COMPLETE: ~(any_set(open_words) | words_missing)})
        floor = {
            word("adapt", n): ibis.cases(
                (known[COMPLETE], known[word("adapt", n)]), else_=whole(nth_word(self.everywhere, n))
            )
            for n in range(self.place_words)
        }
        clearance = ibis.cases(
            (known[COMPLETE] | (known[CLEARANCE] > whole_level(Level.CLEAR)), known[CLEARANCE]),
            else_=whole_level(Level.ADAPT),
        )
        floored = known.mutate(**{CLEARANCE: clearance}, **floor)
        families = ((FINDING, len(self.turned.person_lines)), (REGION_FINDING, len(self.turned.place_lines)))
        wanted = [
            *(word(name, n) for name, bits in families for n in range(words_for(bits))),
            *(word(QUESTION, n) for n in range(len(open_words))),
            *(word(name, n) for name in AT_LEAST.values() for n in range(self.place_words)),
        ]
        return floored.select(PERSON, CLEARANCE, COMPLETE, WORDS_MISSING, *wanted, EVIDENCE)
