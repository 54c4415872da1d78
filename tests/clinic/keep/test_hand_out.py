"""A person gets the whole record: for machines, to read, with pictures, and with who saw it."""

import io
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from pypdf import PdfReader

from needlepoint.cli import needlepoint
from needlepoint.clinic.keep.hand_out import Record, hand_out, hand_out_at_the_terminal
from needlepoint.clinic.keep.hand_out.bundle import bundle
from needlepoint.clinic.records.keeping import Writer, keep
from needlepoint.clinic.records.models import AuditEntry, CheckIn, Person
from needlepoint.clinic.records.scope import within
from needlepoint.exchange.told import InputError
from tests.clinic.keep.conftest import PIXEL, Kept, another_visit, entry, wrote
from tests.clinic.keep.r4 import RESOURCES, schema_of

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
    assert len(of_kind(kept, "Provenance")) == 4
    assert {one["type"]["text"] for one in of_kind(kept, "DocumentReference")} == {"Signed note", "Addendum", "photo"}


def told_much(kept: Kept) -> None:
    """A second, open visit in which everything is told that can be."""
    visit, house = another_visit(kept.house), kept.house
    with within(house.organisation.pk):
        told = {
            "conditions": ["asthma", {"text": "hip replacement", "side": "left", "since": 2019, "code": {"system": "icd10cm", "code": "Z96.642"}}],
            "medicines": [{"text": "apixaban 5 mg", "active": True}, {"text": "ibuprofen", "active": False}, {"text": "zopiclone", "active": None}],
            "allergies": ["nickel"], "implants": [], "measurements.inr": 2.4, "person.height_cm": 170,
            "answers.needle-fear": False, "answers.consents": True,
            "pain": [{"region": "left temple", "intensity": 6}], "examination.soleus/left": {"taut_band": True},
        }  # fmt: skip
        acts = [entry("pain", 2, value=None, when="before"), entry("pain", 3, value=4.5, when="after")]
        answer = keep(
            visit.pk, Writer(member=house.members["clinician"]), [*(wrote(*one) for one in told.items()), *acts]
        )
        assert not answer.refused, answer.refused
        CheckIn.objects.create(
            person=house.person,
            visit=visit,
            due_on=AT.date(),
            answered_at=AT,
            answers={"better": True, "pain": 3, "words": "sore"},
        )
        leave = AuditEntry(
            who="The owner",
            person=house.person.pk,
            action="read a note",
            where="192.0.2.7",
            member=house.members["owner"],
        )
        leave.save()


def test_every_resource_is_of_the_shape_of_r4(kept: Kept) -> None:
    told_much(kept)
    found = resources(kept)
    faults = [
        f"{one['resourceType']}: {error.json_path}: {error.message}"
        for one in found
        for error in Draft202012Validator(schema_of(one["resourceType"])).iter_errors(one)
    ]
    assert faults == []
    # Every kind that we can hand out was looked at.
    assert {one["resourceType"] for one in found} == set(RESOURCES)


def test_what_was_told_is_handed_out_as_it_was_told(kept: Kept) -> None:
    told_much(kept)
    assert [(one["medicationCodeableConcept"]["text"], one["status"]) for one in of_kind(kept, "MedicationStatement")] == [
        ("apixaban 5 mg", "active"), ("ibuprofen", "stopped"), ("zopiclone", "unknown"),
    ]  # fmt: skip
    assert {one["code"]["text"] for one in of_kind(kept, "Condition")} == {"asthma", "hip replacement"}
    told = {one["code"]["text"]: one for one in of_kind(kept, "Observation")}
    assert told["INR"]["valueQuantity"]["value"] == 2.4
    assert told["Implant, as told"]["valueString"] == "none"


def test_needlepoint_itself_reads_what_it_hands_out(kept: Kept, tmp_path: Path) -> None:
    told_much(kept)
    with within(kept.house.organisation.pk):
        made = bundle(Record(Person.objects.get(pk=kept.house.person.pk)), at=AT)
    path = tmp_path / "record.json"
    path.write_text(json.dumps(made), encoding="utf-8")
    came = CliRunner().invoke(needlepoint, ["screen", str(path), "--on", "2026-03-03", "--format", "json"])
    assert came.exit_code == 0, came.output
    told = json.loads(came.stdout)
    assert "direct-oral-anticoagulant" in {one["id"] for one in told["findings"]}
    assert not [one for one in told["not_understood"] if one["text"] in ("asthma", "apixaban 5 mg")]


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


def test_a_spreadsheet_runs_nothing_that_stands_in_the_trail(kept: Kept) -> None:
    person = kept.house.person.pk
    with within(kept.house.organisation.pk):
        AuditEntry.objects.create(
            who='=HYPERLINK("x")', person=person, action="opened the page of a person", where="@x"
        )
        packed = hand_out(Record(Person.objects.get(pk=person)), at=AT)
    last = zipfile.ZipFile(io.BytesIO(packed)).read("trail.csv").decode().splitlines()[-1]
    assert "\"'=HYPERLINK(" in last and last.endswith(",'@x")
