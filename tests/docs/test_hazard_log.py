"""The hazard log covers every rule and structure, and names what has no proof."""

from pathlib import Path
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from manual.known import Known


def test_every_rule_and_structure_belongs_to_a_hazard_and_every_control_is_proved(known: "Known") -> None:
    from manual.hazards import hazard_log, unknown_names

    assert unknown_names(known) == []
    assert hazard_log(known).missing == []


def test_a_control_without_a_proof_is_shown_and_named(known: "Known", tmp_path: Path) -> None:
    from manual.hazards import HAZARDS, NO_PROOF, hazard_log

    hazards = yaml.safe_load(HAZARDS.read_text(encoding="utf-8"))
    hazards["software"][0]["controls"] = [{"control": "Somebody will notice"}]
    file = tmp_path / "hazards.yaml"
    file.write_text(yaml.safe_dump(hazards), encoding="utf-8")
    log = hazard_log(known, file)
    assert f"| Somebody will notice | {NO_PROOF} |" in log.text
    assert any("Somebody will notice" in one for one in log.missing)


def test_a_proof_that_is_not_there_is_named(known: "Known", tmp_path: Path) -> None:
    from manual.hazards import HAZARDS, hazard_log

    hazards = yaml.safe_load(HAZARDS.read_text(encoding="utf-8"))
    hazards["software"][0]["controls"] = [
        {"control": "It works", "tests": ["test_that_nobody_wrote"], "cases": ["cases/screen/nowhere.yaml"]}
    ]
    file = tmp_path / "hazards.yaml"
    file.write_text(yaml.safe_dump(hazards), encoding="utf-8")
    missing = "\n".join(hazard_log(known, file).missing)
    assert "test_that_nobody_wrote" in missing
    assert "cases/screen/nowhere.yaml" in missing


def test_what_only_an_officer_can_judge_is_left_open(made: dict[str, str]) -> None:
    log = made["safety/hazard-log.md"]
    assert log.count("**Severity, likelihood, residual risk:** for the clinical safety officer.") == log.count("\n### ")


def test_a_page_that_fell_behind_is_named(made: dict[str, str]) -> None:
    import generate_docs

    changed = {**made, "safety/choices.md": made["safety/choices.md"] + "one line more\n"}
    assert "docs/safety/choices.md" in generate_docs.out_of_date(changed)
    assert not any("generated/" in name for name in generate_docs.out_of_date(changed))
