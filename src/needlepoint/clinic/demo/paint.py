"""A painting for an invented pain: the middle of a patch of the skin, strong in the middle."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from needlepoint.body.adult import NEUTRAL
from needlepoint.body.painting import Layer, Painting, painting_document
from needlepoint.library.body_files import load_adult, load_surface
from needlepoint.terms import Side


def painted(places: Iterable[tuple[str, str]], strength: int) -> dict[str, Any]:
    """The painting of these patches with this strength (1 to 10), weaker towards their edges."""
    surface, vertices = load_surface(), load_adult().vertices(NEUTRAL)
    strengths = np.zeros(surface.vertices, np.uint8)
    for name, side in places:
        patch = surface.number[name, Side(side)]
        corners = np.unique(surface.triangles[surface.patch_of == patch])
        middle = vertices[corners].mean(axis=0)
        away = np.linalg.norm(vertices[corners] - middle, axis=1)
        shade = np.clip(np.round(strength * (1.15 - away / (np.quantile(away, 0.8) + 1e-9) * 0.75)), 0, strength)
        strengths[corners] = np.maximum(strengths[corners], shade.astype(np.uint8))
    return painting_document(Painting((Layer("aching", strengths),)))
