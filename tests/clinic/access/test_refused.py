"""The trail tells what was tried and refused, and says that something was done only when it was."""

import json
import uuid
from datetime import UTC, datetime

from django.test import Client

from needlepoint.clinic.access.links import MOST_WRONG, make_link
from needlepoint.clinic.records.models import AuditEntry, NeedleLot, Note
from needlepoint.clinic.records.scope import within
from tests.clinic.conftest import House
from tests.clinic.test_signing import a_whole_session, head_of, written

WRONG = {"day": "3", "month": "4", "year": "1985"}


def trail(house: House) -> list[tuple[str, str, bool, object]]:
    """What was done, by whom, whether it changed anything, and whose record it was; the first first."""
    with within(house.organisation.pk):
        rows = AuditEntry.objects.order_by("number").values_list("action", "who", "changed", "person")
        return list(rows)


def test_who_tried_what_they_may_not_stands_in_the_trail(ours: House, theirs: House) -> None:
    person, visit = ours.person.pk, ours.visit.pk
    for role, address in (
        ("assistant", f"/people/{person}/record/"),
        ("auditor", f"/visits/{visit}/sign/"),
        ("reader", f"/people/{person}/edit/"),
        ("reader", "/lead/trail/"),
    ):
        assert ours.client(role).get(address).status_code == 403
    assert ours.client("reader").post(f"/visits/{visit}/screen/").status_code == 403
    entry = json.dumps(
        {"device": "x", "entries": [{"id": str(uuid.uuid4()), "kind": "needle-in", "at": "", "body": {}}]}
    )
    for role in ("reader", "assistant"):
        told = ours.client(role).post(f"/visits/{visit}/entries/", entry, content_type="application/json")
        assert told.status_code == 403
    assert trail(ours) == [
        ("was refused: hand out a whole record", "The assistant", False, person),
        ("was refused: see people and visits", "The auditor", False, person),
        ("was refused: write into visits and people", "The reader", False, person),
        ("was refused: see who saw and changed what", "The reader", False, None),
        ("was refused: write into visits and people", "The reader", False, person),
        ("was refused: write into visits and people", "The reader", False, person),
        ("was refused: record and sign a session", "The assistant", False, person),
    ]
    # In another house nobody of ours is named.
    assert theirs.client("reader").get(f"/people/{person}/edit/").status_code == 403
    assert [one[3] for one in trail(theirs)] == [None]


def test_who_recalls_a_lot_without_the_right_stands_in_the_trail(ours: House) -> None:
    with within(ours.organisation.pk):
        lot = NeedleLot.objects.create(clinic=ours.clinic, maker="M", number="A1", length_mm=30, diameter_mm=0.25)
    assert ours.client("auditor").post(f"/lead/stock/{lot.pk}/", {"act": "recall"}).status_code == 403
    assert trail(ours) == [("was refused: recall a lot", "The auditor", False, None)]


def test_wrong_dates_of_birth_and_a_locked_link_stand_in_the_trail_with_where_they_came_from(ours: House) -> None:
    with within(ours.organisation.pk):
        _link, token = make_link(ours.visit, ours.members["clinician"], datetime.now(UTC))
    guesser = Client(REMOTE_ADDR="203.0.113.9")
    for _guess in range(MOST_WRONG + 1):
        guesser.post(f"/p/{token}/", WRONG)
    told = [("a wrong date of birth", "nobody signed in", False, ours.person.pk)] * MOST_WRONG
    assert trail(ours) == [*told, ("a link was locked", "nobody signed in", False, ours.person.pk)]
    with within(ours.organisation.pk):
        assert set(AuditEntry.objects.values_list("where", flat=True)) == {"203.0.113.9"}


def test_a_note_that_was_not_ready_leaves_no_trail_of_signing(ours: House) -> None:
    client = ours.client("clinician")
    client.post(f"/visits/{ours.visit.pk}/sign/now/")
    client.post(f"/visits/{ours.visit.pk}/treat/act/", {"act": "{"})
    client.post(f"/visits/{ours.visit.pk}/consent/sign/", {"agrees": "yes", "name": "The Patient"})
    with within(ours.organisation.pk):
        assert not Note.objects.exists()
    assert [one for one in trail(ours) if one[2]] == []
    assert [one[0] for one in trail(ours)][:2] == ["asked to sign the note", "asked to record what was done"]


def test_a_note_that_was_signed_says_so_once(ours: House) -> None:
    with within(ours.organisation.pk):
        written(ours, *a_whole_session(ours))
    client = ours.client("clinician")
    head = head_of(client, ours)
    for _click in range(2):
        client.post(f"/visits/{ours.visit.pk}/sign/now/", {"head": head})
    assert [one for one in trail(ours) if one[2]] == [("signed the note", "The clinician", True, ours.person.pk)]
    with within(ours.organisation.pk):
        note = Note.objects.get()
    client.post(f"/notes/{note.pk}/addendum/", {"text": " "})
    client.post(f"/notes/{note.pk}/addendum/", {"text": "It was the right side."})
    assert [one[0] for one in trail(ours) if one[2]] == ["signed the note", "wrote an addendum"]
