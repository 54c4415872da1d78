"""A clinician opens a report on a phone, a tablet and a desk, by day and by night, and prints it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from needlepoint.exchange.paper import index_html, present, screen_html
from needlepoint.exchange.paper.page import ScreenPage
from tests.unit.exchange.paper import anna as cast

pytestmark = pytest.mark.browser

SIZES = {"phone": (390, 844), "tablet": (820, 1180), "desk": (1360, 900)}
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Anna, who is stopped; Ben, for whom no place was proposed; and the overview of both."""
    folder = tmp_path_factory.mktemp("reports")
    body = cast.small_body()
    pages: dict[str, ScreenPage] = {
        "anna": cast.anna_page(body),
        "ben": present(cast.nobody_proposed(body), body, "ben.yaml"),
    }
    for name, page in pages.items():
        (folder / f"{name}.html").write_text(screen_html(page), encoding="utf-8")
    rows = [(name, f"{name}.html", page) for name, page in pages.items()]
    (folder / "index.html").write_text(index_html(rows), encoding="utf-8")
    return {file.stem: file for file in folder.iterdir()}


def opened(browser: Browser, file: Path, size: str = "desk", **how: object) -> tuple[BrowserContext, Page]:
    width, height = SIZES.get(size, (320, 640))
    # the page forbids every script, and axe is one
    context = browser.new_context(viewport={"width": width, "height": height}, bypass_csp=True, **how)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(file.as_uri())
    return context, page


def faults(page: Page) -> list[str]:
    found = Axe().run(page, options=WCAG).response["violations"]
    return [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("name", ["anna", "ben", "index"])
@pytest.mark.parametrize(
    ("size", "scheme"), [("phone", "light"), ("tablet", "light"), ("desk", "light"), ("tablet", "dark")]
)
def test_a_report_has_no_accessibility_faults_and_fits(
    browser: Browser, reports: dict[str, Path], size: str, scheme: str, name: str
) -> None:
    context, page = opened(browser, reports[name], size, color_scheme=scheme)
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


@pytest.mark.parametrize("size", SIZES)
def test_the_answer_is_seen_without_scrolling(browser: Browser, reports: dict[str, Path], size: str) -> None:
    context, page = opened(browser, reports["anna"], size)
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport(ratio=1)
    expect(page.get_by_text("NOT YET CLEARED:")).to_be_in_viewport(ratio=1)
    context.close()


def test_a_very_narrow_window_still_needs_no_sideways_scrolling(browser: Browser, reports: dict[str, Path]) -> None:
    for name in ("anna", "ben", "index"):
        context, page = opened(browser, reports[name], "narrow")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        context.close()


@pytest.mark.parametrize("size", SIZES)
def test_a_screen_reader_finds_the_places_as_a_table_at_every_size(
    browser: Browser, reports: dict[str, Path], size: str
) -> None:
    context, page = opened(browser, reports["anna"], size)
    table = page.get_by_role("table", name="The 3 proposed places")
    expect(table.get_by_role("row")).to_have_count(4)
    expect(table.get_by_role("rowheader", name="Between spine and shoulder blade, right")).to_be_visible()
    expect(table.get_by_role("columnheader")).to_have_count(3)
    context.close()


def test_nothing_is_asked_of_the_network_and_no_script_runs(browser: Browser, reports: dict[str, Path]) -> None:
    context = browser.new_context()
    asked: list[str] = []
    complaints: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(reports["anna"].as_uri())
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if not url.startswith(("data:", reports["anna"].as_uri()))] == []
    assert complaints == []
    context.close()


def test_print_is_light_and_has_boxes_for_a_pen(browser: Browser, reports: dict[str, Path]) -> None:
    context, page = opened(browser, reports["anna"], color_scheme="dark")
    expect(page.get_by_text("Yes", exact=True).first).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.get_by_text("Yes", exact=True).first).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert [fault for fault in faults(page) if fault.startswith("color-contrast")] == []
    context.close()


def test_in_forced_colours_every_level_is_still_a_word(browser: Browser, reports: dict[str, Path]) -> None:
    context, page = opened(browser, reports["anna"], forced_colors="active")
    for word in ("STOP", "WEIGH", "ADAPT"):
        expect(page.get_by_role("table").get_by_text(word, exact=True)).to_be_visible()
    context.close()


def test_from_the_overview_to_a_person_and_to_a_source_by_keyboard(browser: Browser, reports: dict[str, Path]) -> None:
    context, page = opened(browser, reports["index"])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_title("STOP, not yet cleared: anna.yaml, 2 March 2026 | Needlepoint screen")
    page.get_by_role("link", name="Source 1").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#source-1")).to_be_in_viewport()
    context.close()
