"""The parametric adult: the topology that everything stored rests on, and bodies of many shapes."""

import hashlib
import json

import numpy as np
import pytest

from needlepoint.body.adult import NEUTRAL, TOPOLOGY, Build
from needlepoint.body.figure import UNDER_AGE, figure_of
from needlepoint.library.body_files import BODY, load_adult, load_surface, regions_document
from needlepoint.terms import Side

ADULT, SURFACE = load_adult(), load_surface()


def test_the_topology_is_the_one_that_stored_paintings_name():
    assert TOPOLOGY == "np-adult-1"
    assert hashlib.sha256((BODY / "regions.bin").read_bytes()).hexdigest().startswith("72710d47a33f98eb")
    assert (SURFACE.vertices, len(SURFACE.triangles)) == (28_749, 57_380)
    triangles = np.ascontiguousarray(SURFACE.triangles, "<u2").tobytes()
    assert hashlib.sha256(triangles).hexdigest() == TRIANGLES
    assert hashlib.sha256((BODY / "mirror.bin").read_bytes()).hexdigest() == MIRROR


TRIANGLES = "74d5dac22a1ab1c6a72a56080c3a28e040a7e7e64ce1b57fa7d9c9223551d431"
MIRROR = "22b7cc976b00eb2ecea26c175439ff64eb70412c62fdfec8a5ba0b0c3ce7503b"


def test_every_triangle_says_the_same_place_in_all_files():
    kept = np.fromfile(BODY / "regions.bin", np.uint8).astype(int)
    assert np.array_equal(np.where(kept == 255, -1, kept), SURFACE.patch_of)


def test_the_mirror_of_the_mirror_is_the_same_vertex():
    assert np.array_equal(SURFACE.mirror[SURFACE.mirror], np.arange(SURFACE.vertices))
    there = ADULT.vertices(NEUTRAL)
    back = there[SURFACE.mirror] * [-1, 1, 1]
    assert np.abs(back - there).max() < 0.01


def test_each_place_has_the_area_that_was_published_with_the_body():
    areas = SURFACE.patch_areas(ADULT.vertices(NEUTRAL))
    for row in regions_document()["regions"]:
        assert areas[row["id"]] == pytest.approx(row["area_cm2"], rel=0.02, abs=0.5), row["name"]
        assert SURFACE.patches[row["id"]].side == row["side"]


def test_left_lies_where_the_patient_has_it():
    vertices = ADULT.vertices(NEUTRAL)
    centres = vertices[SURFACE.centres(vertices)]
    for patch, centre in zip(SURFACE.patches, centres, strict=True):
        assert (centre[0] >= -0.005) if patch.side is Side.LEFT else (centre[0] <= 0.005), patch


@pytest.mark.parametrize(
    ("sex", "height_cm", "weight_kg", "age"),
    [("female", 165, 64, 40), ("male", 178, 80, 40), ("female", 158, 45, 22), ("male", 185, 140, 55), ("female", 160, 70, 88), ("male", 170, 58, 80)],
)  # fmt: skip
def test_slim_and_heavy_young_and_old_people_get_their_own_height_and_weight(sex, height_cm, weight_kg, age):
    figure = figure_of(ADULT, sex=sex, age=age, height_cm=height_cm, weight_kg=weight_kg)
    vertices = ADULT.vertices(figure.build)
    assert not figure.neutral
    assert np.ptp(vertices[:, 1]) * 100 == pytest.approx(height_cm, abs=1.0)
    assert ADULT.litres(vertices) == pytest.approx(weight_kg, rel=0.02)
    assert (SURFACE.triangle_areas(vertices)[SURFACE.patch_of >= 0] >= 0).all()


def test_a_heavier_person_of_the_same_height_has_more_skin():
    skin = [
        SURFACE.patch_areas(
            ADULT.vertices(figure_of(ADULT, sex="female", age=40, height_cm=165, weight_kg=kg).build)
        ).sum()
        for kg in (48, 60, 75, 95)
    ]
    assert skin == sorted(skin)


def test_skin_grows_as_the_formula_of_du_bois_expects():
    for sex, height, weight in (("female", 165, 64), ("male", 178, 80), ("male", 178, 110)):
        figure = figure_of(ADULT, sex=sex, age=40, height_cm=height, weight_kg=weight)
        skin_m2 = SURFACE.patch_areas(ADULT.vertices(figure.build)).sum() / 1e4
        assert skin_m2 == pytest.approx(0.007184 * weight**0.425 * height**0.725, rel=0.08)


def test_a_youth_is_shown_on_the_neutral_body_and_told_so():
    figure = figure_of(ADULT, sex="male", age=15, height_cm=172, weight_kg=60)
    assert figure.build == NEUTRAL
    assert figure.neutral
    assert figure.note == UNDER_AGE


@pytest.mark.parametrize("told", [{}, {"sex": "other", "age": 40}, {"sex": "female", "neutral": True}, {"age": 30}])
def test_nobodys_shape_is_guessed(told):
    assert figure_of(ADULT, **told).build == NEUTRAL


def test_a_build_in_words_stands_in_where_no_weight_is_known():
    slim, average, heavy = (
        ADULT.litres(ADULT.vertices(figure_of(ADULT, sex="female", age=40, height_cm=165, build=word).build))
        for word in ("slim", "average", "heavy")
    )
    assert slim < average < heavy


def test_the_weights_of_the_corners_always_sum_to_one():
    ones = np.ones((72, 16))
    for build in (NEUTRAL, Build(1, 0.9, 0.2, 0.8, 0.7), Build(0, 0, 0, 1, 1)):
        adult = load_adult()
        kept = type(adult)(
            adult.mean, adult.basis, ones, np.zeros((2, 16)), adult.triangles, adult.joint_names, adult.joint_mean, adult.joint_basis
        )  # fmt: skip
        assert kept.scores(build) == pytest.approx(1.0)


def test_the_numbers_for_the_browser_are_the_same_as_for_python():
    document = json.loads((BODY / "body_model.json").read_text())
    assert np.allclose(document["corner_scores"], ADULT.corners, atol=1e-4)
    assert np.allclose(document["fat_scores"], ADULT.fat, atol=1e-4)
    assert document["vertices"] == SURFACE.vertices
