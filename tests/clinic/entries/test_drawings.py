"""Drawings of the pain: what a patient's device sends along shuts no page, and what cannot be read is said to be so."""

import json
from typing import Any

import pytest

from needlepoint.clinic.records.models import Entry
from needlepoint.clinic.records.scope import within
from tests.clinic.conftest import House
from tests.clinic.entries.sending import patient_of, send, send_as_patient, values, wrote

LAYER = {"quality": "aching", "values": "rAIKBQ"}
DRAWING = {"needlepoint": 1, "topology": "np-adult-1", "layers": [LAYER]}


def nested(levels: int) -> Any:
    value: Any = "x"
    for _level in range(levels):
        value = [value]
    return value


WITH_SOMETHING_ELSE = {
    "a large number": DRAWING | {"more": 2**53},
    "a number beyond 64 bits": DRAWING | {"more": 10**40},
    "a nest": DRAWING | {"more": nested(20)},
    "a deep nest": DRAWING | {"more": nested(700)},
    "a layer with more": DRAWING | {"layers": [LAYER | {"more": 1}]},
    "a layer with less": DRAWING | {"layers": [{"quality": "aching"}]},
    "a layer of nothing": DRAWING | {"layers": [None]},
    "another version": DRAWING | {"needlepoint": 10**40},
    "a version that is none": DRAWING | {"needlepoint": True},
    "a version without end": DRAWING | {"needlepoint": nested(700)},
    "another body": DRAWING | {"topology": "np-adult-0"},
    "no body": {"layers": [LAYER]},
    "values that are none": DRAWING | {"layers": [LAYER | {"values": "!!!"}]},
    "values beyond the body": DRAWING | {"layers": [LAYER | {"values": "____" * 20}]},
    "two layers of one quality": DRAWING | {"layers": [LAYER, LAYER]},
    "hundreds of layers": DRAWING | {"layers": [{"quality": f"q{n}", "values": ""} for n in range(400)]},
    "a very long quality": DRAWING | {"layers": [LAYER | {"quality": "a" * 5000}]},
}


@pytest.mark.parametrize("drawing", WITH_SOMETHING_ELSE.values(), ids=WITH_SOMETHING_ELSE)
def test_a_painting_with_something_else_in_it_is_refused(ours: House, drawing: dict[str, Any]) -> None:
    patient, _link = patient_of(ours)
    assert patient.post("/my/pain/", {"painting": json.dumps(drawing)}).status_code == 422
    good = wrote("painting", DRAWING)
    answer = send_as_patient(patient, ours, wrote("painting", drawing), good)
    assert (answer.status_code, answer.json()["kept"]) == (200, [good["id"]])
    assert len(answer.json()["refused"]) == 1 and answer.json()["refused"][0]["why"]
    assert values(ours, "painting") == [DRAWING]
    page = ours.client("clinician").get(f"/people/{ours.person.pk}/")
    assert page.status_code == 200 and "cannot be read" not in page.content.decode()


@pytest.mark.parametrize(
    "drawing",
    [{}, {"layers": 5}, {"layers": [5], "topology": 1}, DRAWING | {"topology": "np-adult-0"}, DRAWING | {"layers": [LAYER | {"values": "!!!"}]}],
    ids=json.dumps,
)  # fmt: skip
def test_a_drawing_that_cannot_be_read_is_said_to_be_so_on_every_page(ours: House, drawing: Any) -> None:
    client = ours.client("clinician")
    assert send(client, ours, wrote("painting", drawing)).json()["kept"]
    page = client.get(f"/people/{ours.person.pk}/")
    assert page.status_code == 200
    assert "The drawing of 2 Mar" in page.content.decode() and "cannot be read" in page.content.decode()
    for step in ("screen", "locate", "plan", "sign"):
        assert client.get(f"/visits/{ours.visit.pk}/{step}/").status_code == 200, step


def test_what_an_earlier_release_let_through_does_not_shut_the_page_of_the_person(ours: House) -> None:
    poison = DRAWING | {"more": 10**40, "nest": nested(300), "layers": [LAYER | {"more": 10**40}]}
    with within(ours.organisation.pk):
        entry = wrote("painting", poison)
        Entry.objects.create(
            id=entry["id"], person=ours.person, visit=ours.visit, kind="wrote", at=ours.visit.planned_at,
            body=entry["body"], by=ours.members["clinician"], device="tablet",
        )  # fmt: skip
    page = ours.client("clinician").get(f"/people/{ours.person.pk}/")
    assert page.status_code == 200
    assert "rAIKBQ" in page.content.decode() and "nest" not in page.content.decode().split("<body-chart")[1]
