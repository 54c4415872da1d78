"""Conditions of a record: is it so, and is it still so on the day of the visit?"""

from datetime import date

import pytest

from needlepoint.screen import Asked
from needlepoint.terms import Code, Side
from tests.unit.exchange.fhir.records import SCT, answers, coded, condition, entry, of_mara, status, told


def test_a_condition_is_told_with_where_it_came_from() -> None:
    one = entry(
        condition(code=coded("Haemophilia (disorder)", (SCT, "90935002", "Hemophilia")), onsetDateTime="2001-05-04")
    )
    assert (one.asked, one.origin, one.since) == (Asked.CONDITIONS, "Condition/condition-1", date(2001, 5, 4))
    assert one.codes == (Code("snomed", "90935002"),)
    assert one.text == "Haemophilia; Hemophilia"


def test_a_condition_without_an_id_is_named_by_its_place() -> None:
    assert entry({**condition(), "id": None}).origin == "Bundle.entry[1]"


@pytest.mark.parametrize(
    ("clinical", "active"),
    [
        ("active", True),
        ("recurrence", True),
        ("relapse", True),
        ("inactive", False),
        ("remission", False),
        ("resolved", False),
    ],
)
def test_the_clinical_status_says_whether_it_is_still_so(clinical: str, active: bool) -> None:
    assert entry(condition(clinicalStatus=status(clinical))).active is active


def test_a_missing_clinical_status_leaves_it_open() -> None:
    assert entry(condition()).active is None


@pytest.mark.parametrize(
    ("verified", "confirmed"),
    [("confirmed", True), ("unconfirmed", None), ("provisional", None), ("differential", None), ("refuted", False)],
)
def test_the_verification_says_whether_it_is_so(verified: str, confirmed: bool | None) -> None:
    assert entry(condition(verificationStatus=status(verified))).confirmed is confirmed


def test_what_was_entered_in_error_does_not_count_and_is_told() -> None:
    record = told(condition(verificationStatus=status("entered-in-error")))
    assert record.entries == ()
    assert "Set aside, entered in error: 1." in record.notes


def test_an_illness_that_has_ended_is_over() -> None:
    assert entry(condition(onsetDateTime="2020", abatementDateTime="2021-02-03")).active is False


def test_an_illness_that_ended_after_the_visit_was_present_then() -> None:
    later = condition(clinicalStatus=status("resolved"), onsetDateTime="2020-01-01", abatementDateTime="2025-02-03")
    assert entry(later, on=date(2024, 1, 1)).active is True
    assert entry(later, on=date(2026, 1, 1)).active is False


def test_a_record_that_says_both_active_and_ended_is_not_taken_for_over() -> None:
    record = told(condition(clinicalStatus=status("active"), abatementDateTime="2021-02-03"))
    assert record.entries[0].active is None
    assert any("called active and yet has an end" in note for note in record.notes)


def test_what_began_after_the_visit_is_set_aside() -> None:
    record = told(condition(onsetDateTime="2026-03-03"), condition(recordedDate="2027"))
    assert record.entries == ()
    assert "Set aside, dated after the day of the visit: 2." in record.notes


def test_only_a_year_counts_from_its_last_day() -> None:
    assert entry(condition(onsetDateTime="2024")).since == date(2024, 12, 31)
    assert entry(condition(onsetDateTime="2026")).since is None


def test_the_history_of_an_illness_is_not_the_illness() -> None:
    past = condition("History of deep vein thrombosis (situation)", clinicalStatus=status("active"))
    assert entry(past).active is None
    assert answers(past).truth("deep-vein-thrombosis") is None


def test_a_heart_attack_in_the_past_still_counts() -> None:
    assert answers(condition("Heart attack", clinicalStatus=status("resolved"))).truth("heart-attack") is True


def test_something_ruled_out_last_week_is_a_no_and_last_year_is_not() -> None:
    refuted = {"verificationStatus": status("refuted")}
    assert answers(condition("pregnant", recordedDate="2026-02-25", **refuted)).truth("pregnant") is False
    assert answers(condition("pregnant", recordedDate="2025-02-25", **refuted)).truth("pregnant") is None


def test_where_on_the_body_it_is_said_to_lie_is_kept() -> None:
    left = condition("surgery", bodySite=[coded("Left thigh (body structure)")])
    assert entry(left).place == "Left thigh"
    coded_side = condition("surgery", bodySite=[coded("Thigh"), coded(None, (SCT, "7771000", "Left"))])
    assert (entry(coded_side).place, entry(coded_side).side) == ("Thigh", Side.LEFT)
    both = condition("surgery", bodySite=[coded("thigh"), coded("Left"), coded("Right")])
    assert entry(both).place == "thigh, both sides"


def test_a_condition_that_does_not_say_what_it_is_is_named() -> None:
    record = told(of_mara("Condition", clinicalStatus=status("active")), condition())
    assert len(record.entries) == 1
    assert any(note.startswith("Condition/condition-1: it has no code") for note in record.notes)


def test_words_that_nobody_understands_come_back() -> None:
    assert [one.text for one in answers(condition("Zorble's disease")).not_understood] == ["Zorble's disease"]


def test_a_code_of_a_foreign_system_alone_is_not_lost() -> None:
    record = condition(code=coded(None, ("http://example.org/own", "X-17")))
    assert [one.text for one in answers(record).not_understood] == ["X-17 (http://example.org/own)"]


def test_nothing_in_a_record_makes_it_a_whole_list() -> None:
    for words in ("none", "Nil known", "nothing", "no", "nothing really", "no known drug or food allergy to medicine"):
        known = answers(condition(words))
        assert (known.asked, known.truth("bleeding-disorder")) == (frozenset(), None)


def test_the_same_thing_written_twice_is_told_once_with_its_newest_date() -> None:
    old, new = condition(id="a", onsetDateTime="2001-01-01"), condition(id="b", onsetDateTime="2011-01-01")
    record = told(old, new)
    assert [(one.origin, one.since) for one in record.entries] == [("Condition/b", date(2011, 1, 1))]
    assert any(note.startswith("Written more than once") for note in record.notes)


def test_an_unreadable_date_leaves_the_illness_in_its_place() -> None:
    record = told(condition(onsetDateTime="the other day"))
    assert record.entries[0].since is None
    assert any("“the other day” is none" in note for note in record.notes)
