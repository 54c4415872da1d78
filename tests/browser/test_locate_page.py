"""Somebody paints a headache with neck pain on a tablet; a clinician sees the ranked muscles on the same body, and examines one."""

import threading
from collections.abc import Iterator
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from needlepoint.exchange.chart.server import server
from tests.browser.test_body_chart import CHROMIUM, SIZES, SOFTWARE, STATIC, WCAG
from tests.unit.locate.people import locator

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    if not (STATIC / "locate.html").exists():
        pytest.fail("the page is not built: run `make web`")
    running = server(locator(), 0, lambda: date(2026, 3, 2))
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://localhost:{running.server_port}/"
    running.shutdown()
    running.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM + SOFTWARE)
        yield chromium
        chromium.close()


def opened(
    browser: Browser, address: str, size: str = "tablet", **how: object
) -> tuple[BrowserContext, Page, list[str]]:
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, bypass_csp=True, **how)  # type: ignore[arg-type]
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(address)
    expect(page.locator("body-chart .stage-area.ready")).to_be_visible(timeout=20_000)
    return context, page, complaints


def paint(page: Page, *strokes: tuple[float, float, float, float]) -> None:
    """Strokes over the stage, each from one place to another, as shares of its width and height."""
    box = page.locator("body-chart .stage").bounding_box()
    assert box is not None
    for x, y, to_x, to_y in strokes:
        page.mouse.move(box["x"] + box["width"] * x, box["y"] + box["height"] * y)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] * to_x, box["y"] + box["height"] * to_y, steps=6)
        page.mouse.up()


def a_headache(page: Page) -> None:
    page.get_by_role("button", name="Head").click()
    page.get_by_role("button", name="Left side").click()
    page.wait_for_timeout(900)
    paint(page, (0.42, 0.36, 0.47, 0.40), (0.56, 0.68, 0.58, 0.75))


def faults(page: Page) -> list[str]:
    found = Axe().run(page, options=WCAG).response["violations"]
    return [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]


def test_a_headache_is_painted_in_two_strokes_and_ranked(browser: Browser, address: str) -> None:
    context, page, complaints = opened(browser, address)
    a_headache(page)
    page.get_by_label("In your own words").fill("stiff neck since three weeks, aching")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Muscles that could explain it")).to_be_visible(timeout=15_000)
    titles = page.locator(".muscle h3").all_inner_texts()
    assert titles
    assert all(title.endswith(", left") for title in titles[:5])
    assert complaints == []
    context.close()


def test_pointing_at_a_muscle_shows_its_zone_and_every_reason_can_be_read(browser: Browser, address: str) -> None:
    context, page, complaints = opened(browser, address, "desk")
    a_headache(page)
    page.get_by_role("button", name="Continue").click()
    first = page.locator(".muscle").first
    first.hover()
    chart = page.locator("body-chart")
    expect(chart).to_have_js_property("mode", "show")
    assert page.evaluate("document.querySelector('body-chart').highlight?.id")
    first.get_by_text("Why").click()
    expect(first.get_by_text("odds ×").first).to_be_visible()
    expect(first.get_by_text("Where it sends pain, after")).to_be_visible()
    assert complaints == []
    context.close()


def test_a_muscle_that_brings_the_known_pain_rises_when_that_is_told(browser: Browser, address: str) -> None:
    context, page, _ = opened(browser, address)
    a_headache(page)
    page.get_by_role("button", name="Continue").click()
    third = page.locator(".muscle").nth(2)
    name, before = third.locator("h3").inner_text(), third.locator(".chance strong").inner_text()
    third.get_by_role("button", name="Yes").click()
    same = page.locator(".muscle").filter(has=page.get_by_role("heading", name=name, exact=True))
    expect(same.get_by_role("button", name="Yes")).to_have_attribute("aria-pressed", "true")
    after = same.locator(".chance strong").inner_text()
    assert int(after.split()[0]) > int(before.split()[0])
    assert name in page.locator(".muscle h3").all_inner_texts()[:2]
    context.close()


def test_a_danger_that_is_told_stops_the_ranking_on_the_page(browser: Browser, address: str) -> None:
    context, page, _ = opened(browser, address, "phone")
    page.get_by_label("In your own words").fill("thunderclap headache at the left temple")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert").first).to_contain_text("Sudden, worst headache")
    expect(page.get_by_text("No muscles are ranked until this is settled")).to_be_visible()
    assert page.locator(".muscle").count() == 0
    context.close()


def test_the_drawing_is_still_there_after_going_back(browser: Browser, address: str) -> None:
    context, page, _ = opened(browser, address)
    a_headache(page)
    before = page.evaluate("document.querySelector('body-chart').painting")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Change the drawing").click()
    expect(page.locator("form")).to_be_visible()
    assert page.evaluate("document.querySelector('body-chart').painting") == before
    context.close()


def test_by_keyboard_alone_a_place_is_chosen_from_the_list_and_ranked(browser: Browser, address: str) -> None:
    context, page, _ = opened(browser, address, "desk")
    page.get_by_role("button", name="List").focus()
    page.keyboard.press("Enter")
    page.get_by_role("searchbox").focus()
    page.keyboard.type("temple")
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Continue").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".muscle").first).to_be_visible(timeout=15_000)
    context.close()


@pytest.mark.parametrize(("size", "scheme"), [("phone", "light"), ("tablet", "dark"), ("desk", "light")])
def test_everybody_can_use_the_page(browser: Browser, address: str, size: str, scheme: str) -> None:
    context, page, _ = opened(browser, address, size, color_scheme=scheme)
    assert faults(page) == []
    page.get_by_label("In your own words").fill("aching at the left temple")
    page.get_by_role("button", name="Continue").click()
    expect(page.locator(".muscle").first).to_be_visible(timeout=15_000)
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page is wider than the window"
    context.close()


def test_a_server_that_was_stopped_loses_nothing(browser: Browser, address: str) -> None:
    context, page, _ = opened(browser, address)
    a_headache(page)
    page.route("**/assess", lambda route: route.abort())
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("no longer running")).to_be_visible()
    assert page.evaluate("document.querySelector('body-chart').painting.layers.length") > 0
    context.close()
