"""The browser and the server reckon the same body and the same painting."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from needlepoint.body.figure import figure_of
from needlepoint.body.painting import Layer, Painting, painting_document
from needlepoint.library.body_files import load_adult, load_surface

ROOT = Path(__file__).resolve().parents[3]
SURFACE, ADULT = load_surface(), load_adult()
PEOPLE = [
    {},
    {"sex": "female", "age": 40, "height_cm": 165, "weight_kg": 64},
    {"sex": "male", "age": 70, "height_cm": 182, "weight_kg": 118},
    {"sex": "female", "age": 15, "height_cm": 160, "weight_kg": 50},
    {"sex": "male", "age": 30, "build": "slim"},
]


def in_the_browser(body, painting):
    """What the browser's own code answers, run by the Node.js of the virtual environment."""
    folder = Path(sys.executable).parent
    if not (ROOT / "web/node_modules").is_dir() or not (folder / "node").exists():
        pytest.skip("the packages of the body chart are not installed: make web")
    came = subprocess.run(
        [folder / "node", ROOT / "web/scripts/measure.mjs"],
        input=json.dumps({"body": body, "painting": painting_document(painting)}),
        capture_output=True, text=True, check=False, cwd=ROOT / "web",
        env={**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"},
    )  # fmt: skip
    assert came.returncode == 0, came.stderr
    return json.loads(came.stdout)


def blobs():
    """A painting with strokes on the knee, the temple and the back, in two qualities."""
    vertices = ADULT.vertices(figure_of(ADULT).build)
    layers = []
    for quality, spots in (
        ("aching", ((9_000, 0.09, 4), (15_000, 0.05, 9))),
        ("burning", ((9_100, 0.04, 7), (21_000, 0.06, 2))),
    ):
        values = np.zeros(SURFACE.vertices, np.uint8)
        for vertex, radius, strength in spots:
            values[np.linalg.norm(vertices - vertices[vertex], axis=1) < radius] = strength
        layers.append(Layer(quality, values))
    return Painting(tuple(layers))


@pytest.mark.parametrize("person", PEOPLE, ids=lambda one: " ".join(map(str, one.values())) or "nobody in particular")
def test_area_and_shares_are_the_same_in_the_browser_and_on_the_server(person):
    painting = blobs()
    browser = in_the_browser(person, painting)
    figure = figure_of(ADULT, **person)
    vertices = ADULT.vertices(figure.build)
    area, share = SURFACE.painted(painting, vertices)
    assert browser["area_cm2"] == pytest.approx(area, rel=0.005)
    assert browser["percent"] == pytest.approx(share * 100, rel=0.005)
    assert browser["litres"] == pytest.approx(ADULT.litres(vertices), rel=0.01)
    there = {one["id"]: one for one in browser["regions"] if one["share"] > 0}
    here = {SURFACE.number[one.patch.id, one.patch.side]: one for one in SURFACE.patches_painted(painting, vertices)}
    assert set(there) == set(here)
    for number, one in here.items():
        assert there[number]["share"] == pytest.approx(one.share, abs=0.01)
        assert there[number]["intensity"] == pytest.approx(one.strength, abs=0.1)
