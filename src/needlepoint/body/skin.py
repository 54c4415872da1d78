"""The skin as cells: every patch on its side, and the few places that have no skin of their own. Drawings and zones are told in cells."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from needlepoint.body.adult import Floats
from needlepoint.terms import Side

#: How far beneath the skin a place counts that has none, in cm, and how large it counts, in cm² (our choice).
_DEPTH_CM = 3.0
_INSIDE_CM2 = 40.0


@dataclass(frozen=True, slots=True)
class Cell:
    """One patch of the skin on one side (or a place inside): its part of the body, its regions, its area on the neutral body."""

    id: str
    side: Side
    title: str
    part: str
    regions: tuple[str, ...]
    area_cm2: float
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Inside:
    """A region without skin, the part it belongs to, and the patches it lies nearest to."""

    region: str
    part: str
    near: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Skin:
    """All cells, and how far apart they lie along the skin in cm: (cells, cells), infinite from one side to the other.

    Sides are told apart although skin joins them in the middle: a pain that was drawn on the left is never taken for one on the right.
    """

    cells: tuple[Cell, ...]
    apart: Floats
    _by_name: Mapping[tuple[str, Side], tuple[int, ...]] = field(repr=False)

    @classmethod
    def of(cls, cells: Iterable[Cell], one_side_cm: Floats, inside: Sequence[Inside]) -> "Skin":
        """The skin of these cells; ``one_side_cm`` holds the distances of the left side in the order of its cells."""
        placed = list(cells)
        order = {cell.id: n for n, cell in enumerate(one for one in placed if one.side is Side.LEFT)}
        every = [*placed]
        for one in inside:
            every += [
                Cell(one.region, side, one.region.replace("-", " ").capitalize(), one.part, (one.region,), _INSIDE_CM2, inside=True)
                for side in (Side.LEFT, Side.RIGHT)
            ]  # fmt: skip
        near = {one.region: [order[patch] for patch in one.near] for one in inside}
        apart = np.full((len(every), len(every)), np.inf)
        for a, first in enumerate(every):
            for b, second in enumerate(every):
                if first.side is second.side:
                    apart[a, b] = _between(first, second, one_side_cm, order, near)
        apart.setflags(write=False)
        by_name: dict[tuple[str, Side], list[int]] = {}
        for n, cell in enumerate(every):
            for name in dict.fromkeys((cell.id, *cell.regions)):
                by_name.setdefault((name, cell.side), []).append(n)
        return cls(tuple(every), apart, {key: tuple(found) for key, found in by_name.items()})

    def names(self) -> frozenset[str]:
        """All patches and regions that have cells."""
        return frozenset(name for name, _ in self._by_name)

    def cells_of(self, name: str, side: Side | None) -> tuple[int, ...]:
        """Which cells make up this region or patch on this side? Both sides for the middle, or when no side is told."""
        sides = (side,) if side in (Side.LEFT, Side.RIGHT) else (Side.LEFT, Side.RIGHT)
        return tuple(n for one in sides if one for n in self._by_name.get((name, one), ()))

    def sided(self, side: Side) -> Floats:
        """1 for the cells of this side, 0 for the others."""
        return np.array([1.0 if cell.side is side else 0.0 for cell in self.cells])

    def closeness(self, soft_cm: float) -> Floats:
        """How nearly the same place is each pair of cells? 1 for the same, falling with distance: ``exp(-(d/soft)²)``."""
        near: Floats = np.exp(-((self.apart / soft_cm) ** 2))
        return near

    def mirrored(self) -> tuple[int, ...]:
        """For each cell, the same cell on the other side."""
        where = {(cell.id, cell.side): n for n, cell in enumerate(self.cells)}
        return tuple(where[cell.id, cell.side.other] for cell in self.cells)


def _between(
    first: Cell, second: Cell, one_side_cm: Floats, order: Mapping[str, int], near: Mapping[str, Sequence[int]]
) -> float:
    if first.id == second.id:
        return 0.0
    starts = near[first.id] if first.inside else [order[first.id]]
    ends = near[second.id] if second.inside else [order[second.id]]
    deep = _DEPTH_CM * (first.inside + second.inside)
    return float(one_side_cm[np.ix_(starts, ends)].min()) + deep
