"""What who treats answers for is written by nobody else: not by an assistant, not by a patient, on no way in."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from needlepoint.clinic.access.rights import TREATED, Right, field_needs
from needlepoint.clinic.records.keeping import Writer, keep
from needlepoint.clinic.records.models import Entry
from needlepoint.clinic.records.scope import within
from needlepoint.clinic.records.signing import NotReady, sign
from needlepoint.journey import case
from tests.clinic.conftest import House
from tests.clinic.entries.sending import needle_in, patient_of, send, values, wrote
from tests.clinic.test_signing import a_whole_session

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
OF_WHO_TREATS = (
    ("note.text", "All went well."),
    ("note.consent", "Agreed by word of mouth."),
    ("note.against-plan", "As last year."),
    ("examination.upper-trapezius/left", {"taut_band": True}),
    ("proposed.upper-trapezius/left", {}),
    ("answers.consents", True),
    ("answers.can_consent", True),
    ("answers.practitioner-trained-for-site", True),
)
OF_WHO_PREPARES = (
    ("complaint", "neck pain"), ("conditions", []), ("answers.pregnant", False), ("measurements.systolic_mmhg", 120),
    ("person.height_cm", 170), ("painting", {"layers": [], "topology": "np-adult-1"}), ("pain", []), ("earlier", []),
)  # fmt: skip


def test_every_field_of_a_visit_is_either_of_who_treats_or_of_who_prepares() -> None:
    assert {field_needs(f"{group}.x") for group in (*case.PLACES, case.NOTE)} == {Right.TREAT}
    assert {field_needs(name) for name in (*case.WHOLE, *(f"{group}.x" for group in case.GROUPS))} == {Right.WRITE}
    assert {*case.PLACES, case.NOTE} == TREATED


def test_an_assistant_does_not_explain_away_a_missing_consent(ours: House) -> None:
    reasons = [wrote("note.consent", "Agreed by word of mouth."), wrote("note.against-plan", "As last year.")]
    with within(ours.organisation.pk):
        done = [one for one in a_whole_session(ours) if not str(one["body"].get("field", "")).startswith("note.")]
        assert not keep(ours.visit.pk, Writer(member=ours.members["clinician"]), done).refused
    answer = send(ours.client("assistant"), ours, *reasons).json()
    assert answer["kept"] == [] and len(answer["refused"]) == 2
    assert all("only who treats" in one["why"] for one in answer["refused"])
    with within(ours.organisation.pk), pytest.raises(NotReady) as caught:
        sign(ours.visit.pk, ours.members["clinician"], now=NOW)
    assert "consent" in {one.id for one in caught.value.missing}


@pytest.mark.parametrize(("field", "value"), OF_WHO_TREATS)
@pytest.mark.parametrize(("role", "may"), [("owner", True), ("clinician", True), ("assistant", False)])
def test_the_note_the_findings_and_the_places_are_of_who_treats(
    ours: House, role: str, may: bool, field: str, value: Any
) -> None:
    prepared = wrote()
    answer = send(ours.client(role), ours, wrote(field, value), prepared).json()
    assert (len(answer["kept"]), len(answer["refused"])) == ((2, 0) if may else (1, 1))
    assert values(ours, field) == ([value] if may else [])
    assert values(ours) == ["neck pain"]


@pytest.mark.parametrize(("field", "value"), OF_WHO_PREPARES)
def test_an_assistant_prepares_a_visit(ours: House, field: str, value: Any) -> None:
    assert len(send(ours.client("assistant"), ours, wrote(field, value)).json()["kept"]) == 1


@pytest.mark.parametrize(
    "form",
    [
        {"act": json.dumps({"act": "propose", "field": "proposed.upper-trapezius/left"})},
        {"act": json.dumps({"act": "withdraw", "field": "proposed.upper-trapezius/left"})},
        {"act": json.dumps({"act": "none", "field": "note.consent"})},
        {"seen:note.consent": "", "note.consent": "Agreed by word of mouth."},
        {"seen:examination.upper-trapezius/left": "", "examination.upper-trapezius/left:taut_band": "yes"},
    ],
    ids=json.dumps,
)
def test_nor_does_an_assistant_by_a_form_without_scripts(ours: House, form: dict[str, str]) -> None:
    told = ours.client("assistant").post(f"/visits/{ours.visit.pk}/sign/", form, follow=True)
    assert "only who treats" in told.content.decode()
    with within(ours.organisation.pk):
        assert not Entry.objects.exists()
    ours.client("clinician").post(f"/visits/{ours.visit.pk}/sign/", form)
    with within(ours.organisation.pk):
        assert Entry.objects.count() == 1


def test_whoever_lets_them_through_no_assistant_and_no_patient_writes_it_and_neither_records_a_needle(
    ours: House,
) -> None:
    _patient, link = patient_of(ours)
    with within(ours.organisation.pk):
        for writer in (
            Writer(member=ours.members["assistant"]),
            Writer(member=ours.members["reader"]),
            Writer(link=link),
        ):
            told = keep(ours.visit.pk, writer, [*(wrote(*one) for one in OF_WHO_TREATS), needle_in()])
            assert not told.kept and len(told.refused) == len(OF_WHO_TREATS) + 1


def test_an_assistant_reads_there_what_others_write(ours: House) -> None:
    client = ours.client("clinician")
    send(client, ours, wrote("complaint", "pain in the neck"), *(wrote(*one) for one in OF_WHO_TREATS))
    for step, read, written in (
        ("locate", "The fingers found", "What the fingers find"),
        ("plan", "Upper trapezius", "Not this one"),
        ("sign", "All went well.", 'name="note.text"'),
    ):
        theirs = ours.client("assistant").get(f"/visits/{ours.visit.pk}/{step}/").content.decode()
        assert written in client.get(f"/visits/{ours.visit.pk}/{step}/").content.decode(), step
        assert read in theirs and written not in theirs, step
        assert not any(f'data-field="{group}.' in theirs or f'name="seen:{group}.' in theirs for group in TREATED), step


def test_a_conflict_in_the_note_is_shown_to_an_assistant_and_settled_by_who_treats(ours: House) -> None:
    send(ours.client("clinician"), ours, wrote("note.text", "one word"), wrote("complaint", "neck"))
    send(ours.client("owner"), ours, wrote("note.text", "another word"), wrote("complaint", "back"))
    address = f"/visits/{ours.visit.pk}/sign/"
    theirs = ours.client("assistant").get(address).content.decode()
    assert "one word" in theirs and "another word" in theirs
    assert 'data-conflict="note.text"' not in theirs and 'data-conflict="complaint"' in theirs
    assert 'data-conflict="note.text"' in ours.client("clinician").get(address).content.decode()
