"""Who a record is about, and what is no record of one person."""

from datetime import date
from typing import Any

import pytest

from needlepoint.exchange.fhir import read_bundle
from needlepoint.exchange.told import InputError, Told
from needlepoint.screen import Reading, Reply
from tests.unit.exchange.fhir.records import ON, bundle, condition, knowledge, mara, of_mara, told


def read(document: object, on: date = ON) -> Told:
    return read_bundle(document, label="record.json", on=on, knowledge=knowledge())


def refused(document: object) -> str:
    with pytest.raises(InputError) as refusal:
        read(document)
    return str(refusal.value)


def age(birth_date: str) -> float | None:
    record = read(mara(birthDate=birth_date))
    return next((one.value for one in record.readings if one.id == "age-years"), None)


def test_age_and_sex_are_told() -> None:
    record = read(mara())
    assert record.readings == (Reading("age-years", 40.0, "Patient/mara"),)
    assert record.replies == (Reply("female", True, "Patient/mara"),)


@pytest.mark.parametrize(
    ("born", "years"),
    [
        ("1986-03-02", 40),
        ("1986-03-03", 39),
        ("2012-02-29", 14),
        ("1950", 76),
        ("2008", 17),
        ("2026-03-02", 0),
        ("2026", 0),
    ],
)
def test_age_is_in_full_years_and_a_possible_child_is_one(born: str, years: float) -> None:
    assert age(born) == years


@pytest.mark.parametrize("gender", ["other", "unknown", None])
def test_no_sex_is_guessed(gender: str | None) -> None:
    assert read(mara(gender=gender)).replies == ()


def test_a_person_who_is_not_born_yet_is_refused() -> None:
    assert "birthDate is 2026-03-03, after the day of the visit, 2026-03-02" in refused(mara(birthDate="2026-03-03"))


def test_the_dead_are_told_of_once_they_have_died() -> None:
    died = mara(deceasedDateTime="2025-01-01")
    note = "The record says that this person has died."
    assert note in read(died).notes
    assert note in read(mara(deceasedBoolean=True)).notes
    assert note not in read(died, on=date(2024, 1, 1)).notes


def test_a_record_without_a_patient_is_read_without_age_and_sex() -> None:
    record = read(bundle(condition()))
    assert len(record.entries) == 1
    assert "The record holds no Patient, so age and sex are not known." in record.notes


@pytest.mark.parametrize("kind", ["collection", "searchset", "transaction", "batch", "document"])
def test_all_bundles_that_hold_a_record_are_read(kind: str) -> None:
    assert read(bundle(mara(), condition(), kind=kind)).entries


@pytest.mark.parametrize(
    "reference",
    [
        "Patient/mara",
        "https://example.org/fhir/Patient/mara",
        "Patient/mara/_history/2",
        "urn:uuid:mara",
        "urn:uuid:77",
        "#p",
    ],
)
def test_the_person_is_known_by_each_of_their_addresses(reference: str) -> None:
    document = bundle(mara(), condition(subject={"reference": reference}))
    document["entry"][0]["fullUrl"] = "urn:uuid:77"
    assert len(read(document).entries) == 1


def test_what_is_recorded_of_a_thing_is_not_about_the_person() -> None:
    of_a_group = condition(subject={"reference": "Group/rabbits"})
    record = read(bundle(mara(), of_a_group))
    assert record.entries == ()
    assert "Not read: 1 Condition about something else." in record.notes


@pytest.mark.parametrize(
    "document",
    [
        bundle(mara(), mara(id="john")),
        bundle(mara(), condition(subject={"reference": "Patient/john"})),
        bundle(mara(), condition(subject={"reference": "urn:uuid:john"})),
        bundle(condition(), {**condition(), "subject": {"reference": "Patient/john"}}),
        bundle(mara(), {"resourceType": "Encounter", "subject": {"reference": "Patient/john"}}),
    ],
)
def test_several_people_are_refused_with_the_way_to_screen_them(document: object) -> None:
    message = refused(document)
    assert "several people" in message
    assert "needlepoint screen FOLDER --out RESULT.parquet" in message


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ([], "this is no FHIR record"),
        (None, "this is no FHIR record"),
        ("Bundle", "this is no FHIR record"),
        ({}, "it has no resourceType"),
        ({"resourceType": 7}, "it has no resourceType"),
        (condition(), "this is a Condition alone"),
        ({"resourceType": "CapabilityStatement"}, "this is a CapabilityStatement alone"),
        (bundle(mara(), kind="history"), "a Bundle of type “history” is not read"),
        ({"resourceType": "Bundle", "type": "collection", "entry": {}}, "should be a list"),
        (bundle(), "holds no person"),
        (bundle({"resourceType": "Organization"}), "holds no person"),
    ],
)
def test_what_is_no_record_of_a_person_is_refused_with_the_reason(document: object, says: str) -> None:
    message = refused(document)
    assert message.startswith("record.json: ")
    assert says in message


def test_what_is_not_read_is_said_in_one_note() -> None:
    others: list[dict[str, Any]] = [
        {"resourceType": kind, "id": str(n)} for n, kind in enumerate(["Encounter", "Claim", "Encounter"])
    ]
    assert "Not read: 1 Claim, 2 Encounter." in told(*others).notes


def test_a_broken_entry_is_named_and_the_rest_is_used() -> None:
    document = bundle(mara(), condition())
    document["entry"][2:] = [
        "what?",
        {"fullUrl": "x"},
        {"resource": {"id": "no-type"}},
        {"request": {"method": "DELETE", "url": "Condition/9"}},
    ]
    record = read(document)
    assert len(record.entries) == 1
    assert sorted(note for note in record.notes if note.startswith("Bundle.entry")) == [
        "Bundle.entry[2]: it holds no resource; it was left out.",
        "Bundle.entry[3]: it holds no resource; it was left out.",
        "Bundle.entry[4]: it has no resourceType, so nobody knows what it is.",
    ]


def test_a_long_list_of_troubles_is_cut_short() -> None:
    record = told(*(of_mara("Condition", id=str(n)) for n in range(50)))
    assert sum("it has no code" in note for note in record.notes) == 20
    assert "… and 30 more that could not be read." in record.notes
