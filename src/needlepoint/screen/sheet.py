"""The sheet: every rule worked out for the person and for every place, so that only the person is left to ask about.

Each distinct residue has one *number*. What is true and what is open of a person are then two sets of numbers (kept as bits of a whole
number), and the level of a place is found by looking which of its numbers are among them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from needlepoint.screen.expression import All, Expression, Not, Surely
from needlepoint.screen.residue import Ask, Residue, asker, settle
from needlepoint.screen.rule import Rule, Scope
from needlepoint.screen.told import Answers, Proposal
from needlepoint.terms import Level


@dataclass(frozen=True, slots=True)
class Line:
    """One rule at one level: it holds when residue ``number`` is true."""

    rule: Rule
    level: Level
    number: int


@dataclass(frozen=True, slots=True)
class Column:
    """All lines of the person, or of one place. ``masks[level]`` are the numbers of the lines of that level, ``all`` of any."""

    lines: tuple[Line, ...]
    masks: tuple[int, int, int, int]
    all: int
    by_number: Mapping[int, tuple[Line, ...]]

    @classmethod
    def of(cls, lines: Iterable[Line]) -> "Column":
        """A column of these lines."""
        kept = tuple(lines)
        masks = [0, 0, 0, 0]
        by_number: dict[int, tuple[Line, ...]] = {}
        for line in kept:
            masks[line.level] |= 1 << line.number
            by_number[line.number] = (*by_number.get(line.number, ()), line)
        of_any = masks[0] | masks[1] | masks[2] | masks[3]
        return cls(kept, (masks[0], masks[1], masks[2], masks[3]), of_any, by_number)

    def holding(self, true: int) -> list[Line]:
        """The lines that hold, in the order of their rules."""
        lines = [line for number in numbers_in(true & self.all) for line in self.by_number[number]]
        return sorted(lines, key=lambda line: line.rule.id)

    def level(self, true: int) -> Level:
        """The worst level of the lines that hold."""
        for level in (Level.STOP, Level.WEIGH, Level.ADAPT):
            if true & self.masks[level]:
                return level
        return Level.CLEAR

    def could_worsen(self, unknown: int, level: Level) -> int:
        """The numbers that are not known and would make this place worse than ``level``."""
        above = 0
        for worse in range(level + 1, Level.STOP + 1):
            above |= self.masks[worse]
        return unknown & above


@dataclass(slots=True)
class Residues:
    """The distinct residues with their numbers. It grows as places and plans are met that it had not seen."""

    residues: list[Residue] = field(default_factory=list)
    askers: list[Ask] = field(default_factory=list)
    numbers: dict[Residue, int] = field(default_factory=dict)

    def number(self, residue: Residue) -> int:
        """The number of this residue; a new one if it was not met before."""
        known = self.numbers.get(residue)
        if known is None:
            known = self.numbers[residue] = len(self.residues)
            self.residues.append(residue)
            self.askers.append(asker(residue))
        return known


def rule_expressions(rule: Rule) -> tuple[tuple[Level, Expression], ...]:
    """A rule as levels and when each of them holds: a known good answer moves it from one level to the other."""
    if rule.eased is None:
        return ((rule.level, rule.when),)
    sure = Surely(rule.eased.when)
    return ((rule.level, All((rule.when, Not(sure)))), (rule.eased.to, All((rule.when, sure))))


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rules of one knowledge, worked out for whatever place and plan is asked about; answers are kept."""

    rules: tuple[Rule, ...]
    every_place: tuple[Proposal, ...]
    residues: Residues = field(default_factory=Residues, compare=False, repr=False)
    _columns: dict[object, Column] = field(default_factory=dict, compare=False, repr=False)

    def person(self, together: tuple[Proposal, ...]) -> Column:
        """The lines of the rules about the person, among the places proposed together."""
        sides = frozenset(
            (one.place.side, one.place.over_chest_wall)
            for one in together
            if one.place and "pleura" in one.place.beneath
        )
        return self._column(("person", sides), Scope.PERSON, None, together)

    def place(self, proposal: Proposal) -> Column:
        """The lines of the rules about places, at this place and with this plan."""
        plan = (
            bool(proposal.origin),
            proposal.technique,
            proposal.stimulation,
            proposal.guidance,
            proposal.position,
            proposal.needle.length_mm,
            tuple(sorted(proposal.measured_mm.items())),
        )
        return self._column((proposal.place, plan), Scope.SITE, proposal, ())

    def _column(self, key: object, scope: Scope, proposal: Proposal | None, together: tuple[Proposal, ...]) -> Column:
        known = self._columns.get(key)
        if known is None:
            lines = []
            for rule in self.rules:
                if rule.scope is scope:
                    for level, expression in rule_expressions(rule):
                        residue = settle(expression, proposal, together)
                        if residue is not False:
                            lines.append(Line(rule, level, self.residues.number(residue)))
            known = Column.of(lines)
            if len(self._columns) < 20_000:
                self._columns[key] = known
        return known


def true_and_open(sheet: Sheet, columns: Iterable[Column], answers: Answers) -> tuple[int, int]:
    """Which residues are true of this person, and which are not known? Two sets of numbers, as bits."""
    wanted = 0
    for column in columns:
        wanted |= column.all
    true = unknown = 0
    askers = sheet.residues.askers
    for number in numbers_in(wanted):
        truth = askers[number](answers)
        if truth:
            true |= 1 << number
        elif truth is None:
            unknown |= 1 << number
    return true, unknown


def numbers_in(bits: int) -> Iterator[int]:
    """The numbers that stand in a set of bits, from small to large."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
