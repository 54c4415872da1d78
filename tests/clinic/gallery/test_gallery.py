"""Every part of the design system is seen by somebody with a screen reader, a keyboard, gloves, bad light, or a printer."""

import functools
import http.server
import threading
from collections.abc import Iterator
from typing import ClassVar

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.clinic.gallery import examples

pytestmark = pytest.mark.browser

SIZES = {"phone": (390, 844), "tablet": (820, 1180), "desk": (1440, 900)}
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'"
PRESSED = "button, .button, .tile, .choice, summary, select, textarea, input:not([type=hidden]), .nav a, .rail a, .links a, a.chip"


class _Site(http.server.SimpleHTTPRequestHandler):
    """The gallery and its style sheets, under the policy of the clinic. It has no scripts, so the pages work without."""

    pages: ClassVar[dict[str, str]] = {}

    def log_message(self, format: str, *args: object) -> None:
        """Tests have nothing to log."""

    def do_GET(self) -> None:
        if self.path.startswith("/static/"):
            self.path = self.path.removeprefix("/static")
            super().do_GET()
            return
        content = self.pages.get(self.path.strip("/"), "").encode()
        self.send_response(200 if content else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(content)


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    _Site.pages = {name: examples.page(name) for name in examples.PAGES}
    _Site.pages |= {f"index-{theme}": examples.page("index", theme) for theme in ("light", "dark")}
    served = functools.partial(_Site, directory=str(examples.CLINIC / "static"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), served)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield chromium
        chromium.close()


def opened(browser: Browser, address: str, size: str = "tablet", **how: object) -> Page:
    width, height = SIZES.get(size, (320, 640))
    page = browser.new_context(viewport={"width": width, "height": height}, **how).new_page()  # type: ignore[arg-type]
    page.goto(address)
    return page


SEEN = [("index", size, scheme) for size in SIZES for scheme in ("light", "dark")] + [
    (name, "tablet" if number % 2 else "phone", "light" if number % 3 else "dark")
    for number, name in enumerate(examples.PAGES[1:])
]


@pytest.mark.parametrize(("name", "size", "scheme"), SEEN)
def test_a_page_has_no_accessibility_faults_and_fits(
    browser: Browser, site: str, name: str, size: str, scheme: str
) -> None:
    page = opened(browser, site + name, size, color_scheme=scheme, bypass_csp=True)  # axe is a script
    found = Axe().run(page, options=WCAG).response["violations"]
    assert [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.context.close()


@pytest.mark.parametrize("name", examples.PAGES)
def test_a_very_narrow_window_needs_no_sideways_scrolling(browser: Browser, site: str, name: str) -> None:
    page = opened(browser, site + name, "narrow")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.context.close()


@pytest.mark.parametrize("size", SIZES)
def test_everything_that_is_pressed_is_as_large_as_a_finger(browser: Browser, site: str, size: str) -> None:
    page = opened(browser, site + "index", size)
    small = page.evaluate(
        """pressed => [...document.querySelectorAll(pressed)].filter(one => one.checkVisibility())
             .map(one => [one.outerHTML.slice(0, 90), one.getBoundingClientRect()])
             .filter(([, box]) => box.height < 44 || box.width < 38).map(([html, box]) => `${html} ${box.width} ${box.height}`)""",
        PRESSED,
    )
    assert small == []
    page.context.close()


def test_the_policy_is_not_broken_and_nothing_is_missing_but_the_scripts(browser: Browser, site: str) -> None:
    complaints: list[str] = []
    page = browser.new_page()
    page.on("console", lambda message: complaints.append(message.text))
    page.on(
        "response",
        lambda one: complaints.append(one.url) if one.status == 404 and not one.url.endswith(".js") else None,
    )
    for name in examples.PAGES:
        page.goto(site + name)
    assert [one for one in complaints if "404" not in one] == []
    page.context.close()


def test_a_person_may_choose_day_or_night_against_the_device(browser: Browser, site: str) -> None:
    for theme, other in (("light", "dark"), ("dark", "light")):
        chosen = opened(browser, f"{site}index-{theme}", color_scheme=other)
        asked = opened(browser, f"{site}index", color_scheme=theme)
        ground = "getComputedStyle(document.body).backgroundColor"
        assert chosen.evaluate(ground) == asked.evaluate(ground)
        chosen.context.close()
        asked.context.close()


def test_type_is_larger_on_a_tablet_that_lies_at_arm_s_length(browser: Browser, site: str) -> None:
    page = opened(browser, site + "capture", "tablet")
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "18px"
    page.context.close()


def test_an_answer_moves_nothing_on_the_page(browser: Browser, site: str) -> None:
    page = opened(browser, site + "index", "phone")
    height = "document.documentElement.scrollHeight"
    before = page.evaluate(height)
    page.get_by_role("group", name="Could you be pregnant?").last.get_by_role("radio", name="Yes").check()
    page.get_by_role("checkbox", name="Epilepsy").check()
    assert page.evaluate(height) == before
    page.context.close()


def test_the_keyboard_reaches_the_page_first_and_sees_where_it_is(browser: Browser, site: str) -> None:
    page = opened(browser, site + "today", "desk")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
    expect(page.get_by_role("link", name="Skip to the page")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    ring = page.evaluate("getComputedStyle(document.activeElement).outline")
    assert "3px" in ring and "solid" in ring
    page.context.close()


def test_an_error_leads_to_its_field_and_begins_the_title(browser: Browser, site: str) -> None:
    page = opened(browser, site + "wrong")
    assert page.title().startswith("Error: ")
    page.get_by_role("link", name="Have you been needled before?").click()
    expect(page.locator("#id_needled_0")).to_be_focused()
    page.get_by_role("link", name="Date of birth").click()
    expect(page.get_by_label("Date of birth")).to_be_focused()
    page.context.close()


def test_a_late_needle_does_not_move_for_a_person_who_asked_for_stillness(browser: Browser, site: str) -> None:
    page = opened(browser, site + "capture", reduced_motion="reduce")
    late = page.locator(".timer.is-late").first
    assert late.evaluate("one => getComputedStyle(one).animationName") == "none"
    page.context.close()


def test_in_forced_colours_every_level_is_still_a_word(browser: Browser, site: str) -> None:
    page = opened(browser, site + "today", forced_colors="active")
    for word in ("Clear", "Adapt", "Weigh", "Stop", "Not yet cleared"):
        expect(page.get_by_role("listitem").get_by_text(word, exact=True)).to_be_visible()
    page.context.close()


def test_paper_is_white_and_has_nothing_to_press(browser: Browser, site: str) -> None:
    page = opened(browser, site + "plan", "desk", color_scheme="dark")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(23, 32, 42)"
    assert page.locator("button:visible, .rail:visible, .nav:visible").count() == 0
    page.context.close()
