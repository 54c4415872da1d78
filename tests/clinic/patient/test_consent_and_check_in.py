"""Consent at home, the pain drawing, and how somebody is afterwards."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from needlepoint.clinic.asking import known
from needlepoint.clinic.records.consenting import valid_consent
from needlepoint.clinic.records.models import CheckIn, Consent, Insertion, Session, Visit
from needlepoint.clinic.records.scope import within
from tests.clinic.conftest import House
from tests.clinic.patient.conftest import AtHome, linked
from tests.clinic.patient.test_questions import by_the_clinic, written

PAINTING = {"needlepoint": 1, "topology": "np-adult-1", "layers": [{"quality": "aching", "values": "rAIKBQ"}]}


def planned(patient: AtHome, muscle: str = "upper-trapezius") -> None:
    by_the_clinic(patient, **{f"proposed.{muscle}/left": {}})


def hash_on(page: Any) -> str:
    return str(page.text.partition('name="sha256" value="')[2][:64])


def consents(patient: AtHome) -> list[Consent]:
    with within(patient.house.organisation.pk):
        return list(Consent.objects.order_by("signed_at"))


def test_without_a_plan_there_is_nothing_to_sign(patient: AtHome) -> None:
    by_the_clinic(patient, complaint="neck pain", painting=PAINTING)
    assert patient.client.get("/my/consent/").status_code == 302
    assert patient.client.post("/my/consent/", {"agreed": "yes", "name": "The Patient"}).status_code == 302
    assert not consents(patient)


@pytest.mark.parametrize("agreed", ["yes", "no"])
def test_a_person_reads_and_signs_yes_or_no(patient: AtHome, agreed: str) -> None:
    planned(patient)
    page = patient.client.get("/my/consent/")
    assert "left upper trapezius" in page.text and '<img class="harms__icons" src="data:image/svg+xml' in page.text
    sha256 = hash_on(page)
    answer = patient.client.post("/my/consent/", {"agreed": agreed, "name": " The  Patient ", "sha256": sha256})
    assert answer.status_code == 302
    [one] = consents(patient)
    assert (one.agreed, one.name, one.wording_sha256) == (agreed == "yes", "The Patient", sha256)
    assert (one.link_id, one.witness_id) == (patient.link.pk, None)
    with within(patient.house.organisation.pk):
        assert (valid_consent(patient.visit(), sha256) is not None) is (agreed == "yes")


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"agreed": "yes"},
        {"agreed": "yes", "name": "  "},
        {"name": "The Patient"},
        {"agreed": "yes", "name": "\x00"},
    ],
)
def test_without_a_name_or_an_answer_nothing_is_signed(patient: AtHome, form: dict[str, str]) -> None:
    planned(patient)
    assert (
        patient.client.post("/my/consent/", {**form, "sha256": hash_on(patient.client.get("/my/consent/"))}).status_code
        == 422
    )
    assert not consents(patient)


def test_a_plan_that_changed_while_reading_is_read_again(patient: AtHome) -> None:
    planned(patient)
    sha256 = hash_on(patient.client.get("/my/consent/"))
    planned(patient, "infraspinatus")
    page = patient.client.post("/my/consent/", {"agreed": "yes", "name": "The Patient", "sha256": sha256})
    assert page.status_code == 422
    assert "changed while you were reading" in page.text
    assert not consents(patient)


def test_a_changed_plan_asks_again(patient: AtHome) -> None:
    planned(patient)
    sha256 = hash_on(patient.client.get("/my/consent/"))
    patient.client.post("/my/consent/", {"agreed": "yes", "name": "The Patient", "sha256": sha256})
    assert "You said yes" in patient.client.get("/my/").text
    planned(patient, "infraspinatus")
    assert "The plan has changed" in patient.client.get("/my/").text


def test_a_painting_is_kept_and_the_words_come_next(patient: AtHome) -> None:
    assert patient.client.post("/my/pain/", {"painting": ""}).status_code == 422
    assert patient.client.post("/my/pain/", {"painting": "[1"}).status_code == 422
    assert patient.client.post("/my/pain/", {"painting": json.dumps(PAINTING)})["Location"] == "/my/complaint/"
    assert patient.client.post("/my/complaint/", {"complaint": ""}).status_code == 422
    patient.client.post("/my/complaint/", {"complaint": "my neck, since May"})
    assert written(patient) == {"painting": PAINTING, "complaint": "my neck, since May"}


def test_pain_is_told_without_scripts_by_choosing_places(patient: AtHome) -> None:
    page = patient.client.get("/my/pain/in-words/")
    assert '<option value="Back of the neck">' in page.text
    form = {"region-1": "Back of the neck", "side-1": "left", "strength-1": "6", "region-3": "Temple"}
    assert patient.client.post("/my/pain/in-words/", form).status_code == 302 or '"Temple"' not in page.text
    told = written(patient).get("pain", [])
    assert told[:1] == [{"region": "Back of the neck", "side": "left", "intensity": 6}]
    for bad in (
        {},
        {"region-1": "Atlantis"},
        {"region-1": "Back of the neck", "side-1": "up"},
        {"region-1": "Back of the neck", "strength-1": "11"},
    ):
        assert patient.client.post("/my/pain/in-words/", bad).status_code == 422


def check_in(patient: AtHome, muscle: str = "upper-trapezius", due: int = 0) -> CheckIn:
    house = patient.house
    with within(house.organisation.pk):
        session = Session.objects.create(
            person=house.person,
            visit=house.visit,
            clinic=house.clinic,
            clinician=house.members["clinician"],
            on=house.visit.on,
        )
        Insertion.objects.create(
            person=house.person, session=session, clinician=house.members["clinician"], on=house.visit.on, muscle=muscle, side="left",
            length_mm=30, diameter_mm=0.25, in_at="2026-03-02T09:00:00Z",
        )  # fmt: skip
        Visit.objects.filter(pk=house.visit.pk).update(state=Visit.State.SIGNED)
        return CheckIn.objects.create(
            person=house.person, visit=house.visit, due_on=timezone.localdate() + timedelta(days=due)
        )


def stored(patient: AtHome, one: CheckIn) -> CheckIn:
    with within(patient.house.organisation.pk):
        return CheckIn.objects.get(pk=one.pk)


def test_a_person_who_is_well_says_so_in_a_moment(patient: AtHome) -> None:
    one = check_in(patient)
    assert "How are you since" in patient.client.get("/my/").text
    page = patient.client.get(f"/my/check-in/{one.pk}/")
    assert "short of breath" in page.text
    answer = patient.client.post(f"/my/check-in/{one.pk}/", {"pain": "2", "reaction": ["soreness"], "sign": ["none"]})
    assert answer.status_code == 302
    found = stored(patient, one)
    assert (found.answers["pain_now"], found.answers["reactions"], found.needs_look) == (2, ["Soreness"], False)
    assert "sore for one to three days" in patient.client.get(f"/my/check-in/{one.pk}/").text


def test_a_warning_sign_says_at_once_what_to_do_and_calls_for_a_look(patient: AtHome) -> None:
    one = check_in(patient)
    answer = patient.client.post(
        f"/my/check-in/{one.pk}/", {"pain": "7", "reaction": ["none"], "sign": ["lung-0"]}, follow=True
    )
    lung = next(watch for watch in known().plan.watches if watch.id == "lung")
    assert "Do this now" in answer.text
    assert lung.act_patient in answer.text
    found = stored(patient, one)
    assert found.needs_look
    assert found.answers["warning_signs"] == [lung.patient[0]]


def test_after_a_forearm_nobody_is_asked_about_the_lung(patient: AtHome) -> None:
    one = check_in(patient, "pronator-teres")
    page = patient.client.get(f"/my/check-in/{one.pk}/")
    assert "lips turn blue" not in page.text
    assert "weak arm, hand, leg or foot" in page.text


def test_the_first_answer_to_a_check_in_stands(patient: AtHome) -> None:
    one = check_in(patient)
    form = {"pain": "7", "reaction": ["none"], "sign": ["lung-0"]}
    patient.client.post(f"/my/check-in/{one.pk}/", form)
    patient.client.post(f"/my/check-in/{one.pk}/", {**form, "sign": ["none"], "pain": "0"})
    assert stored(patient, one).answers["pain_now"] == 7
    assert stored(patient, one).needs_look


@pytest.mark.parametrize(
    "form",
    [{}, {"pain": "2"}, {"pain": "11", "reaction": "none", "sign": "none"}, {"pain": "2", "reaction": ["none", "soreness"], "sign": "none"},
     {"pain": "2", "reaction": "none"}, {"pain": "2", "reaction": "none", "sign": ["none", "lung-0"]}],
)  # fmt: skip
def test_half_an_answer_to_a_check_in_is_asked_again(patient: AtHome, form: dict[str, Any]) -> None:
    one = check_in(patient)
    assert patient.client.post(f"/my/check-in/{one.pk}/", form).status_code == 422
    assert stored(patient, one).answered_at is None


def test_a_check_in_is_asked_on_its_day_and_only_of_its_person(patient: AtHome, theirs: House) -> None:
    early = check_in(patient, due=1)
    assert patient.client.get(f"/my/check-in/{early.pk}/").status_code == 404
    other = linked(theirs)
    other.come_in()
    assert other.client.get(f"/my/check-in/{early.pk}/").status_code == 404


def test_who_asks_for_a_call_is_looked_at(patient: AtHome) -> None:
    one = check_in(patient)
    patient.client.post(f"/my/check-in/{one.pk}/", {"pain": "2", "reaction": "none", "sign": "none", "call": "yes"})
    assert stored(patient, one).needs_look
