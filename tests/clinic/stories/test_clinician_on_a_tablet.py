"""The clinician on a tablet: from Today to the signed note, with a counted number of taps and no typing; and once by the keyboard alone."""

import re
import subprocess

import pytest
from playwright.sync_api import Locator, expect

from tests.clinic.stories import chart
from tests.clinic.stories.conftest import MakeDevice
from tests.clinic.stories.device import PICTURES, Device, kept
from tests.clinic.stories.people import AGAIN, BY_KEYBOARD, ELBOW_MUSCLES
from tests.clinic.stories.served import Served
from tests.clinic.stories.treating import Treating

pytestmark = pytest.mark.browser

#: From opening the session to the signed note: three muscles, six needles.
MOST_TAPS = 25
#: What a clinician answers with yes; all else of a healthy person is no.
YES = re.compile(r"agree|consent|trained|understand", re.I)
MOST_QUESTIONS = 80


class Story:
    """Somebody who was here a week ago comes again."""

    def __init__(self, tablet: Device, clinic: Served) -> None:
        self.tablet, self.page, self.clinic = tablet, tablet.page, clinic
        self.visit = clinic.visit(AGAIN.name)
        self.treating = Treating(tablet, self.visit)

    def given_the_clinician_opens_the_visit_from_today(self) -> None:
        self.tablet.sign_in()
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Today")
        self.tablet.look("today")
        self.tablet.tap(self.page.get_by_role("link", name=f"Demo {AGAIN.name}"))
        expect(self.page.locator("#step-title")).to_contain_text("Screen")
        self.tablet.look("screen")

    def when_last_time_s_answers_are_confirmed_and_the_rest_is_asked(self) -> None:
        self.tablet.tap(self.page.get_by_role("button", name="All still so"))
        expect(self.page.locator("#still-so")).to_have_count(0)
        for _n in range(MOST_QUESTIONS):
            question = self.page.locator(".question.is-open-question:not(:has(input:checked))").first
            if not question.count():
                break
            answer = "Yes" if YES.search(question.locator("legend").inner_text()) else "No"
            self.tablet.tap(question.get_by_role("radio", name=answer, exact=True))
            if _n % 5 == 4:
                kept(self.tablet)
                self.page.wait_for_load_state("networkidle")
        kept(self.tablet)
        self.tablet.go(f"/visits/{self.visit}/screen/")
        self.tablet.look("screen-answered")
        print(f"\nScreening somebody who was here before: {self.tablet.taps} taps")

    def and_three_muscles_are_located_and_planned(self) -> None:
        self.tablet.tap(self.page.locator("#next-step"))
        expect(self.page.locator("#step-title")).to_contain_text("Locate")
        # What was written is understood already; then the finger paints it, too.
        expect(self.page.locator("li.candidate").first).to_contain_text("%")
        for n in range(len(ELBOW_MUSCLES)):
            self.choose(n)
        chart.ready(self.page)
        chart.stroke(self.page, "lateral elbow", "left", 10)
        self.tablet.has_kept(self.visit, "painting")
        self.tablet.look("locate")
        self.tablet.tap(self.page.locator("#next-step"))
        expect(self.page.locator("#step-title")).to_contain_text("Plan")
        expect(self.page.locator("#visit-rail [aria-current=step]")).to_contain_text("Plan")
        expect(self.page.get_by_role("button", name=re.compile("^Not this one"))).to_have_count(len(ELBOW_MUSCLES))
        self.tablet.look("plan")

    def choose(self, n: int) -> None:
        """The muscle of last time where it is among those that could explain it, else the first of them."""
        muscle, side = ELBOW_MUSCLES[n]
        again = self.page.locator(f"button[id='needle-{muscle}-{side}']", has_text="Needle this")
        one = again if again.count() else self.page.get_by_role("button", name=re.compile("^Needle this")).first
        self.tablet.tap(one)
        expect(self.page.get_by_role("button", name=re.compile("^Not after all"))).to_have_count(n + 1)

    def and_the_person_agrees_in_the_room(self) -> None:
        self.tablet.tap(self.page.locator("#next-step"))
        expect(self.page.locator("#step-title")).to_contain_text("Consent")
        self.tablet.look("consent")
        self.tablet.tap(self.page.get_by_role("button", name="I have read this, and I agree"))
        expect(self.page.get_by_text("agreed to these words and places")).to_be_visible()
        self.tablet.look("agreed")

    def when_six_needles_go_in_and_out_and_the_note_is_signed(self) -> None:
        self.tablet.tap(self.page.locator("#next-step"))
        self.treating.ready()
        assert self.treating.cards == len(ELBOW_MUSCLES)
        self.tablet.look("treat")
        self.tablet.taps = self.tablet.typed = 0
        self.treating.pain("before", 5)
        for n in range(3):
            self.treating.needle_in(n)
            self.page.wait_for_timeout(450)  # a finger that bounces is one tap; a second needle takes longer
            self.treating.needle_in(n)
            self.treating.twitch(n)
        expect(self.treating.total("in")).to_have_text("6")
        expect(self.treating.total("twitches")).to_have_text("3")
        self.tablet.look("six-in")
        self.tablet.turn()
        self.tablet.look("six-in")
        self.tablet.turn()
        self.treating.all_out()
        expect(self.treating.total("in")).to_have_text("0")
        self.treating.pain("after", 3)
        self.treating.no_reaction()
        self.treating.told()
        kept(self.tablet)
        self.tablet.look("all-out")
        self.treating.to_sign()
        expect(self.page.locator("#open-points")).to_contain_text("It can be signed")
        self.tablet.look("sign")
        self.treating.sign()
        expect(self.page).to_have_url(re.compile("/notes/"))

    def then_it_took_few_taps_and_no_typing(self) -> None:
        print(
            f"\nA session of three muscles and six needles, recorded and signed: {self.tablet.taps} taps, {self.tablet.typed} letters typed"
        )
        assert self.tablet.taps <= MOST_TAPS
        assert self.tablet.typed == 0

    def then_the_note_is_read_and_printed(self) -> None:
        note = self.page.locator("article.note")
        expect(note.get_by_text(re.compile("twitches 1"))).to_be_visible()
        assert len(re.findall(r"\d\. [a-z ]+, left: \d+ × 0\.\d+ mm", note.inner_text())) == 6
        self.tablet.look("note")
        self.tablet.turn()
        self.tablet.look("note")
        self.tablet.turn()
        href = self.page.get_by_role("link", name="Print").get_attribute("href")
        answer = self.tablet.context.request.get(str(href))
        assert answer.ok and answer.body().startswith(b"%PDF")
        paper = PICTURES / "clinician-note.pdf"
        paper.write_bytes(answer.body())
        subprocess.run(["pdftoppm", "-r", "60", "-png", paper, PICTURES / "clinician-note-paper"], check=True)

    def then_an_addendum_stands_beside_it(self) -> None:
        self.page.get_by_label("Addendum").fill("Called in the evening: no soreness.")
        self.tablet.tap(self.page.get_by_role("button", name="Add and seal"))
        expect(self.page.locator("section.addendum")).to_contain_text("Called in the evening: no soreness.")
        self.tablet.look("addendum")
        self.tablet.go(f"/visits/{self.visit}/treat/")
        expect(self.page.get_by_role("button", name=re.compile("^Needle in")).first).to_be_disabled()
        self.tablet.look("closed")


def test_six_needles_in_three_muscles_are_recorded_and_signed_with_few_taps(device: MakeDevice, clinic: Served) -> None:
    story = Story(device("clinician", "tablet"), clinic)
    story.given_the_clinician_opens_the_visit_from_today()
    story.when_last_time_s_answers_are_confirmed_and_the_rest_is_asked()
    story.and_three_muscles_are_located_and_planned()
    story.and_the_person_agrees_in_the_room()
    story.when_six_needles_go_in_and_out_and_the_note_is_signed()
    story.then_it_took_few_taps_and_no_typing()
    story.then_the_note_is_read_and_printed()
    story.then_an_addendum_stands_beside_it()


class Keyboard:
    """Nothing but keys."""

    def __init__(self, desk: Device, clinic: Served) -> None:
        self.desk, self.page = desk, desk.page
        self.treating = Treating(desk, clinic.visit(BY_KEYBOARD.name))
        self.presses = 0

    def press(self, key: str) -> None:
        self.presses += 1
        self.page.keyboard.press(key)

    def reach(self, what: Locator, most: int = 120) -> None:
        """Tab until it has the focus, which can be seen."""
        for _n in range(most):
            if what.evaluate("one => one === document.activeElement"):
                return
            self.press("Tab")
        raise AssertionError(f"not reached within {most} tabs: {what}")

    def given_the_session_is_open(self) -> None:
        self.page.goto("/accounts/login/")
        self.reach(self.page.locator("input[name=login]"))
        self.page.keyboard.type("clinician@demo.example")
        self.reach(self.page.locator("input[name=password]"))
        self.page.keyboard.type("needlepoint-demo")
        self.press("Enter")
        self.page.wait_for_url(lambda url: "login" not in url)
        self.reach(self.page.get_by_role("link", name=f"Demo {BY_KEYBOARD.name}"))
        self.press("Enter")
        self.reach(self.page.locator("#rail-treat"))
        self.press("Enter")
        self.treating.ready()

    def when_letters_put_needles_in_and_out(self) -> None:
        self.reach(self._pain("before", 6))
        self.press("Enter")
        for n in "123":
            for key in (n, "i", "t"):
                self.press(key)
        expect(self.treating.total("in")).to_have_text("3")
        expect(self.treating.total("twitches")).to_have_text("3")
        self.press("u")
        expect(self.treating.total("twitches")).to_have_text("2")
        self.desk.look("letters")
        self.press("a")
        expect(self.treating.total("in")).to_have_text("0")
        self.reach(self._pain("after", 2))
        self.press("Space")
        self.press("n")
        self.press("d")
        expect(self.page.get_by_role("button", name="None of these")).to_have_attribute("aria-pressed", "true")
        expect(self.page.get_by_role("button", name="All of this was told")).to_have_attribute("aria-pressed", "true")
        kept(self.desk)

    def _pain(self, when: str, value: int) -> Locator:
        return self.page.locator(f"fieldset:has(> legend:text('Pain {when}'))").get_by_role(
            "button", name=str(value), exact=True
        )

    def then_it_is_signed_by_a_key(self) -> None:
        self.reach(self.page.get_by_role("link", name="Go on to sign"))
        self.press("Enter")
        expect(self.page.locator("#open-points")).to_contain_text("It can be signed")
        self.reach(self.page.get_by_role("button", name="Sign and seal"))
        self.press("Enter")
        expect(self.page).to_have_url(re.compile("/notes/"))
        self.desk.look("note")
        print(
            f"\nBy the keyboard alone, from signing in to the signed note: {self.presses} keys besides name and password"
        )


def test_a_session_is_recorded_and_signed_by_the_keyboard_alone(device: MakeDevice, clinic: Served) -> None:
    story = Keyboard(device("keyboard", "desktop"), clinic)
    story.given_the_session_is_open()
    story.when_letters_put_needles_in_and_out()
    story.then_it_is_signed_by_a_key()
