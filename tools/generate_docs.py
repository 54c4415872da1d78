"""Writes the pages of the manual that are made from the knowledge, the code and the tests.

Without an option all of them are written. With ``--check`` the committed ones are compared instead: when one is out of date, or the hazard log
has a control that nothing proves, it is named and the exit code is 1. The others, which are not committed, are written either way, because
the site wants them.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
sys.path.insert(0, str(ROOT / "tools"))

from manual.bibliography import bibliography  # noqa: E402
from manual.body import body_pages  # noqa: E402
from manual.choices import choices_page  # noqa: E402
from manual.commands import command_page, messages_page  # noqa: E402
from manual.facts import fact_pages  # noqa: E402
from manual.hazards import hazard_log, unknown_names  # noqa: E402
from manual.known import Known  # noqa: E402
from manual.locate import locate_pages  # noqa: E402
from manual.markup import MADE  # noqa: E402
from manual.plan import plan_pages  # noqa: E402
from manual.python_names import python_page  # noqa: E402
from manual.questions import questions_page  # noqa: E402
from manual.roles import roles_page  # noqa: E402
from manual.rules import rule_pages  # noqa: E402
from manual.shapes import shape_pages  # noqa: E402
from manual.treat import treat_pages  # noqa: E402

#: Below this folder of docs/ nothing is committed.
NOT_COMMITTED = "reference/generated/"


def pages(known: Known) -> Iterator[tuple[str, str]]:
    """Every generated page with its path below docs/."""
    yield "safety/choices.md", choices_page(known)
    yield "safety/hazard-log.md", hazard_log(known).text
    yield "reference/questions.md", questions_page(known)
    yield "reference/command-line.md", command_page()
    yield "reference/roles.md", roles_page()
    yield from shape_pages()
    yield from rule_pages(known)
    yield from fact_pages(known)
    yield from body_pages(known)
    yield from locate_pages(known)
    yield from plan_pages(known)
    yield from treat_pages(known)
    yield f"{NOT_COMMITTED}sources.md", bibliography(known)
    yield f"{NOT_COMMITTED}messages.md", messages_page()
    yield f"{NOT_COMMITTED}python.md", python_page()
    yield f"{NOT_COMMITTED}glossary.md", glossary_page()


def glossary_page() -> str:
    """The glossary, which stands at the root of the repository."""
    return f"{MADE}\n\n{(ROOT / 'GLOSSARY.md').read_text(encoding='utf-8')}"


def write(made: dict[str, str]) -> None:
    """Write these pages, and take away generated ones that are no longer made."""
    for old in (DOCS / NOT_COMMITTED).rglob("*.md"):
        if old.relative_to(DOCS).as_posix() not in made and any(name.startswith(NOT_COMMITTED) for name in made):
            old.unlink()
    for name, text in made.items():
        path = DOCS / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def out_of_date(made: dict[str, str]) -> list[str]:
    """Which committed pages are not as they would be made now?"""
    return [
        f"docs/{name}"
        for name, text in made.items()
        if not name.startswith(NOT_COMMITTED)
        and (not (DOCS / name).is_file() or (DOCS / name).read_text(encoding="utf-8") != text)
    ]


def main() -> None:
    """Write or check."""
    known = Known.read()
    made = dict(pages(known))
    if "--check" not in sys.argv[1:]:
        write(made)
        return
    write({name: text for name, text in made.items() if name.startswith(NOT_COMMITTED)})
    wrong = [f"{name} is out of date: run `make docs` and commit it" for name in out_of_date(made)]
    wrong += [f"docs/safety/hazard-log.md: {one}" for one in hazard_log(known).missing]
    wrong += [f"docs/safety/hazards.yaml: {one}" for one in unknown_names(known)]
    for line in wrong:
        print(line, file=sys.stderr)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
