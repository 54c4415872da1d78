"""The manual as the tests see it: hand-written pages, and those that are made."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

if TYPE_CHECKING:
    from manual.known import Known


@pytest.fixture(scope="session")
def known() -> "Known":
    from manual.known import Known

    return Known.read()


@pytest.fixture(scope="session")
def made(known: "Known") -> dict[str, str]:
    """Every generated page, by its path below docs/."""
    import generate_docs

    return dict(generate_docs.pages(known))


@pytest.fixture(scope="session")
def manual(made: dict[str, str]) -> dict[str, str]:
    """Every page of the manual, by its path below docs/."""
    docs = ROOT / "docs"
    written = {
        path.relative_to(docs).as_posix(): path.read_text(encoding="utf-8")
        for path in docs.rglob("*.md")
        if not path.relative_to(docs).as_posix().startswith("reference/generated/")
    }
    return {**written, **made}
