"""The patient on a telephone: from the link to the signed consent, and how they are two days later. The time it takes is printed."""

import json
import re
import statistics
import time
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from needlepoint.library import load_question_groups
from needlepoint.screen.groups import told_by_clinician
from tests.clinic.faults.real_server import ROOT, RealServer, serving

pytestmark = pytest.mark.browser

PICTURES = ROOT / "reports" / "stories" / "patient"
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}
#: How a person reads and taps: words a minute, and seconds from one tap to the next.
WORDS_A_MINUTE, SECONDS_A_TAP = 250, 1.2
MOST_SECONDS = 180
SOFTWARE = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    with serving(tmp_path_factory.mktemp("patient"), None, visits=1) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=SOFTWARE)
        yield chromium
        chromium.close()


def prepare(server: RealServer, **words: Any) -> Any:
    return json.loads(server.python("-m", "tests.clinic.patient.prepare", json.dumps(words)))


class Telephone:
    """A page on a telephone, and a person whose time is counted."""

    def __init__(self, browser: Browser, server: RealServer, width: int = 390, *, scripts: bool = True) -> None:
        context = browser.new_context(
            viewport={"width": width, "height": 844}, has_touch=True, java_script_enabled=scripts, color_scheme="light"
        )
        self.page: Page = context.new_page()
        self.home = f"http://127.0.0.1:{server.port}"
        self.width, self.scripts = width, scripts
        self.taps, self.words, self.machine = 0, 0, 0.0
        self.read_before: set[str] = set()
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on(
            "console",
            lambda message: (
                self.faults.append(message.text) if message.type == "error" and "422" not in message.text else None
            ),
        )

    def goto(self, path: str) -> None:
        self.page.goto(self.home + path)
        self.read()

    def read(self) -> None:
        """What is new on the page is read, each line once: nobody reads "Continue" fifteen times."""
        for line in self.page.locator("main").inner_text().splitlines():
            if line.strip() and line not in self.read_before:
                self.read_before.add(line)
                self.words += len(re.findall(r"\w[\w'-]*", line))

    def tap(self, selector: str) -> None:
        """A tap that leads on to a page."""
        self.taps += 1
        began = time.monotonic()
        self.go(self.page.locator(selector).first)
        self.machine += time.monotonic() - began
        self.read()

    def go(self, target: Locator | str) -> None:
        """The same without counting; a word is that of a button or a link."""
        if isinstance(target, str):
            target = self.page.locator(".ask__acts").get_by_text(target)
        with self.page.expect_navigation():
            target.tap()

    def write(self, selector: str, text: str) -> None:
        self.taps += 1 + len(text)
        self.page.fill(selector, text)

    def seconds(self) -> float:
        """What the person needs; how long this machine makes them wait is told beside it."""
        return self.words * 60 / WORDS_A_MINUTE + self.taps * SECONDS_A_TAP

    def look(self, name: str) -> None:
        """A picture, no part wider than the screen, and nothing that axe finds."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{name}-{self.width}.png", full_page=True)
        if not self.scripts:
            return
        assert self.page.evaluate("document.documentElement.scrollWidth") <= self.width, name
        found = Axe().run(self.page, options=WCAG).response["violations"]
        assert not found, (name, [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found])

    def come_in(self, path: str) -> None:
        self.goto(path)
        for name, value in (("day", "2"), ("month", "4"), ("year", "1985")):
            self.write(f"[name={name}]", value)
        self.tap("text=Continue")
        expect(self.page).to_have_url(re.compile(r"/my/$"))


def test_a_healthy_person_is_through_in_under_three_minutes(browser: Browser, server: RealServer) -> None:
    took: list[float] = []
    for sex in ("female", "male", "female"):
        told = prepare(server, new=[sex])
        phone = Telephone(browser, server)
        phone.come_in(told["path"])
        phone.tap("text=Start")
        while "/my/questions/" in phone.page.url:
            phone.tap("button.none")
        took.append(phone.seconds())
        detail = f"{phone.taps} taps, {phone.words} words; and {phone.machine:.0f} s of waiting for this machine"
        expect(phone.page.get_by_text("All answered")).to_be_visible()
        found = prepare(server, told=[told["house"], told["visit"]])
        assert set(found["questions"]) <= told_by_clinician(load_question_groups())
        assert not phone.faults
        phone.page.context.close()
    median = statistics.median(took)
    print(
        f"\nThe patient's questions, a healthy person, link to last answer: {median:.0f} s (median of {len(took)}; {detail})"
    )
    assert median < MOST_SECONDS


# The story of the patient on a phone goes the whole way at the usual width: this one goes it on the narrowest.
@pytest.mark.parametrize("width", [320])
def test_from_the_link_to_the_signed_consent(browser: Browser, server: RealServer, width: int) -> None:
    told = prepare(server, new=["female", "upper-trapezius/left"])
    phone = Telephone(browser, server, width)
    phone.goto(told["path"])
    phone.look("01-date-of-birth")
    for name, value in (("day", "3"), ("month", "4"), ("year", "1985")):
        phone.write(f"[name={name}]", value)
    phone.tap("text=Continue")
    phone.look("02-wrong-date")
    phone.come_in(told["path"])
    phone.look("03-overview")
    phone.goto("/my/questions/")
    page, pages = phone.page, 0
    while "/my/questions/" in page.url:
        pages += 1
        if page.url.endswith("/now/"):
            phone.go("Continue")
            expect(page.locator("#errors")).to_be_focused()
            phone.look("05-nothing-ticked")
        if page.url.endswith("/today/"):
            page.get_by_text("Not sure about one of these?").tap()
            phone.look("06-not-sure")
        if page.url.endswith("/heart-blood-lungs/"):
            page.get_by_label("High blood pressure", exact=True).tap()
            page.get_by_label(re.compile("^Easy bruises")).tap()
            expect(page.locator("button.none")).to_be_hidden()
            phone.look("07-ticked")
            phone.go("Continue")
            expect(page).to_have_url(re.compile("/detail/$"))
            phone.look("08-one-by-one")
            for one in page.locator("fieldset.single").all():
                one.get_by_label("Yes" if "bruise" in one.inner_text() else "No", exact=True).tap()
            phone.go("Continue")
        elif page.url.endswith("/medicines/"):
            page.fill("#lines", "ramipril 5 mg")
            phone.look("09-list")
            phone.go("Continue")
        elif page.url.endswith("/more/"):
            phone.look("11-last-questions")
            for one in page.locator("fieldset.single").all():
                one.get_by_label("Not sure", exact=True).tap()
            phone.go("Continue")
        else:
            phone.look(f"10-page-{pages:02}")
            phone.go(page.locator("button.none"))
    phone.goto("/my/questions/")
    phone.look("12-answers")
    paint(phone)
    phone.goto("/my/consent/")
    phone.look("15-consent")
    page.get_by_label("Yes, I agree").tap()
    page.fill("#name", "The Patient")
    phone.go("Sign")
    expect(page.get_by_text("You said yes.")).to_be_visible()
    expect(page.get_by_text("That is all. Thank you.")).to_be_visible()
    phone.look("16-done")
    found = prepare(server, told=[told["house"], told["visit"]])
    assert found["agreed"] == [True]
    assert found["known"]["answers.high-blood-pressure"] is True
    assert found["known"]["medicines"] == ["ramipril 5 mg"]
    assert found["known"]["painting"]["layers"]
    assert not found["conflicts"]
    assert not phone.faults
    phone.go(page.get_by_text("Close my pages"))
    phone.look("17-out")
    phone.goto("/my/")
    phone.look("18-closed")


def paint(phone: Telephone) -> None:
    phone.goto("/my/pain/")
    page = phone.page
    page.evaluate("document.querySelector('body-chart').ready")
    phone.look("13-pain")
    chart = page.locator("body-chart")
    chart.get_by_text("List", exact=True).tap()
    chart.get_by_role("searchbox").or_(chart.locator("input[type=search]")).first.fill("temple")
    chart.get_by_role("button", name=re.compile("left", re.I)).first.tap()
    page.wait_for_function("document.querySelector('body-chart').painting?.layers.some(({values}) => values)")
    phone.look("13-painted")
    phone.go("Continue")
    expect(page).to_have_url(re.compile("/complaint/$"))
    page.fill("#complaint", "headache on the left since May")
    phone.look("14-words")
    phone.go("Continue")
    expect(page).to_have_url(re.compile("/my/$"))


def test_what_was_ticked_is_there_again_after_the_browser_was_closed(browser: Browser, server: RealServer) -> None:
    told = prepare(server, new=["female"])
    phone = Telephone(browser, server)
    phone.come_in(told["path"])
    phone.goto("/my/questions/today/")
    phone.page.get_by_label(re.compile("^Driving or machines")).tap()
    expect(phone.page.locator("[data-field='answers.must-drive-after'] [data-kept]")).to_have_attribute(
        "data-state", "kept"
    )
    phone.page.context.close()
    again = Telephone(browser, server)
    again.come_in(told["path"])
    again.goto("/my/questions/today/")
    expect(again.page.locator("[data-field='answers.must-drive-after'] input")).to_be_checked()
    found = prepare(server, told=[told["house"], told["visit"]])
    assert found["known"] == {"answers.must-drive-after": True}


def test_everything_works_without_scripts(browser: Browser, server: RealServer) -> None:
    told = prepare(server, new=["male", "upper-trapezius/left"])
    phone = Telephone(browser, server, scripts=False)
    phone.come_in(told["path"])
    page = phone.page
    phone.goto("/my/questions/")
    while "/my/questions/" in page.url:
        phone.go(page.locator("button.none"))
    phone.goto("/my/pain/")
    phone.go(page.get_by_role("link", name="Tell it in words instead", exact=True))
    page.select_option("#region-1", "Back of the neck")
    page.select_option("#side-1", "left")
    page.select_option("#strength-1", "6")
    phone.look("20-without-scripts")
    phone.go("Continue")
    page.fill("#complaint", "stiff neck")
    phone.go("Continue")
    page.goto(phone.home + "/my/consent/")
    page.get_by_label("No, I do not agree").tap()
    page.fill("#name", "The Patient")
    phone.go("Sign")
    expect(page.get_by_text("You said no.")).to_be_visible()
    found = prepare(server, told=[told["house"], told["visit"]])
    assert found["agreed"] == [False]
    assert found["known"]["pain"] == [{"region": "Back of the neck", "side": "left", "intensity": 6}]


def test_two_days_later_a_warning_sign_says_what_to_do_now(browser: Browser, server: RealServer) -> None:
    told = prepare(server, new=["female"], signed=True)
    phone = Telephone(browser, server)
    phone.come_in(told["path"])
    phone.look("30-check-in-waits")
    page = phone.page
    phone.go(page.get_by_role("link", name="Answer"))
    page.get_by_label(re.compile("^You get short of breath")).tap()
    page.locator("[name=pain][value='6']").tap()
    page.locator("[name=reaction][value=none]").tap()
    phone.look("31-check-in")
    phone.go("Send")
    expect(page.get_by_role("heading", name="Do this now")).to_be_visible()
    expect(page.get_by_text("Call the emergency number at once")).to_be_visible()
    phone.look("32-do-this-now")
    assert prepare(server, told=[told["house"], told["visit"]])["needs_look"] == [True]
    assert not phone.faults
