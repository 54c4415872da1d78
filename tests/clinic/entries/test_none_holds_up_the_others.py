"""What the database cannot hold is refused by itself: a device has no entry that keeps all the others from being sent."""

from typing import Any

import pytest
from django.db import DataError, OperationalError

from needlepoint.clinic.records import keeping
from needlepoint.clinic.records.models import Entry
from needlepoint.clinic.records.scope import within
from tests.clinic.conftest import House
from tests.clinic.entries.sending import patient_of, send, send_as_patient, values, wrote

ODD_NAMES = ("tab\0let", "tab\ud83dlet", "Tafel 漢字", 5, None, ["x"], "x" * 5000)


@pytest.fixture
def strict(monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that does not take the word *unholdable*, as PostgreSQL does not take half a character."""

    def judge(entry: Entry) -> None:
        if "unholdable" in str(entry.body):
            raise DataError("unsupported Unicode escape sequence")

    save = Entry.save
    create = Entry.objects.bulk_create

    def bulk_create(entries: Any, *args: Any, **more: Any) -> Any:
        for one in entries:
            judge(one)
        return create(entries, *args, **more)

    def save_one(self: Entry, *args: Any, **more: Any) -> None:
        judge(self)
        save(self, *args, **more)

    monkeypatch.setattr(Entry, "save", save_one)
    monkeypatch.setattr(Entry.objects, "bulk_create", bulk_create)


@pytest.mark.usefixtures("strict")
def test_one_entry_that_the_database_cannot_hold_does_not_hold_up_the_others(ours: House) -> None:
    first, bad, last = wrote(), wrote("complaint", "unholdable"), wrote("complaint", "back pain")
    answer = send(ours.client("clinician"), ours, first, bad, last)
    assert answer.status_code == 200
    assert answer.json()["kept"] == [first["id"], last["id"]]
    assert [one["id"] for one in answer.json()["refused"]] == [bad["id"]]
    assert "cannot hold" in answer.json()["refused"][0]["why"]
    assert values(ours) == ["neck pain", "back pain"]


@pytest.mark.usefixtures("strict")
def test_nor_on_the_telephone_of_a_patient(ours: House) -> None:
    patient, _link = patient_of(ours)
    good, bad = wrote(), wrote("complaint", "unholdable")
    answer = send_as_patient(patient, ours, bad, good)
    assert (answer.status_code, answer.json()["kept"]) == (200, [good["id"]])


@pytest.mark.parametrize("name", ODD_NAMES, ids=ascii)
def test_a_device_with_an_odd_name_keeps_its_entries_all_the_same(ours: House, name: Any) -> None:
    patient, _link = patient_of(ours)
    assert len(send(ours.client("clinician"), ours, wrote(), device=name).json()["kept"]) == 1
    assert len(send_as_patient(patient, ours, wrote(), device=name).json()["kept"]) == 1
    with within(ours.organisation.pk):
        for one in Entry.objects.all():
            assert len(one.device) <= 40 and (one.device.isprintable() and one.device.isascii())


@pytest.mark.parametrize(("fault", "status"), [(DataError("no"), 422), (OperationalError("disk full"), 503)])
def test_a_device_is_told_whether_to_try_the_same_again(
    ours: House, monkeypatch: pytest.MonkeyPatch, fault: Exception, status: int
) -> None:
    def fail(*_args: Any) -> None:
        raise fault

    monkeypatch.setattr(keeping, "_look", fail)
    patient, _link = patient_of(ours)
    for answer in (send(ours.client("clinician"), ours, wrote()), send_as_patient(patient, ours, wrote())):
        assert answer.status_code == status and answer.json()["why"]
    assert values(ours) == []
