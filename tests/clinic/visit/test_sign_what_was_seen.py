"""What is signed is what was seen: whatever others wrote after the page was opened is read first."""

import json
from typing import Any

import pytest
from django.test import Client

from needlepoint.clinic.records.models import Note
from needlepoint.clinic.records.reading import read_visit
from needlepoint.clinic.records.scope import within
from needlepoint.clinic.records.signing import SeenEarlier, sign
from tests.clinic.conftest import House
from tests.clinic.patient.conftest import linked
from tests.clinic.test_signing import NOW, a_whole_session, entry, head_of, written, wrote


@pytest.fixture
def house(ours: House) -> House:
    """A session in which everything is there: it can be signed."""
    with within(ours.organisation.pk):
        written(ours, *a_whole_session(ours), wrote("note.text", "Seen by the clinician"))
    return ours


def send(client: Client, address: str, *entries: dict[str, Any], device: str = "tablet") -> None:
    body = json.dumps({"device": device, "entries": entries})
    assert client.post(address, body, "application/json").status_code == 200


def press(client: Client, house: House, head: str, device: str = "") -> Any:
    return client.post(f"/visits/{house.visit.pk}/sign/now/", {"head": head, "device": device})


def notes(house: House) -> list[dict[str, Any]]:
    with within(house.organisation.pk):
        return [json.loads(one.body) for one in Note.objects.all()]


def test_what_was_written_after_the_page_was_opened_is_shown_before_it_is_signed(house: House) -> None:
    client, address = house.client("clinician"), f"/visits/{house.visit.pk}/entries/"
    head = head_of(client, house)
    send(house.client("owner"), address, wrote("note.text", "NEVER SEEN", 30))
    at_home = linked(house)
    at_home.come_in()
    send(at_home.client, f"/my/entries/{house.visit.pk}/", wrote("complaint", "fever and a swollen calf", 31))
    answer = press(client, house, head)
    assert notes(house) == []
    page = client.get(answer["Location"]).content.decode()
    assert "Something was written since you looked: read it, then sign." in page
    new = page[page.index("Written since you looked") :]
    for words in ("Note: NEVER SEEN", "The owner", "Complaint: fever and a swollen calf", "the patient"):
        assert words in new
    # Two wrote into one field without seeing each other: somebody chooses; then it is signed as it was read.
    send(client, address, {**wrote("note.text", "All read."), "body": chosen(house, "note.text", "All read.")})
    answer = press(client, house, head_of(client, house))
    assert answer["Location"].startswith("/notes/")
    assert notes(house)[0]["written"]["text"] == "All read."


def chosen(house: House, field: str, value: str) -> dict[str, Any]:
    """The body of an entry that saw all that stands in the field."""
    with within(house.organisation.pk):
        return {"field": field, "value": value, "seen": list(read_visit(house.visit).written.entries(field))}


def test_what_a_clinician_writes_on_the_page_itself_is_signed_with_it(house: House) -> None:
    client, address = house.client("clinician"), f"/visits/{house.visit.pk}/entries/"
    head = head_of(client, house)
    late = {**wrote("note.text", "x"), "body": chosen(house, "note.text", "Typed here, a moment before.")}
    send(client, address, late, device="tablet-7")
    assert press(client, house, head, device="tablet-7")["Location"].startswith("/notes/")
    assert notes(house)[0]["written"]["text"] == "Typed here, a moment before."


@pytest.mark.parametrize(("role", "device"), [("assistant", "tablet-7"), ("clinician", "another tablet")])
def test_neither_another_person_nor_another_tablet_is_taken_for_the_page_itself(
    house: House, role: str, device: str
) -> None:
    client = house.client("clinician")
    head = head_of(client, house)
    send(house.client(role), f"/visits/{house.visit.pk}/entries/", wrote("answers.pregnant", True), device=device)
    assert "/sign/" in press(client, house, head, device="tablet-7")["Location"]
    assert notes(house) == []


@pytest.mark.parametrize("head", ["", "x", "-1", "9" * 40])
def test_a_form_that_does_not_say_what_was_seen_signs_nothing(house: House, head: str) -> None:
    assert "/sign/" in press(house.client("clinician"), house, head)["Location"]
    assert notes(house) == []


def test_a_piece_that_is_refreshed_tells_what_is_new_and_leaves_it_to_be_read(house: House) -> None:
    client, address = house.client("clinician"), f"/visits/{house.visit.pk}/entries/"
    head = head_of(client, house)
    needle = {"needle": "n2", "muscle": "soleus", "side": "left", "length_mm": 40, "diameter_mm": 0.25, "lot": "A12"}
    send(house.client("owner"), address, entry("needle-in", 40, **needle))
    send(client, address, wrote("answers.pregnant", False), device="here")
    piece = client.get(f"/visits/{house.visit.pk}/sign/?refresh=1&seen={head}&head={head}&device=here").content.decode()
    assert "a needle in, Soleus, left, 40 × 0.25 mm, lot A12" in piece and "The owner" in piece
    assert f'name="head" value="{head}"' in piece
    assert "pregnant" not in piece[piece.index("Written since") : piece.index('name="head"')].lower()


def test_many_lines_are_shortened_and_counted(house: House) -> None:
    client = house.client("clinician")
    head = head_of(client, house)
    many = [wrote("answers.pregnant", bool(n % 2), n % 60) for n in range(50)]
    send(house.client("assistant"), f"/visits/{house.visit.pk}/entries/", *many)
    page = client.get(press(client, house, head)["Location"]).content.decode()
    assert "10 more before these" in page


def test_whoever_signs_without_a_page_is_asked_nothing_and_with_one_is_told_what_is_new(here: House) -> None:
    written(here, *a_whole_session(here))
    seen = read_visit(here.visit).entries[-2].number
    with pytest.raises(SeenEarlier) as caught:
        sign(here.visit.pk, here.members["clinician"], now=NOW, seen_head=seen)
    assert [one.kind for one in caught.value.unseen] == ["advised"]
    assert sign(here.visit.pk, here.members["clinician"], now=NOW)
