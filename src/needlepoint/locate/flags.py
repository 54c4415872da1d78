"""Dangers that imitate muscle pain: which hold, which are still open, and what else it could be."""

from collections.abc import Mapping, Sequence

from needlepoint.locate.candidates import Flag, OtherCause
from needlepoint.locate.knowledge import LocateKnowledge, LookAlike, RedFlag
from needlepoint.locate.signs import Has, IsSex, Known, Leaf, OlderThan, PainIn, YoungerThan, holds, leaves
from needlepoint.locate.told import Heard, Told
from needlepoint.terms import Side, Truth

#: A place counts as painful when at least this share of the drawing lies there: a patch that two regions share is no pain of both.
TOUCHES = 0.05


class Signs:
    """Answers what a red flag asks, for one person."""

    def __init__(
        self, told: Told, symptoms: Mapping[str, Truth], shares: Mapping[str, float], knowledge: LocateKnowledge
    ) -> None:
        self.told, self.symptoms, self.shares, self.knowledge = told, symptoms, shares, knowledge

    def asks(self, leaf: Leaf) -> Truth:
        """Is it so? ``None``: nobody said."""
        match leaf:
            case Has(symptom):
                return self.symptoms.get(symptom)
            case PainIn(regions):
                return any(self.shares.get(region, 0.0) >= TOUCHES for region in regions) if self.shares else None
            case OlderThan(years):
                return None if self.told.age is None else self.told.age > years
            case YoungerThan(years):
                return None if self.told.age is None else self.told.age < years
            case IsSex(sex):
                return None if self.told.sex is None else self.told.sex == sex
            case Known(fact):
                return self.told.facts.get(fact)

    def words(self, leaf: Leaf) -> str:
        """What was told that answers a leaf."""
        match leaf:
            case Has(symptom):
                return f"{self.knowledge.symptoms[symptom].title}: told"
            case PainIn():
                return "the pain lies there"
            case OlderThan(years):
                return f"older than {years:g}"
            case YoungerThan(years):
                return f"younger than {years:g}"
            case IsSex(sex):
                return sex
            case Known(fact):
                return fact.replace("-", " ")


def flags(signs: Signs, knowledge: LocateKnowledge) -> tuple[Flag, ...]:
    """Which red flags hold? Those that stop the ranking first."""
    found = [
        Flag(
            flag.id,
            flag.title,
            flag.stops,
            flag.says,
            flag.action,
            tuple(dict.fromkeys(signs.words(leaf) for leaf in leaves(flag.when) if signs.asks(leaf) is True)),
            flag.sources,
        )
        for flag in knowledge.red_flags
        if holds(flag.when, signs.asks) is True
    ]
    return tuple(sorted(found, key=lambda one: (not one.stops, one.id)))


def open_flags(signs: Signs, knowledge: LocateKnowledge) -> tuple[RedFlag, ...]:
    """Which red flags are still open, where the pain lies as they say? Those that stop the ranking first."""
    found = [flag for flag in knowledge.red_flags if holds(flag.when, signs.asks) is None and _lies_there(flag, signs)]
    return tuple(sorted(found, key=lambda one: (not one.stops, one.id)))


def _lies_there(flag: RedFlag, signs: Signs) -> bool:
    places = [leaf for leaf in leaves(flag.when) if isinstance(leaf, PainIn)]
    return any(signs.asks(leaf) for leaf in places) if places else True


def look_alikes(
    symptoms: Sequence[Heard], qualities: Sequence[Heard], problems: Mapping[str, str], shares: Mapping[str, float],
    sides: frozenset[Side], knowledge: LocateKnowledge,
) -> tuple[OtherCause, ...]:  # fmt: skip
    """What else hurts where the pain lies? What more speaks for comes first; none is hidden."""
    told = {heard.id: heard.words for heard in (*symptoms, *qualities) if heard.so is True}
    found: list[tuple[float, OtherCause]] = []
    for one in knowledge.look_alikes:
        there = sum(shares.get(region, 0.0) for region in one.regions)
        if there < TOUCHES or not _on_its_side(one, sides):
            continue
        raised = [f"“{told[id_]}”" for id_ in one.raised_by if id_ in told]
        raised += [f"{problem.replace('-', ' ')} was told" for problem in one.conditions if problem in problems]
        found.append(
            (
                len(raised) + min(there, 1.0),
                OtherCause(one.id, one.title, one.kind, one.why, tuple(raised), one.sources),
            )
        )
    return tuple(cause for _, cause in sorted(found, key=lambda pair: (-pair[0], pair[1].id)))


def _on_its_side(one: LookAlike, sides: frozenset[Side]) -> bool:
    return one.side is None or not sides or one.side in sides
