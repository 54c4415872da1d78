"""The body as a drawing: what is shaded is where it should be, on every figure, with left and right from the patient's side."""

import xml.etree.ElementTree as ET

import numpy as np
import pytest

from needlepoint.body.adult import NEUTRAL
from needlepoint.exchange.pictures import (
    FIGURES,
    VIEWS,
    Dot,
    Field,
    Shade,
    line_drawing,
    muscle_pictures,
    picture,
    views_for,
)
from needlepoint.exchange.pictures.body import KINDS, swatch
from needlepoint.exchange.pictures.flatten import path_of, seen_triangles, shape_above
from needlepoint.library.body_files import load_adult, load_surface
from needlepoint.terms import Side
from tests.unit.locate.people import locator

SURFACE = load_surface()
KNOWLEDGE = locator().knowledge


def cell(name, side=Side.LEFT):
    return KNOWLEDGE.skin.cells_of(name, side)[0]


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize("view", VIEWS)
def test_every_drawing_is_a_well_formed_picture_that_names_the_sides(figure, view):
    if view == "sole" and figure != "neutral":
        with pytest.raises(KeyError):
            line_drawing(figure, view)
        return
    shown = picture(view, shades=[Shade("pain", {cell("anterior-knee"): 1.0})], figure=figure)
    ET.fromstring(shown.svg)
    assert "patient’s" in shown.svg


def test_on_the_front_the_patients_right_stands_on_the_left_of_the_picture():
    left = ET.fromstring(picture("front", crop=False).svg)
    texts = [(float(one.get("x")), one.text) for one in left.iter("{http://www.w3.org/2000/svg}text")]
    assert [text for _, text in sorted(texts)] == ["patient’s right", "patient’s left"]
    back = ET.fromstring(picture("back", crop=False).svg)
    texts = [(float(one.get("x")), one.text) for one in back.iter("{http://www.w3.org/2000/svg}text")]
    assert [text for _, text in sorted(texts)] == ["patient’s left", "patient’s right"]


@pytest.mark.parametrize("figure", ["neutral", "female-heavy", "male-slim"])
def test_the_left_knee_is_drawn_on_the_patients_left(figure):
    drawing = line_drawing(figure, "front")
    field = np.zeros(SURFACE.vertices)
    field[SURFACE.triangles[SURFACE.patch_of == cell("anterior-knee")].ravel()] = 1.0
    shape = shape_above(field, drawing, 0.5)
    assert shape.centroid.x > drawing.width / 2
    assert 0.6 * drawing.height < shape.centroid.y < 0.8 * drawing.height


def test_the_shape_on_the_drawing_is_as_large_as_what_one_sees():
    drawing = line_drawing("neutral", "back")
    field = np.zeros(SURFACE.vertices)
    field[SURFACE.triangles[SURFACE.patch_of == cell("scapula-below-ridge")].ravel()] = 1.0
    seen = seen_triangles("neutral", "back") & (field[SURFACE.triangles].min(1) > 0.5)
    flat = drawing.flat(load_adult().vertices(NEUTRAL))[SURFACE.triangles[seen]]
    a, b = flat[:, 1] - flat[:, 0], flat[:, 2] - flat[:, 0]
    slow = np.abs(a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]).sum() / 2
    assert shape_above(field, drawing, 0.99).area == pytest.approx(slow, rel=0.12)


def test_what_lies_behind_is_not_drawn():
    field = np.zeros(SURFACE.vertices)
    field[SURFACE.triangles[SURFACE.patch_of == cell("low-back-lower")].ravel()] = 1.0
    assert path_of(shape_above(field, line_drawing("neutral", "front"), 0.5)) == ""
    assert path_of(shape_above(field, line_drawing("neutral", "back"), 0.5))


def test_a_place_is_shown_from_where_it_is_seen():
    assert views_for([Shade("pain", {cell("low-back-lower"): 1.0})], [])[0] == "back"
    assert views_for([Shade("pain", {cell("anterior-knee"): 1.0})], [])[0] == "front"
    assert views_for([Shade("pain", {cell("ball-of-foot"): 1.0})], [])[0] == "sole"
    assert views_for([], []) == ("front",)


def test_every_kind_has_a_pattern_of_its_own_for_grey_print():
    fills = {kind: swatch(kind, "x") for kind in KINDS}
    assert len(set(fills.values())) == len(KINDS)


def test_whatever_a_title_holds_is_escaped():
    field = Field("muscle", np.ones(SURFACE.vertices), "<script>alert(1)</script>")
    shown = picture("front", fields=[field], words='"><script>')
    assert "<script>" not in shown.svg
    ET.fromstring(shown.svg)


def test_a_mark_on_the_back_is_not_drawn_on_the_front():
    from needlepoint.body.outline import Mark
    from needlepoint.exchange.pictures.muscle import drawer

    dot = Dot(drawer().landmark(Mark("back", ("trunk",), (0.03, 1.05))), "here")
    assert "np-dot" not in picture("front", dots=[dot]).svg.split("</style>")[1]
    assert "np-dot" in picture("back", dots=[dot]).svg.split("</style>")[1]


DRAWN = sorted(muscle.id for muscle in KNOWLEDGE.muscles if muscle.footprint)


def test_every_muscle_has_its_drawing_and_its_marks_lie_near_it():
    from needlepoint.body.outline import DRAWN as LEVEL
    from needlepoint.exchange.pictures.muscle import dots_of, muscle_field

    vertices = load_adult().vertices(NEUTRAL)
    for id_ in DRAWN:
        muscle = KNOWLEDGE.atlas.muscles[id_]
        field = muscle_field(muscle, Side.LEFT)
        drawn = field.values > LEVEL
        assert drawn.sum() >= 3, f"{id_} is too small to be seen"
        assert (vertices[drawn][:, 0] > -0.03).all(), f"{id_} crosses to the right"
        for dot in dots_of(muscle, Side.LEFT):
            away = np.linalg.norm(vertices[drawn] - dot.landmark.on(vertices), axis=1).min()
            assert away < 0.04, f"{id_}: {dot.title} lies {away * 100:.0f} cm from the muscle"


def test_a_muscle_of_the_right_is_the_mirror_image():
    muscle = KNOWLEDGE.atlas.muscles["infraspinatus"]
    right = muscle_pictures(muscle, KNOWLEDGE, side=Side.RIGHT)
    assert right
    assert all("right" in one.words for one in right)
