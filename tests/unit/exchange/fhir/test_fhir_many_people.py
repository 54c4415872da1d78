"""Many people at once: folders of records as a table of facts."""

import gzip
import json
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from needlepoint.engines.columns import FactColumns
from needlepoint.exchange.fhir import bulk, sift
from needlepoint.exchange.fhir.bulk import PeopleRead, read_people
from needlepoint.exchange.told import InputError
from needlepoint.screen.expression import Fact, Here, Quantity
from needlepoint.screen.facts import Between
from needlepoint.screen.rule import Scope
from needlepoint.terms import Level
from tests.small_knowledge import rule
from tests.unit.exchange.fhir.records import (
    LOINC,
    ON,
    bundle,
    coded,
    condition,
    knowledge,
    mara,
    observation,
    of_mara,
    request,
)

KNOWLEDGE = replace(
    knowledge(),
    rules=(
        rule("bleeds", Level.STOP, Fact("bleeding-disorder")),
        rule("thinned", Level.WEIGH, Fact("blood-thinner")),
        rule("cut", Level.WEIGH, Here("recent-surgery"), scope=Scope.SITE),
        rule("slow-clotting", Level.STOP, Quantity(Between("inr", low=4.0))),
        rule("old", Level.ADAPT, Quantity(Between("age-years", low=75.0))),
    ),
)
Fields = dict[str, Any]


def of(person: str, resource: Fields) -> Fields:
    """The same of somebody else."""
    if resource["resourceType"] == "Patient":
        return {**resource, "id": person}
    key = "subject" if "subject" in resource else "patient"
    return {**resource, "id": f"{person}-{resource['id']}", key: {"reference": f"Patient/{person}"}}


def lines(path: Path, *resources: Fields | str) -> None:
    text = "\n".join(one if isinstance(one, str) else json.dumps(one, separators=(",", ":")) for one in resources)
    content = (text + "\n").encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)


def read(folder: Path, out: Path, **given: Any) -> PeopleRead:
    return read_people(folder, KNOWLEDGE, on=given.pop("on", ON), out=out, **given)


def rows(out: Path) -> dict[str, Fields]:
    return {one["person"]: one for one in pq.read_table(out).to_pylist()}


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """Three people: Anna bleeds, John takes warfarin and had an INR, Mara is well."""
    folder = tmp_path / "export"
    lines(folder / "Patient.ndjson", *(of(one, mara()) for one in ("mara", "anna", "john")))
    lines(folder / "Condition.000.ndjson.gz", of("anna", condition()), of("mara", condition("headache")))
    lines(folder / "anything.ndjson", of("john", request()), of("john", observation("6301-6", 4.5, "1")))
    lines(
        folder / "Encounter.ndjson", {"resourceType": "Encounter", "id": "e", "subject": {"reference": "Patient/mara"}}
    )
    return folder


def test_each_person_is_one_row_in_order(export: Path, tmp_path: Path) -> None:
    done = read(export, tmp_path / "facts.parquet")
    table = pq.read_table(tmp_path / "facts.parquet")
    assert table.schema.equals(FactColumns.of(KNOWLEDGE).schema())
    assert table["person"].to_pylist() == ["anna", "john", "mara"]
    assert (done.people, done.resources, done.problems) == (3, 7, ())


def test_what_is_known_and_why_stands_in_the_row(export: Path, tmp_path: Path) -> None:
    read(export, tmp_path / "facts.parquet")
    people = rows(tmp_path / "facts.parquet")
    assert people["anna"]["fact_bleeding_disorder"] is True
    assert people["mara"]["fact_bleeding_disorder"] is None
    assert (people["john"]["fact_blood_thinner"], people["john"]["num_inr"]) == (True, 4.5)
    assert people["mara"]["num_age_years"] == 40.0
    evidence = people["anna"]["evidence"]
    assert {one["origin"] for one in evidence if one["fact"] == "bleeding-disorder"} == {"Condition/anna-condition-1"}


def test_a_folder_of_bundles_says_the_same(export: Path, tmp_path: Path) -> None:
    read(export, tmp_path / "lines.parquet")
    folder = tmp_path / "bundles"
    folder.mkdir()
    anna = bundle(of("anna", mara()), of("anna", condition()))
    anna["entry"][0]["fullUrl"] = "urn:uuid:77"
    anna["entry"][1]["resource"]["subject"] = {"reference": "urn:uuid:77"}
    john = bundle(
        of("john", mara()),
        of("john", request()),
        of("john", observation("6301-6", 4.5, "1")),
        mara(),
        condition("headache"),
    )
    (folder / "anna.json").write_text(json.dumps(anna, indent=2))
    (folder / "john.json.gz").write_bytes(gzip.compress(json.dumps(john).encode()))
    read(folder, tmp_path / "bundles.parquet")
    said = [
        {key: value for key, value in one.items() if key != "evidence"}
        for one in rows(tmp_path / "bundles.parquet").values()
    ]
    assert said == [
        {key: value for key, value in one.items() if key != "evidence"}
        for one in rows(tmp_path / "lines.parquet").values()
    ]


def test_reading_again_gives_the_same_bytes(export: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        read(export, tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_two_processes_say_what_one_says(export: Path, tmp_path: Path) -> None:
    one = read(export, tmp_path / "one", processes=1)
    two = read(export, tmp_path / "two", processes=2)
    assert one == two
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_more_than_fits_into_memory_says_the_same(
    export: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read(export, tmp_path / "at-once")
    monkeypatch.setattr(sift, "_MOST_SAID", 1)
    monkeypatch.setattr(bulk, "_RUNS_AT_ONCE", 2)
    monkeypatch.setattr(bulk, "_PEOPLE_AT_ONCE", 1)
    read(export, tmp_path / "piece-by-piece")
    assert (tmp_path / "at-once").read_bytes() == (tmp_path / "piece-by-piece").read_bytes()


def test_only_the_people_of_tomorrows_list_are_read(export: Path, tmp_path: Path) -> None:
    done = read(export, tmp_path / "facts.parquet", only=frozenset({"john", "zoe"}))
    people = rows(tmp_path / "facts.parquet")
    assert list(people) == ["john", "zoe"]
    assert people["zoe"]["fact_blood_thinner"] is None
    assert [one.what for one in done.problems] == [
        "Patient/zoe: no file speaks of this person; age and sex are not known"
    ]


def test_a_person_without_a_patient_has_a_row_and_is_told_of(tmp_path: Path) -> None:
    lines(tmp_path / "Condition.ndjson", of("anna", condition()))
    done = read(tmp_path, tmp_path / "facts.parquet")
    assert rows(tmp_path / "facts.parquet")["anna"]["fact_bleeding_disorder"] is True
    assert [one.what for one in done.problems] == [
        "Patient/anna: no file holds this Patient; age and sex are not known"
    ]


def test_a_birth_after_the_visit_is_a_problem_and_keeps_the_rest(tmp_path: Path) -> None:
    lines(tmp_path / "all.ndjson", mara(birthDate="2030-01-01"), condition())
    done = read(tmp_path, tmp_path / "facts.parquet")
    row = rows(tmp_path / "facts.parquet")["mara"]
    assert (row["num_age_years"], row["fact_bleeding_disorder"]) == (None, True)
    assert "the birth date lies after 2026-03-02" in done.problems[0].what


def test_a_medicine_in_another_file_is_found(tmp_path: Path) -> None:
    pointing = of_mara("MedicationRequest", status="active", medicationReference={"reference": "Medication/m1"})
    lines(tmp_path / "a.ndjson", pointing, mara())
    lines(tmp_path / "z.ndjson", {"resourceType": "Medication", "id": "m1", "code": coded("Warfarin")})
    read(tmp_path, tmp_path / "facts.parquet")
    assert rows(tmp_path / "facts.parquet")["mara"]["fact_blood_thinner"] is True


def test_broken_lines_are_named_with_file_and_line_and_the_rest_is_used(tmp_path: Path) -> None:
    lines(
        tmp_path / "x.ndjson",
        mara(),
        "{not json",
        "",
        '{"a": 1}',
        "[1]",
        condition(),
        {"resourceType": "Condition", "id": "whose"},
    )
    done = read(tmp_path, tmp_path / "facts.parquet")
    assert [(one.file, one.line) for one in done.problems] == [
        ("x.ndjson", 2),
        ("x.ndjson", 4),
        ("x.ndjson", 5),
        ("x.ndjson", 7),
    ]
    assert done.problems[3].what == "Condition/whose: it does not say about whom it is"
    assert rows(tmp_path / "facts.parquet")["mara"]["fact_bleeding_disorder"] is True


def test_a_damaged_file_is_named_and_the_rest_is_used(export: Path, tmp_path: Path) -> None:
    whole = gzip.compress(b"".join(b'{"resourceType":"Condition"}\n' for _ in range(1000)))
    (export / "Procedure.ndjson.gz").write_bytes(whole[: len(whole) // 2])
    (export / "empty.json").write_bytes(b"")
    done = read(export, tmp_path / "facts.parquet")
    assert done.people == 3
    assert {one.file for one in done.problems} == {"Procedure.ndjson.gz", "empty.json"}


def test_a_file_whose_every_line_is_broken_is_not_told_of_a_million_times(tmp_path: Path) -> None:
    lines(tmp_path / "x.ndjson", mara(), *["{"] * 2000)
    done = read(tmp_path, tmp_path / "facts.parquet")
    assert len(done.problems) == 1001
    assert any(one.what == "… and 1000 more problems in this file" for one in done.problems)


def test_a_file_that_begins_with_a_mark_of_its_encoding_is_read(tmp_path: Path) -> None:
    (tmp_path / "x.ndjson").write_bytes(b"\xef\xbb\xbf" + json.dumps(mara()).encode())
    (tmp_path / "y.json").write_bytes(b"\xef\xbb\xbf" + json.dumps(bundle(condition())).encode())
    assert read(tmp_path, tmp_path / "facts.parquet").problems == ()


def test_old_versions_in_a_history_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(json.dumps(bundle(mara(), condition(), kind="history")))
    lines(tmp_path / "y.ndjson", mara())
    done = read(tmp_path, tmp_path / "facts.parquet")
    assert [one.file for one in done.problems] == ["x.json"]
    assert rows(tmp_path / "facts.parquet")["mara"]["fact_bleeding_disorder"] is None


@pytest.mark.parametrize("name", ["missing", "notes.txt", "empty-folder"])
def test_nothing_to_read_is_refused_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    (tmp_path / "notes.txt").write_text("hello")
    (tmp_path / "empty-folder").mkdir()
    with pytest.raises(InputError):
        read(tmp_path / name, tmp_path / "facts.parquet")
    assert not (tmp_path / "facts.parquet").exists()


def test_files_about_nobody_are_refused(tmp_path: Path) -> None:
    lines(tmp_path / "in" / "x.ndjson", {"resourceType": "Organization", "id": "o"})
    with pytest.raises(InputError, match="nobody is in these files"):
        read(tmp_path / "in", tmp_path / "facts.parquet")
    assert [one.name for one in tmp_path.iterdir()] == ["in"]


def test_a_place_that_cannot_be_written_to_is_refused(export: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        read(export, tmp_path / "no" / "such" / "folder" / "facts.parquet")


@pytest.mark.parametrize("processes", [1, 2])
def test_an_interruption_leaves_the_old_table_and_no_half_file(
    export: Path, tmp_path: Path, processes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, working = tmp_path / "facts.parquet", tmp_path / "working"
    out.write_bytes(b"yesterday")
    working.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(working))

    def interrupt(resources: int, done: int, in_all: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read(export, out, progress=interrupt, processes=processes)
    assert out.read_bytes() == b"yesterday"
    assert {one.name for one in tmp_path.iterdir()} == {"export", "facts.parquet", "working"}
    assert list(working.iterdir()) == []


@pytest.mark.parametrize("processes", [1, 2])
def test_progress_ends_where_all_is_read(export: Path, tmp_path: Path, processes: int) -> None:
    seen: list[tuple[int, int, int]] = []
    read(export, tmp_path / "facts.parquet", progress=lambda *now: seen.append(now), processes=processes)
    assert seen[-1][0] == 7
    assert seen[-1][1] == seen[-1][2] == sum(one.stat().st_size for one in export.iterdir())


def test_an_observation_is_never_passed_over_when_it_could_matter(tmp_path: Path) -> None:
    spread = json.dumps(observation("6301-6", 4.5, "1"), indent=None, separators=(", ", " : "))
    turned = json.dumps({"code": {"coding": [{"code": "6301-6", "system": LOINC}]}, **observation("6301-6", 4.5, "1")})
    second = observation("6301-6", 4.5, "1", code=coded(None, (LOINC, "1111-1"), (LOINC, "6301-6")))
    escaped = json.dumps(observation("6301-6", 4.5, "1")).replace("6301-6", "6301\\u002d6")
    for n, line in enumerate((spread, turned, json.dumps(second, separators=(",", ":")), escaped)):
        lines(tmp_path / str(n) / "x.ndjson", mara(), line)
        read(tmp_path / str(n), tmp_path / f"{n}.parquet")
        assert rows(tmp_path / f"{n}.parquet")["mara"]["num_inr"] == 4.5


def test_the_day_of_the_visit_decides(export: Path, tmp_path: Path) -> None:
    read(export, tmp_path / "facts.parquet", on=date(2025, 1, 1))
    assert rows(tmp_path / "facts.parquet")["john"]["fact_blood_thinner"] is None
