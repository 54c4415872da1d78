"""The skin as a surface: its patches, the other side of every vertex, areas, and how near places lie to each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from needlepoint.body.adult import Floats, Whole
from needlepoint.body.painting import Painting
from needlepoint.terms import Side


@dataclass(frozen=True, slots=True)
class Patch:
    """One small named place of the skin on one side. ``regions`` are the regions of the atlas that it belongs to."""

    id: str
    side: Side
    title: str
    part: str
    regions: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Landmark:
    """A point of the skin: three vertices of one triangle and how much each counts. It moves with every body by itself."""

    vertices: tuple[int, int, int]
    weights: tuple[float, float, float]

    def on(self, vertices: Floats) -> Floats:
        """Where the point lies on a body with these vertices, in metres."""
        point: Floats = np.asarray(self.weights) @ vertices[list(self.vertices)]
        return point


@dataclass(frozen=True, slots=True)
class PatchPainted:
    """How much of one patch is painted: share from 0 to 1, area in cm², and the mean strength of what is painted (0 to 10)."""

    patch: Patch
    share: float
    area_cm2: float
    strength: float


@dataclass(frozen=True, slots=True, eq=False)
class Surface:
    """Triangles and the names of what they cover; the same for every shape.

    ``patch_of`` gives for each triangle its place in ``patches``, or -1 where no skin is (inside mouth, nose and eye sockets). ``mirror``
    gives for each vertex the same vertex of the other side.
    """

    triangles: Whole
    patches: tuple[Patch, ...]
    patch_of: Whole
    mirror: Whole
    number: Mapping[tuple[str, Side], int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "number", {(one.id, one.side): n for n, one in enumerate(self.patches)})

    @property
    def vertices(self) -> int:
        """How many vertices there are."""
        return len(self.mirror)

    def triangle_areas(self, vertices: Floats) -> Floats:
        """The skin of each triangle in cm²; 0 where no skin is."""
        corner = vertices[self.triangles]
        cross = np.cross(corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0])
        areas: Floats = np.linalg.norm(cross, axis=1) / 2 * 1e4
        return np.where(self.patch_of >= 0, areas, 0.0)

    def vertex_areas(self, vertices: Floats) -> Floats:
        """The skin that belongs to each vertex in cm²: a third of every triangle that it is a corner of."""
        thirds = np.repeat(self.triangle_areas(vertices) / 3, 3)
        areas: Floats = np.bincount(self.triangles.ravel(), thirds, self.vertices).astype(float)
        return areas

    def patch_areas(self, vertices: Floats) -> Floats:
        """The skin of each patch in cm², in the order of ``patches``."""
        return self._by_patch(self.triangle_areas(vertices))

    def _by_patch(self, values: Floats) -> Floats:
        """What the triangles of each patch hold together: (triangles,) to (patches,)."""
        skin = self.patch_of >= 0
        sums: Floats = np.bincount(self.patch_of[skin], values[skin], len(self.patches)).astype(float)
        return sums

    def painted(self, painting: Painting, vertices: Floats) -> tuple[float, float]:
        """How large is what was painted, in cm² and as a share (0 to 1) of all skin?"""
        areas = self.vertex_areas(vertices)
        area = float(areas[painting.strongest(self.vertices) > 0].sum())
        return area, area / float(areas.sum())

    def patches_painted(self, painting: Painting, vertices: Floats) -> tuple[PatchPainted, ...]:
        """Which patches are painted, and how much of each? In the order of ``patches``."""
        strongest = painting.strongest(self.vertices).astype(float)
        corners = strongest[self.triangles]
        areas = self.triangle_areas(vertices)
        area = self._by_patch(areas / 3 * (corners > 0).sum(1))
        strength = self._by_patch(areas / 3 * corners.sum(1))
        whole = self._by_patch(areas)
        return tuple(
            PatchPainted(patch, float(area[n] / whole[n]), float(area[n]), float(strength[n] / area[n]))
            for n, patch in enumerate(self.patches)
            if area[n] > 0
        )

    def mirrored(self, values: NDArray[np.generic]) -> NDArray[np.generic]:
        """The same values on the other side: (vertices, …) to (vertices, …)."""
        return values[self.mirror]

    def mirrored_landmark(self, landmark: Landmark) -> Landmark:
        """The same point on the other side."""
        first, second, third = (int(self.mirror[one]) for one in landmark.vertices)
        return Landmark((first, second, third), landmark.weights)

    def centres(self, vertices: Floats) -> Floats:
        """The vertex nearest to the middle of each patch: a place on the skin that stands for it."""
        middles = vertices[self.triangles].mean(1)
        joined = self._joined()
        chosen = []
        for n in range(len(self.patches)):
            own = np.flatnonzero(self.patch_of == n)
            middle = middles[own].mean(0)
            corners = np.unique(self.triangles[own])
            corners = corners[joined[corners]]
            chosen.append(corners[np.argmin(np.linalg.norm(vertices[corners] - middle, axis=1))])
        return np.array(chosen)

    def _joined(self) -> NDArray[np.bool_]:
        """Which vertices hang together with most of the skin? The eyeballs do not."""
        from scipy.sparse import coo_matrix
        from scipy.sparse.csgraph import connected_components

        starts, ends = self.triangles[:, [0, 1]].ravel(), self.triangles[:, [1, 2]].ravel()
        graph = coo_matrix((np.ones(len(starts)), (starts, ends)), (self.vertices, self.vertices))
        _, piece = connected_components(graph, directed=False)
        largest: NDArray[np.bool_] = piece == np.bincount(piece).argmax()
        return largest

    def apart(self, vertices: Floats, starts: Sequence[int], ends: Sequence[int]) -> Floats:
        """How far apart along the skin, in cm, are these vertices? (starts, ends); along the edges of the triangles.

        Edges run a little longer than the straightest way over the skin, by less than a tenth.
        """
        from scipy.sparse import coo_matrix
        from scipy.sparse.csgraph import dijkstra

        edges = np.concatenate([self.triangles[:, [a, b]] for a, b in ((0, 1), (1, 2), (2, 0))])
        lengths = np.linalg.norm(vertices[edges[:, 0]] - vertices[edges[:, 1]], axis=1) * 100
        graph = coo_matrix((lengths, (edges[:, 0], edges[:, 1])), (self.vertices, self.vertices)).tocsr()
        away: Floats = dijkstra(graph.maximum(graph.T), directed=False, indices=list(starts))
        return away[:, list(ends)]
