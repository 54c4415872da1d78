"""Consent: signed for these very words and places, in the room, once."""

import json
from html import unescape
from typing import Any

import pytest
from django.test import Client

from needlepoint.clinic.pages.visit.concluded import planned_of
from needlepoint.clinic.records.consenting import (
    NothingToConsentTo,
    WordingChanged,
    last_consent,
    sealed_text,
    sign_consent,
    valid_consent,
    wording_of,
)
from needlepoint.clinic.records.keeping import VisitIsSigned
from needlepoint.clinic.records.models import Consent, Visit
from needlepoint.clinic.records.reading import read_visit
from needlepoint.clinic.records.scope import within
from needlepoint.clinic.records.seal import sha256
from tests.clinic.conftest import House
from tests.clinic.visit.cast import NECK, link, page, sign, tap, write

TRAPEZIUS = "proposed.upper-trapezius/left"
SOLEUS = "proposed.soleus/left"


@pytest.fixture
def planned_neck(ours: House) -> House:
    """The therapist has chosen the upper trapezius."""
    write(ours, complaint=NECK)
    tap(ours.client("clinician"), ours, "plan", json.dumps({"act": "propose", "field": TRAPEZIUS}))
    return ours


def shown_hash(client: Client, house: House) -> str:
    return page(client, house, "consent").split('name="sha256" value="')[1].split('"')[0]


def sign_in_the_room(client: Client, house: House, agrees: str = "yes", **more: str) -> str:
    told = {
        "agrees": agrees,
        "name": "The Patient",
        "sha256": more.pop("sha256", None) or shown_hash(client, house),
        **more,
    }
    answer = client.post(f"/visits/{house.visit.pk}/consent/sign/", told, follow=True)
    return unescape(answer.content.decode())


def test_the_person_reads_the_places_and_risks_and_signs_before_the_therapist(planned_neck: House) -> None:
    client = planned_neck.client("clinician")
    html = page(client, planned_neck, "consent")
    assert "left upper trapezius" in html
    assert "in 100" in html
    html = sign_in_the_room(client, planned_neck)
    assert "The Patient agreed to these words and places" in html
    with within(planned_neck.organisation.pk):
        (one,) = Consent.objects.select_related("seal")
        assert one.agreed
        assert one.witness == planned_neck.members["clinician"]
        assert one.wording["places"] == ["left upper trapezius"]
        assert one.wording_sha256 == one.wording["sha256"]
        assert one.seal.content_sha256 == sha256(sealed_text(one))


def test_a_double_click_signs_once(planned_neck: House) -> None:
    client = planned_neck.client("clinician")
    seen = shown_hash(client, planned_neck)
    for _ in range(2):
        sign_in_the_room(client, planned_neck, sha256=seen)
    with within(planned_neck.organisation.pk):
        assert Consent.objects.count() == 1


def test_another_place_makes_the_consent_void_and_asks_anew(planned_neck: House) -> None:
    client = planned_neck.client("clinician")
    sign_in_the_room(client, planned_neck)
    tap(client, planned_neck, "plan", json.dumps({"act": "propose", "field": SOLEUS}))
    html = page(client, planned_neck, "consent")
    assert "is for another plan: it does not hold" in html
    assert "I have read this, and I agree" in html
    with within(planned_neck.organisation.pk):
        wording = wording_of(planned_of(planned_neck.visit, read_visit(planned_neck.visit)))
        assert wording is not None
        assert valid_consent(planned_neck.visit, wording["sha256"]) is None
        assert last_consent(planned_neck.visit) is not None


def test_words_that_changed_while_they_were_read_are_not_signed(planned_neck: House) -> None:
    client = planned_neck.client("clinician")
    seen = shown_hash(client, planned_neck)
    tap(client, planned_neck, "plan", json.dumps({"act": "propose", "field": SOLEUS}))
    assert "The plan changed while it was read" in sign_in_the_room(client, planned_neck, sha256=seen)
    with within(planned_neck.organisation.pk):
        assert not Consent.objects.exists()


def test_a_no_is_kept_and_ends_an_earlier_yes(planned_neck: House) -> None:
    client = planned_neck.client("clinician")
    seen = shown_hash(client, planned_neck)
    sign_in_the_room(client, planned_neck)
    assert "The Patient does not agree" in sign_in_the_room(client, planned_neck, "no", sha256=seen)
    with within(planned_neck.organisation.pk):
        assert valid_consent(planned_neck.visit, seen) is None
        assert Consent.objects.count() == 2, "the yes stays in the record"
    assert "agreed to these words" in sign_in_the_room(client, planned_neck)
    with within(planned_neck.organisation.pk):
        assert valid_consent(planned_neck.visit, seen) is not None


@pytest.mark.parametrize("told", [{"agrees": ""}, {"agrees": "maybe"}, {"name": "  "}])
def test_without_a_name_or_an_answer_nothing_is_signed(planned_neck: House, told: dict[str, Any]) -> None:
    client = planned_neck.client("clinician")
    assert "Nothing was signed" in sign_in_the_room(client, planned_neck, **{"agrees": "yes", **told})
    with within(planned_neck.organisation.pk):
        assert not Consent.objects.exists()


def test_without_a_planned_place_there_is_nothing_to_sign(ours: House) -> None:
    client = ours.client("clinician")
    assert "Nothing to agree to yet" in page(client, ours, "consent")
    assert "there is nothing to sign" in sign_in_the_room(client, ours, sha256="x")


def test_by_a_private_link_the_patient_signs_the_same_words(planned_neck: House) -> None:
    with within(planned_neck.organisation.pk):
        planned = planned_of(planned_neck.visit, read_visit(planned_neck.visit))
        one = sign_consent(planned_neck.visit, planned, name=" The  Patient ", agreed=True, link=link(planned_neck))
        assert (one.name, one.witness) == ("The Patient", None)
        with pytest.raises(ValueError, match="before a member or by a private link"):
            sign_consent(planned_neck.visit, planned, name="x", agreed=True)
        with pytest.raises(WordingChanged):
            sign_consent(planned_neck.visit, planned, name="x", agreed=True, read_sha256="0", link=link(planned_neck))
    assert "Signed by the private link." in page(planned_neck.client("clinician"), planned_neck, "consent")


def test_nothing_is_agreed_to_where_nothing_is_needled(ours: House) -> None:
    with within(ours.organisation.pk):
        planned = planned_of(ours.visit, read_visit(ours.visit))
        with pytest.raises(NothingToConsentTo):
            sign_consent(ours.visit, planned, name="x", agreed=True, witness=ours.members["clinician"])


def test_after_the_note_is_signed_no_consent_is_added(planned_neck: House) -> None:
    client = planned_neck.client("clinician")
    seen = shown_hash(client, planned_neck)
    sign(planned_neck)
    assert "This visit is closed" in sign_in_the_room(client, planned_neck, sha256=seen)
    with within(planned_neck.organisation.pk):
        planned = planned_of(planned_neck.visit, read_visit(Visit.objects.get()))
        with pytest.raises(VisitIsSigned):
            sign_consent(planned_neck.visit, planned, name="x", agreed=True, witness=planned_neck.members["clinician"])


def test_what_to_do_afterwards_can_be_printed_for_the_patient(planned_neck: House) -> None:
    html = page(planned_neck.client("clinician"), planned_neck, "recover")
    assert "For The Patient: after dry needling" in html
    assert "Get help when you notice this" in html
    assert "We ask how it goes" in html
