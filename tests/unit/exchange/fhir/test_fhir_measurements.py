"""Observations of a record: the newest that counts, in the right unit."""

from datetime import date
from typing import Any

import pytest

from needlepoint.screen import Reading
from tests.unit.exchange.fhir.records import LOINC, SCT, answers, coded, mara, observation, of_mara, told

WEIGHT, HEIGHT, BMI, PLATELETS, INR = "29463-7", "8302-2", "39156-5", "777-3", "6301-6"


def reading(id_: str, *resources: dict[str, Any], on: date = date(2026, 3, 2)) -> Reading | None:
    return next((one for one in told(*resources, on=on).readings if one.id == id_), None)


def test_a_measurement_is_told_with_its_unit_and_day() -> None:
    assert reading("platelets", observation(PLATELETS, 180, "10*3/uL")) == Reading(
        "platelets", 180.0, "Observation/observation-1", "10*3/uL", date(2026, 3, 1)
    )


def test_the_newest_before_the_visit_counts() -> None:
    series = [
        observation(INR, value, "1", day)
        for value, day in ((2.0, "2026-02-27"), (4.5, "2026-03-02T09:00:00Z"), (3.0, "2026-03-02T08:00:00Z"))
    ]
    later = observation(INR, 9.0, "1", "2026-03-03")
    assert answers(*series, later).quantities["inr"] == 4.5


@pytest.mark.parametrize("status", ["cancelled", "entered-in-error", "registered", "unknown", "nonsense", None])
def test_a_measurement_that_is_not_settled_does_not_count(status: str | None) -> None:
    assert reading("inr", observation(INR, 2.5, "1", status=status)) is None


@pytest.mark.parametrize("status", ["final", "amended", "corrected", "preliminary"])
def test_a_measurement_that_is_settled_counts(status: str) -> None:
    assert reading("inr", observation(INR, 2.5, "1", status=status)) is not None


def test_both_values_of_a_blood_pressure_are_read() -> None:
    part = {"valueQuantity": {"unit": "mmHg"}}
    pressure = of_mara(
        "Observation",
        status="final",
        code=coded("Blood pressure", (LOINC, "85354-9")),
        effectiveDateTime="2026-03-01",
        component=[
            {"code": coded(None, (LOINC, "8480-6")), "valueQuantity": {"value": 128, **part["valueQuantity"]}},
            {"code": coded(None, (LOINC, "8462-4")), "valueQuantity": {"value": 82, **part["valueQuantity"]}},
        ],
    )
    known = answers(pressure).quantities
    assert (known["systolic-mmhg"], known["diastolic-mmhg"]) == (128.0, 82.0)


def test_pounds_and_inches_are_understood() -> None:
    known = answers(observation(WEIGHT, 150, "lbs"), observation(HEIGHT, 70, "in"))
    assert known.quantities["weight-kg"] == pytest.approx(68.04, abs=0.01)
    assert known.quantities["height-cm"] == pytest.approx(177.8)


def test_a_weight_without_a_unit_is_not_guessed() -> None:
    known = answers(observation(WEIGHT, 150, None))
    assert "weight-kg" not in known.quantities
    assert [one.text for one in known.not_understood] == ["weight-kg in no stated unit"]


def test_an_inr_needs_no_unit() -> None:
    assert answers(observation(INR, 2.4, None)).quantities["inr"] == 2.4
    assert answers(observation(INR, 2.4, "{INR}")).quantities["inr"] == 2.4


def test_a_unit_that_nobody_knows_comes_back() -> None:
    assert [one.text for one in answers(observation(PLATELETS, 180, "furlong")).not_understood] == [
        "platelets in furlong"
    ]


def test_the_newest_counts_even_when_it_cannot_be_used() -> None:
    known = answers(observation(PLATELETS, 180, "10*9/L", "2026-02-01"), observation(PLATELETS, 5, "furlong"))
    assert "platelets" not in known.quantities


def test_more_than_eight_is_above_eight() -> None:
    more = observation(INR, 8, "1")
    more["valueQuantity"]["comparator"] = ">"
    one = reading("inr", more)
    assert one is not None and one.value > 8


def test_a_measurement_without_a_date_does_not_count_where_its_age_matters() -> None:
    assert reading("inr", observation(INR, 2.4, "1", None)) is None
    assert reading("height-cm", observation(HEIGHT, 170, "cm", None)) is not None


def test_an_old_measurement_is_set_aside_by_its_age() -> None:
    assert "inr" not in answers(observation(INR, 2.4, "1", "2026-01-01")).quantities


def test_the_body_mass_index_is_worked_out_where_it_was_not_recorded() -> None:
    one = reading("bmi", observation(WEIGHT, 70, "kg", "2026-02-01"), observation(HEIGHT, 170, "cm", "2016-02-01"))
    assert one is not None and (one.value, one.on) == (24.2, date(2026, 2, 1))


def test_a_recorded_body_mass_index_counts_until_there_is_a_newer_weight() -> None:
    weight, height = observation(WEIGHT, 70, "kg", "2026-02-01"), observation(HEIGHT, 170, "cm", "2026-02-01")
    same, old = observation(BMI, 24.5, "kg/m2", "2026-02-01"), observation(BMI, 30, "kg/m2", "2020-02-01")
    assert (reading("bmi", weight, height, same) or Reading("", 0, "")).value == 24.5
    assert (reading("bmi", weight, height, old) or Reading("", 0, "")).value == 24.2


def test_the_height_of_a_small_child_says_nothing_of_its_mass_index_later() -> None:
    weight, height = observation(WEIGHT, 30, "kg", "2026-02-01"), observation(HEIGHT, 90, "cm", "2020-02-01")
    from needlepoint.exchange.fhir import read_bundle
    from tests.unit.exchange.fhir.records import ON, bundle, knowledge

    record = read_bundle(bundle(mara(birthDate="2017-01-01"), weight, height), label="x", on=ON, knowledge=knowledge())
    assert "bmi" not in {one.id for one in record.readings}


def pregnancy(code: str, day: str | None, system: str = LOINC) -> dict[str, Any]:
    given = {"effectiveDateTime": day} if day else {}
    return of_mara(
        "Observation",
        status="final",
        code=coded(None, (LOINC, "82810-3")),
        valueCodeableConcept=coded(None, (system, code)),
        **given,
    )


@pytest.mark.parametrize(
    ("record", "truth"),
    [
        (pregnancy("LA15173-0", "2026-02-20"), True),
        (pregnancy("77386006", "2026-02-20", SCT), True),
        (pregnancy("LA26683-5", "2026-02-20"), False),
        (pregnancy("LA4489-6", "2026-02-20"), None),
        (pregnancy("LA26683-5", "2025-02-20"), None),
        (pregnancy("LA15173-0", "2025-09-20"), True),
        (pregnancy("LA15173-0", "2024-09-20"), None),
        (pregnancy("LA26683-5", None), None),
    ],
)
def test_the_pregnancy_status_counts_while_it_can_still_be_so(record: dict[str, Any], truth: bool | None) -> None:
    assert answers(record).truth("pregnant") is truth


def test_an_unknown_pregnancy_goes_before_an_older_no() -> None:
    assert answers(pregnancy("LA26683-5", "2026-02-20"), pregnancy("LA4489-6", "2026-02-28")).truth("pregnant") is None


def test_weeks_of_pregnancy_are_read() -> None:
    assert answers(observation("18185-9", 20, "wk")).quantities["gestation-weeks"] == 20


def test_other_observations_are_counted_and_not_read() -> None:
    record = told(observation("72514-3", 3, "{score}"), observation("72166-2", 1, "1"))
    assert [one.id for one in record.readings] == ["age-years"]
    assert "Not read: 2 Observation of another kind." in record.notes


def test_a_value_in_words_is_told_as_unreadable() -> None:
    words = of_mara(
        "Observation", status="final", code=coded(None, (LOINC, INR)), effectiveDateTime="2026-03-01", valueString="two"
    )
    assert any("is not a number with a unit" in note for note in told(words).notes)
