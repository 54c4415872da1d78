"""The examples of the manual are run, one page after the other, and what they show has to come out."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
FENCE = re.compile(r"^```(\w+)(?: title=\"([^\"]+)\")?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PAGES = sorted(
    path.relative_to(DOCS).as_posix()
    for path in DOCS.rglob("*.md")
    if "generated" not in path.parts
    and re.search(r"^```(console|python)$", path.read_text(encoding="utf-8"), re.MULTILINE)
)


@dataclass(frozen=True)
class Example:
    language: str
    title: str | None
    text: str


def examples(page: str) -> list[Example]:
    text = (DOCS / page).read_text(encoding="utf-8")
    return [Example(found[1], found[2], found[3]) for found in FENCE.finditer(text)]


def surroundings() -> dict[str, str]:
    return {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "COLUMNS": "100",
        "NO_COLOR": "1",
    }


def run(command: list[str], folder: Path) -> str:
    done = subprocess.run(
        command, cwd=folder, env=surroundings(), capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout + done.stderr


def shown(lines: list[str], came: str) -> list[str]:
    """What an example shows and the command did not say, in this order. `...` stands for anything."""
    rest = " ".join(came.split())
    missing = []
    for line in lines:
        for piece in line.split("..."):
            words = " ".join(piece.split())
            at = rest.find(words)
            if at < 0:
                missing.append(words)
            else:
                rest = rest[at + len(words) :]
    return missing


def run_console(text: str, folder: Path) -> None:
    commands: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        if line.startswith("$ "):
            commands.append((line[2:], []))
        else:
            commands[-1][1].append(line)
    for command, expected in commands:
        came = run(["bash", "-euo", "pipefail", "-c", command], folder)
        assert shown(expected, came) == [], f"$ {command}\n{came}"


@pytest.mark.parametrize("page", PAGES)
def test_the_examples_of_a_page_do_what_it_says(page: str, tmp_path: Path) -> None:
    for name in ("knowledge", "cases", "examples"):
        shutil.copytree(ROOT / name, tmp_path / name)  # a copy: an example may change what it works on
    for example in examples(page):
        if example.title:
            file = tmp_path / example.title
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(example.text, encoding="utf-8")
        elif example.language == "console":
            run_console(example.text, tmp_path)
        elif example.language == "python":
            run([sys.executable, "-W", "error", "-c", example.text], tmp_path)


def test_there_are_examples() -> None:
    assert len(PAGES) >= 8


def test_the_tour_of_the_first_command_leaves_its_reports(tmp_path: Path) -> None:
    run([sys.executable, str(ROOT / "examples/tour.py"), "--reports", str(tmp_path)], ROOT)
    assert {"index.html", "case.html", "case.pdf", "headache.html", "headache.pdf"} <= {
        file.name for file in tmp_path.iterdir()
    }
    headache = (tmp_path / "headache.html").read_text(encoding="utf-8")
    assert "No needle here" in headache or "Stop at" in headache
