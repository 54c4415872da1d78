"""How well does a drawing fit the zone of every muscle? All muscles at once, with soft edges."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from needlepoint.body.adult import Floats
from needlepoint.locate.candidates import PlaceFit
from needlepoint.locate.knowledge import SIDES, LocateKnowledge, soft
from needlepoint.locate.told import Complaint, Drawing, Mark, mark_of_place
from needlepoint.terms import Side

#: A cell counts as beside a zone where the faded zone still weighs this much.
_BESIDE = 0.25


@dataclass(frozen=True, slots=True, eq=False)
class Fits:
    """For each muscle (left ones first, then right ones): ``explained``, how much of the drawing its zone explains, and ``drawn``, how
    much of its zone was drawn; both 0 to 1. ``left`` is the share of the drawing that lies on the left."""

    cells: Mapping[int, float]
    explained: Floats
    drawn: Floats
    left: float
    percent_of_skin: float


def marks_of(drawing: Drawing, complaint: Complaint, knowledge: LocateKnowledge) -> Drawing:
    """The drawing with what the complaint adds: its side where none was given, and its places where nothing was drawn.

    Words name many places that do not hurt ("since I turned my head"), so a drawing goes before them.
    """
    stated = complaint.sides[0] if len(set(complaint.sides)) == 1 else None
    marks = list(drawing.marks)
    if not drawing:
        marks += [mark_of_place(place, knowledge.skin, "complaint") for place in complaint.places]
    return Drawing(tuple(_with_side(mark, stated, knowledge) for mark in marks), drawing.percent_of_skin)


def fits(drawing: Drawing, knowledge: LocateKnowledge) -> Fits:
    """How well does this drawing fit every zone?

    Each mark is explained by itself, and the marks are averaged. A place in words counts as one mark, however large; what was painted
    counts by the root of its area. Of a place in words it is only known that the pain is somewhere in it, so its best explained cell counts
    beside the average of all.
    """
    cells = drawing.cells
    # A place that was marked twice counts once.
    marks = list({(frozenset(mark.cells.items()), mark.painted): mark for mark in drawing.marks if mark.cells}.values())
    if not marks:
        nothing = np.zeros(len(knowledge.zones))
        return Fits(cells, nothing, nothing, 0.5, 0.0)
    weights = np.array([_weight(mark, marks, knowledge) for mark in marks])
    weights /= weights.sum()
    explained = sum(weight * _explained(mark, knowledge) for weight, mark in zip(weights, marks, strict=True))
    drawn = (knowledge.zones * knowledge.sizes) @ soft(cells, knowledge) / knowledge.zone_sizes
    left = float(sum(weight * _left(mark, knowledge) for weight, mark in zip(weights, marks, strict=True)))
    percent = drawing.percent_of_skin
    if percent is None:
        percent = float(
            sum(share * knowledge.areas[cell] for cell, share in cells.items()) / knowledge.areas.sum() * 100
        )
    return Fits(cells, np.asarray(explained), drawn, left, percent)


def _weight(mark: Mark, marks: Sequence[Mark], knowledge: LocateKnowledge) -> float:
    """How much a mark counts among the others: 1 for a place in words; painted ones by their size, 1 on average."""
    if not mark.painted:
        return 1.0
    sizes = [_size(one, knowledge) for one in marks if one.painted]
    return _size(mark, knowledge) / (sum(sizes) / len(sizes))


def _size(mark: Mark, knowledge: LocateKnowledge) -> float:
    return float(sum(share * knowledge.sizes[cell] for cell, share in mark.cells.items()))


def _explained(mark: Mark, knowledge: LocateKnowledge) -> Floats:
    """How much of one mark does every zone explain?"""
    cells = list(mark.cells)
    sizes = np.array([mark.cells[cell] * knowledge.sizes[cell] for cell in cells])
    zones = knowledge.soft_zones[:, cells]
    average: Floats = zones @ (sizes / sizes.sum())
    if mark.painted or len(cells) == 1:
        return average
    somewhere = knowledge.weight("somewhere")
    best: Floats = zones.max(1)
    return somewhere * best + (1 - somewhere) * average


def _left(mark: Mark, knowledge: LocateKnowledge) -> float:
    return sum(
        share * float(knowledge.sizes[cell]) for cell, share in mark.cells.items() if knowledge.left_cells[cell]
    ) / _size(mark, knowledge)


def place_fits(drawing: Drawing, index: int, knowledge: LocateKnowledge) -> tuple[PlaceFit, ...]:
    """Place by place: what was marked and how it lies to this muscle's zone, then the main zones that were not marked."""
    zone, faded = knowledge.zones[index], knowledge.soft_zones[index]
    main = knowledge.weight("main-zone")
    found: list[PlaceFit] = []
    for mark in drawing.marks:
        if mark.cells:
            best = max(mark.cells, key=lambda cell: (zone[cell], faded[cell]))
            found.append(_marked(mark, best, float(zone[best]), float(faded[best]), main, knowledge))
    marked = drawing.cells
    muscle, side = knowledge.muscle_at(index)
    assert muscle.referral is not None
    for entry in muscle.referral.zones:
        own = side.other if entry.side == "other" else side
        cells = knowledge.skin.cells_of(entry.region, own)
        if entry.main and cells and not any(cell in marked for cell in cells):
            title = _title(entry.region, knowledge)
            found.append(PlaceFit(title, own, "main", drawn=False, effect="part of its pattern that was not marked"))
    return tuple(found)


def regions_drawn(cells: Mapping[int, float], knowledge: LocateKnowledge) -> Mapping[str, float]:
    """Which share of the drawing (0 to 1) lies in each region or patch?"""
    sizes = {cell: share * float(knowledge.sizes[cell]) for cell, share in cells.items()}
    total = sum(sizes.values())
    shares: dict[str, float] = {}
    for cell, size in sizes.items():
        one = knowledge.skin.cells[cell]
        for name in dict.fromkeys((one.id, *one.regions)):
            shares[name] = shares.get(name, 0.0) + size / total
    return shares


def _marked(mark: Mark, cell: int, zone: float, faded: float, main: float, knowledge: LocateKnowledge) -> PlaceFit:
    side = mark.side if mark.side in SIDES else knowledge.skin.cells[cell].side
    if zone >= main:
        return PlaceFit(mark.named, side, "main", drawn=True, effect="speaks for it: in its main zone")
    if 0 < zone <= knowledge.weight("over-muscle") < knowledge.weight("spill-zone"):
        return PlaceFit(
            mark.named, side, "near", drawn=True, effect="over the muscle itself, though its pattern does not name it"
        )
    if zone > 0:
        return PlaceFit(mark.named, side, "spill", drawn=True, effect="speaks for it a little: in its spill zone")
    if faded >= _BESIDE:
        return PlaceFit(
            mark.named, side, "near", drawn=True, effect="beside its zone; drawings shift, so it counts in part"
        )
    return PlaceFit(mark.named, side, "outside", drawn=True, effect="speaks against it: outside its zone")


def _with_side(mark: Mark, stated: Side | None, knowledge: LocateKnowledge) -> Mark:
    if mark.side is not None or stated is None or stated is Side.MIDLINE:
        return mark
    kept = {cell: share for cell, share in mark.cells.items() if knowledge.skin.cells[cell].side is stated}
    return Mark(f"{stated} {mark.named}", mark.origin, kept, stated, mark.strength, mark.qualities)


def _title(name: str, knowledge: LocateKnowledge) -> str:
    region = knowledge.atlas.regions.get(name)
    if region is not None:
        return region.title
    return next((cell.title for cell in knowledge.skin.cells if cell.id == name), name)
