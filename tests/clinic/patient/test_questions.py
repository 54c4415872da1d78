"""The patient's questions: what was not answered is not known, and *none of these* is an answer."""

import json
import uuid
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from needlepoint.clinic.asking import ask, known
from needlepoint.clinic.pages.patient.fields import told_by_patient
from needlepoint.clinic.pages.patient.steps import steps
from needlepoint.clinic.records.keeping import Writer, keep
from needlepoint.clinic.records.models import AuditEntry, Entry, Person, Visit
from needlepoint.clinic.records.scope import within
from needlepoint.library import load_question_groups
from needlepoint.screen import Clearance
from needlepoint.screen.groups import told_by_clinician
from needlepoint.terms import Level
from tests.clinic.junk import junk
from tests.clinic.patient.conftest import AtHome

FOR_THE_CLINIC = told_by_clinician(load_question_groups())


def answer(patient: AtHome, group: str, **form: Any) -> Any:
    return patient.client.post(f"/my/questions/{group}/", form)


def pages(patient: AtHome) -> list[str]:
    with within(patient.house.organisation.pk):
        return [one.group.id for one in steps(patient.visit(), patient.read().written)]


def none_of_all(patient: AtHome, but: str = "") -> None:
    for group in pages(patient):
        if group != but:
            assert answer(patient, group, none="yes").status_code == 302, group


def by_the_clinic(patient: AtHome, **values: Any) -> None:
    with within(patient.house.organisation.pk):
        told = [wrote(name, value) for name, value in values.items()]
        assert not keep(patient.link.visit_id, Writer(member=patient.house.members["clinician"]), told).refused


def clearance(patient: AtHome) -> Clearance:
    with within(patient.house.organisation.pk):
        return ask(patient.visit(), patient.read()).planned.assessment.clearance


def written(patient: AtHome) -> dict[str, Any]:
    return dict(patient.read().written.known)


def test_a_healthy_person_leaves_no_question_for_themselves(patient: AtHome) -> None:
    none_of_all(patient)
    found = clearance(patient)
    assert {one.id for one in found.questions} <= FOR_THE_CLINIC
    by_the_clinic(patient, **{f"answers.{one.id}": True for one in found.questions})
    assert (clearance(patient).person, clearance(patient).complete) == (Level.CLEAR, True)
    assert patient.client.get("/my/questions/").status_code == 200
    assert "All answered" in patient.client.get("/my/").text


@pytest.mark.parametrize("left", ["now", "skin", "heart-blood-lungs", "medicines", "allergies"])
def test_a_group_that_nobody_touched_stays_unknown_and_nobody_is_cleared(patient: AtHome, left: str) -> None:
    none_of_all(patient, but=left)
    group = next(one for one in load_question_groups() if one.id == left)
    fields = {group.asks.value} if group.asks else {f"answers.{fact}" for item in group.items for fact in item.facts}
    assert not fields & written(patient).keys()
    found = clearance(patient)
    assert not found.complete
    assert {one.id for one in found.questions} - FOR_THE_CLINIC
    assert patient.client.get("/my/questions/")["Location"].endswith(f"/my/questions/{left}/")


def test_nothing_ticked_and_nothing_said_is_no_answer(patient: AtHome) -> None:
    page = answer(patient, "now")
    assert page.status_code == 422
    assert page.text.count("<title>Error: ") == 1
    assert not written(patient)


def test_a_tick_and_none_of_these_at_once_is_asked_again(patient: AtHome) -> None:
    page = answer(patient, "today", so=["2"], none="yes")
    assert page.status_code == 422
    assert not written(patient)


def test_none_of_these_writes_no_for_each_and_for_the_general_question(patient: AtHome) -> None:
    answer(patient, "now", none="yes")
    told = written(patient)
    assert set(told.values()) == {False}
    assert {"answers.chest-pain-now", "answers.hot-joint", "answers.needs-a-doctor-first"} <= told.keys()


def test_one_tick_says_yes_to_it_and_no_to_the_others(patient: AtHome) -> None:
    answer(patient, "now", so=["4"])
    told = written(patient)
    assert told.pop("answers.acute-abdominal-pain") is True
    assert set(told.values()) == {False}
    assert "answers.needs-a-doctor-first" not in told
    assert clearance(patient).person is Level.STOP


def test_a_changed_mind_takes_back_the_general_no(patient: AtHome) -> None:
    answer(patient, "now", none="yes")
    page = patient.client.get("/my/questions/now/")
    seen = {
        part.partition('"')[0]: part.partition('value="')[2].partition('"')[0]
        for part in page.text.split('type="hidden" name="')[1:]
    }
    answer(patient, "now", so=["4"], **{name: ids for name, ids in seen.items() if name.startswith("seen.")})
    told = written(patient)
    assert told["answers.acute-abdominal-pain"] is True
    assert "answers.needs-a-doctor-first" not in told
    assert not patient.read().written.conflicts


def test_two_things_ticked_together_are_asked_one_by_one(patient: AtHome) -> None:
    moved = answer(patient, "now", so=["0"])
    assert moved["Location"].endswith("/my/questions/now/detail/")
    assert written(patient)["answers.chest-pain-now"] == "unknown"
    page = patient.client.get(moved["Location"])
    assert "pain or pressure in your chest" in page.text
    left_out = patient.client.post(moved["Location"], {"answers.chest-pain-now": "no"})
    assert left_out.status_code == 422
    told = {"answers.chest-pain-now": "no", "answers.unexplained-breathlessness": "yes"}
    seen = {f"seen.{name}": " ".join(patient.read().written.entries(name)) for name in told}
    assert patient.client.post(moved["Location"], {**told, **seen}).status_code == 302
    assert written(patient)["answers.chest-pain-now"] is False
    assert written(patient)["answers.unexplained-breathlessness"] is True


def test_not_sure_is_kept_as_not_sure(patient: AtHome) -> None:
    answer(patient, "today", unsure=["2"])
    assert written(patient)["answers.intoxicated-today"] == "unknown"
    none_of_all(patient, but="today")
    found = clearance(patient)
    assert "intoxicated-today" in {one.id for one in found.questions}
    assert not found.complete


def test_a_man_is_not_asked_whether_he_is_pregnant(patient: AtHome) -> None:
    assert "Pregnant, or could be" in patient.client.get("/my/questions/today/").text
    with within(patient.house.organisation.pk):
        Person.objects.update(sex="male")
    page = patient.client.get("/my/questions/today/").text
    assert "Pregnant" not in page and "pregnancy" not in page
    none_of_all(patient)
    assert {one.id for one in clearance(patient).questions} <= FOR_THE_CLINIC


def test_the_kinds_of_medicine_are_asked_only_of_who_takes_some(patient: AtHome) -> None:
    assert "medicines-heart" not in pages(patient)
    answer(patient, "medicines", lines="paracetamol\n\n  bisoprolol 5 mg ")
    assert written(patient)["medicines"] == ["paracetamol", "bisoprolol 5 mg"]
    assert "medicines-heart" in pages(patient)


def test_who_takes_a_blood_thinner_is_asked_more_about_it_at_the_end(patient: AtHome) -> None:
    answer(patient, "medicines", lines="apixaban 5 mg")
    by_the_clinic(patient, **{"proposed.psoas-major/left": {}})
    none_of_all(patient, but="medicines")
    moved = patient.client.get("/my/questions/")
    assert moved["Location"] == "/my/questions/more/"
    assert "the same blood thinner and dose" in patient.client.get(moved["Location"]).text
    told = {"answers.anticoagulant-tolerated-before": "yes"}
    assert patient.client.post(moved["Location"], told).status_code == 302
    assert written(patient)["answers.anticoagulant-tolerated-before"] is True
    assert "All answered" in patient.client.get("/my/").text


def test_a_list_left_empty_is_not_none(patient: AtHome) -> None:
    assert answer(patient, "allergies", lines="  \n ").status_code == 422
    assert answer(patient, "allergies", lines="latex", none="yes").status_code == 422
    assert "allergies" not in written(patient)
    answer(patient, "allergies", none="yes")
    assert written(patient)["allergies"] == []


def test_height_and_weight_are_kept_when_they_are_told(patient: AtHome) -> None:
    answer(patient, "bones", none="yes", **{"person.height_cm": "172,5", "person.weight_kg": "70"})
    told = written(patient)
    assert (told["person.height_cm"], told["person.weight_kg"]) == (172.5, 70)
    assert answer(patient, "bones", none="yes", **{"person.height_cm": "tall"}).status_code == 422
    assert answer(patient, "bones", none="yes", **{"person.height_cm": "5"}).status_code == 422


def test_another_telephone_goes_on_where_the_first_stopped(patient: AtHome) -> None:
    answer(patient, "now", none="yes")
    other = type(patient.client)()
    other.post(patient.address, {"day": "2", "month": "4", "year": "1985"})
    assert other.get("/my/questions/")["Location"].endswith("/my/questions/today/")


def test_sending_a_page_twice_makes_nothing_twice(patient: AtHome) -> None:
    answer(patient, "today", none="yes")
    with within(patient.house.organisation.pk):
        before = Entry.objects.count()
    answer(patient, "today", none="yes")
    with within(patient.house.organisation.pk):
        assert Entry.objects.count() == before


def test_after_the_note_is_signed_nothing_is_written(patient: AtHome) -> None:
    with within(patient.house.organisation.pk):
        Visit.objects.filter(pk=patient.link.visit_id).update(state=Visit.State.SIGNED)
    assert answer(patient, "now", none="yes").status_code == 409
    assert patient.client.get("/my/questions/now/").status_code == 302
    assert not written(patient)


def wrote(field: str, value: Any) -> dict[str, Any]:
    return {
        "id": str(uuid.uuid4()), "kind": "wrote", "at": "2026-03-02T09:00:00+00:00",
        "body": {"field": field, "value": value, "seen": None},
    }  # fmt: skip


def send(patient: AtHome, *entries: Any) -> Any:
    return patient.client.post(
        f"/my/entries/{patient.link.visit_id}/", json.dumps({"device": "phone", "entries": entries}), "application/json"
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("answers.diabetes", True), ("answers.diabetes", None), ("answers.diabetes", "unknown"), ("complaint", "my neck"),
        ("medicines", ["aspirin"]), ("conditions", []), ("person.weight_kg", 70), ("pain", [{"region": "Temple", "side": "left"}]),
        ("painting", {"needlepoint": 1, "topology": "np-adult-1", "layers": [{"quality": "aching", "values": "rAIKBQ"}]}),
    ],
)  # fmt: skip
def test_a_patient_tells_their_own_health(patient: AtHome, field: str, value: Any) -> None:
    told = send(patient, wrote(field, value)).json()
    assert len(told["kept"]) == 1 and not told["refused"]
    with within(patient.house.organisation.pk):
        entry = Entry.objects.get()
        assert (entry.link_id, entry.by_id) == (patient.link.pk, None)
        assert AuditEntry.objects.filter(action="wrote the own answers", changed=True).count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("note.text", "all well"), ("proposed.upper-trapezius/left", {}), ("examination.upper-trapezius/left", {"taut_band": True}),
        ("answers.consents", True), ("answers.can-consent", True), ("answers.practitioner-trained-for-site", True),
        ("answers.guardian-consents", True), ("answers.nothing-known", True), ("measurements.inr", 2.0), ("earlier", []),
        ("person.birth_date", "1990-01-01"), ("person.sex", "male"), ("stock", []), ("answers.diabetes", 3), ("answers.diabetes", {"a": 1}),
        ("medicines", "aspirin"), ("medicines", [1]), ("medicines", ["a"] * 100), ("person.weight_kg", True), ("person.weight_kg", 1e9),
        ("pain", [{"muscle": "x"}]), ("pain", {}), ("painting", []), ("painting", {"layers": 3}), ("complaint", 7), ("complaint", "x" * 5000),
    ],
)  # fmt: skip
def test_a_patient_writes_nothing_that_the_clinic_tells(patient: AtHome, field: str, value: Any) -> None:
    told = send(patient, wrote(field, value), wrote("complaint", "my neck")).json()
    assert len(told["kept"]) == 1
    assert len(told["refused"]) == 1
    assert list(written(patient)) == ["complaint"]


def test_a_patient_records_no_needle(patient: AtHome) -> None:
    body = {"needle": "n1", "muscle": "upper-trapezius", "side": "left", "length_mm": 30, "diameter_mm": 0.25}
    told = send(patient, {**wrote("complaint", ""), "kind": "needle-in", "body": body}).json()
    assert told["kept"] == []
    assert len(told["refused"]) == 1


def test_a_patient_reads_only_what_a_patient_writes(patient: AtHome) -> None:
    by_the_clinic(patient, **{"note.text": "a secret thought", "complaint": "neck"})
    answer_ = patient.client.get(f"/my/entries/{patient.link.visit_id}/?after=0")
    assert "a secret thought" not in answer_.text
    assert [one["body"]["value"] for one in answer_.json()["entries"]] == ["neck"]
    for bad in ("x", "-1", "9" * 40, "²"):
        assert patient.client.get(f"/my/entries/{patient.link.visit_id}/", {"after": bad}).status_code == 422


def test_every_question_is_asked_of_somebody() -> None:
    from needlepoint.exchange.answers.questionnaire import asked_facts

    groups = load_question_groups()
    asked = {fact for one in groups for item in one.items for fact in item.facts}
    settled = {general for one in groups for general in one.settles}
    later = {one.id for one in asked_facts(known().screen) if not one.adverse} - FOR_THE_CLINIC
    on_record = {"female", "male"}
    assert {one.id for one in asked_facts(known().screen)} <= asked | settled | later | on_record
    assert not FOR_THE_CLINIC & told_by_patient()


body = st.fixed_dictionaries(
    {}, optional={
        "field": st.sampled_from(["complaint", "medicines", "pain", "painting", "person.weight_kg", "answers.diabetes"]) | junk,
        "value": junk | st.lists(st.fixed_dictionaries({}, optional={"region": junk, "side": junk, "intensity": junk, "quality": junk}), max_size=2)
        | st.fixed_dictionaries({}, optional={"layers": st.lists(st.fixed_dictionaries({}, optional={"quality": junk, "values": junk})), "topology": junk}),
        "seen": junk,
    },
)  # fmt: skip
nearly = st.fixed_dictionaries({}, optional={"id": st.uuids().map(str) | junk, "kind": st.just("wrote") | junk,
                                             "at": st.just("2026-03-02T09:00:00+00:00") | junk, "body": body | junk})  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(sent=st.lists(nearly | junk, max_size=4) | junk)
def test_whatever_a_device_sends_it_is_kept_or_refused(patient: AtHome, sent: Any) -> None:
    answered = patient.client.post(
        f"/my/entries/{patient.link.visit_id}/", json.dumps({"entries": sent}), "application/json"
    )
    assert answered.status_code in (200, 422)
    if answered.status_code == 200:
        assert len(answered.json()["kept"]) + len(answered.json()["refused"]) == len(sent)


PAGES = ["questions/now/", "questions/medicines/", "questions/bones/", "questions/now/detail/", "questions/more/", "pain/", "pain/in-words/",
         "complaint/", "consent/"]  # fmt: skip
names = st.sampled_from(["so", "unsure", "none", "lines", "person.height_cm", "answers.chest-pain-now", "painting", "complaint", "name", "agreed",
                         "sha256", "region-1", "side-1", "strength-1", "seen.complaint"]) | st.text(max_size=6)  # fmt: skip
words = st.text(max_size=20) | st.sampled_from(
    ["yes", "no", "unknown", "0", "3", "{}", "[]", '{"layers": [{}]}', "nan", "1e400", "null", "\x00"]
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(page=st.sampled_from(PAGES), form=st.dictionaries(names, words | st.lists(words, max_size=3), max_size=5))
def test_no_form_breaks_a_page(patient: AtHome, page: str, form: dict[str, Any]) -> None:
    answered = patient.client.post(f"/my/{page}", form)
    assert answered.status_code in (302, 409, 422)
    assert patient.client.get("/my/").status_code == 200
