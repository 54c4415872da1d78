"""All that the locate step knows, as one frozen value, with the tables that a ranking needs made once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from needlepoint.body import Atlas, Gazetteer, Muscle, Skin
from needlepoint.body.adult import Floats
from needlepoint.locate.signs import Sign
from needlepoint.terms import Side, Statement
from needlepoint.terms.lexicon import Lexicon, Name

SIDES = (Side.LEFT, Side.RIGHT)


@dataclass(frozen=True, slots=True)
class Symptom:
    """Something that may accompany the pain, and the question that asks for it."""

    id: str
    title: str
    names: tuple[str, ...]
    question: str | None


@dataclass(frozen=True, slots=True)
class Quality:
    """How a pain feels; ``nerve_like``: nerves are thought of first."""

    id: str
    title: str
    names: tuple[str, ...]
    nerve_like: bool


@dataclass(frozen=True, slots=True)
class Study:
    """Of ``people`` with the problem, in how many each muscle held an active trigger point (as a share, 0 to 1)."""

    people: int
    active: Mapping[str, float]
    sources: tuple[Statement, ...]
    note: str | None


@dataclass(frozen=True, slots=True)
class Problem:
    """What a person presents with, where its pain lies, and how often each muscle was found to take part."""

    id: str
    title: str
    names: tuple[str, ...]
    pain_in: tuple[str, ...]
    studies: tuple[Study, ...]
    named_only: bool = False


@dataclass(frozen=True, slots=True)
class Customary:
    """Which muscles are customarily looked at first when pain lies in these regions, in that order."""

    id: str
    title: str
    regions: tuple[str, ...]
    muscles: tuple[str, ...]
    sources: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class RedFlag:
    """Signs of something that needles must not delay. ``stops``: no muscles are ranked until it is settled."""

    id: str
    title: str
    when: Sign
    stops: bool
    says: str
    action: str
    sources: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class LookAlike:
    """What else hurts there and is no muscle; ``raised_by`` names symptoms and qualities that speak for it."""

    id: str
    title: str
    kind: str
    regions: tuple[str, ...]
    side: Side | None
    raised_by: tuple[str, ...]
    conditions: tuple[str, ...]
    why: str
    sources: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Weight:
    """One number of the ranking, what it does, and why it is what it is."""

    id: str
    title: str
    value: float
    low: float
    high: float
    says: str
    choice: str | None
    fitted: bool
    sources: tuple[Statement, ...]


@dataclass(frozen=True)
class LocateKnowledge:
    """Muscles with their zones, symptoms, problems, red flags, look-alikes and weights, and the skin on which zones lie."""

    atlas: Atlas
    gazetteer: Gazetteer
    skin: Skin
    symptoms: Mapping[str, Symptom]
    qualities: Mapping[str, Quality]
    problems: Mapping[str, Problem]
    customary: Mapping[str, Customary]
    red_flags: tuple[RedFlag, ...]
    look_alikes: tuple[LookAlike, ...]
    weights: Mapping[str, Weight]
    negation: tuple[str, ...]
    fillers: frozenset[str]
    release: str
    sha256: str

    def weight(self, name: str) -> float:
        """The value of one number of the ranking."""
        return self.weights[name].value

    @cached_property
    def muscles(self) -> tuple[Muscle, ...]:
        """The muscles that have a zone, in a fixed order."""
        ordered = sorted(self.atlas.muscles.values(), key=lambda one: one.id)
        return tuple(one for one in ordered if one.referral is not None)

    def muscle_at(self, index: int) -> tuple[Muscle, Side]:
        """Which muscle, on which side, is meant by a row? Rows hold the left muscles first, then the right ones."""
        half, at = divmod(index, len(self.muscles))
        return self.muscles[at], SIDES[half]

    def rows_of(self, muscle: str, side: Side | None) -> tuple[int, ...]:
        """In which rows does a muscle stand? Both sides when none is told; no row when it has no zone."""
        at = self._place_of.get(muscle)
        if at is None:
            return ()
        return tuple(
            at + half * len(self.muscles) for half, own in enumerate(SIDES) if side in (None, Side.MIDLINE, own)
        )

    @cached_property
    def _place_of(self) -> Mapping[str, int]:
        return {muscle.id: at for at, muscle in enumerate(self.muscles)}

    def customary_of(self, muscle: str) -> tuple[Customary, ...]:
        """The customary lists that name this muscle."""
        return self._customary_of.get(muscle, ())

    @cached_property
    def _customary_of(self) -> Mapping[str, tuple[Customary, ...]]:
        found: dict[str, list[Customary]] = {}
        for one in self.customary.values():
            for muscle in one.muscles:
                found.setdefault(muscle, []).append(one)
        return {muscle: tuple(lists) for muscle, lists in found.items()}

    @cached_property
    def zones(self) -> Floats:
        """How much of the zone of each muscle lies in each cell: (2 x muscles, cells); left muscles first, then right ones.

        The skin over the muscle itself counts a little, too: pain is often felt where it comes from.
        """
        rows = np.zeros((2 * len(self.muscles), len(self.skin.cells)))
        for n, muscle in enumerate(self.muscles):
            for half, side in enumerate(SIDES):
                row = rows[half * len(self.muscles) + n]
                for region in muscle.regions:
                    row[list(self.skin.cells_of(region, side))] = self.weight("over-muscle")
                for cell, weight in self.zone_cells(muscle, side).items():
                    row[cell] = max(weight, row[cell])
        rows.setflags(write=False)
        return rows

    def zone_cells(self, muscle: Muscle, side: Side) -> Mapping[int, float]:
        """The cells of a muscle's zone and their weights (0 to 1)."""
        found: dict[int, float] = {}
        assert muscle.referral is not None
        for zone in muscle.referral.zones:
            weight = zone.weight or (self.weight("main-zone") if zone.main else self.weight("spill-zone"))
            sides = {"same": (side,), "other": (side.other,), "both": SIDES}[zone.side]
            for one in sides:
                for cell in self.skin.cells_of(zone.region, one):
                    found[cell] = max(weight, found.get(cell, 0.0))
        return found

    @cached_property
    def closeness(self) -> Floats:
        """How nearly the same place each pair of cells is, with the soft edge of the drawings."""
        near = self.skin.closeness(self.weight("soft-edge"))
        near.setflags(write=False)
        return near

    @cached_property
    def soft_zones(self) -> Floats:
        """The zones with soft edges: for each cell the nearest part of the zone, faded by distance. Shaped as ``zones``."""
        soft = _spread(self.zones, self.closeness)
        soft.setflags(write=False)
        return soft

    @cached_property
    def sizes(self) -> Floats:
        """How much each cell counts: the root of its area, so that a thigh does not outweigh a thumb a hundredfold."""
        roots: Floats = np.sqrt(np.array([cell.area_cm2 for cell in self.skin.cells]))
        return roots

    @cached_property
    def zone_sizes(self) -> Floats:
        """How much each zone counts as a whole, by the weights and sizes of its cells."""
        whole: Floats = np.maximum((self.zones * self.sizes).sum(1), 1e-9)
        return whole

    @cached_property
    def areas(self) -> Floats:
        """The skin of each cell in cm²; 0 for what lies inside."""
        return np.array([0.0 if cell.inside else cell.area_cm2 for cell in self.skin.cells])

    @cached_property
    def left_cells(self) -> NDArray[np.bool_]:
        """Which cells lie on the left?"""
        return np.array([cell.side is Side.LEFT for cell in self.skin.cells])

    @cached_property
    def words(self) -> Lexicon[tuple[str, str]]:
        """The names of symptoms, qualities and problems: each means its kind and id."""
        names: list[Name[tuple[str, str]]] = []
        for kind, things in (("symptom", self.symptoms), ("quality", self.qualities), ("problem", self.problems)):
            for thing in things.values():
                names.extend(Name(name, (kind, thing.id)) for name in dict.fromkeys((thing.title, *thing.names)))
        return Lexicon.of(names)


def soft(cells: Mapping[int, float], knowledge: LocateKnowledge) -> Floats:
    """A drawing with soft edges: for each cell the nearest marked one, faded by distance."""
    row = np.zeros((1, len(knowledge.skin.cells)))
    for cell, share in cells.items():
        row[0, cell] = share
    spread: Floats = _spread(row, knowledge.closeness)[0]
    return spread


def _spread(rows: Floats, closeness: Floats) -> Floats:
    spread = np.zeros_like(rows)
    for cell in np.flatnonzero(rows.any(0)):
        np.maximum(spread, rows[:, [cell]] * closeness[cell], out=spread)
    return spread
