"""How far apart the patches of the skin lie, measured along the skin of the neutral body; written beside the surface.

One side is measured (both are alike): millimetres between the middles of the 117 patches of the left side, as little-endian uint16 in the
order of ``regions.json``. Takes about ten seconds.
"""

import sys
from pathlib import Path

import numpy as np

from needlepoint.body.adult import NEUTRAL
from needlepoint.library.body_files import APART, load_adult, load_surface
from needlepoint.terms import Side


def measured() -> np.ndarray:
    """Millimetres between the patches of the left side."""
    surface = load_surface()
    vertices = load_adult().vertices(NEUTRAL)
    centres = surface.centres(vertices)
    left = [n for n, patch in enumerate(surface.patches) if patch.side is Side.LEFT]
    apart = surface.apart(vertices, centres[left], centres[left])
    return np.round(apart * 10).astype("<u2")


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else APART
    measured().tofile(target)
    print(f"wrote {target}")
