"""The words of the manual: easy questions, one word for one idea, and nothing about how the work was done."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from manual.known import Known

ROOT = Path(__file__).resolve().parents[2]
#: Words about how the work is organised, and addresses of package hosts: neither is anybody's business here.
NOT_HERE = (
    r"\bsub-?agent", r"\bworking session", r"\blanguage model wrote", r"\bprompt(ed)? by", r"\bchatgpt\b", r"\bclaude\b", r"\bopenai\b",
    r"\banthropic\b", r"\bsprint\b", r"\bjira\b", r"\bmilestone\b", r"\bteam lead\b", r"\bthe helpers?\b", r"\btodo\b", r"\bfixme\b", r"\btbd\b",
    r"/work/", r"/root/", r"/home/", r"pypi\.org", r"pythonhosted", r"registry\.npmjs", r"index-url", r"\blorem\b", r"placeholder",
)  # fmt: skip
#: Words of the field that have one spelling here, and what not to write instead.
ONE_WORD = {r"\btrigger ?points? injection": "needles inject nothing", r"\bgauge\b(?!\.)": "needles have millimetres"}


def test_every_question_can_be_read_after_eight_years_of_school(known: "Known") -> None:
    from manual.questions import MOST_YEARS, all_questions, grade

    hard = {id_: (grade(text), text) for id_, text in all_questions(known).items() if grade(text) > MOST_YEARS}
    assert hard == {}


def test_no_question_asks_about_the_patient_as_if_they_were_absent(known: "Known") -> None:
    from manual.questions import all_questions

    absent = [
        text for text in all_questions(known).values() if re.search(r"\b(the patient|subject)\b", text, re.IGNORECASE)
    ]
    assert absent == []


@pytest.mark.parametrize("word", NOT_HERE)
def test_no_page_speaks_of_how_the_work_is_done(word: str, manual: dict[str, str]) -> None:
    found = [name for name, text in manual.items() if re.search(word, text, re.IGNORECASE)]
    assert found == []


def test_the_glossary_has_every_word_once_and_in_order() -> None:
    sections = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8").split("\n## ")[1:]
    words = [re.findall(r"^\*\*(.+?)\*\*$", section, re.MULTILINE) for section in sections]
    every = [word for section in words for word in section]
    assert len(every) == len(set(every)) > 40
    assert all(section == sorted(section) for section in words)


def test_the_four_levels_are_in_the_glossary() -> None:
    glossary = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    assert all(f"**{level}**" in glossary for level in ("clear", "adapt", "weigh", "stop", "note"))
