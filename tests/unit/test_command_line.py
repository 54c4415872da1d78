"""The commands as a person types them: what comes out, where it goes, and the exit code."""

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

ROOT = Path(__file__).resolve().parents[2]
NEEDLEPOINT = str(Path(sys.executable).parent / "needlepoint")


def run(*words: str, given: str | bytes = "", folder: Path = ROOT) -> subprocess.CompletedProcess[bytes]:
    raw = given.encode() if isinstance(given, str) else given
    environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": "80"}
    return subprocess.run(
        [NEEDLEPOINT, *words], input=raw, capture_output=True, cwd=folder, env=environment, check=False
    )


def test_a_case_file_is_answered_in_words() -> None:
    came = run("screen", "examples/case.yaml")
    assert came.returncode == 0
    text = came.stdout.decode()
    assert "W E I G H" in text
    assert "NOT YET CLEARED" in text
    assert max(map(len, text.splitlines())) <= 80


def test_json_is_one_document_that_fits_its_schema_and_nothing_else() -> None:
    came = run("screen", "examples/case.yaml", "--format", "json")
    answer = json.loads(came.stdout)
    jsonschema.validate(answer, json.loads(run("schema", "screen").stdout))
    assert {"clearance", "complete", "sites", "findings", "questions", "not_understood", "knowledge"} <= set(answer)
    assert answer["sites"][0]["muscle"] == "upper trapezius"
    finding = next(one for one in answer["findings"] if one["id"] == "direct-oral-anticoagulant")
    assert finding["because"][0]["from"] == "medicines[0]"
    assert finding["sources"][0]["read"] in ("full", "abstract", "secondary", "recall")


def test_the_example_case_fits_the_schema_of_case_files() -> None:
    schema = json.loads(run("schema", "case").stdout)
    jsonschema.validate({"conditions": ["AF", {"text": "THR", "side": "left"}], "proposed": [{"site": "GB21"}]}, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"medication": []}, schema)


def test_standard_input_is_read_for_a_dash() -> None:
    came = run("screen", "-", "--format", "json", given='{"medicines": ["warfarin"]}')
    assert came.returncode == 0
    assert "vitamin-k-antagonist" in {one["id"] for one in json.loads(came.stdout)["findings"]}


def test_an_empty_case_is_answered_and_never_clear() -> None:
    answer = json.loads(run("screen", "-", "--format", "json").stdout)
    assert answer["complete"] is False
    assert answer["clearance"] != "clear"
    assert answer["questions"]


@pytest.mark.parametrize(
    ("words", "given", "said"),
    [
        (("screen", "nowhere.yaml"), "", "there is no such file"),
        (("screen", "-"), "medication: [x]", "did you mean `medicines`?"),
        (("screen", "-"), '{"resourceType": "Patient"', "not readable"),
        (("screen", "."), "", "name a result: --out"),
        (("screen", "-", "--on", "2026-99-01"), "", "write it as 2026-03-02"),
        (("schema", "moon"), "", "there is no schema 'moon'"),
        (("atlas", "show", "the zorblax"), "", "no place we know"),
        (("screen", "examples/case.yaml", "--html", "no/such/folder/a.html"), "", "cannot be written"),
    ],
)
def test_what_cannot_be_used_ends_with_two_and_says_how_to_mend_it(
    words: tuple[str, ...], given: str, said: str
) -> None:
    came = run(*words, given=given)
    assert came.returncode == 2
    assert said in came.stderr.decode()
    assert "Traceback" not in came.stderr.decode()
    assert came.stdout == b""


def test_a_fhir_bundle_is_answered() -> None:
    came = run("screen", "examples/synthea/anticoagulant.json.gz", "--on", "2021-06-01", "--format", "json")
    answer = json.loads(came.stdout)
    assert "vitamin-k-antagonist" in {one["id"] for one in answer["findings"]}
    assert answer["complete"] is False


def test_reports_are_written_whole(tmp_path: Path) -> None:
    html, pdf = tmp_path / "r.html", tmp_path / "r.pdf"
    came = run("screen", "examples/case.yaml", "--html", str(html), "--pdf", str(pdf), "--format", "json")
    assert came.returncode == 0
    assert json.loads(came.stdout)
    assert html.read_text().startswith("<!doctype html>") or html.read_text().startswith("<!DOCTYPE html>")
    assert pdf.read_bytes().startswith(b"%PDF")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["r.html", "r.pdf"]


def test_the_atlas_shows_a_muscle_and_lists_them_all() -> None:
    shown = run("atlas", "show", "left GB21").stdout.decode()
    assert "lung" in shown
    listed = json.loads(run("atlas", "list", "--format", "json").stdout)
    assert len(listed["muscles"]) >= 130
    assert listed["points"] == 361


def test_the_questions_are_a_form_in_three_shapes() -> None:
    assert "[ ] yes [ ] no" in run("questions").stdout.decode()
    form = json.loads(run("questions", "--format", "fhir").stdout)
    assert form["resourceType"] == "Questionnaire"
    ids = {one["linkId"] for part in form["item"] for one in part["item"]}
    assert {"consents", "needle-fear"} <= ids


def test_a_folder_of_people_becomes_one_row_each(tmp_path: Path) -> None:
    out = tmp_path / "result.parquet"
    came = run("screen", "examples/synthea/bulk", "--on", "2021-06-01", "--out", str(out), "--format", "json")
    assert came.returncode == 0, came.stderr.decode()
    summary = json.loads(came.stdout)
    assert summary["people"] == 60
    assert sum(summary["by_clearance"].values()) == 60
    assert [path.name for path in tmp_path.iterdir()] == ["result.parquet"]


def test_a_second_run_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "a.parquet", tmp_path / "b.parquet"
    for out in (first, second):
        run("screen", "examples/synthea/bulk", "--on", "2021-06-01", "--out", str(out))
    assert first.read_bytes() == second.read_bytes()


def test_tomorrows_list_screens_only_those_on_it(tmp_path: Path) -> None:
    out, ids = tmp_path / "result.parquet", tmp_path / "tomorrow.txt"
    everyone = run("screen", "examples/synthea/bulk", "--on", "2021-06-01", "--touched", "epilepsy", "--format", "json")
    people = json.loads(everyone.stdout)["people"]
    assert people
    ids.write_text("\n".join(people[:2]) + "\n")
    came = run(
        "screen",
        "examples/synthea/bulk",
        "--on",
        "2021-06-01",
        "--ids",
        str(ids),
        "--out",
        str(out),
        "--format",
        "json",
    )
    assert json.loads(came.stdout)["people"] == 2
