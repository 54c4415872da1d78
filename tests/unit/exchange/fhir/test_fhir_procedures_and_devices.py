"""Operations and devices of a record."""

from datetime import date
from typing import Any

import pytest

from needlepoint.screen import Asked
from tests.unit.exchange.fhir.records import answers, coded, entry, of_mara, status, told


def procedure(text: str = "surgery", day: str | None = "2026-02-20", **fields: Any) -> dict[str, Any]:
    given = {"status": "completed", "code": coded(text), **({"performedDateTime": day} if day else {}), **fields}
    return of_mara("Procedure", **given)


def test_an_operation_of_last_week_is_recent() -> None:
    assert entry(procedure()).since == date(2026, 2, 20)
    assert answers(procedure()).truth("recent-surgery") is True


def test_an_operation_of_last_year_is_not_recent() -> None:
    assert answers(procedure(day="2025-02-20")).truth("recent-surgery") is None


def test_an_operation_without_a_date_is_not_known_to_be_over() -> None:
    known = answers(procedure(day=None))
    assert known.truth("recent-surgery") is None
    assert "recent-surgery" in known.unsure


def test_an_operation_counts_from_its_last_day() -> None:
    period = procedure(day=None, performedPeriod={"start": "2026-01-01", "end": "2026-02-19"})
    assert entry(period).since == date(2026, 2, 19)


@pytest.mark.parametrize("not_done", ["preparation", "not-done", "on-hold", "entered-in-error"])
def test_an_operation_that_was_not_done_does_not_count(not_done: str) -> None:
    assert told(procedure(status=not_done)).entries == ()


@pytest.mark.parametrize("doubtful", ["stopped", "unknown", None])
def test_an_operation_that_may_have_been_done_leaves_it_open(doubtful: str | None) -> None:
    assert entry(procedure(status=doubtful)).confirmed is None


def test_what_an_old_operation_left_behind_still_counts() -> None:
    assert answers(procedure("splenectomy", "1999-01-01")).truth("removed-spleen") is True


def test_a_medicine_given_in_a_procedure_long_ago_is_not_taken_now() -> None:
    assert answers(procedure("heparin", "1999-01-01")).truth("clotting-medicine") is None
    assert answers(procedure("heparin", "2026-02-20")).truth("clotting-medicine") is True


def test_an_operation_after_the_visit_is_set_aside() -> None:
    assert told(procedure(day="2026-04-01")).entries == ()


def test_a_device_in_the_body_counts() -> None:
    device = of_mara("Device", status="active", type=coded("Pacemaker (physical object)"))
    one = entry(device)
    assert (one.asked, one.text, one.active) == (Asked.IMPLANTS, "Pacemaker", True)
    assert answers(device).truth("pacemaker") is True


def test_a_device_that_belongs_to_nobody_does_not_count_by_itself() -> None:
    assert told({"resourceType": "Device", "id": "d", "type": coded("Pacemaker")}).entries == ()


def test_a_device_in_use_counts_with_its_place() -> None:
    device = {"resourceType": "Device", "id": "d", "deviceName": [{"name": "Thigh plate"}]}
    use = of_mara(
        "DeviceUseStatement",
        status="active",
        device={"reference": "Device/d"},
        bodySite=coded("Left thigh"),
        timingDateTime="2019-01-01",
    )
    one = entry(device, use)
    assert (one.text, one.place, one.since) == ("Thigh plate", "Left thigh", date(2019, 1, 1))


def test_a_device_entered_in_error_is_set_aside() -> None:
    assert told(of_mara("Device", status="entered-in-error", type=coded("Pacemaker"))).entries == ()


def test_a_status_given_as_a_coded_thing_is_read_too() -> None:
    assert entry(procedure(status=status("completed"))).confirmed is True
