from io import StringIO

import pytest
from rich.console import Console

from needlepoint.exchange.paper.page import (
    AsideLine,
    BecauseLine,
    FindingGroup,
    FindingLine,
    QuestionGroup,
    QuestionLine,
    ScreenPage,
    SiteLine,
    SourceLine,
    SourceMark,
    UnknownLine,
)
from needlepoint.exchange.terminal import print_screen

ESCAPE = "\x1b[2J"
PAGE = ScreenPage(
    label="anna.yaml",
    day="2 March 2026",
    level="weigh",
    answer="WEIGH",
    sentence="Decide, and write down why, before you needle there.",
    not_yet_cleared="NOT YET CLEARED: 1 question open",
    sites_heading="The proposed place",
    sites_note=None,
    sites=(SiteLine(("Calf, left",), "deep, needle 60 mm long", "weigh", False, ("Blood thinner and a deep place",)),),
    findings=(
        FindingGroup(
            "weigh",
            "Weigh: decide, and say why",
            (
                FindingLine(
                    "deep-bleed", "Blood thinner and a deep place", "Calf, left", "It bleeds. " * 20, "Press.",
                    (BecauseLine("apixaban, taken now", "medicines[0]"),), "Some say adapt.", "Our level.", (SourceMark(1, "abstract"),),
                ),
            ),
        ),
    ),
    questions=(QuestionGroup("stop", "Could make it STOP", (QuestionLine("fever", 1, "Do you have a fever?", "a → b", "yes-or-no"),)),),
    not_understood=(UnknownLine(f"[bold]zorbitis[/bold]{ESCAPE}", "conditions[0]", ("arthritis",)),),
    set_aside=(AsideLine("ibuprofen", "medicines[1]", "over, so it does not count"),),
    notes=("The file names no doctor.",),
    sources=(SourceLine(1, "An author. A journal 2020.", "https://doi.org/10.1000/abc", ()),),
    release="test",
    sha256="ab" * 32,
)  # fmt: skip


def printed(width: int = 80, *, terminal: bool = False, **how: object) -> str:
    file = StringIO()
    print_screen(PAGE, Console(file=file, width=width, force_terminal=terminal, **how))  # type: ignore[arg-type]
    return file.getvalue()


def test_the_answer_comes_before_everything_else() -> None:
    text = printed()
    order = [
        "W E I G H",
        "NOT YET CLEARED: 1 question open",
        "Calf, left",
        "WHY",
        "Do you have a fever?",
        "zorbitis",
        "ibuprofen",
        "no doctor",
        "An author",
        "ab" * 32,
    ]
    places = [text.index(words) for words in order]
    assert places == sorted(places)


@pytest.mark.parametrize("width", [80, 60, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    assert max(map(len, printed(width).splitlines())) <= min(width, 100)


def test_a_pipe_gets_plain_text() -> None:
    assert "\x1b" not in printed()


def test_a_terminal_without_colour_still_tells_the_levels_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    text = printed(terminal=True)
    assert "\x1b[31m" not in text
    assert "▲ WEIGH" in text


def test_a_terminal_with_colour_gets_it() -> None:
    assert "\x1b[" in printed(terminal=True, color_system="standard", no_color=False)


def test_what_a_person_wrote_cannot_steer_the_terminal() -> None:
    text = printed(terminal=True, no_color=False)
    assert ESCAPE not in text
    assert "[bold]zorbitis[/bold]" in text


def test_a_finding_says_what_to_do_why_and_who_says_so() -> None:
    text = " ".join(printed().split())
    for words in (
        "Do: Press.",
        "apixaban, taken now [medicines[0]]",
        "Sources differ: Some say adapt.",
        "Our choice: Our level.",
        "Sources: 1 abstract",
    ):
        assert words in text


class _OnlyAscii(StringIO):
    encoding = "ascii"


def test_a_terminal_that_knows_only_ascii_is_understood() -> None:
    file = _OnlyAscii()
    print_screen(PAGE, Console(file=file, width=80))
    text = file.getvalue()
    assert text.isascii()
    assert "! WEIGH" in text
