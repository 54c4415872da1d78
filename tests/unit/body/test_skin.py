"""Cells, regions and distances on the skin; outlines and landmarks that move with every body."""

from pathlib import Path

import numpy as np
import pytest
import yaml

from needlepoint.body.adult import NEUTRAL, Build
from needlepoint.body.outline import DRAWN, Drawer, Mark, Outline
from needlepoint.library import load_knowledge, load_locate_knowledge
from needlepoint.library.body_files import APART, load_adult, load_surface
from needlepoint.terms import Side

SURFACE, ADULT = load_surface(), load_adult()
KNOWLEDGE = load_locate_knowledge()
SKIN = KNOWLEDGE.skin
DRAWER = Drawer(ADULT, SURFACE)
NAMES = yaml.safe_load((Path(__file__).parent / "names_people_use.yaml").read_text())


def plural(name):
    word, _, rest = name.partition(" (")
    if word.endswith("s"):
        return name  # nobody says "achilleses"
    return f"{word}s" + (f" ({rest}" if rest else "")


@pytest.mark.parametrize("name", NAMES["paired"])
@pytest.mark.parametrize("side", ["left", "right"])
def test_every_name_that_people_use_is_a_place_on_its_side(name, side):
    named = load_knowledge().gazetteer.read(f"{side} {name}")
    assert named.left_over == ()
    cells = {cell for place in named.places for region in place.regions for cell in SKIN.cells_of(region, place.side)}
    assert cells
    assert {SKIN.cells[cell].side for cell in cells} == {Side(side)}


@pytest.mark.parametrize("name", NAMES["paired"] + NAMES["midline"])
def test_a_name_in_the_plural_is_the_same_place(name):
    read = load_knowledge().gazetteer.read
    assert read(plural(name)).places == read(name).places != ()


@pytest.mark.parametrize("name", NAMES["midline"])
def test_a_place_in_the_middle_lies_on_both_sides(name):
    (place,) = load_knowledge().gazetteer.read(name).places
    sides = {SKIN.cells[cell].side for region in place.regions for cell in SKIN.cells_of(region, place.side)}
    assert sides == {Side.LEFT, Side.RIGHT}


@pytest.mark.parametrize("coarse", list(NAMES["coarse"]))
def test_a_coarse_word_stands_for_at_least_the_places_it_is_said_to(coarse):
    read = load_knowledge().gazetteer.read
    found = {region for place in read(coarse).places for region in place.regions}
    wanted = {region for name in NAMES["coarse"][coarse] for place in read(name).places for region in place.regions}
    assert wanted <= found


def test_every_region_of_the_atlas_can_be_drawn():
    for region in KNOWLEDGE.atlas.regions:
        assert SKIN.cells_of(region, Side.LEFT), region


def test_the_kept_distances_are_those_of_the_skin():
    vertices = ADULT.vertices(NEUTRAL)
    left = [n for n, patch in enumerate(SURFACE.patches) if patch.side is Side.LEFT]
    centres = SURFACE.centres(vertices)
    some = [0, 17, 40, 77, 101]
    measured = SURFACE.apart(vertices, centres[[left[n] for n in some]], centres[left])
    kept = np.fromfile(APART, "<u2").reshape(len(left), len(left)) / 10
    assert np.allclose(measured, kept[some], atol=0.06)


def test_near_places_are_nearer_than_far_ones_and_sides_are_kept_apart():
    def at(name, side=Side.LEFT):
        return SKIN.cells_of(name, side)[0]

    assert SKIN.apart[at("temple"), at("forehead")] < SKIN.apart[at("temple"), at("calf-inner")]
    assert np.isinf(SKIN.apart[at("sternum"), at("sternum", Side.RIGHT)])
    assert np.array_equal(SKIN.apart, SKIN.apart.T)
    assert (np.diag(SKIN.apart) == 0).all()


def test_the_other_side_of_the_other_side_is_the_same_cell():
    mirrored = SKIN.mirrored()
    assert [mirrored[mirrored[n]] for n in range(len(mirrored))] == list(range(len(mirrored)))


def test_an_outline_is_drawn_where_it_lies_and_only_on_the_left():
    field = DRAWER.field([Outline("back", ("trunk",), ((0.006, 1.10), (0.05, 1.10), (0.05, 0.96), (0.006, 0.96)))])
    drawn = field > DRAWN
    assert drawn.any()
    assert (DRAWER.vertices[drawn][:, 0] > -0.02).all()
    assert (DRAWER.vertices[drawn][:, 2] < 0.05).all()
    middle = DRAWER.vertices[drawn].mean(0)
    assert middle[:2] == pytest.approx([0.028, 1.03], abs=0.01)


def test_an_outline_round_the_back_of_the_thigh_may_run_past_the_full_turn():
    front = DRAWER.field([Outline("thigh", ("thigh",), ((0.2, -30), (0.2, 30), (0.7, 30), (0.7, -30)))])
    same = DRAWER.field([Outline("thigh", ("thigh",), ((0.2, 330), (0.2, 390), (0.7, 390), (0.7, 330)))])
    assert np.array_equal(front, same)


def test_an_outline_beside_the_body_is_told():
    with pytest.raises(ValueError, match="touches no skin"):
        DRAWER.field([Outline("front", ("trunk",), ((0.9, 1.0), (1.0, 1.0), (1.0, 1.1)))])


def test_a_landmark_stays_on_the_same_place_of_a_slim_and_a_heavy_body():
    landmark = DRAWER.landmark(Mark("back", ("shoulder",), (0.10, 1.29)))
    assert sum(landmark.weights) == pytest.approx(1.0)
    assert landmark.on(DRAWER.vertices)[:2] == pytest.approx([0.10, 1.29], abs=1e-6)
    for build in (Build(sex=0, weight=0.1), Build(sex=1, weight=1, fat=1.5)):
        vertices = ADULT.vertices(build)
        assert np.linalg.norm(vertices - landmark.on(vertices), axis=1).min() < 0.02
        other = SURFACE.mirrored_landmark(landmark).on(vertices)
        assert other * [-1, 1, 1] == pytest.approx(landmark.on(vertices), abs=0.012)


@pytest.mark.parametrize(("t", "angle"), [(0.42, 150), (0.3, 5), (0.5, 95), (0.6, 355), (0.25, 180)])
def test_a_mark_on_an_unrolled_limb_lies_on_the_side_of_the_limb_that_it_names(t, angle):
    landmark = DRAWER.landmark(Mark("upper-arm", ("upper-arm", "shoulder"), (t, angle)))
    there = DRAWER.flat("upper-arm")[list(landmark.vertices)]
    turned = (there[:, 1] - angle + 180) % 360 - 180
    assert np.abs(turned).max() < 30
    assert np.abs(there[:, 0] - t).max() < 0.1


def test_a_mark_beside_the_body_is_told():
    with pytest.raises(ValueError, match="no skin"):
        DRAWER.landmark(Mark("front", ("trunk",), (0.9, 1.0)))
