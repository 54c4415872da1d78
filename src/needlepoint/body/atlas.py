"""The atlas: all parts of the body, and the places that they make."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import or_

from needlepoint.body.parts import Area, Coarse, Muscle, Point, Region, Structure
from needlepoint.body.place import Place
from needlepoint.terms import Side

#: More areas than this would not fit, with two sides each, into one signed 64-bit number.
MOST_AREAS = 31


@dataclass(frozen=True, slots=True)
class Atlas:
    """Everything known of where things lie. Mappings go from id to part."""

    areas: Mapping[str, Area]
    structures: Mapping[str, Structure]
    regions: Mapping[str, Region]
    muscles: Mapping[str, Muscle]
    coarse: Mapping[str, Coarse]
    points: Mapping[str, Point]
    _bit: dict[str, int] = field(default_factory=dict, repr=False, compare=False)
    _places: dict[object, Place] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        if len(self.areas) > MOST_AREAS:
            raise ValueError(f"{len(self.areas)} areas are more than {MOST_AREAS}")
        self._bit.update({area: 2 * n for n, area in enumerate(sorted(self.areas))})

    def area_bits(self, areas: Iterable[str], side: Side | None) -> int:
        """The bits of these areas on this side; on both when the side is the middle or not known."""
        bits = 0
        for area in areas:
            one = self._bit[area]
            both_sides = side in (None, Side.MIDLINE) or not self.areas[area].paired
            bits |= (0b11 << one) if both_sides else (1 << one) if side is Side.LEFT else (2 << one)
        return bits

    def areas_of(self, bits: int) -> tuple[tuple[str, Side], ...]:
        """Which areas and sides do these bits stand for?"""
        return tuple(
            (area, side)
            for area, bit in self._bit.items()
            for side, offset in ((Side.LEFT, 0), (Side.RIGHT, 1))
            if bits >> (bit + offset) & 1
        )

    def place_of_region(self, region: str, side: Side | None) -> Place:
        """The place that a region is, on one side."""
        return self.gather(self.regions[region].title, (), (region,), side, coarse=False)

    def place_of_muscle(self, muscle: str, side: Side | None) -> Place:
        """The place that a muscle is, on one side: its own hazards, and nothing of the skin around it."""
        return self.gather(self.muscles[muscle].title, (muscle,), (), side, coarse=False)

    def place_of_point(self, code: str, side: Side | None) -> Place:
        """The place that an acupuncture point is: every muscle and region that it may lie over."""
        point = self.points[code]
        place = self.gather(code, point.muscles, point.regions, side if point.paired else Side.MIDLINE, coarse=False)
        return replace(place, features=place.features | point.features) if point.features else place

    def place_of_coarse(self, word: str, side: Side | None) -> Place:
        """The place that a coarse word stands for: the hazards of all that it may mean."""
        coarse = self.coarse[word]
        return self.gather(coarse.names[0] if coarse.names else word, coarse.muscles, coarse.regions, side, coarse=True)

    def place_of_both(self, muscle: str, region: str, side: Side | None) -> Place:
        """A muscle needled at a named region: the hazards of both."""
        return self.gather(self.muscles[muscle].title, (muscle,), (region,), side, coarse=False)

    def every_place(self) -> tuple[Place, ...]:
        """All regions of the body with their sides, in a fixed order: left, right, or in the middle."""
        return tuple(
            self.place_of_region(region.id, side)
            for region in sorted(self.regions.values(), key=lambda one: one.id)
            for side in ((Side.LEFT, Side.RIGHT) if region.paired else (Side.MIDLINE,))
        )

    def gather(
        self, label: str, muscles: tuple[str, ...], regions: tuple[str, ...], side: Side | None, *, coarse: bool
    ) -> Place:
        """One place made of these muscles and regions, with the hazards of them all."""
        key = (label, muscles, regions, side, coarse)
        known = self._places.get(key)
        if known is not None:
            return known
        of_muscles = [self.muscles[one] for one in muscles]
        of_regions = [self.regions[one] for one in regions]
        skin = regions or tuple(dict.fromkeys(region for one in of_muscles for region in one.regions))
        parts: list[Muscle | Region] = [*of_muscles, *of_regions]
        main = [one.regions[0] for one in of_muscles if one.regions]
        barred = tuple(dict.fromkeys(one.barred for one in parts if one.barred))
        partly = coarse and not all(one.barred for one in parts)
        if skin and all(not self.regions[one].paired for one in skin):
            side = Side.MIDLINE
        place = Place(
            label=label,
            muscles=muscles,
            regions=skin,
            side=side,
            areas=self.area_bits({self.regions[one].area for one in skin}, side),
            beneath=reduce(or_, (one.beneath for one in parts), frozenset()),
            features=reduce(or_, (one.features for one in parts), frozenset()),
            barred=() if partly else barred,
            partly_barred=barred if partly else (),
            coarse=coarse,
            distances=tuple(distance for one in of_muscles for distance in one.distances),
            over_chest_wall=any("pleura" in one.beneath for one in parts)
            and any("thorax" in self.areas[self.regions[one].area].part_of for one in (*regions, *main)),
        )
        self._places[key] = place
        return place
