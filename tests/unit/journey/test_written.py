"""What entries add up to."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from needlepoint.journey import Wrote, case_of, written
from needlepoint.journey.case import is_field

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)


def wrote(
    id_: str, value: object, *seen: str, field: str = "answers.pregnant", minute: int = 0, by: str = "the therapist"
) -> Wrote:
    return Wrote(id_, NINE + timedelta(minutes=minute), field, value, frozenset(seen), by)


def test_the_last_word_of_somebody_who_saw_the_first_stands() -> None:
    told = written([wrote("a", True), wrote("b", False, "a", minute=1)])
    assert told.value("answers.pregnant") is False
    assert not told.conflicts


def test_two_people_who_did_not_see_each_other_are_shown_side_by_side() -> None:
    told = written([wrote("a", True), wrote("b", False, minute=1, by="the patient")])
    assert [(one.value, one.by) for one in told.conflicts["answers.pregnant"]] == [
        (False, "the patient"),
        (True, "the therapist"),
    ]
    assert told.value("answers.pregnant") is None, "what is in conflict is not known"


def test_a_conflict_is_settled_by_somebody_who_saw_both() -> None:
    told = written([wrote("a", True), wrote("b", False), wrote("c", True, "a", "b", minute=2)])
    assert told.value("answers.pregnant") is True
    assert not told.conflicts


def test_the_same_word_twice_is_no_conflict() -> None:
    told = written([wrote("a", ["apixaban"], field="medicines"), wrote("b", ["apixaban"], field="medicines")])
    assert told.value("medicines") == ["apixaban"]
    assert set(told.entries("medicines")) == {"a", "b"}


def test_yes_is_not_one() -> None:
    assert written([wrote("a", True), wrote("b", 1)]).conflicts


def test_a_clock_that_was_set_back_does_not_bring_an_old_word_back() -> None:
    told = written([wrote("a", True, minute=10), wrote("b", False, "a", minute=-300)])
    assert told.value("answers.pregnant") is False


def test_a_field_that_was_taken_back_is_not_known() -> None:
    told = written([wrote("a", True), wrote("b", None, "a")])
    assert "answers" not in case_of(told, {})


def test_a_conflict_never_becomes_no_in_the_case() -> None:
    told = written([wrote("a", [], field="medicines"), wrote("b", ["apixaban"], field="medicines")])
    assert "medicines" not in case_of(told, {})


def test_the_fields_of_a_visit_are_a_case() -> None:
    told = written(
        [
            wrote("a", False),
            wrote("b", 170, field="person.height_cm"),
            wrote("c", {"needle": {"length_mm": 30}}, field="proposed.upper-trapezius/left"),
            wrote("d", {"taut_band": True}, field="examination.infraspinatus/right"),
            wrote("e", "went well", field="note.text"),
        ]
    )
    assert case_of(told, {"birth_date": "1985-04-02"}) == {
        "needlepoint": 1,
        "person": {"birth_date": "1985-04-02", "height_cm": 170},
        "answers": {"pregnant": False},
        "proposed": [{"muscle": "upper-trapezius", "side": "left", "needle": {"length_mm": 30}}],
        "examination": [{"muscle": "infraspinatus", "side": "right", "taut_band": True}],
    }


def test_a_field_that_no_step_reads_is_none() -> None:
    assert (
        is_field("answers.pregnant")
        and is_field("medicines")
        and is_field("proposed.soleus/left")
        and is_field("note.text")
    )
    for slip in ("answer.pregnant", "medicine", "proposed.soleus", "proposed.soleus/both", "", ".", "answers"):
        assert not is_field(slip), slip


ids = st.sampled_from("abcdefgh")
entries = st.lists(
    st.builds(
        Wrote,
        id=ids, at=st.integers(0, 5).map(lambda minute: NINE + timedelta(minutes=minute)), field=st.just("complaint"),
        value=st.integers(0, 3), seen=st.frozensets(ids, max_size=3),
    ),
    max_size=8, unique_by=lambda one: one.id,
)  # fmt: skip


@given(entries, st.randoms())
def test_neither_order_nor_doubles_matter(told: list[Wrote], chance: object) -> None:
    again = [*told, *told[:3]]
    chance.shuffle(again)  # type: ignore[attr-defined]
    assert written(again) == written(told)


@given(entries)
def test_nothing_that_nobody_saw_is_ever_hidden(told: list[Wrote]) -> None:
    standing = set(written(told).entries("complaint"))
    seen = {one for entry in told for one in entry.seen if one != entry.id}
    assert {one.id for one in told} - seen <= standing
