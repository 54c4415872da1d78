"""The clock of a device, or of the server, is set back: nothing is refused for it, lost, or put out of its order."""

import json
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from needlepoint.clinic.access import signed_in
from needlepoint.clinic.keep.verify import Deleted, Finding, verify
from needlepoint.clinic.records.keeping import Writer, keep
from needlepoint.clinic.records.models import Entry, Note, Seal
from needlepoint.clinic.records.reading import read_visit
from needlepoint.clinic.records.scope import within
from needlepoint.clinic.records.signing import add_addendum, sign
from tests.clinic.keep.conftest import NOW, Kept, a_whole_session, another_visit, entry


def test_entries_of_a_device_whose_clock_went_back_are_kept_and_counted(kept: Kept) -> None:
    visit, house = another_visit(kept.house), kept.house
    needle = {"needle": "n1", "muscle": "soleus", "side": "left", "length_mm": 30, "diameter_mm": 0.25}
    with within(house.organisation.pk):
        writer = Writer(member=house.members["clinician"])
        first = keep(visit.pk, writer, [entry("needle-in", 30, **needle)])
        back = keep(
            visit.pk,
            writer,
            [entry("twitch", 5, needle="n1", count=2), entry("needle-out", 6, needle="n1", intact=True)],
        )
        assert not first.refused and not back.refused and back.head > first.head
        assert [one.kind for one in Entry.objects.filter(visit=visit).order_by("number")] == [
            "needle-in",
            "twitch",
            "needle-out",
        ]
        session = read_visit(visit).session
    # It came out before it went in: the clock is told to be wrong, the needle is still counted.
    assert session.insertions == 1 and session.odd


def test_a_note_signed_while_the_clock_was_back_follows_the_seal_before_it(kept: Kept) -> None:
    visit, house = another_visit(kept.house), kept.house
    with within(house.organisation.pk):
        clinician = house.members["clinician"]
        keep(visit.pk, Writer(member=clinician), a_whole_session())
        before = Seal.objects.order_by("-number").first()
        note = sign(visit.pk, clinician, now=NOW - timedelta(minutes=20))
        add_addendum(Note.objects.get(pk=note.pk), "The clock was wrong.", clinician, now=NOW - timedelta(days=3))
        assert note.seal.at < before.at
        assert (note.seal.number, note.seal.previous_sha256) == (before.number + 1, before.sha256)
    told: list[Finding | Deleted] = []
    verify(told.append)
    assert told == []


@pytest.mark.parametrize("hours", [-3, 3])
def test_whoever_was_signed_in_when_the_clock_jumped_signs_in_again(
    kept: Kept, settings: Any, monkeypatch: pytest.MonkeyPatch, hours: int
) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    client, address = kept.house.client("clinician"), f"/visits/{another_visit(kept.house).pk}/entries/"

    def write() -> int:
        sent = {"entries": [entry("pain", 1, value=3, when="before")]}
        return int(client.post(address, json.dumps(sent), "application/json").status_code)

    assert write() == 200
    now = time.time()
    monkeypatch.setattr(signed_in.time, "time", lambda: now + hours * 3600)
    assert write() == 401


def test_an_entry_from_years_ahead_is_refused_with_how_to_mend_it(kept: Kept) -> None:
    visit, house = another_visit(kept.house), kept.house
    ahead = {**entry("pain", 1, value=3, when="before"), "at": (datetime.now(UTC) + timedelta(days=30)).isoformat()}
    with within(house.organisation.pk):
        answer = keep(visit.pk, Writer(member=house.members["clinician"]), [ahead])
    assert not answer.kept and "set the clock of the device" in answer.refused[0].why
