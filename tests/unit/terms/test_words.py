import pytest

from needlepoint.terms import plain, words_of


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("haemophilia", "hemophilia"),
        ("oedema", "edema"),
        ("lymphoedema", "lymphedema"),
        ("leucopenia", "leukopenia"),
        ("tumours", "tumor"),
        ("anticoagulated on sulphasalazine", "anticoagulated on sulfasalazine"),
        ("oesophagus", "esophagus"),
    ],
)
def test_british_and_american_spelling_are_the_same_word(british: str, american: str) -> None:
    assert plain(british) == plain(american)


def test_plurals_accents_dashes_and_capitals_do_not_matter() -> None:
    assert plain("Upper-Trapezii") == ("upper", "trapezii")
    assert plain("Shoulders") == plain("shoulder")
    assert plain("Ménière’s disease") == plain("meniere's disease")
    assert plain("allergies") == plain("allergy")
    assert plain("headaches") == plain("headache")
    assert plain("rashes") == plain("rash")


def test_short_words_keep_their_s() -> None:
    assert plain("ms") == ("ms",)
    assert plain("pus bus abscess") == ("pus", "bus", "abscess")


def test_each_word_knows_where_it_stood_in_the_text() -> None:
    text = "THR, left (2019)"
    for word in words_of(text):
        assert text[word.start : word.start + len(word.written)] == word.written


def test_letters_that_fold_into_several_do_not_shift_the_rest() -> None:
    text = "ﬁbrosis Straße left"
    assert words_of(text)[-1].written == "left"
