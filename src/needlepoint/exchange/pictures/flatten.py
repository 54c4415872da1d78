"""From values at the vertices to shapes on a drawing: the skin above a level that the eye can see, as one outline."""

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from needlepoint.body.adult import Floats
from needlepoint.body.outline import DRAWN
from needlepoint.exchange.pictures.drawing import VIEWS, LineDrawing, figure_vertices
from needlepoint.library.body_files import load_surface

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

#: The grid on which it is looked up what hides what, and how far behind the nearest skin still counts as seen (metres).
_GRID_M = 0.006
_BEHIND_M = 0.02
#: Outlines are smoothed to this many millimetres.
_SMOOTH_MM = 1.0


@lru_cache(maxsize=16)
def seen_triangles(figure: str, view: str) -> NDArray[np.bool_]:
    """Which triangles face the eye and are hidden by nothing?"""
    surface, vertices = load_surface(), figure_vertices(figure)
    right, up, eye = (np.asarray(axis, float) for axis in VIEWS[view])
    corners = vertices[surface.triangles]
    facing = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]) @ eye > 0
    facing &= surface.patch_of >= 0
    if view == "sole":
        foot = np.array([patch.part == "foot" for patch in surface.patches])
        facing &= foot[surface.patch_of]
    middle = corners.mean(1)
    spots = np.concatenate([middle, *(corners[:, k] for k in range(3))])
    cells = np.floor(np.stack([spots @ right, spots @ up], 1) / _GRID_M).astype(int)
    cells -= cells.min(0)
    width = cells[:, 0].max() + 1
    nearest = np.full(width * (cells[:, 1].max() + 1), -np.inf)
    key = cells[:, 1] * width + cells[:, 0]
    facing_spots = np.tile(facing, 4)
    np.maximum.at(nearest, key[facing_spots], (spots @ eye)[facing_spots])
    seen: NDArray[np.bool_] = facing & (middle @ eye >= nearest[key[: len(middle)]] - _BEHIND_M)
    return seen


def shape_above(field: Floats, drawing: LineDrawing, level: float = DRAWN) -> "BaseGeometry":
    """The part of the drawing where the field is above a level, in mm. Empty where none of it is seen.

    Within each triangle the field is a plane, so that the edge runs where it really lies and not along the triangles.
    """
    from shapely import make_valid, polygons, union_all
    from shapely.geometry import Polygon

    surface = load_surface()
    seen = seen_triangles(drawing.figure, drawing.view)
    corners = field[surface.triangles]
    touched = np.flatnonzero(seen & (corners.max(1) > level))
    flat = drawing.flat(figure_vertices(drawing.figure))
    pieces = [_above(flat[surface.triangles[n]], corners[n], level) for n in touched]
    rings = [piece for piece in pieces if len(piece) >= 3]
    if not rings:
        return Polygon()
    joined = union_all([make_valid(polygons(ring)).buffer(0.4) for ring in rings])
    return joined.buffer(-0.3).simplify(_SMOOTH_MM)


def shape_of_patch(cell: int, drawing: LineDrawing) -> "BaseGeometry":
    """One patch of the skin on a drawing that has no path for it, in mm. Empty where none of it is seen."""
    from shapely import polygons, union_all

    surface = load_surface()
    there = np.flatnonzero(seen_triangles(drawing.figure, drawing.view) & (surface.patch_of == cell))
    flat = drawing.flat(figure_vertices(drawing.figure))
    return (
        union_all([polygons(flat[surface.triangles[n]]).buffer(0.4) for n in there]).buffer(-0.3).simplify(_SMOOTH_MM)
    )


def path_of(shape: "BaseGeometry") -> str:
    """A shape as the path of an SVG."""
    parts = []
    for polygon in getattr(shape, "geoms", [shape]):
        if polygon.is_empty or polygon.geom_type != "Polygon":
            continue
        for ring in (polygon.exterior, *polygon.interiors):
            points = list(ring.coords)[:-1]
            parts.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z")
    return "".join(parts)


def _above(points: Floats, values: Floats, level: float) -> list[tuple[float, float]]:
    """The part of a triangle in which the plane through three values lies above a level."""
    kept: list[tuple[float, float]] = []
    for k in range(3):
        here, there = values[k], values[(k + 1) % 3]
        if here > level:
            kept.append((float(points[k][0]), float(points[k][1])))
        if (here > level) != (there > level):
            share = (level - here) / (there - here)
            crossing = points[k] + share * (points[(k + 1) % 3] - points[k])
            kept.append((float(crossing[0]), float(crossing[1])))
    return kept
