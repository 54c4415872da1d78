"""Looking for drawings of muscles that lie beside the body, or marks that lie beside their muscle."""

from collections.abc import Iterable

import numpy as np

from needlepoint.body import Muscle
from needlepoint.body.outline import DRAWN, Drawer
from needlepoint.library.body_files import load_adult, surface_of
from needlepoint.library.shelves import Shelves

#: A mark may lie so far beside the outline of its muscle, in metres: tendons and edges are marked, too.
_BESIDE_M = 0.04
#: Fewer vertices than this cannot be seen.
_FEWEST = 3


def check_drawings(shelves: Shelves, muscles: Iterable[Muscle]) -> None:
    """Every outline must touch skin and be large enough to be seen; every mark must lie on skin, at its muscle."""
    drawer = Drawer(load_adult(), surface_of(shelves.docs["skin"].values()))
    for muscle in muscles:
        drawn = None
        if muscle.footprint:
            try:
                drawn = drawer.vertices[drawer.field(muscle.footprint) > DRAWN]
            except ValueError as error:
                shelves.fault("muscle", muscle.id, ("footprint",), str(error))
                continue
            if len(drawn) < _FEWEST:
                what = "this footprint is too narrow to be seen once its edge is softened: draw it wider"
                shelves.fault("muscle", muscle.id, ("footprint",), what)
                continue
        for n, point in enumerate(muscle.trigger_points):
            try:
                there = drawer.landmark(point.mark).on(drawer.vertices)
            except ValueError as error:
                shelves.fault("muscle", muscle.id, ("trigger_points", n, "at"), str(error))
                continue
            if drawn is not None and np.linalg.norm(drawn - there, axis=1).min() > _BESIDE_M:
                shelves.fault(
                    "muscle", muscle.id, ("trigger_points", n, "at"), "this mark lies beside its muscle, not on it"
                )
