"""A clinician opens a plan with a patient on the table: on a phone, a tablet and a desk, by day and by night."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from needlepoint.exchange.paper.plan import plan_html, plan_pdf
from needlepoint.exchange.paper.plan_page import PlanPage, present_plan
from needlepoint.library import load_plan_knowledge
from tests.browser.test_report import browser, faults, opened
from tests.unit.exchange.test_planning import WELL, planned

__all__ = ["browser"]

pytestmark = pytest.mark.browser

FOUR = {
    **WELL,
    "proposed": [
        {"muscle": "upper trapezius", "side": "left", "needle": {"length_mm": 60}},
        {"muscle": "rhomboid major", "side": "left", "measured": {"skin_to_pleura_mm": 31}},
        {"muscle": "longus colli", "side": "left"},
        {"muscle": "masseter superficial", "side": "right"},
        {"site": "wumpus"},
    ],
}


@pytest.fixture(scope="module")
def page_of_plan() -> PlanPage:
    return present_plan(planned(FOUR), load_plan_knowledge(), "case.yaml")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory, page_of_plan: PlanPage) -> Path:
    file = tmp_path_factory.mktemp("plan") / "plan.html"
    file.write_text(plan_html(page_of_plan), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("size", "scheme"),
    [
        ("phone", "light"),
        ("phone", "dark"),
        ("tablet", "light"),
        ("tablet", "dark"),
        ("desk", "light"),
        ("narrow", "light"),
    ],
)
def test_a_plan_has_no_accessibility_faults_and_fits(browser: Browser, report: Path, size: str, scheme: str) -> None:
    context, page = opened(browser, report, size, color_scheme=scheme)
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_needle_and_stop_depth_stand_out_at_arm_s_length(browser: Browser, report: Path) -> None:
    context, page = opened(browser, report, "tablet")
    big = page.locator(".plan-big").first
    assert float(big.evaluate("node => parseFloat(getComputedStyle(node).fontSize)")) >= 20
    expect(page.get_by_role("heading", name="1. Upper trapezius, left")).to_be_visible()
    context.close()


def test_a_sketch_has_a_name_that_says_what_it_shows_and_what_it_is_not(browser: Browser, report: Path) -> None:
    context, page = opened(browser, report)
    sketch = page.get_by_role("img", name="not this person's anatomy").first
    expect(sketch).to_be_visible()
    context.close()


def test_a_refusal_is_a_word_before_it_is_a_colour(browser: Browser, report: Path) -> None:
    context, page = opened(browser, report, forced_colors="active")
    expect(page.get_by_text("No needle here").first).to_be_visible()
    context.close()


def test_the_paper_has_the_sketch_the_signs_and_the_consent(page_of_plan: PlanPage) -> None:
    from io import BytesIO

    from pypdf import PdfReader

    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(plan_pdf(page_of_plan))).pages)
    for words in (
        "Stop at",
        "not this person",
        "Warning signs of this session",
        "To read and sign before the first needle",
    ):
        assert words in text
