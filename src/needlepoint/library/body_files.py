"""Reading the body: the parametric adult and its skin from the files beside the code, and the names of the patches from the knowledge."""

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from needlepoint.body.adult import TOPOLOGY, Adult
from needlepoint.body.skin import Cell, Inside, Skin
from needlepoint.body.surface import Patch, Surface
from needlepoint.terms import Side

#: Where the files of the body lie.
BODY = Path(__file__).resolve().parents[1] / "body" / TOPOLOGY
#: Millimetres along the skin between the patches of one side: see ``tools/measure_patches.py``.
APART = BODY / "apart.bin"
_SIDES = {"L": Side.LEFT, "R": Side.RIGHT}


@lru_cache(maxsize=1)
def load_adult() -> Adult:
    """The parametric adult."""
    with np.load(BODY / "body_model.npz") as kept:
        return Adult(
            mean=_frozen(kept["mean"] * float(kept["mean_scale"])),
            basis=_frozen(kept["basis"] * kept["basis_scale"].astype(float)[:, None, None]),
            corners=_frozen(kept["corner_scores"]),
            fat=_frozen(kept["fat_scores"]),
            triangles=_frozen(kept["triangles"], np.int64),
            joint_names=tuple(str(one) for one in kept["joint_names"]),
            joint_mean=_frozen(kept["joint_mean"]),
            joint_basis=_frozen(kept["joint_basis"]),
        )


def mesh_names() -> tuple[str, ...]:
    """The names that the surface itself gives to its places, once for both sides."""
    return tuple(dict.fromkeys(one["name"] for one in regions_document()["regions"]))


def regions_document() -> dict[str, Any]:
    """The places of the surface as they were published with it: names, sides, areas, and their numbers on other charts."""
    document: dict[str, Any] = json.loads((BODY / "regions.json").read_text(encoding="utf-8"))
    return document


@lru_cache(maxsize=1)
def load_surface() -> Surface:
    """The skin with the patches that the shipped knowledge names."""
    from needlepoint.library.shelves import knowledge_root, load_shelves

    return surface_of(load_shelves(knowledge_root()).docs["skin"].values())


def surface_of(skin: Iterable[Mapping[str, Any]]) -> Surface:
    """The skin, its patches named by the knowledge (``body/skin``). Every place of the surface must be named there."""
    named = {one["mesh"]: (part["id"], one) for part in skin for one in part["patches"]}
    with np.load(BODY / "body_model.npz") as kept:
        patches = []
        for name in kept["region_names"]:
            mesh, _, letter = str(name).partition("|")
            part, one = named[mesh]
            patches.append(Patch(one["id"], _SIDES[letter], one["title"], part, tuple(one["regions"])))
        hidden = kept["triangle_hidden"]
        patch_of = np.where(hidden, -1, kept["triangle_region"].astype(np.int64))
        return Surface(
            triangles=_frozen(kept["triangles"], np.int64),
            patches=tuple(patches),
            patch_of=_frozen(patch_of, np.int64),
            mirror=_frozen(kept["mirror"], np.int64),
        )


def _frozen(values: Any, kind: Any = np.float64) -> Any:
    array = np.ascontiguousarray(values, kind)
    array.setflags(write=False)
    return array


def load_skin(skin: Iterable[Mapping[str, Any]]) -> Skin:
    """The skin as cells, with their areas on the neutral body and how far apart they lie; no mesh is read for it."""
    parts = list(skin)
    named = {one["mesh"]: (part["id"], one) for part in parts for one in part["patches"]}
    rows = regions_document()["regions"]
    # Both sides count alike, though the surface is not cut quite the same on both.
    area = {row["name"]: sum(one["area_cm2"] for one in rows if one["name"] == row["name"]) / 2 for row in rows}
    cells = []
    for row in rows:
        part, one = named[row["name"]]
        cells.append(Cell(one["id"], Side(row["side"]), one["title"], part, tuple(one["regions"]), area[row["name"]]))
    one_side = np.fromfile(APART, "<u2").astype(float) / 10
    count = round(len(one_side) ** 0.5)
    inside = [Inside(one["region"], part["id"], tuple(one["near"])) for part in parts for one in part.get("inside", ())]
    return Skin.of(cells, one_side.reshape(count, count), inside)
