"""Allergies of a record, and the statement that there are none."""

from typing import Any

import pytest

from needlepoint.screen import Asked
from tests.unit.exchange.fhir.records import SCT, answers, coded, condition, of_mara, status, told

IPS = "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips"


def allergy(concept: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return of_mara("AllergyIntolerance", code=concept, clinicalStatus=status("active"), **fields)


def test_an_allergy_counts_and_leaves_the_others_open() -> None:
    known = answers(allergy(coded("Latex (substance)")))
    assert known.truth("latex-allergy") is True
    assert known.truth("nickel-allergy") is None


@pytest.mark.parametrize(
    "concept",
    [
        coded(None, (SCT, "716186003", "No known allergy (situation)")),
        coded(None, (IPS, "no-known-allergies")),
        coded("No known allergies"),
        coded("NKA"),
    ],
)
def test_no_known_allergies_is_an_answer(concept: dict[str, Any]) -> None:
    record = told(allergy(concept))
    assert (record.asked, record.entries) == (frozenset({Asked.ALLERGIES}), ())
    assert answers(allergy(concept)).truth("nickel-allergy") is False


@pytest.mark.parametrize(
    "concept",
    [
        coded(None, (SCT, "429625007", "No known food allergy")),
        coded(None, (SCT, "409137002", "No known drug allergy (situation)")),
        coded("NKDA"),
        coded(None, (IPS, "no-allergy-info")),
    ],
)
def test_no_known_food_or_drug_allergy_says_nothing_of_metal(concept: dict[str, Any]) -> None:
    record = told(allergy(concept))
    assert (record.asked, record.entries) == (frozenset(), ())


def test_no_known_allergies_beside_an_allergy_does_not_count() -> None:
    record = told(allergy(coded(None, (SCT, "716186003"))), {**allergy(coded("latex")), "id": "other"})
    assert record.asked == frozenset()
    assert any("but the record holds some" in note for note in record.notes)


@pytest.mark.parametrize("fields", [{"verificationStatus": status("refuted")}, {"clinicalStatus": status("inactive")}])
def test_a_withdrawn_statement_of_no_allergies_does_not_count(fields: dict[str, Any]) -> None:
    assert told({**allergy(coded("No known allergies")), **fields}).asked == frozenset()


def test_an_allergy_that_was_ruled_out_is_a_no() -> None:
    assert answers(allergy(coded("nickel"), verificationStatus=status("refuted"))).truth("nickel-allergy") is False
    assert answers(allergy(coded("nickel"), verificationStatus=status("unconfirmed"))).truth("nickel-allergy") is None


def test_the_substance_of_a_reaction_stands_in_for_a_missing_code() -> None:
    bare = of_mara("AllergyIntolerance", reaction=[{"substance": coded("Latex")}])
    assert answers(bare).truth("latex-allergy") is True


def test_an_allergy_to_a_medicine_is_not_the_taking_of_it() -> None:
    assert answers(allergy(coded("warfarin"))).truth("blood-thinner") is None


def test_no_known_problems_settles_the_conditions_unless_there_are_some() -> None:
    none = of_mara("Condition", code=coded(None, (IPS, "no-known-problems")))
    assert told(none).asked == frozenset({Asked.CONDITIONS})
    assert told(condition("No known problems")).asked == frozenset({Asked.CONDITIONS})
    assert told({**none, "id": "other"}, condition("headache")).asked == frozenset()
