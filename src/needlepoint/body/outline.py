"""Outlines of muscles: drawn once on the left side of the neutral body, kept as values at the vertices, valid for every body.

An outline is a closed line on a *view*. Six views look straight at the body and are measured in metres: ``front`` and ``back`` (across from
the middle to the patient's left, up from the soles), ``outer`` and ``inner`` (forward, up), ``top`` and ``bottom`` (across, forward). Four
unroll a limb: ``upper-arm``, ``forearm``, ``thigh`` and ``leg`` (along the bone from 0 at the upper joint to 1 at the lower one, and around
it in degrees: 0 in front, 90 outside, 180 behind, 270 inside).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from needlepoint.body.adult import NEUTRAL, Adult, Floats
from needlepoint.body.surface import Landmark, Surface
from needlepoint.terms import Side

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

#: The parts of the body that the patches name, for ``within``.
PARTS = ("head", "neck", "shoulder", "trunk", "hip", "upper-arm", "forearm", "hand", "thigh", "leg", "foot")
#: Straight views: which axes are across and up, and from where one looks.
STRAIGHT: Mapping[str, tuple[int, int, tuple[float, float, float]]] = {
    "front": (0, 1, (0, 0, 1)),
    "back": (0, 1, (0, 0, -1)),
    "outer": (2, 1, (1, 0, 0)),
    "inner": (2, 1, (-1, 0, 0)),
    "top": (0, 2, (0, 1, 0)),
    "bottom": (0, 2, (0, -1, 0)),
}
#: Unrolled views: the joints between which the bone runs.
UNROLLED: Mapping[str, tuple[str, str]] = {
    "upper-arm": ("upperarm01.L", "lowerarm01.L"),
    "forearm": ("lowerarm01.L", "wrist.L"),
    "thigh": ("upperleg01.L", "lowerleg01.L"),
    "leg": ("lowerleg01.L", "foot.L"),
}
VIEWS = (*STRAIGHT, *UNROLLED)
#: Skin that is turned away further than this (cosine) is not seen in a straight view.
_TURNED_AWAY = -0.05
#: A vertex belongs to a muscle where its smoothed value is above this.
DRAWN = 0.45


@dataclass(frozen=True, slots=True)
class Outline:
    """One closed line on one view; ``within`` names the parts of the body that it may touch."""

    view: str
    within: tuple[str, ...]
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """One point on one view."""

    view: str
    within: tuple[str, ...]
    at: tuple[float, float]


class Drawer:
    """Turns outlines and marks into values on the skin. Made once for an adult and a surface."""

    def __init__(self, adult: Adult, surface: Surface) -> None:
        self.surface = surface
        self.vertices = adult.vertices(NEUTRAL)
        self.joints = adult.joints(NEUTRAL)
        self.normals = vertex_normals(self.vertices, surface)
        self._parts = self._vertices_of_parts()
        self._neighbours = _mean_of_neighbours(surface)
        self._flat: dict[str, Floats] = {}

    def field(self, outlines: Sequence[Outline]) -> NDArray[np.float64]:
        """The value (0 to 1) of every vertex for these outlines together; the muscle is drawn where it is above ``DRAWN``.

        Two rounds of averaging with the neighbours make the edge soft. Raises ValueError when an outline touches no skin.
        """
        inside = np.zeros(self.surface.vertices)
        for outline in outlines:
            hit = self._seen(outline.view, outline.within) & _in_outline(self.flat(outline.view), outline)
            if not hit.any():
                raise ValueError(
                    f"the outline on the view '{outline.view}' touches no skin of {', '.join(outline.within)}"
                )
            inside[hit] = 1.0
        for _ in range(2):
            inside = 0.5 * inside + 0.5 * (self._neighbours @ inside)
        return inside

    def landmark(self, mark: Mark) -> Landmark:
        """The point of the skin under a mark. Raises ValueError when there is no skin under it."""
        seen = self._seen(mark.view, mark.within)
        flat = self.flat(mark.view)
        triangles = self.surface.triangles
        usable = np.flatnonzero(seen[triangles].all(1) & (self.surface.patch_of >= 0))
        point = _around(np.asarray(mark.at, float), mark.view)
        corners = _near(flat[triangles[usable]], point, mark.view)
        weights = _barycentric(corners, point)
        if mark.view in UNROLLED:  # a triangle on the far side of the limb is torn apart there and covers everything
            weights[np.ptp(corners[..., 1], axis=1) > 180] = -1
        holds = np.flatnonzero((weights >= -1e-6).all(1))
        if len(holds):
            # Of several layers of skin under one mark, the one nearest to the eye.
            depth = self._towards_eye(mark.view)[triangles[usable[holds]]].mean(1)
            best = holds[int(np.argmax(depth))]
            kept = np.clip(weights[best], 0, 1)
            first, second, third = (int(one) for one in triangles[usable[best]])
            a, b, c = (float(one) for one in kept / kept.sum())
            return Landmark((first, second, third), (a, b, c))
        raise ValueError(
            f"there is no skin of {', '.join(mark.within)} under the mark {mark.at} on the view '{mark.view}'"
        )

    def flat(self, view: str) -> Floats:
        """Where every vertex lies on a view: (vertices, 2)."""
        known = self._flat.get(view)
        if known is None:
            known = self._flatten(view)
            self._flat[view] = known
        return known

    def _flatten(self, view: str) -> Floats:
        if view in STRAIGHT:
            across, up, _ = STRAIGHT[view]
            return self.vertices[:, [across, up]]
        start, end = (self.joints[name] for name in UNROLLED[view])
        bone = end - start
        length = float(np.linalg.norm(bone))
        along = bone / length
        front = np.array([0.0, 0.0, 1.0]) - along[2] * along
        front /= np.linalg.norm(front)
        outside = np.cross(along, front)
        outside *= np.sign(outside[0])
        from_start = self.vertices - start
        t = from_start @ along / length
        angle = np.degrees(np.arctan2(from_start @ outside, from_start @ front)) % 360
        return np.stack([t, angle], 1)

    def _towards_eye(self, view: str) -> Floats:
        if view in STRAIGHT:
            depth: Floats = self.vertices @ np.asarray(STRAIGHT[view][2], float)
            return depth
        return np.zeros(len(self.vertices))

    def _seen(self, view: str, within: Sequence[str]) -> NDArray[np.bool_]:
        seen = self.vertices[:, 0] > -1e-4
        if view in STRAIGHT:
            seen = seen & (self.normals @ np.asarray(STRAIGHT[view][2], float) > _TURNED_AWAY)
        parts: NDArray[np.bool_] = np.any([self._parts[part] for part in within], axis=0)
        return seen & parts

    def _vertices_of_parts(self) -> Mapping[str, NDArray[np.bool_]]:
        surface = self.surface
        part_of_patch = np.array([PARTS.index(one.part) for one in surface.patches])
        found = {}
        for n, part in enumerate(PARTS):
            of_part = (surface.patch_of >= 0) & (part_of_patch[surface.patch_of] == n)
            vertices = np.zeros(surface.vertices, bool)
            vertices[surface.triangles[of_part].ravel()] = True
            found[part] = vertices
        return found


def vertex_normals(vertices: Floats, surface: Surface) -> Floats:
    """Which way the skin faces at every vertex: unit vectors, larger triangles counting more."""
    corner = vertices[surface.triangles]
    facing = np.cross(corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0])
    normals = np.zeros_like(vertices)
    for k in range(3):
        for axis in range(3):
            normals[:, axis] += np.bincount(surface.triangles[:, k], facing[:, axis], len(vertices))
    length = np.linalg.norm(normals, axis=1, keepdims=True)
    unit: Floats = normals / np.maximum(length, 1e-15)
    return unit


def side_of_field(field: NDArray[np.float64], surface: Surface, side: Side) -> NDArray[np.float64]:
    """A field that was drawn on the left, on this side."""
    return field if side is Side.LEFT else field[surface.mirror]


def _around(points: Floats, view: str) -> Floats:
    """Degrees run from 0 to 360 on an unrolled view."""
    if view in STRAIGHT:
        return points
    turned = points.copy()
    turned[..., 1] %= 360
    return turned


def _near(corners: Floats, point: Floats, view: str) -> Floats:
    """Corners of triangles with their degrees taken on the turn that is nearest to the point."""
    if view in STRAIGHT:
        return corners
    near = corners.copy()
    near[..., 1] = point[1] + (corners[..., 1] - point[1] + 180) % 360 - 180
    return near


def _in_outline(flat: Floats, outline: Outline) -> NDArray[np.bool_]:
    """Which points lie inside? On an unrolled view an outline may run past 360 or below 0 degrees."""
    points = np.asarray(outline.points, float)
    if outline.view in STRAIGHT:
        return _inside(flat, points)
    hit = np.zeros(len(flat), bool)
    for turn in (-360, 0, 360):
        hit |= _inside(flat + np.array([0, turn]), points)
    return hit


def _inside(flat: Floats, polygon: Floats) -> NDArray[np.bool_]:
    """Even-odd rule, all points at once."""
    x, y = flat[:, 0], flat[:, 1]
    inside = np.zeros(len(flat), bool)
    for (x0, y0), (x1, y1) in zip(polygon, np.roll(polygon, -1, axis=0), strict=True):
        if y0 != y1:
            crosses = (y0 > y) != (y1 > y)
            inside ^= crosses & (x < (x1 - x0) * (y - y0) / (y1 - y0) + x0)
    return inside


def _barycentric(corners: Floats, point: Floats) -> Floats:
    a, b, c = corners[:, 0], corners[:, 1], corners[:, 2]
    area = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (c[:, 0] - a[:, 0]) * (b[:, 1] - a[:, 1])
    area = np.where(np.abs(area) < 1e-15, np.nan, area)
    u = ((point[0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (c[:, 0] - a[:, 0]) * (point[1] - a[:, 1])) / area
    w = ((b[:, 0] - a[:, 0]) * (point[1] - a[:, 1]) - (point[0] - a[:, 0]) * (b[:, 1] - a[:, 1])) / area
    weights: Floats = np.nan_to_num(np.stack([1 - u - w, u, w], 1), nan=-1.0)
    return weights


def _mean_of_neighbours(surface: Surface) -> "csr_matrix":
    from scipy.sparse import coo_matrix, diags

    pairs = np.concatenate([surface.triangles[:, [a, b]] for a, b in ((0, 1), (1, 2), (2, 0))])
    both = np.concatenate([pairs, pairs[:, ::-1]])
    touching = coo_matrix((np.ones(len(both)), (both[:, 0], both[:, 1])), (surface.vertices,) * 2).tocsr()
    touching.data[:] = 1
    return (diags(1 / np.maximum(np.asarray(touching.sum(1)).ravel(), 1)) @ touching).tocsr()
