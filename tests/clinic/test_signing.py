"""Signing: a visit becomes a note that nobody changes, and only when nothing is missing."""

import json
import re
import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from needlepoint.clinic import asking
from needlepoint.clinic.records.keeping import VisitIsSigned, Writer, keep
from needlepoint.clinic.records.models import (
    AdverseEvent,
    CheckIn,
    Insertion,
    NeedleLot,
    Note,
    Reaction,
    Seal,
    Session,
    Visit,
)
from needlepoint.clinic.records.projected import projected
from needlepoint.clinic.records.scope import within
from needlepoint.clinic.records.seal import seal_hash, sha256
from needlepoint.clinic.records.signing import AlreadySigned, NotReady, add_addendum, addendum_content, sign
from tests.clinic.conftest import House

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


def entry(what: str, minute: int, /, **body: Any) -> dict[str, Any]:
    return {"id": str(uuid.uuid4()), "kind": what, "at": f"2026-03-02T09:{minute:02}:00+00:00", "body": body}


def wrote(field: str, value: Any, minute: int = 0) -> dict[str, Any]:
    return entry("wrote", minute, field=field, value=value, seen=None)


def a_whole_session(house: House, *, lot: str | None = None) -> list[dict[str, Any]]:
    """One needle into a calf, in and out, everything asked and told."""
    needle = {"needle": "n1", "muscle": "soleus", "side": "left", "length_mm": 30, "diameter_mm": 0.25, "lot": lot}
    advice = [one.id for one in asking.known().treat.advice]
    return [
        wrote("note.consent", "Agreed by word of mouth after everything was explained."),
        wrote("note.against-plan", "Known to me; needled as last year."),
        entry("pain", 1, value=6, when="before"),
        entry("needle-in", 10, **needle),
        entry("twitch", 11, needle="n1", count=2),
        entry("needle-out", 12, needle="n1", intact=True),
        entry("pain", 20, value=3, when="after"),
        entry("reacted", 21, reaction="soreness", kind=next(iter(asking.known().treat.reactions))),
        entry("advised", 22, what=advice),
    ]


def written(house: House, *entries: dict[str, Any]) -> None:
    kept = keep(house.visit.pk, Writer(member=house.members["clinician"]), entries)
    assert not kept.refused, kept.refused


def head_of(client: Client, house: House) -> str:
    """The last entry that the sign page was made from, as its form says it."""
    found = re.search(r'name="head" value="(\d+)"', client.get(f"/visits/{house.visit.pk}/sign/").content.decode())
    assert found
    return found[1]


def why_not(house: House) -> set[str]:
    with pytest.raises(NotReady) as caught:
        sign(house.visit.pk, house.members["clinician"], now=NOW)
    return {one.id for one in caught.value.missing}


def test_a_whole_session_is_signed_and_sealed(here: House) -> None:
    lot = NeedleLot.objects.create(clinic=here.clinic, maker="A maker", number="A12", length_mm=30, diameter_mm=0.25)
    written(here, *a_whole_session(here, lot="A12"))
    note = sign(here.visit.pk, here.members["clinician"], now=NOW)
    assert Visit.objects.get().state == "signed"
    assert note.seal.content_sha256 == sha256(note.body)
    needle = Insertion.objects.get()
    assert (needle.muscle, needle.side, needle.twitches, needle.lot) == ("soleus", "left", 2, lot)
    session = Session.objects.get()
    assert (session.insertions, session.pain_before, session.pain_after) == (1, 6, 3)
    assert Reaction.objects.count() == 1
    assert CheckIn.objects.count() == 2


def test_a_visit_of_which_nothing_is_known_is_not_signed(here: House) -> None:
    assert "no-needle" in why_not(here)
    assert not Note.objects.exists() and not Seal.objects.exists()


def test_a_forgotten_needle_keeps_the_note_open(here: House) -> None:
    written(here, *[one for one in a_whole_session(here) if one["kind"] != "needle-out"])
    assert "still-in" in why_not(here)


def test_a_needle_without_consent_has_to_be_explained(here: House) -> None:
    written(here, *[one for one in a_whole_session(here) if one["body"].get("field") != "note.consent"])
    assert why_not(here) == {"consent"}


def test_a_needle_that_was_not_planned_has_to_be_explained(here: House) -> None:
    written(here, *[one for one in a_whole_session(here) if one["body"].get("field") != "note.against-plan"])
    assert why_not(here) & {"not-planned", "against-plan"}


def test_two_people_who_contradict_each_other_keep_the_note_open(here: House) -> None:
    written(here, *a_whole_session(here), wrote("answers.could-be-pregnant", True))
    written(here, wrote("answers.could-be-pregnant", False))
    assert why_not(here) == {"conflict"}


def test_a_visit_in_which_nothing_was_done_is_signed_with_the_reason(here: House) -> None:
    written(here, entry("not-done", 5, reason="Feels ill today; comes again next week."))
    note = sign(here.visit.pk, here.members["clinician"], now=NOW)
    assert Session.objects.get().not_done.startswith("Feels ill")
    assert json.loads(note.body)["session"]["needles"] == []


def test_who_signs_second_is_shown_the_note_of_the_first(here: House) -> None:
    written(here, *a_whole_session(here))
    first = sign(here.visit.pk, here.members["clinician"], now=NOW)
    with pytest.raises(AlreadySigned) as caught:
        sign(here.visit.pk, here.members["owner"], now=NOW)
    assert caught.value.note == first
    assert Note.objects.count() == Session.objects.count() == 1


def test_after_signing_a_late_entry_is_refused_and_an_old_one_sent_again_is_answered(here: House) -> None:
    entries = a_whole_session(here)
    written(here, *entries)
    sign(here.visit.pk, here.members["clinician"], now=NOW)
    writer = Writer(member=here.members["clinician"])
    assert len(keep(here.visit.pk, writer, entries).kept) == len(entries)
    with pytest.raises(VisitIsSigned):
        keep(here.visit.pk, writer, [wrote("note.text", "one more thing")])


def test_an_event_is_counted_with_its_place_and_needle(here: House) -> None:
    kind = next(one for one in asking.known().treat.events.values() if not one.broken and "mild" in one.grades)
    steps = [entry("step-taken", 31, event="e1", step=one.id) for one in kind.now]
    happened = entry(
        "happened",
        30,
        event="e1",
        kind=kind.id,
        grade="mild",
        muscle="soleus",
        side="left",
        needle="n1",
        text="as expected",
    )
    written(here, *a_whole_session(here), happened, *steps)
    sign(here.visit.pk, here.members["clinician"], now=NOW)
    event = AdverseEvent.objects.get()
    assert (event.kind, event.grade, event.muscle, event.insertion) == (
        kind.id,
        "mild",
        "soleus",
        Insertion.objects.get(),
    )


def test_the_rows_are_what_the_note_says(here: House) -> None:
    written(here, *a_whole_session(here))
    note = sign(here.visit.pk, here.members["clinician"], now=NOW)
    rows = projected(json.loads(note.body))
    assert rows.session["id"] == Session.objects.get().pk
    assert [one["id"] for one in rows.insertions] == list(Insertion.objects.values_list("pk", flat=True))


def test_an_addendum_is_sealed_after_the_note(here: House) -> None:
    written(here, *a_whole_session(here))
    note = sign(here.visit.pk, here.members["clinician"], now=NOW)
    one = add_addendum(note, "It was the right side.", here.members["clinician"], now=NOW)
    one.refresh_from_db()
    assert one.seal.previous_sha256 == note.seal.sha256
    assert one.seal.content_sha256 == sha256(addendum_content(one))
    with pytest.raises(ValueError, match="has words"):
        add_addendum(note, "  ", here.members["clinician"], now=NOW)


def test_every_seal_can_be_recomputed(here: House) -> None:
    written(here, *a_whole_session(here))
    note = sign(here.visit.pk, here.members["clinician"], now=NOW)
    add_addendum(note, "A later word.", here.members["clinician"], now=NOW)
    for one in Seal.objects.order_by("number"):
        told = seal_hash(
            one.organisation_id, one.number, one.kind, one.subject, one.at, one.content_sha256, one.previous_sha256
        )
        assert told == one.sha256


def test_a_clinician_signs_in_the_browser_and_reads_the_note(ours: House) -> None:
    with within(ours.organisation.pk):
        written(ours, *a_whole_session(ours))
    client = ours.client("clinician")
    answer = client.post(f"/visits/{ours.visit.pk}/sign/now/", {"head": head_of(client, ours)})
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    with within(ours.organisation.pk):
        note = Note.objects.select_related("seal").get()
    assert note.seal.sha256 in page and "soleus, left: 30 × 0.25 mm" in page
    client.post(f"/notes/{note.pk}/addendum/", {"text": "It was the right side."})
    assert "It was the right side." in client.get(f"/notes/{note.pk}/").content.decode()
    assert client.get(f"/notes/{note.pk}/pdf/").content.startswith(b"%PDF")


def test_without_scripts_the_same_session_can_be_recorded(ours: House) -> None:
    client, address = ours.client("clinician"), f"/visits/{ours.visit.pk}/treat/act/"
    id_ = str(uuid.uuid4())
    needle = json.dumps(
        {
            "id": id_,
            "kind": "needle-in",
            "body": {"muscle": "soleus", "side": "left", "length_mm": 30, "diameter_mm": 0.25},
        }
    )
    for _ in range(2):
        client.post(address, {"act": needle})
    with within(ours.organisation.pk):
        assert Visit.objects.get().needles_in == 1
    client.post(address, {"act": '{"kind":"out-all"}'})
    with within(ours.organisation.pk):
        assert Visit.objects.get().needles_in == 0
    client.post(address, {"act": '{"kind":"undo"}'})
    with within(ours.organisation.pk):
        assert Visit.objects.get().needles_in == 1
    for junk in ("", "{", "[]", '{"kind":"needle-in","body":[]}', '{"kind":["x"]}', "1", '"x"'):
        assert client.post(address, {"act": junk}).status_code == 302
