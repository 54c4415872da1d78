"""A person gets the whole record: for machines, to read, with pictures, and with who saw it."""

import io
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from needlepoint.clinic.keep.hand_out import Record, hand_out, hand_out_at_the_terminal
from needlepoint.clinic.keep.hand_out.bundle import bundle
from needlepoint.clinic.records.models import AuditEntry, Person
from needlepoint.clinic.records.scope import within
from needlepoint.exchange.told import InputError
from tests.clinic.keep.conftest import PIXEL, Kept

AT = datetime(2026, 3, 3, 8, 30, tzinfo=UTC)


@pytest.fixture
def opened(kept: Kept) -> zipfile.ZipFile:
    with within(kept.house.organisation.pk):
        packed = hand_out(Record(Person.objects.get(pk=kept.house.person.pk)), at=AT)
    return zipfile.ZipFile(io.BytesIO(packed))


def resources(kept: Kept) -> list[dict[str, Any]]:
    with within(kept.house.organisation.pk):
        made = bundle(Record(Person.objects.get(pk=kept.house.person.pk)), at=AT)
    return [one["resource"] for one in made["entry"]]


def of_kind(kept: Kept, kind: str) -> list[dict[str, Any]]:
    return [one for one in resources(kept) if one["resourceType"] == kind]


def test_everything_is_in_the_file(opened: zipfile.ZipFile) -> None:
    names = opened.namelist()
    assert names[:5] == ["README.txt", "record.pdf", "record.json", "needlepoint.json", "trail.csv"]
    picture = next(one for one in names if one.startswith("documents/"))
    assert opened.read(picture) == PIXEL
    assert json.loads(opened.read("needlepoint.json"))["tables"].keys() >= {
        "person",
        "visit",
        "entry",
        "note",
        "session",
        "insertion",
    }


def test_the_paper_reads_as_a_person_would(opened: zipfile.ZipFile) -> None:
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(opened.read("record.pdf"))).pages)
    for words in ("The Patient", "tight calf", "soleus, left", "It was cold that day.", "pale", "Signed by"):
        assert words in text, words


def test_each_needle_is_a_procedure_at_its_place(kept: Kept) -> None:
    needles = of_kind(kept, "Procedure")
    assert [one["bodySite"] for one in needles] == [[{"text": "left soleus"}]] * 2
    assert needles[0]["performedPeriod"] == {"start": "2026-03-02T09:10:00.000Z", "end": "2026-03-02T09:13:00.000Z"}


def test_what_was_signed_carries_its_seal(kept: Kept) -> None:
    assert len(of_kind(kept, "Provenance")) == 3
    assert {one["type"]["text"] for one in of_kind(kept, "DocumentReference")} == {"Signed note", "Addendum", "photo"}


def test_every_reference_leads_somewhere(kept: Kept) -> None:
    with within(kept.house.organisation.pk):
        made = bundle(Record(Person.objects.get(pk=kept.house.person.pk)), at=AT)
    addresses = [one["fullUrl"] for one in made["entry"]]
    assert len(addresses) == len(set(addresses))

    def references(value: Any) -> Any:
        if isinstance(value, dict):
            if isinstance(value.get("reference"), str):
                yield value["reference"]
            for one in value.values():
                yield from references(one)
        elif isinstance(value, list):
            for one in value:
                yield from references(one)

    assert set(references(made)) <= set(addresses)


def test_the_same_record_at_the_same_moment_is_the_same_file(kept: Kept) -> None:
    with within(kept.house.organisation.pk):
        person = Person.objects.get(pk=kept.house.person.pk)
        one, other = hand_out(Record(person), at=AT), hand_out(Record(person), at=AT)
    first, second = zipfile.ZipFile(io.BytesIO(one)), zipfile.ZipFile(io.BytesIO(other))
    for name in first.namelist():
        if name.endswith((".pdf", "sha256.txt")):
            continue  # a PDF carries an id of its own
        assert first.read(name) == second.read(name), name


def test_in_the_browser_it_is_shown_then_made_and_leaves_a_trail(kept: Kept, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    client, address = kept.house.client("clinician"), f"/people/{kept.house.person.pk}/record/"
    page = client.get(address).content.decode()
    assert "Signed notes" in page and "Make the file" in page
    answer = client.post(address)
    assert answer["Content-Type"] == "application/zip" and "Patient" not in answer["Content-Disposition"]
    assert zipfile.ZipFile(io.BytesIO(answer.content)).testzip() is None
    with within(kept.house.organisation.pk):
        assert list(AuditEntry.objects.order_by("number").values_list("action", flat=True)) == [
            "looked at what would be handed out",
            "handed out the whole record",
        ]


@pytest.mark.parametrize("role", ["assistant", "reader", "auditor"])
def test_not_everybody_hands_out_records(kept: Kept, role: str, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    assert kept.house.client(role).post(f"/people/{kept.house.person.pk}/record/").status_code == 403


def test_at_the_terminal_it_leaves_a_trail_too(kept: Kept, tmp_path: Path) -> None:
    path = tmp_path / "record.zip"
    hand_out_at_the_terminal(kept.house.person.pk, path)
    assert path.stat().st_mode & 0o077 == 0
    with within(kept.house.organisation.pk):
        assert AuditEntry.objects.get().who == "whoever runs the server"
    with pytest.raises(InputError, match="there already"):
        hand_out_at_the_terminal(kept.house.person.pk, path)
    with pytest.raises(InputError, match="no such person"):
        hand_out_at_the_terminal(kept.house.organisation.pk, tmp_path / "other.zip")
