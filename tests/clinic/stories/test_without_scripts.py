"""A browser that runs no scripts: the same visit by plain forms, from the first answer to the signed note."""

import re

import pytest
from playwright.sync_api import expect

from tests.clinic.stories.conftest import MakeDevice
from tests.clinic.stories.device import Device
from tests.clinic.stories.people import WITHOUT_SCRIPTS
from tests.clinic.stories.served import Served
from tests.clinic.stories.treating import Treating

pytestmark = pytest.mark.browser

YES = re.compile(r"agree|consent|trained|understand", re.I)


class Story:
    """Nothing is asked by itself: what a form says is kept when it is sent."""

    def __init__(self, desk: Device, clinic: Served) -> None:
        self.desk, self.page = desk, desk.page
        self.visit = clinic.visit(WITHOUT_SCRIPTS.name)
        self.treating = Treating(desk, self.visit)

    def given_the_visit_is_open(self) -> None:
        self.desk.sign_in()
        self.desk.look("today")
        self.page.get_by_role("link", name=f"Demo {WITHOUT_SCRIPTS.name}").click()
        expect(self.page.locator("#step-title")).to_contain_text("Screen")
        self.desk.look("screen")

    def when_the_questions_are_answered(self) -> None:
        page = self.page
        page.locator("#control-complaint").fill(WITHOUT_SCRIPTS.complaint)
        for none in page.get_by_role("checkbox", name="None: I asked").all():
            none.check()
        answered = 0
        for question in page.locator(".question.is-open-question").all():
            answer = "Yes" if YES.search(question.locator("legend").inner_text()) else "No"
            question.get_by_role("radio", name=answer, exact=True).check()
            answered += 1
        assert answered
        page.get_by_role("button", name="Keep", exact=True).last.click()
        expect(page.locator("#answered-title")).to_be_visible()
        kept = {one["body"]["field"] for one in self.desk.entries(self.visit) if one["kind"] == "wrote"}
        assert {"complaint", "conditions", "medicines", "allergies", "implants"} <= kept
        assert sum(one.startswith("answers.") for one in kept) == answered
        self.desk.look("screen-kept")

    def and_a_place_is_planned_and_agreed_to(self) -> None:
        page = self.page
        page.locator("#next-step").click()
        expect(page.locator("#step-title")).to_contain_text("Locate")
        self.desk.look("locate")
        page.get_by_role("button", name=re.compile("^Needle this.*gastrocnemius", re.I)).first.click()
        expect(page.get_by_role("button", name=re.compile("^Not after all"))).to_have_count(1)
        page.locator("#next-step").click()
        expect(page.locator("#step-title")).to_contain_text("Plan")
        self.desk.look("plan")
        page.locator("#next-step").click()
        page.get_by_role("button", name="I have read this, and I agree").click()
        expect(page.get_by_text("agreed to these words and places")).to_be_visible()
        self.desk.look("agreed")

    def when_a_needle_goes_in_and_out(self) -> None:
        page = self.page
        page.locator("#next-step").click()
        expect(page.get_by_role("button", name=re.compile("^Needle in")).first).to_be_enabled()
        self.desk.look("treat")
        self.treating.pain("before", 4)
        self.treating.needle_in(0)
        expect(self.treating.total("in")).to_have_text("1")
        self.treating.twitch(0)
        expect(self.treating.total("twitches")).to_have_text("1")
        self.desk.look("needle-in")
        self.treating.out(0)
        expect(self.treating.total("in")).to_have_text("0")

    def and_one_too_many_is_taken_back(self) -> None:
        self.treating.needle_in(0)
        expect(self.treating.total("needles")).to_have_text("2")
        self.page.locator("button[data-undo]").click()
        expect(self.treating.total("needles")).to_have_text("1")

    def and_something_mild_happened(self) -> None:
        self.treating.event("bleeding", "mild", self.treating.card(0).get_attribute("data-site") or "")
        expect(self.page.get_by_role("heading", name="Events so far")).to_be_visible()
        self.desk.look("event")

    def then_it_can_be_signed(self) -> None:
        self.treating.pain("after", 2)
        self.treating.no_reaction()
        self.treating.told()
        for step in self.page.locator("[data-steps=bleeding]:visible button").all():
            step.click()
        self.treating.to_sign()
        self.desk.look("sign")
        expect(self.page.locator("#open-points")).to_contain_text("It can be signed")
        self.treating.sign()
        expect(self.page).to_have_url(re.compile("/notes/"))
        expect(self.page.locator("article.note")).to_contain_text("twitches 1")
        self.desk.look("note")
        acts = self.treating.acts
        assert len(acts("needle-in")) == len(acts("needle-out")) == len(acts("twitch")) == len(acts("happened")) == 1


def test_a_visit_is_screened_treated_and_signed_without_scripts(device: MakeDevice, clinic: Served) -> None:
    story = Story(device("without-scripts", "desktop", scripts=False), clinic)
    story.given_the_visit_is_open()
    story.when_the_questions_are_answered()
    story.and_a_place_is_planned_and_agreed_to()
    story.when_a_needle_goes_in_and_out()
    story.and_one_too_many_is_taken_back()
    story.and_something_mild_happened()
    story.then_it_can_be_signed()
