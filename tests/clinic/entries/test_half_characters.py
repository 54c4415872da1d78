"""Text that nothing can hold: it is refused in words, wherever it comes in, and what was written before still stands."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from needlepoint.clinic.records.holdable import LARGEST, MOST_BYTES, MOST_DEEP, whole
from needlepoint.clinic.records.keeping import Writer, keep
from needlepoint.clinic.records.models import Entry, Person
from needlepoint.clinic.records.scope import within
from needlepoint.clinic.records.signing import sign
from tests.clinic.conftest import House
from tests.clinic.entries.sending import needle_in, patient_of, send, send_as_patient, values, wrote
from tests.clinic.test_signing import a_whole_session

HALF = "\ud83d"
NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


def deep(levels: int) -> Any:
    value: Any = []
    for _level in range(levels):
        value = [value]
    return value


ODD = {
    "value": wrote("complaint", f"pain {HALF}"),
    "field": wrote(f"answers.{HALF}", True),
    "seen": wrote("complaint", "pain", [HALF]),
    "further key": wrote("complaint", "pain", more=HALF),
    "key": wrote("complaint", "pain", **{HALF: 1}),
    "nested key": wrote("painting", {"topology": "x", "layers": [{HALF: "x"}]}),
    "id": wrote() | {"id": HALF},
    "kind": wrote() | {"kind": HALF},
    "code 0": wrote("complaint", "pain\0"),
    "key of code 0": wrote("painting", {"to\0pology": "x", "layers": []}),
    "too deep": wrote("painting", {"layers": deep(MOST_DEEP), "topology": "x"}),
    "far too deep": wrote("complaint", "pain", more=deep(700)),
    "id far too deep": wrote() | {"id": deep(700)},
    "a further key": wrote("complaint", "pain", more="x"),
    "seen no id": wrote("complaint", "pain", ["the first"]),
    "too large a number": wrote("person.height_cm", LARGEST + 1),
    "too small a number": wrote("person.height_cm", -LARGEST - 1),
    "too many bytes": wrote("complaint", "é" * (MOST_BYTES // 2)),
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_what_no_record_can_hold_is_refused_in_words_and_the_next_entry_is_kept(
    ours: House, odd: dict[str, Any]
) -> None:
    good = wrote("complaint", "neck pain")
    answer = send(ours.client("clinician"), ours, odd, good)
    assert answer.status_code == 200
    assert answer.json()["kept"] == [good["id"]]
    assert len(answer.json()["refused"]) == 1 and answer.json()["refused"][0]["why"]
    assert values(ours) == ["neck pain"]


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_a_patient_cannot_write_it_either(ours: House, odd: dict[str, Any]) -> None:
    patient, _link = patient_of(ours)
    good = wrote("complaint", "neck pain")
    answer = send_as_patient(patient, ours, odd, good)
    assert (answer.status_code, answer.json()["kept"]) == (200, [good["id"]])
    assert len(answer.json()["refused"]) == 1


def test_half_a_character_is_refused_and_the_visit_can_still_be_signed(ours: House) -> None:
    patient, _link = patient_of(ours)
    assert not send_as_patient(patient, ours, wrote("complaint", f"pain {HALF}")).json()["kept"]
    client = ours.client("clinician")
    assert not send(client, ours, needle_in(HALF), needle_in(lot=HALF)).json()["kept"]
    with within(ours.organisation.pk):
        assert not keep(ours.visit.pk, Writer(member=ours.members["clinician"]), a_whole_session(ours)).refused
        assert sign(ours.visit.pk, ours.members["clinician"], now=NOW).body
    for page in ("/", f"/people/{ours.person.pk}/", f"/visits/{ours.visit.pk}/sign/"):
        assert client.get(page).status_code == 200, page


def test_whole_characters_beyond_the_first_plane_and_words_about_code_0_are_kept(ours: House) -> None:
    said = ["it hurts 😖", "a file named \\u0000", "naïve 漢字"]
    assert len(send(ours.client("clinician"), ours, *(wrote("complaint", one) for one in said)).json()["kept"]) == 3
    assert values(ours) == said


def test_what_an_earlier_release_kept_is_still_read(here: House) -> None:
    entry = wrote("complaint", "neck pain", ["the first"], more="x")
    Entry.objects.create(
        id=entry["id"], person=here.person, visit=here.visit, kind="wrote", at=NOW, body=entry["body"],
        by=here.members["clinician"], device="tablet",
    )  # fmt: skip
    assert here.client("clinician").get(f"/visits/{here.visit.pk}/screen/").status_code == 200


ACTS = (
    {"act": "none", "field": f"proposed.{HALF}/left"},
    {"act": f"{HALF}"},
    {"act": "propose", "field": HALF},
    {"act": "instead", "origin": "complaint", "text": "x", "word": HALF},
    {"act": "instead", "origin": HALF},
    {"act": "settle", "field": HALF, "holds": HALF},
)


@pytest.mark.parametrize("act", ACTS, ids=json.dumps)
def test_a_tap_with_half_a_character_keeps_nothing_and_says_so(ours: House, act: dict[str, str]) -> None:
    client = ours.client("clinician")
    answer = client.post(f"/visits/{ours.visit.pk}/plan/", {"act": json.dumps(act)}, follow=True)
    assert answer.status_code == 200
    assert list(answer.context["messages"])
    with within(ours.organisation.pk):
        assert not Entry.objects.exists()


def test_a_drawing_in_a_form_with_half_a_character_or_without_end_is_not_kept(ours: House) -> None:
    patient, _link = patient_of(ours)
    for told in (json.dumps({"topology": HALF, "layers": []}), "[" * 100_000):
        assert patient.post("/my/pain/", {"painting": told}).status_code == 422
    assert not values(ours, "painting")


NEW_PERSON = b"family=B&birth_date=1985-04-02&sex=female&given="


@pytest.mark.parametrize("told", [b"A%ED%A0%80", b"A%F0%9F", b"A%ff"])
def test_broken_utf8_in_a_form_becomes_the_sign_for_a_lost_character(ours: House, told: bytes) -> None:
    client = ours.client("clinician")
    made = client.post("/people/new/", NEW_PERSON + told, "application/x-www-form-urlencoded")
    assert made.status_code == 302 and client.get(made["Location"]).status_code == 200
    with within(ours.organisation.pk):
        assert Person.objects.filter(family="B").get().given.strip("\ufffd") == "A"


@pytest.mark.parametrize("charset", ["raw_unicode_escape", "unicode_escape", "utf-7", "utf-16", "latin-1"])
def test_a_form_in_an_encoding_that_can_spell_half_a_character_is_no_form_of_ours(ours: House, charset: str) -> None:
    fields = {"given": "A\\ud800", "family": "B", "birth_date": "1985-04-02", "sex": "female"}
    told = "".join(f'--xx\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in fields.items())
    client = ours.client("clinician")
    answer = client.generic(
        "POST", "/people/new/", told.encode() + b"--xx--\r\n", f"multipart/form-data; boundary=xx; charset={charset}"
    )
    assert answer.status_code == 400
    with within(ours.organisation.pk):
        assert not Person.objects.filter(family="B").exists()


def test_a_form_that_says_it_is_utf8_is_read(ours: House) -> None:
    client: Client = ours.client("clinician")
    for charset in ("utf-8", "UTF-8", "utf8"):
        told = b'--xx\r\nContent-Disposition: form-data; name="given"\r\n\r\nA\r\n--xx--\r\n'
        answer = client.generic("POST", "/people/new/", told, f"multipart/form-data; boundary=xx; charset={charset}")
        assert answer.status_code == 200, charset


def test_what_is_said_back_of_a_refused_id_is_whole() -> None:
    assert whole(f"a{HALF}b\0c") == "a\ufffdbc"
    assert whole("a😖b") == "a😖b"
