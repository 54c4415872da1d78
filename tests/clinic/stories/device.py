"""A browser on a device in somebody's hand: it taps, it is looked at, and what it complains of is kept."""

import os
import re
import time
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from tests.clinic.faults.real_server import ROOT
from tests.clinic.stories.served import PASSWORD, Served

#: Where the pictures of the stories are kept.
PICTURES = Path(os.environ.get("NEEDLEPOINT_PICTURES", ROOT / "reports" / "stories"))
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}
#: In the dark only the colours are others.
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
SIZES = {"phone": (390, 844), "tablet": (1180, 820), "tablet-upright": (820, 1180), "desktop": (1440, 900)}
CHROMIUM = "/usr/bin/chromium"
#: Of a longer page the start is enough; Chromium repeats itself beyond 16,384.
TALLEST = 6000
#: Software draws: WebGL for the body, and plain memory for the rest, which makes a picture of a long page thirteen times as fast as SwiftShader does.
FLAGS = [
    "--no-sandbox",
    "--enable-unsafe-swiftshader",
    "--disable-gpu-compositing",
    "--disable-gpu-rasterization",
    "--disable-background-networking",
    "--no-first-run",
]
#: A shared machine may be slow; what has to be quick says so itself.
PATIENCE_MS = 60_000
#: Findings are refreshed so long after an answer was kept.
SETTLES_MS = 350
expect.set_options(timeout=PATIENCE_MS / 2)
#: The browser itself says so when a form is not accepted, the network is away or the server is down; the page says it in its own words.
EXPECTED = (
    "status of 422",
    "net::ERR_INTERNET_DISCONNECTED",
    "net::ERR_CONNECTION_REFUSED",
    "net::ERR_CONNECTION_RESET",
    "net::ERR_EMPTY_RESPONSE",
)


#: The browser says what the page's policy forbids, but not where.
_FORBIDDEN = """document.addEventListener('securitypolicyviolation', (event) =>
  console.error(`forbidden by ${event.violatedDirective}: ${event.target.outerHTML?.slice(0, 200)}`));"""
#: What lies over something that has to be seen, at the top of a page.
_COVERED = """() => {
  const boxes = (one) => [...document.querySelectorAll(one)].map((box) => [box, box.getBoundingClientRect()]).filter(([, b]) => b.width && b.height);
  const over = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  return [['.rail', '.still-in, .messages'], ['.me > summary', '.nav a']].flatMap(([cover, under]) => boxes(cover).flatMap(([, a]) =>
    boxes(under).filter(([, b]) => over(a, b)).map(([box]) => `${cover} lies over ${box.outerHTML.slice(0, 80)}`)));
}"""


_SEEN_IN_THE_DARK: set[tuple[str, str]] = set()


class Device:
    """One browser context with one page."""

    def __init__(
        self,
        browser: Browser,
        server: Served,
        story: str,
        kind: str,
        *,
        scripts: bool = True,
        share: "Device | None" = None,
    ) -> None:
        width, height = SIZES[kind]
        self.server, self.story, self.kind = server, story, kind
        self.context = share.context if share else browser.new_context(
            viewport={"width": width, "height": height}, has_touch=kind != "desktop", java_script_enabled=scripts,
            color_scheme="light", reduced_motion="reduce", base_url=server.origin, locale="en-GB",
        )  # fmt: skip
        self.scripts, self.taps, self.typed, self.pictures = scripts, 0, 0, 0
        self.faults: list[str] = []
        if scripts:
            self.context.add_init_script(_FORBIDDEN)
        self.open_page()

    def open_page(self) -> None:
        """A new page in the same browser: what it had kept is there."""
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE_MS)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on(
            "console",
            lambda said: (
                self.faults.append(f"{said.text} ({self.page.url}, {said.location})")
                if _is_fault(said.type, said.text)
                else None
            ),
        )

    def sign_in(self, role: str = "clinician") -> None:
        page = self.page
        page.goto("/accounts/login/")
        page.fill("input[name=login]", f"{role}@demo.example")
        page.fill("input[name=password]", PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url(lambda url: "login" not in url)

    def go(self, path: str) -> None:
        answer = self.page.goto(path)
        assert answer is not None and answer.ok, (path, answer and answer.status)

    def tap(self, what: Locator) -> None:
        """A tap of a finger, or of a mouse where there is no finger; counted."""
        self.taps += 1
        if self.kind == "desktop":
            what.click()
        else:
            what.tap()

    def follow(self, what: Locator) -> None:
        """A tap that leads to another page."""
        before = self.page.url
        self.tap(what)
        self.page.wait_for_url(lambda url: url != before)

    def write(self, where: Locator, text: str) -> None:
        self.typed += len(text)
        where.fill(text)

    def turn(self) -> None:
        """Held upright, or on its side."""
        self.kind = {"tablet": "tablet-upright", "tablet-upright": "tablet"}[self.kind]
        width, height = SIZES[self.kind]
        self.page.set_viewport_size({"width": width, "height": height})

    def settle(self, ms: int = SETTLES_MS) -> None:
        """What is refreshed a moment after an answer comes first: a page that changes while it is measured is no picture."""
        if self.scripts and self.page.locator("#visit").count():
            self.page.wait_for_timeout(ms)
            until(self.page, "!document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')")

    def look(self, what: str, *, whole: bool = True) -> None:
        """A picture, no part wider than the screen, and nothing that axe finds: what is found is told at the end.

        In the dark, too, the first time that a page is seen in this state.
        """
        self.pictures += 1
        self.settle()
        if whole:  # what a sticky bar covers now is not covered for ever
            self.page.evaluate("scrollTo(0, 0)")
        self.picture(what, whole=whole)
        if self.scripts and self._new_in_the_dark(what):
            self.page.emulate_media(color_scheme="dark", reduced_motion="reduce")
            self.picture(f"{what}-dark", whole=whole)
            self.check(f"{what}, dark", CONTRAST)
            self.page.emulate_media(color_scheme="light", reduced_motion="reduce")
        if self.scripts:
            self.check(what)

    def _new_in_the_dark(self, what: str) -> bool:
        seen = (re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "", self.page.url.removeprefix(self.server.origin)), what)
        new = seen not in _SEEN_IN_THE_DARK
        _SEEN_IN_THE_DARK.add(seen)
        return new

    def keep_page(self, what: str) -> None:
        """What the browser holds, beside the picture, for whoever looks for the reason."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        path = PICTURES / f"{self.story}-{self.pictures:02}-{what}-{self.kind}.html"
        path.write_text(self.page.content(), encoding="utf-8")

    def picture(self, what: str, *, whole: bool = True) -> None:
        PICTURES.mkdir(parents=True, exist_ok=True)
        path = PICTURES / f"{self.story}-{self.pictures:02}-{what}-{self.kind}.png"
        if not whole:
            self.page.screenshot(path=path, caret="initial")
            return
        height = min(self.page.evaluate("document.documentElement.scrollHeight"), TALLEST)
        clip = {"x": 0, "y": 0, "width": SIZES[self.kind][0], "height": height}
        # To hide the caret Playwright would write styles into the page, and HTMX copy them, which the page forbids.
        self.page.screenshot(path=path, full_page=True, clip=clip, caret="initial")

    def check(self, what: str, rules: dict[str, Any] = WCAG) -> None:
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        if wide > SIZES[self.kind][0]:
            self.faults.append(f"{what} ({self.page.url}): {wide} px wide")
        if self.page.evaluate("scrollY") == 0:
            self.faults += [f"{what} ({self.page.url}): {one}" for one in self.page.evaluate(_COVERED)]
        for one in Axe().run(self.page, options=rules).response["violations"]:
            places = [(node["target"], node["html"][:160]) for node in one["nodes"]][:4]
            self.faults.append(f"{what} ({self.page.url}): {one['id']} {places}")
        # Measuring leaves empty style attributes behind; HTMX would copy them, and the page forbids that.
        self.page.evaluate("document.querySelectorAll('[style=\"\"]').forEach(one => one.removeAttribute('style'))")

    def entries(self, visit: str) -> list[dict[str, Any]]:
        """What the record holds of a visit, as the server tells it."""
        answer = self.context.request.get(f"/visits/{visit}/entries/?after=0")
        assert answer.ok, answer.status
        return list(answer.json()["entries"])

    def has_kept(self, visit: str, field: str) -> None:
        """A field that keeps itself after a while is in the record."""
        end = time.monotonic() + PATIENCE_MS / 1000
        while not any(one["body"].get("field") == field for one in self.entries(visit)):
            assert time.monotonic() < end, f"{field} was never kept"
            self.page.wait_for_timeout(300)
        kept(self)
        self.settle(3 * SETTLES_MS)

    def acts(self, visit: str, kind: str) -> list[dict[str, Any]]:
        """The bodies of the acts of one kind that stand in the record."""
        told = self.entries(visit)
        undone = {one["body"]["act"] for one in told if one["kind"] == "undone"}
        return [one["body"] for one in told if one["kind"] == kind and one["id"] not in undone]

    def close(self, *, complain: bool = True) -> None:
        """Put it away; it had nothing to complain of."""
        self.context.close()
        assert not complain or not self.faults, "\n".join(
            [f"in the story of the {self.story}:", *dict.fromkeys(self.faults)]
        )


def _is_fault(kind: str, text: str) -> bool:
    return kind == "error" and not any(one in text for one in EXPECTED)


#: Nothing that belongs to this visit lies on the device any more.
_NOTHING_LEFT = """async () => {
  const clinic = window.needlepointClinic, visit = document.querySelector('[data-visit]');
  if (!clinic || !visit) return false;
  const left = await clinic.entries.left(visit.dataset.entries ?? `/visits/${visit.dataset.visit}/entries/`);
  return left.length === 0;
}"""


def until(page: Page, question: str) -> None:
    """Ask the page again and again until it says yes. Playwright's own way needs eval at the second time, which the page forbids."""
    end = time.monotonic() + PATIENCE_MS / 1000
    while not page.evaluate(question):
        assert time.monotonic() < end, f"never so at {page.url}: {question}"
        page.wait_for_timeout(200)


def kept(device: Device) -> None:
    """Everything is in the record, and the page says so."""
    until(device.page, _NOTHING_LEFT)
    expect(device.page.locator("[data-entries-status], #saved").first).to_have_text(re.compile("Everything is kept"))
