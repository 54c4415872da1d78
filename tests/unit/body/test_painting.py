"""A painting survives being stored, tells how large it is, and refuses what is no painting."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from needlepoint.body.adult import NEUTRAL
from needlepoint.body.painting import (
    Layer,
    Painting,
    PaintingError,
    decode,
    encode,
    painting_document,
    read_painting,
)
from needlepoint.library.body_files import load_adult, load_surface

SURFACE = load_surface()
VERTICES = load_adult().vertices(NEUTRAL)
COUNT = SURFACE.vertices

runs = st.lists(st.tuples(st.integers(0, 3000), st.integers(1, 900), st.integers(0, 10)), max_size=25)


def strengths_of(drawn):
    values = np.zeros(COUNT, np.uint8)
    at = 0
    for skip, length, strength in drawn:
        at = min(at + skip, COUNT)
        values[at : at + length] = strength
        at += length
    return values


def brush(vertex, radius_cm, strength=6):
    values = np.zeros(COUNT, np.uint8)
    values[np.linalg.norm(VERTICES - VERTICES[vertex], axis=1) * 100 < radius_cm] = strength
    return values


def slow_encode(values):
    """The obvious twin: one vertex after the other."""
    numbers, skip, at = [], 0, 0
    while at < len(values):
        if not values[at]:
            skip, at = skip + 1, at + 1
            continue
        length = 1
        while at + length < len(values) and values[at + length] == values[at]:
            length += 1
        numbers += [skip, length, int(values[at])]
        skip, at = 0, at + length
    return numbers


def numbers_of(text):
    import base64

    raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    numbers, number, shift = [], 0, 0
    for byte in raw:
        number |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            numbers.append(number)
            number = shift = 0
    return numbers


@given(runs)
def test_what_was_painted_comes_back_exactly(drawn):
    values = strengths_of(drawn)
    text = encode(values)
    assert np.array_equal(decode(text, COUNT), values)
    assert encode(decode(text, COUNT)) == text


@given(runs)
def test_the_quick_coding_agrees_with_the_slow_one(drawn):
    values = strengths_of(drawn)
    assert numbers_of(encode(values)) == slow_encode(values)


@given(st.text(alphabet="ABCDEFGHabcdefgh0123456789-_=+/ ", max_size=40))
def test_whatever_text_comes_in_is_read_or_refused_in_words(text):
    try:
        values = decode(text, COUNT)
    except PaintingError as error:
        assert str(error)
    else:
        assert encode(values) == text


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["topology", "layers", "quality", "values", "x"]), inner, max_size=4), max_leaves=8))  # fmt: skip
def test_whatever_document_comes_in_is_read_or_refused_in_words(document):
    try:
        read_painting(document, COUNT)
    except PaintingError as error:
        assert str(error)


def test_a_hand_sized_painting_takes_a_few_hundred_bytes():
    values = brush(6000, 5)
    assert (values > 0).sum() > 80
    assert len(encode(values)) < 900


def test_a_painting_of_another_body_is_refused():
    with pytest.raises(PaintingError, match="another body"):
        read_painting({"topology": "np-adult-2", "layers": []}, COUNT)


@pytest.mark.parametrize(
    ("numbers", "why"),
    [([0, 1, 11], "outside 1 to 10"), ([0, 0, 3], "no vertices"), ([0, 40_000, 3], "the body has"), ([0, 1], "break off"), ([0, 1, 3, 0, 2, 3], "shortest")],
)  # fmt: skip
def test_each_slip_in_the_values_is_told(numbers, why):
    import base64

    from needlepoint.body.painting import _leb128

    raw = b"".join(_leb128(one) for one in numbers)
    with pytest.raises(PaintingError, match=why):
        decode(base64.urlsafe_b64encode(raw).decode().rstrip("="), COUNT)


def test_a_painting_round_trips_with_its_qualities():
    painting = Painting((Layer("aching", brush(6000, 5, 4)), Layer("burning", brush(12000, 3, 9))))
    again = read_painting(painting_document(painting), COUNT)
    assert [layer.quality for layer in again.layers] == ["aching", "burning"]
    assert all(np.array_equal(a.strengths, b.strengths) for a, b in zip(again.layers, painting.layers, strict=True))


def test_two_layers_of_one_quality_are_refused():
    layer = {"quality": "aching", "values": ""}
    with pytest.raises(PaintingError, match="has a layer already"):
        read_painting({"topology": "np-adult-1", "layers": [layer, layer]}, COUNT)


def test_where_layers_overlap_the_strongest_counts():
    painting = Painting((Layer("aching", brush(6000, 5, 4)), Layer("burning", brush(6000, 3, 9))))
    assert painting.strongest(COUNT)[6000] == 9


def test_the_painted_area_is_the_sum_of_its_patches():
    painting = Painting((Layer("aching", brush(9000, 9)),))
    area, share = SURFACE.painted(painting, VERTICES)
    assert area == pytest.approx(sum(one.area_cm2 for one in SURFACE.patches_painted(painting, VERTICES)))
    assert 0 < share < 0.1


def test_the_area_of_a_painting_agrees_with_the_slow_way():
    painting = Painting((Layer("aching", brush(15000, 6)),))
    painted = painting.strongest(COUNT) > 0
    slow = 0.0
    for n, triangle in enumerate(SURFACE.triangles):
        if SURFACE.patch_of[n] >= 0 and painted[triangle].any():
            a, b, c = VERTICES[triangle]
            slow += np.linalg.norm(np.cross(b - a, c - a)) / 2 * 1e4 / 3 * painted[triangle].sum()
    assert SURFACE.painted(painting, VERTICES)[0] == pytest.approx(slow)


@given(st.integers(0, COUNT - 1), st.floats(2, 15))
def test_the_other_side_of_a_painting_has_the_same_size(vertex, radius):
    values = brush(vertex, radius)
    here, _ = SURFACE.painted(Painting((Layer("aching", values),)), VERTICES)
    there, _ = SURFACE.painted(Painting((Layer("aching", SURFACE.mirrored(values)),)), VERTICES)
    assert there == pytest.approx(here, rel=0.05, abs=0.5)


def test_nothing_painted_has_no_size_and_no_patches():
    painting = Painting(())
    assert SURFACE.painted(painting, VERTICES) == (0.0, 0.0)
    assert SURFACE.patches_painted(painting, VERTICES) == ()


def test_all_skin_painted_is_all_skin():
    everything = Painting((Layer("aching", np.full(COUNT, 3, np.uint8)),))
    assert SURFACE.painted(everything, VERTICES)[1] == pytest.approx(1.0)
    assert all(one.share == pytest.approx(1.0) for one in SURFACE.patches_painted(everything, VERTICES))
