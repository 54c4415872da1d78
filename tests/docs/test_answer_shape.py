"""The answer has the shape that the manual shows, and says which knowledge gave it."""

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from needlepoint.cli import needlepoint
from needlepoint.exchange.answers.schema import schema
from needlepoint.library import load_knowledge

CASES = {
    "nothing is known": {},
    "much is wrong": {
        "conditions": ["haemophilia", "mother had a DVT", "floobergitis"],
        "medicines": ["warfarin"],
        "measurements": {"inr": 5.1},
        "proposed": [{"muscle": "upper trapezius", "side": "left"}, {"site": "nowhere"}],
    },
}


def answer(case: dict[str, object], folder: Path) -> dict[str, object]:
    file = folder / "case.json"
    file.write_text(json.dumps({"on": "2026-03-02", **case}), encoding="utf-8")
    return answered(file)


def answered(file: Path) -> dict[str, object]:
    result = CliRunner().invoke(needlepoint, ["screen", str(file), "--format", "json"])
    assert result.exit_code == 0, result.output
    found: dict[str, object] = json.loads(result.stdout)
    return found


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_an_answer_has_the_shape_that_the_manual_shows(case: dict[str, object], tmp_path: Path) -> None:
    jsonschema.validate(answer(case, tmp_path), schema("screen"))


def test_the_example_on_the_page_of_the_case_file_is_a_case_file(tmp_path: Path) -> None:
    from manual.shapes import EXAMPLE

    file = tmp_path / "case.yaml"
    file.write_text(EXAMPLE.removeprefix("```yaml\n").removesuffix("```"), encoding="utf-8")
    assert not answered(file)["not_understood"]


def test_every_answer_says_which_knowledge_gave_it(tmp_path: Path) -> None:
    knowledge = load_knowledge()
    for case in CASES.values():
        assert answer(case, tmp_path)["knowledge"] == {"release": knowledge.release, "sha256": knowledge.sha256}
