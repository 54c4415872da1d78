"""An event that came to light late is never lost, and who may read no record reads no free words of it."""

import uuid
from typing import Any

from needlepoint.clinic.records.models import Addendum, AdverseEvent
from needlepoint.clinic.records.scope import within
from tests.clinic.conftest import House
from tests.clinic.lead.test_lead import late, page
from tests.clinic.people.test_person import event, signed


def test_a_second_event_is_never_called_reported_when_it_was_not(ours: House) -> None:
    session = signed(ours, ago=3)
    client, (address, first) = ours.client("clinician"), late(ours, session)
    client.post(address, first, follow=True)
    # The form came back from the browser's history, with the id of the first event in it.
    second: dict[str, Any] = {**first, "kind": "infection", "text": "Red and hot since yesterday."}
    answer = client.post(address, second)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "Nothing was reported" in html and "An addendum tells it" not in html
    assert "Red and hot since yesterday." in html and first["id"] not in html
    fresh = html.split('name="id" value="')[1].split('"')[0]
    assert client.post(address, {**second, "id": fresh}).url == f"/lead/events/{fresh}/"
    with within(ours.organisation.pk):
        assert set(AdverseEvent.objects.values_list("text", flat=True)) == {first["text"], second["text"]}
        assert Addendum.objects.count() == 2


def test_an_event_of_another_visit_is_not_taken_for_this_one(ours: House) -> None:
    client, (address, first) = ours.client("clinician"), late(ours, signed(ours, ago=3))
    client.post(address, first)
    elsewhere, told = late(ours, signed(ours, ago=2), id=first["id"])
    assert "Nothing was reported" in client.post(elsewhere, told).content.decode()


def test_an_event_under_an_id_of_another_organisation_is_asked_for_again(ours: House, theirs: House) -> None:
    taken = event(theirs, signed(theirs, ago=3))
    address, told = late(ours, signed(ours, ago=3), id=str(taken.pk))
    html = ours.client("clinician").post(address, told).content.decode()
    assert "Nothing was reported" in html and str(taken.pk) not in html


def test_an_auditor_reads_no_free_words_of_an_event(ours: House) -> None:
    steps = [{"at": None, "step": "gone-since", "done": False, "why": "Mrs Patient is with child"},
             {"at": None, "step": "mrs-patient-was-called", "done": True, "why": None}]  # fmt: skip
    found = event(ours, signed(ours, ago=10), text=f"free words {uuid.uuid4()}", steps=steps)
    told = page(ours, f"events/{found.pk}/")
    assert "Mrs Patient is with child" in told and "mrs patient was called" in told
    hidden = page(ours, f"events/{found.pk}/", role="auditor")
    assert "not done" in hidden and "another step" in hidden
    for words in ("Mrs Patient", "mrs patient", "free words"):
        assert words not in hidden
