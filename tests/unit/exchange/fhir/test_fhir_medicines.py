"""Medicines of a record: is it taken now?"""

from datetime import date
from typing import Any

import pytest

from needlepoint.exchange.fhir import read_bundle
from needlepoint.screen import Asked
from needlepoint.terms import Code
from tests.unit.exchange.fhir.records import (
    ON,
    RX,
    answers,
    bundle,
    coded,
    entry,
    knowledge,
    listener,
    mara,
    of_mara,
    request,
    told,
)


def test_an_active_order_is_taken_now() -> None:
    one = entry(request(medicationCodeableConcept=coded("Heparin", (RX, "11289"))))
    assert (one.asked, one.active, one.since, one.codes) == (
        Asked.MEDICINES,
        True,
        date(2026, 1, 10),
        (Code("rxnorm", "11289"),),
    )
    assert answers(request()).truth("blood-thinner") is True


@pytest.mark.parametrize("status", ["stopped", "completed", "cancelled", "on-hold", "draft"])
def test_an_order_that_no_longer_holds_is_not_taken_now(status: str) -> None:
    assert entry(request(status=status)).active is False
    assert answers(request(status=status)).truth("blood-thinner") is None


@pytest.mark.parametrize("status", ["unknown", None, "nonsense"])
def test_an_order_of_which_nobody_knows_counts_as_taken(status: str | None) -> None:
    assert answers(request(status=status)).truth("blood-thinner") is True


def test_an_order_entered_in_error_is_set_aside() -> None:
    assert told(request(status="entered-in-error")).entries == ()


def test_a_medicine_that_must_not_be_given_is_not_taken() -> None:
    assert told(request(doNotPerform=True)).entries == ()


def test_a_medicine_that_was_only_proposed_may_or_may_not_be_taken() -> None:
    assert answers(request(intent="proposal")).truth("blood-thinner") is None
    assert answers(request(intent="plan")).truth("blood-thinner") is True


def test_an_order_of_the_day_after_the_visit_is_set_aside() -> None:
    assert told(request(authoredOn="2026-03-03T08:00:00+01:00")).entries == ()


def timed(**repeat: Any) -> list[dict[str, Any]]:
    return [{"timing": {"repeat": repeat}}]


@pytest.mark.parametrize(
    ("repeat", "active"),
    [
        ({"boundsPeriod": {"end": "2026-02-01"}}, False),
        ({"boundsPeriod": {"end": "2026-04-01"}}, True),
        ({"boundsPeriod": {"start": "2026-01-01"}}, True),
        ({"boundsDuration": {"value": 7, "code": "d"}}, False),
        ({"boundsDuration": {"value": 12, "code": "wk"}}, True),
        ({"boundsDuration": {"value": 7, "code": "moons"}}, True),
        ({"count": 1}, True),
    ],
)
def test_a_course_with_an_end_is_over_when_the_end_has_passed(repeat: dict[str, Any], active: bool) -> None:
    assert entry(request(dosageInstruction=timed(**repeat))).active is active


def test_a_single_injection_long_ago_is_not_taken_now() -> None:
    assert entry(request(authoredOn="2024-01-10", dosageInstruction=timed(count=1))).active is False


def statement(**fields: Any) -> dict[str, Any]:
    return of_mara(
        "MedicationStatement", **{"status": "active", "medicationCodeableConcept": coded("warfarin"), **fields}
    )


def test_what_somebody_says_to_take_is_taken() -> None:
    assert entry(statement(effectivePeriod={"start": "2025-01-01"})).active is True
    assert entry(statement(effectivePeriod={"start": "2025-01-01", "end": "2025-02-01"})).active is False
    assert entry(statement(status="not-taken")).active is False
    assert entry(statement(status="intended")).confirmed is None


def test_a_medicine_that_was_stopped_after_the_visit_was_taken_then() -> None:
    later = statement(status="completed", effectivePeriod={"start": "2025-01-01", "end": "2025-12-01"})
    assert answers(later, on=date(2025, 6, 1)).truth("blood-thinner") is True
    assert answers(later).truth("blood-thinner") is None


def administration(day: str | None, **fields: Any) -> dict[str, Any]:
    given = {"status": "completed", "medicationCodeableConcept": coded("heparin"), "effectiveDateTime": day, **fields}
    return of_mara("MedicationAdministration", **{key: value for key, value in given.items() if value is not None})


def test_a_dose_of_yesterday_counts_and_one_of_last_year_does_not() -> None:
    assert answers(administration("2026-03-01")).truth("clotting-medicine") is True
    assert answers(administration("2025-03-01")).truth("clotting-medicine") is None
    assert answers(administration(None)).truth("clotting-medicine") is True
    assert told(administration("2026-03-01", status="not-done")).entries == ()


def test_a_medicine_is_found_where_the_order_points_to() -> None:
    medicine = {"resourceType": "Medication", "id": "m1", "code": coded("Warfarin")}
    for reference in ("Medication/m1", "https://example.org/fhir/Medication/m1", "Medication/m1/_history/3"):
        pointing = of_mara("MedicationRequest", status="active", medicationReference={"reference": reference})
        assert entry(pointing, medicine).text == "Warfarin"


def test_a_medicine_is_found_inside_the_order() -> None:
    contained = of_mara(
        "MedicationRequest",
        status="active",
        contained=[{"resourceType": "Medication", "id": "x", "code": coded("Warfarin")}],
        medicationReference={"reference": "#x"},
    )
    assert entry(contained).text == "Warfarin"


def test_a_medicine_is_found_by_its_full_address() -> None:
    pointing = of_mara("MedicationRequest", status="active", medicationReference={"reference": "urn:uuid:77"})
    document = bundle(mara(), pointing)
    document["entry"].append(
        {"fullUrl": "urn:uuid:77", "resource": {"resourceType": "Medication", "code": coded("Warfarin")}}
    )
    record = read_bundle(document, label="record", on=ON, knowledge=knowledge())
    assert [one.text for one in record.entries] == ["Warfarin"]


def test_a_medicine_that_cannot_be_found_is_not_understood() -> None:
    pointing = of_mara("MedicationRequest", status="active", medicationReference={"reference": "Medication/gone"})
    assert [one.text for one in answers(pointing).not_understood] == ["medicine named in Medication/gone"]
    shown = of_mara(
        "MedicationRequest",
        status="active",
        medicationReference={"reference": "Medication/gone", "display": "warfarin"},
    )
    assert answers(shown).truth("blood-thinner") is True


def test_stopped_orders_do_not_make_the_list_whole() -> None:
    assert told(request(status="stopped")).answers(listener(), on=ON).truth("steroid") is None
