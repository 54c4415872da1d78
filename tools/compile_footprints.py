"""Writes the footprints of all muscles as values at the vertices, for the browser: ``footprints.json`` and ``footprints.bin``.

For each muscle of the left side, three bytes a vertex: its number (little-endian uint16) and its value (0 to 255). The right side is the mirror
image. Outlines are drawn in ``knowledge/body/muscles``; this only smooths and packs them. ``--check`` compares instead of writing.
"""

import json
import sys
from pathlib import Path

import numpy as np

from needlepoint.body.adult import TOPOLOGY
from needlepoint.exchange.pictures.muscle import drawer
from needlepoint.library import load_knowledge
from needlepoint.library.body_files import BODY

#: Values below this share are left out: they are far from where the edge is drawn.
LEAST = 0.02


def packed() -> tuple[str, bytes]:
    """The list of muscles as JSON, and their values."""
    muscles, parts, offset = [], [], 0
    for muscle in sorted(load_knowledge().atlas.muscles.values(), key=lambda one: one.id):
        if not muscle.footprint:
            continue
        values = drawer().field(muscle.footprint)
        (vertices,) = np.nonzero(values > LEAST)
        records = np.zeros(len(vertices), [("vertex", "<u2"), ("value", "u1")])
        records["vertex"], records["value"] = vertices, np.round(values[vertices] * 255)
        parts.append(records.tobytes())
        muscles.append(
            {"id": muscle.id, "title": muscle.title, "depth": muscle.depth, "offset": offset, "count": len(vertices)}
        )
        offset += len(parts[-1])
    return json.dumps({"topology": TOPOLOGY, "muscles": muscles}, separators=(",", ":")) + "\n", b"".join(parts)


def main() -> None:
    """Write, or compare."""
    listed, values = packed()
    if "--check" in sys.argv:
        same = (BODY / "footprints.json").read_text() == listed and (BODY / "footprints.bin").read_bytes() == values
        if not same:
            sys.exit("the footprints are out of date: .venv/bin/python tools/compile_footprints.py")
        return
    Path(BODY / "footprints.json").write_text(listed, encoding="utf-8")
    Path(BODY / "footprints.bin").write_bytes(values)
    print(f"wrote footprints of {listed.count(chr(34) + 'id' + chr(34))} muscles, {len(values) / 1000:.0f} kB")


if __name__ == "__main__":
    main()
