"""Entries: kept once, whoever sends them and however often; nothing is lost and nothing is doubled."""

import json
import uuid
from typing import Any

from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from needlepoint.clinic.records.models import AuditEntry, Entry, Visit
from needlepoint.clinic.records.scope import within
from tests.clinic.conftest import House
from tests.clinic.junk import junk


def wrote(field: str = "complaint", value: Any = "neck pain", seen: Any = None) -> dict[str, Any]:
    return {
        "id": str(uuid.uuid4()), "kind": "wrote", "at": "2026-03-02T09:00:00+00:00",
        "body": {"field": field, "value": value, "seen": seen},
    }  # fmt: skip


def needle_in(needle: str = "n1") -> dict[str, Any]:
    body = {"needle": needle, "muscle": "upper-trapezius", "side": "left", "length_mm": 30, "diameter_mm": 0.25}
    return {"id": str(uuid.uuid4()), "kind": "needle-in", "at": "2026-03-02T09:10:00+00:00", "body": body}


def send(client: Client, house: House, *entries: Any) -> Any:
    return client.post(
        f"/visits/{house.visit.pk}/entries/", json.dumps({"device": "tablet", "entries": entries}), "application/json"
    )


def kept(house: House) -> list[Entry]:
    with within(house.organisation.pk):
        return list(Entry.objects.order_by("number"))


def test_a_double_click_makes_one_needle(ours: House) -> None:
    client, needle = ours.client("clinician"), needle_in()
    first, second = send(client, ours, needle), send(client, ours, needle)
    assert first.json() == second.json()
    assert first.json()["kept"] == [needle["id"]]
    assert len(kept(ours)) == 1


def test_two_tablets_make_one_session_and_both_see_all(ours: House) -> None:
    one, other = ours.client("clinician"), ours.client("owner")
    send(one, ours, needle_in("n1"))
    send(other, ours, needle_in("n2"))
    seen = one.get(f"/visits/{ours.visit.pk}/entries/?after=0").json()
    assert [entry["body"]["needle"] for entry in seen["entries"]] == ["n1", "n2"]
    assert [entry["by"] for entry in seen["entries"]] == ["The clinician", "The owner"]
    assert one.get(f"/visits/{ours.visit.pk}/entries/?after={seen['head']}").json() == {
        "entries": [],
        "head": seen["head"],
    }


def test_the_list_of_today_knows_that_a_needle_is_in(ours: House) -> None:
    send(ours.client("clinician"), ours, needle_in())
    with within(ours.organisation.pk):
        assert Visit.objects.get().needles_in == 1


def test_an_id_that_was_used_for_something_else_is_refused_and_the_first_stays(ours: House) -> None:
    client, entry = ours.client("clinician"), wrote()
    send(client, ours, entry)
    again = send(client, ours, {**entry, "body": {**entry["body"], "value": "back pain"}}).json()
    assert again["kept"] == []
    assert again["refused"] == [{"id": entry["id"], "why": "another entry has this id already: make a new one"}]
    assert kept(ours)[0].body["value"] == "neck pain"


def test_an_id_that_another_organisation_has_used_is_refused_and_tells_nothing_of_it(
    ours: House, theirs: House
) -> None:
    entry, other = wrote(), wrote()
    send(theirs.client("clinician"), theirs, entry)
    answer = send(ours.client("clinician"), ours, entry, other).json()
    assert answer["kept"] == [other["id"]]
    assert answer["refused"] == [{"id": entry["id"], "why": "another entry has this id already: make a new one"}]
    assert [str(one.id) for one in kept(ours)] == [other["id"]]


def test_the_same_entry_twice_in_one_batch_is_kept_once(ours: House) -> None:
    entry = wrote()
    assert send(ours.client("clinician"), ours, entry, entry).json()["kept"] == [entry["id"], entry["id"]]
    assert len(kept(ours)) == 1


def test_a_bad_entry_is_refused_with_how_to_mend_it_and_the_good_ones_are_kept(ours: House) -> None:
    good, bad = wrote(), wrote(field="complaints")
    answer = send(ours.client("clinician"), ours, bad, good).json()
    assert answer["kept"] == [good["id"]]
    assert answer["refused"][0]["id"] == bad["id"]
    assert "body.field" in answer["refused"][0]["why"]


def test_an_assistant_writes_answers_but_no_needles(ours: House) -> None:
    client = ours.client("assistant")
    assert send(client, ours, wrote()).status_code == 200
    assert send(client, ours, needle_in()).status_code == 403


def test_a_reader_writes_nothing(ours: House) -> None:
    assert send(ours.client("reader"), ours, wrote()).status_code == 403
    assert not kept(ours)


def test_a_stranger_of_another_organisation_finds_no_such_visit(ours: House, theirs: House) -> None:
    client = theirs.client("owner")
    assert send(client, ours, wrote()).status_code == 404
    assert client.get(f"/visits/{ours.visit.pk}/entries/").status_code == 404


def test_an_odd_number_to_read_after_is_told_and_breaks_nothing(ours: House) -> None:
    client = ours.client("clinician")
    for odd in ("²", "٣", "-1", "1.5", "", "9" * 30, "x"):
        assert client.get(f"/visits/{ours.visit.pk}/entries/", {"after": odd}).status_code == 422, odd


def test_who_is_signed_out_is_told_that_it_waits_on_the_device(ours: House) -> None:
    answer = send(Client(), ours, wrote())
    assert answer.status_code == 401
    assert "waits on this device" in answer.json()["why"]


def test_writing_and_reading_leave_a_trail(ours: House) -> None:
    client = ours.client("clinician")
    send(client, ours, wrote())
    client.get(f"/visits/{ours.visit.pk}/entries/?after=0")
    with within(ours.organisation.pk):
        assert list(AuditEntry.objects.order_by("number").values_list("action", "changed", "who")) == [
            ("wrote into a visit", True, "The clinician"),
            ("read what was written", False, "The clinician"),
        ]


nearly = st.fixed_dictionaries(
    {},
    optional={
        "id": st.uuids().map(str) | junk,
        "kind": st.sampled_from(["wrote", "needle-in", "twitch", "undone", "pain", "happened"]) | junk,
        "at": st.sampled_from(["2026-03-02T09:00:00+00:00", "2026-03-02", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00"]) | junk,
        "body": st.fixed_dictionaries({}, optional={"field": st.sampled_from(["complaint", "answers.x"]) | junk, "value": junk, "seen": junk,
                                                    "needle": junk, "muscle": junk, "side": junk, "length_mm": junk, "count": junk, "act": junk}),
    },
)  # fmt: skip


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sent=st.lists(nearly | junk, max_size=4) | junk)
def test_whatever_is_sent_it_is_kept_or_refused_with_a_reason(ours: House, sent: Any) -> None:
    answer = ours.client("clinician").post(
        f"/visits/{ours.visit.pk}/entries/", json.dumps({"entries": sent}), "application/json"
    )
    assert answer.status_code in (200, 422)
    if answer.status_code == 200:
        told = answer.json()
        assert len(told["kept"]) + len(told["refused"]) == len(sent)
        with within(ours.organisation.pk):
            assert {str(one) for one in Entry.objects.values_list("id", flat=True)} >= set(told["kept"])


def test_a_needle_that_is_in_is_told_on_every_page_but_where_it_is_shown_anyway(ours: House) -> None:
    client = ours.client("clinician")
    send(client, ours, needle_in())
    for page in ("/people/", "/lead/", f"/people/{ours.person.pk}/", f"/visits/{ours.visit.pk}/screen/"):
        assert "1 needle is still in: The Patient" in client.get(page).content.decode(), page
    assert "still in: The Patient" not in client.get(f"/visits/{ours.visit.pk}/treat/").content.decode()
