"""The patient on a phone: from the private link to the signed consent, and how they are two days later."""

import re
import time
from datetime import date

import pytest
from playwright.sync_api import Locator, expect

from tests.clinic.stories import chart
from tests.clinic.stories.conftest import MakeDevice
from tests.clinic.stories.device import Device, kept, until
from tests.clinic.stories.people import NEW
from tests.clinic.stories.served import Served
from tests.clinic.stories.treating import Treating

pytestmark = pytest.mark.browser

#: How a person reads silently and taps: words a minute, seconds from one tap to the next, letters a second on a phone's keys, seconds of painting.
WORDS_A_MINUTE, SECONDS_A_TAP, LETTERS_A_SECOND, SECONDS_TO_PAINT = 250, 1.2, 3.0, 8.0
MOST_SECONDS = 180
#: Choices that stand in for a question about oneself: nobody reads these again on each page.
OWN_WORDS = "Outside of my left elbow since we moved house. Gripping hurts."


class Reading:
    """How long a person would have needed: what is new on each page is read once, and every tap takes its time."""

    def __init__(self, phone: Device) -> None:
        self.phone, self.read_before = phone, set[str]()
        self.words, self.letters, self.painted = 0, 0, 0
        self.taps_before, self.waited = phone.taps, 0.0

    def begin_anew(self) -> None:
        """What was read stays read."""
        self.words, self.letters, self.painted = 0, 0, 0
        self.taps_before, self.waited = self.phone.taps, 0.0

    def read(self) -> None:
        for line in self.phone.page.locator("main").inner_text().splitlines():
            if line.strip() and line not in self.read_before:
                self.read_before.add(line)
                self.words += len(re.findall(r"\w[\w'-]*", line))

    def tap_on(self, what: Locator) -> None:
        """A tap that leads to another page, which is read."""
        began = time.monotonic()
        self.phone.follow(what)
        self.waited += time.monotonic() - began
        self.read()

    def write(self, where: Locator, text: str) -> None:
        self.letters += len(text)
        self.phone.tap(where)
        where.fill(text)

    @property
    def taps(self) -> int:
        return self.phone.taps - self.taps_before

    @property
    def seconds(self) -> float:
        return (
            self.words * 60 / WORDS_A_MINUTE
            + self.taps * SECONDS_A_TAP
            + self.letters / LETTERS_A_SECOND
            + self.painted * SECONDS_TO_PAINT
        )

    def told(self) -> str:
        return (
            f"{self.seconds:.0f} s ({self.words} words read at {WORDS_A_MINUTE} a minute, {self.taps} taps of {SECONDS_A_TAP} s,"
            f" {self.letters} letters at {LETTERS_A_SECOND:g} a second, {self.painted} stroke of {SECONDS_TO_PAINT:g} s;"
            f" this machine answered in {self.waited:.0f} s more)"
        )


class Story:
    """The clinician has a desk, the patient a phone."""

    def __init__(self, desk: Device, phone: Device, clinic: Served) -> None:
        self.desk, self.phone, self.clinic = desk, phone, clinic
        self.page = phone.page
        self.visit = clinic.visit(NEW.name)
        self.reading = Reading(phone)

    def given_the_clinician_made_a_private_link(self) -> None:
        self.desk.sign_in()
        self.desk.go(f"/visits/{self.visit}/screen/")
        self.desk.look("screen-nothing-known")
        self.make_a_link()
        self.desk.look("private-link")

    def make_a_link(self) -> None:
        page = self.desk.page
        page.get_by_role("link", name="Let the patient answer").click()
        page.get_by_role("button", name=re.compile("^Make a(nother)? link")).click()
        self.link = page.locator("#address").input_value()
        assert self.link.startswith(self.clinic.origin)

    def when_the_patient_opens_it_with_a_wrong_and_then_the_right_birth_date(self) -> None:
        self.phone.go(self.link)
        self.reading.read()
        self.phone.look("birth-date")
        born = date.fromisoformat(self.clinic.known["born"][NEW.name])
        self.born(date(born.year, born.month, born.day + 1))
        self.phone.tap(self.page.get_by_role("button", name="Continue"))
        expect(self.page).to_have_title(re.compile("^Error"))
        expect(self.page.get_by_role("alert")).to_be_visible()
        self.phone.look("wrong-birth-date")
        self.born(born)
        self.reading.tap_on(self.page.get_by_role("button", name="Continue"))
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Hello Demo")
        self.phone.look("hello")

    def born(self, on: date) -> None:
        for name, value in (("day", on.day), ("month", on.month), ("year", on.year)):
            self.reading.write(self.page.locator(f"[name={name}]"), str(value))

    def and_answers_as_a_healthy_person(self) -> None:
        self.reading.tap_on(self.page.get_by_role("link", name=re.compile(r"^Start\s*: Questions")))
        pages = 0
        while "/my/questions/" in self.page.url:
            pages += 1
            if pages < 4:
                self.phone.look(f"question-{pages}")
            none = self.page.locator("button.none")
            if none.count():
                self.reading.tap_on(none)
                continue
            for question in self.page.locator("fieldset.single").all():
                self.phone.tap(question.get_by_role("radio", name="No", exact=True))
            self.reading.tap_on(self.page.get_by_role("button", name="Continue"))
        expect(self.page.locator("main")).to_contain_text("All answered")

    def then_the_questions_took_less_than_three_minutes(self) -> None:
        print(
            f"\nThe patient's form, a healthy person, from the private link to the last answer: {self.reading.told()}"
        )
        assert self.reading.seconds < MOST_SECONDS
        self.reading.begin_anew()

    def and_paints_the_pain_and_says_it_in_words(self) -> None:
        self.reading.tap_on(self.page.get_by_role("link", name=re.compile(r"^Start\s*: Where it hurts")))
        chart.ready(self.page)
        self.phone.look("body")
        chart.stroke(self.page, "lateral elbow", "left")
        self.reading.painted += 1
        until(self.page, "document.querySelector('body-chart').painting?.layers.length > 0")
        self.phone.look("painted")
        self.reading.tap_on(self.page.get_by_role("button", name="Continue"))
        self.reading.write(self.page.locator("#complaint"), OWN_WORDS)
        self.phone.look("in-words")
        self.reading.tap_on(self.page.get_by_role("button", name="Continue"))
        expect(self.page.locator("main")).to_contain_text("Drawn and told.")
        self.phone.look("waits-for-the-plan")
        print(f"\nPainting the pain and telling it in own words: {self.reading.told()}")

    def when_the_clinician_plans(self) -> None:
        page = self.desk.page
        self.desk.go(f"/visits/{self.visit}/screen/")
        expect(page.locator("main")).to_contain_text("told by")
        self.desk.look("screen-told-by-the-patient")
        self.desk.go(f"/visits/{self.visit}/locate/")
        chart.ready(page)
        candidates = page.locator("li.candidate")
        expect(candidates.first).to_contain_text("%")
        self.desk.look("locate")
        candidates.first.get_by_role("button", name=re.compile("^Needle this")).click()
        expect(candidates.first.get_by_role("button", name=re.compile("^Not after all"))).to_be_visible()
        self.desk.go(f"/visits/{self.visit}/plan/")
        self.desk.look("plan")

    def then_the_patient_reads_and_signs_the_consent(self) -> None:
        self.phone.go("/my/")
        self.phone.tap(self.page.get_by_role("link", name=re.compile(r"^Read\s*: Your consent")))
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Please read, then say yes or no")
        self.phone.look("consent")
        self.phone.tap(self.page.get_by_role("button", name="Sign"))
        expect(self.page.get_by_role("alert")).to_be_visible()
        self.phone.look("consent-not-answered")
        self.phone.tap(self.page.get_by_role("radio", name="Yes, I agree"))
        self.page.get_by_label("Your name, as your signature").fill("Demo Dipper")
        self.phone.tap(self.page.get_by_role("button", name="Sign"))
        expect(self.page.locator("main")).to_contain_text("You said yes.")
        self.phone.look("all-done")

    def when_the_session_was_and_two_days_pass(self) -> None:
        treating = Treating(self.desk, self.visit)
        treating.open()
        treating.pain("before", 5)
        treating.needle_in(0)
        treating.out(0)
        treating.pain("after", 3)
        treating.no_reaction()
        treating.told()
        kept(self.desk)
        treating.to_sign()
        treating.sign()
        expect(self.desk.page).to_have_url(re.compile("/notes/"))
        assert self.clinic.world("days-later", self.visit)["due"]

    def then_the_patient_says_how_they_are(self) -> None:
        self.phone.go("/my/")
        self.phone.look("check-in-waits")
        self.phone.follow(self.page.get_by_role("link", name=re.compile("^Answer")).first)
        self.phone.look("check-in")
        for none in self.page.get_by_role("checkbox", name="None of these").all():
            self.phone.tap(none)
        self.phone.tap(self.page.get_by_role("radio", name="2", exact=True))
        self.phone.tap(self.page.get_by_role("button", name="Send"))
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Thank you")
        self.phone.look("thank-you")

    def then_they_close_their_pages(self) -> None:
        self.phone.go("/my/")
        self.phone.tap(self.page.get_by_role("button", name="Close my pages on this device"))
        expect(self.page.get_by_role("heading", level=1)).to_have_text("You are out")
        self.phone.look("out")
        assert self.phone.context.request.get("/my/").status == 403


def test_a_healthy_patient_tells_everything_on_a_phone_agrees_and_checks_in_later(
    device: MakeDevice, clinic: Served
) -> None:
    story = Story(device("patient", "desktop"), device("patient", "phone"), clinic)
    story.given_the_clinician_made_a_private_link()
    story.when_the_patient_opens_it_with_a_wrong_and_then_the_right_birth_date()
    story.and_answers_as_a_healthy_person()
    story.then_the_questions_took_less_than_three_minutes()
    story.and_paints_the_pain_and_says_it_in_words()
    story.when_the_clinician_plans()
    story.then_the_patient_reads_and_signs_the_consent()
    story.when_the_session_was_and_two_days_pass()
    story.then_the_patient_says_how_they_are()
    story.then_they_close_their_pages()
