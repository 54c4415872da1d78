import pytest

from needlepoint.terms import Side
from tests.small_knowledge import small_knowledge

GAZETTEER = small_knowledge([]).gazetteer


def named(text: str, side: Side | None = None) -> list[tuple[str, Side | None]]:
    return [(place.label, place.side) for place in GAZETTEER.read(text, side).places]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("left pec major", [("Pectoralis major", Side.LEFT)]),
        ("Pectoralis major (R)", [("Pectoralis major", Side.RIGHT)]),
        ("LU1, both sides", [("LU1", Side.LEFT), ("LU1", Side.RIGHT)]),
        ("Lu 1 L", [("LU1", Side.LEFT)]),
        ("LU-1 bilat", [("LU1", Side.LEFT), ("LU1", Side.RIGHT)]),
        ("Ren17", [("CV17", Side.MIDLINE)]),
        ("rec fem left and pec major right", [("Rectus femoris", Side.LEFT), ("Pectoralis major", Side.RIGHT)]),
        ("fronts of thighs, left", [("Front of the thigh", Side.LEFT)]),
        ("trunk", [("trunk", None)]),
    ],
)
def test_plain_words_and_point_codes_name_places(text: str, expected: list[tuple[str, Side | None]]) -> None:
    assert named(text) == expected
    assert GAZETTEER.read(text).left_over == ()


def test_the_side_beside_the_text_counts_unless_the_text_says_another() -> None:
    assert named("pec major", Side.LEFT) == [("Pectoralis major", Side.LEFT)]
    assert named("right pec major", Side.LEFT) == [("Pectoralis major", Side.RIGHT)]


def test_a_place_in_the_middle_has_no_left_or_right() -> None:
    assert named("left breastbone") == [("Breastbone", Side.MIDLINE)]


def test_words_that_nobody_knows_are_named() -> None:
    read = GAZETTEER.read("left zorblax near the pec major")
    assert read.left_over == ("zorblax",)
    assert len(read.places) == 1


def test_a_coarse_word_has_the_hazards_of_all_that_it_may_mean() -> None:
    (place,) = GAZETTEER.read("trunk").places
    assert place.coarse
    assert place.beneath == {"pleura", "heart"}
    assert place.barred == ()
    assert place.partly_barred == ("over the heart",)


def test_a_point_that_does_not_exist_is_no_place() -> None:
    assert GAZETTEER.read("LU99").places == ()


def test_a_slip_of_the_pen_brings_suggestions_and_no_decision() -> None:
    assert GAZETTEER.read("pectoralis mjor").places == ()
    assert "pectoralis major" in {name.lower() for name in GAZETTEER.nearest("pectoralis mjor")}


def test_a_range_of_points_names_each_of_them() -> None:
    from dataclasses import replace

    from needlepoint.body import Gazetteer
    from tests.small_knowledge import small_atlas

    atlas = small_atlas()
    more = replace(atlas, points={f"LU{n}": replace(atlas.points["LU1"], code=f"LU{n}") for n in range(1, 12)})
    gazetteer = Gazetteer.of(more, {"LU": "LU"})
    assert [place.label for place in gazetteer.read("LU2-LU4 left").places] == ["LU2", "LU3", "LU4"]
    assert [place.label for place in gazetteer.read("Lu 2 to 4").places] == ["LU2", "LU3", "LU4"]
    assert [place.label for place in gazetteer.read("LU9-LU12").places] == ["LU9"]
    assert gazetteer.read("LU9-LU12").left_over == ("LU12",)


def test_a_single_letter_beside_a_number_of_needles_is_no_point() -> None:
    assert [place.label for place in GAZETTEER.read("pec major l 1 needle").places] == ["Pectoralis major"]
    assert named("L1") == [("LU1", None)]


@pytest.mark.parametrize("text", ["right and left pec major", "pec major L & R", "left / right pec major"])
def test_two_sides_of_one_name_are_both_meant(text: str) -> None:
    assert {side for _, side in named(text)} == {Side.LEFT, Side.RIGHT}
    assert {label for label, _ in named(text)} == {"Pectoralis major"}
