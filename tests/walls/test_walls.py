"""The walls of the house: one-way imports, small files, names that say something, nothing of our workshop in what people see."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
#: What Django wrote by itself is not ours to divide.
SOURCES = sorted(one for one in (ROOT / "src").rglob("*.py") if one.parent.name != "migrations")
SHOWN = sorted(
    path
    for folder in ("src", "docs", "knowledge", "cases", "examples", "web")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in {".py", ".md", ".yaml", ".html", ".css", ".ts"}
    and not {"generated", "node_modules", "static"} & set(path.parts)
)


def test_imports_point_one_way() -> None:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    came = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert came.returncode == 0, came.stdout


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_file_holds_one_idea(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 420
    assert path.stem not in {"utils", "helpers", "common", "manager", "data", "info", "misc"}


def test_files_that_people_see_speak_of_needlepoint_only() -> None:
    workshop = re.compile(r"/work/|/root/|\bhelper-\d|\bTODO\b|\bFIXME\b|\bXXX\b")
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in SHOWN
        if (match := workshop.search(path.read_text(encoding="utf-8")))
    ]
    assert found == []


def test_no_lock_file_holds_an_address() -> None:
    for name in (
        "requirements.lock",
        "bench/requirements-bench.txt",
        "bench/package-lock.json",
        "web/package-lock.json",
    ):
        path = ROOT / name
        if path.exists():
            text = path.read_text(encoding="utf-8")
            assert '"resolved"' not in text, name
            assert name.endswith(".json") or "://" not in text, name


def test_the_command_line_starts_without_the_heavy_libraries() -> None:
    program = (
        "import sys, needlepoint.cli; "
        "print([name for name in ('pydantic', 'duckdb', 'ibis', 'pyarrow', 'weasyprint', 'numpy', 'rich', 'jinja2') if name in sys.modules])"
    )
    came = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert came.stdout.strip() == "[]"
