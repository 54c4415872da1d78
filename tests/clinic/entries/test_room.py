"""Whoever has a private link cannot fill the record with it; who is at the end is told so in words, and what was kept stays."""

import pytest

from needlepoint.clinic.records import room
from needlepoint.clinic.records.models import Entry
from needlepoint.clinic.records.scope import within
from tests.clinic.conftest import House
from tests.clinic.entries.sending import patient_of, send, send_as_patient, values, wrote


def test_a_link_writes_so_many_entries_and_no_more(ours: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MOST_BY_LINK", 3)
    patient, _link = patient_of(ours)
    four = [wrote("complaint", f"pain {n}") for n in range(4)]
    assert len(send_as_patient(patient, ours, *four[:2]).json()["kept"]) == 2
    answer = send_as_patient(patient, ours, *four)
    # Those that are there already take no room.
    assert answer.status_code == 200 and answer.json()["kept"] == [one["id"] for one in four[:3]]
    assert [one["id"] for one in answer.json()["refused"]] == [four[3]["id"]]
    assert "no more is taken" in answer.json()["refused"][0]["why"]
    assert values(ours) == ["pain 0", "pain 1", "pain 2"]


def test_nor_does_it_write_more_letters(ours: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MOST_LETTERS_BY_LINK", 5_000)
    patient, _link = patient_of(ours)
    for _time in range(2):
        send_as_patient(patient, ours, wrote("complaint", "x" * 3_000), wrote("conditions", ["y" * 200]))
    assert values(ours) == ["x" * 3_000]
    assert 1 <= len(values(ours, "conditions")) <= 2


def test_a_form_without_scripts_says_so_too(ours: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MOST_BY_LINK", 0)
    patient, _link = patient_of(ours)
    told = patient.post("/my/complaint/", {"complaint": "my neck"})
    assert told.status_code == 422 and "no more is taken" in told.content.decode()
    assert values(ours) == []


def test_another_link_and_the_clinic_write_on(ours: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MOST_BY_LINK", 1)
    first, _link = patient_of(ours)
    second, _link = patient_of(ours)
    for patient in (first, first, second):
        send_as_patient(patient, ours, wrote())
    assert len(send(ours.client("clinician"), ours, *(wrote() for _n in range(5))).json()["kept"]) == 5
    with within(ours.organisation.pk):
        assert Entry.objects.exclude(link=None).count() == 2


def test_a_whole_preparation_fits_many_times(ours: House) -> None:
    from needlepoint.clinic.pages.patient.fields import told_by_patient

    assert len(told_by_patient()) * 10 < room.MOST_BY_LINK
