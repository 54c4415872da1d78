"""A place on a person: what lies there, and on which side."""

from dataclasses import dataclass

from needlepoint.body.parts import Distance
from needlepoint.terms import Side


@dataclass(frozen=True, slots=True)
class Place:
    """One place where a needle may go, with everything that the body's knowledge says of it.

    ``side`` is ``None`` when it was not stated: the place then counts as lying on both. ``areas`` is a set of bits, one for each area and
    side of the atlas. A coarse place carries the hazards of all that it may mean. ``partly_barred``: of a
    coarse place, why some of what it may mean is barred. ``over_chest_wall``: over the lung through the wall of
    the chest, not only near it as at the neck or the loin.
    """

    label: str
    muscles: tuple[str, ...]
    regions: tuple[str, ...]
    side: Side | None
    areas: int
    beneath: frozenset[str]
    features: frozenset[str]
    barred: tuple[str, ...]
    coarse: bool
    distances: tuple[Distance, ...]
    over_chest_wall: bool = False
    partly_barred: tuple[str, ...] = ()

    @property
    def muscle(self) -> str | None:
        """The one muscle that is meant, if it is one."""
        return self.muscles[0] if len(self.muscles) == 1 else None

    @property
    def region(self) -> str | None:
        """The region that describes the place best."""
        return self.regions[0] if self.regions else None

    def shallowest_mm(self, structure: str) -> float | None:
        """What is the shallowest published distance to this structure here? ``None``: none is known."""
        return min((d.mm for d in self.distances if d.structure == structure), default=None)
