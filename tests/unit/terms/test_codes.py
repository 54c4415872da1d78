import pytest

from needlepoint.terms import Code, CodeBook, CodeRange


@pytest.mark.parametrize(
    ("span", "code", "covered"),
    [
        ("D66", "D66", True),
        ("I48", "I48.91", True),
        ("I20-I25", "I25.110", True),
        ("I20-I25", "I26.9", False),
        ("D68.1-D68.2", "D68.1", True),
        ("D68.1-D68.2", "D68.20", True),
        ("D68.1-D68.2", "D68", False),
        ("D68.1-D68.2", "D68.3", False),
        ("Z96.64", "z96.642", True),
        ("C00-C97", "C50.911", True),
        ("C00-C97", "D05.1", False),
    ],
)
def test_a_range_covers_its_children_and_nothing_else(span: str, code: str, covered: bool) -> None:
    assert CodeRange.parse("icd10", span).covers(code) is covered


@pytest.mark.parametrize("text", ["", "-", "D", "D6", "D68-D66", "D66-"])
def test_a_code_that_says_nothing_or_everything_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        CodeRange.parse("icd10", text)


def test_a_book_finds_every_meaning_of_a_code() -> None:
    book = CodeBook.of(
        [(CodeRange.parse("icd10", "D66-D67"), "haemophilia"), (CodeRange.parse("icd10", "D65-D69"), "bleeding")]
    )
    assert book.meanings(Code("icd10", "D66.0")) == ("haemophilia", "bleeding")
    assert book.meanings(Code("icd10", "E11.9")) == ()


def test_a_code_outside_a_tree_means_itself_only() -> None:
    book = CodeBook.of([(CodeRange.parse("snomed", "49436004"), "atrial-fibrillation")])
    assert book.meanings(Code("snomed", "49436004")) == ("atrial-fibrillation",)
    assert book.meanings(Code("snomed", "494360040")) == ()


def test_an_atc_class_covers_its_medicines() -> None:
    assert CodeRange.parse("atc", "B01AF").covers("B01AF02")
    assert not CodeRange.parse("atc", "B01AF").covers("B01AC06")
