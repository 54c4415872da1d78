"""The parts keep to the rules that a browser cannot see: what they say about themselves, and what a strict policy would refuse."""

import re

import pytest

from tests.clinic.gallery.examples import CLINIC

TEMPLATES = sorted((CLINIC / "templates").rglob("*.html"))
PARTS = sorted((CLINIC / "templates/parts").glob("*.html"))
SHEETS = sorted((CLINIC / "static/clinic/css").glob("*.css"))
SYMBOLS = sorted((CLINIC / "static/clinic/symbols").glob("*.svg"))


@pytest.mark.parametrize("part", PARTS, ids=lambda one: one.stem)
def test_a_part_says_first_what_it_is_and_what_it_needs(part) -> None:  # type: ignore[no-untyped-def]
    assert part.read_text(encoding="utf-8").startswith(("{#", "{% comment %}"))


@pytest.mark.parametrize("part", PARTS, ids=lambda one: one.stem)
def test_a_part_is_shown_in_the_gallery_or_stands_on_every_page(part) -> None:  # type: ignore[no-untyped-def]
    shown = [one for one in TEMPLATES if one.parent.name in ("gallery", "parts", "templates") and one != part]
    assert any(f'"parts/{part.name}"' in one.read_text(encoding="utf-8") for one in shown)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: f"{one.parent.name}/{one.name}")
def test_a_template_holds_no_style_and_no_script_of_its_own(template) -> None:  # type: ignore[no-untyped-def]
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"<[^>]*\s(style|on[a-z]+)=", text)
    # a block of JSON is read, not run
    assert not re.search(r"<style|<script(?![^>]*(\ssrc=|application/json))", text)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda one: one.name)
def test_a_style_sheet_stays_short_and_asks_nobody_else(sheet) -> None:  # type: ignore[no-untyped-def]
    text = sheet.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 400
    assert not re.search(r"@import|@font-face|https?:|data:", text)


def test_day_and_night_are_one_table_whoever_asks_for_night() -> None:
    text = (CLINIC / "static/clinic/css/tokens.css").read_text(encoding="utf-8")
    device, chosen = re.findall(
        r'\n  :root(?:\[data-theme="dark"\]|:not\(\[data-theme="light"\]\)) \{(.*?)\n  \}', text, re.S
    )
    assert device == chosen


def test_every_symbol_has_a_drawing_and_every_drawing_a_name() -> None:
    named = {
        name for one in SHEETS for name in re.findall(r"\.\./symbols/([\w-]+)\.svg", one.read_text(encoding="utf-8"))
    }
    assert named == {one.stem for one in SYMBOLS} - {"icon"}
