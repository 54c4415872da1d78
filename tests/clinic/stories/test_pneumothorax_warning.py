"""A person is short of breath with the needle in: what to do now stands on the page at once, and the note waits for it."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.clinic.stories.conftest import MakeDevice
from tests.clinic.stories.device import Device, kept
from tests.clinic.stories.people import PNEUMOTHORAX
from tests.clinic.stories.served import Served
from tests.clinic.stories.treating import Treating

pytestmark = pytest.mark.browser


class Story:
    """The clinician has one needle in at the shoulder blade."""

    def __init__(self, tablet: Device, clinic: Served) -> None:
        self.tablet, self.page = tablet, tablet.page
        self.treating = Treating(tablet, clinic.visit(PNEUMOTHORAX.name))

    def given_a_needle_is_in_beside_the_lung(self) -> None:
        self.tablet.sign_in()
        self.treating.open()
        self.treating.pain("before", 6)
        self.treating.needle_in(0)
        expect(self.treating.total("in")).to_have_text("1")
        self.tablet.look("needle-in")

    def when_the_person_is_short_of_breath(self) -> None:
        self.treating.event("pneumothorax", "serious", "infraspinatus/left")

    @property
    def steps(self) -> Locator:
        return self.page.locator("section[data-steps=pneumothorax]")

    def then_the_steps_open_at_once_and_the_time_runs(self) -> None:
        expect(self.steps).to_be_visible(timeout=2000)
        expect(self.steps).to_be_in_viewport()
        expect(self.page.locator("section[data-steps]:visible")).to_have_count(1)
        running = self.steps.locator("time[data-since]")
        expect(running).to_have_text(re.compile(r"^0:\d\d"))
        before = running.inner_text()
        expect(running).not_to_have_text(before)
        self.tablet.look("do-this-now", whole=False)

    def then_the_note_cannot_be_signed(self, *reasons: str) -> None:
        kept(self.tablet)
        self.tablet.go(f"/visits/{self.treating.visit}/sign/")
        for reason in reasons:
            expect(self.page.locator("#open-points")).to_contain_text(reason)
        self.tablet.look("not-yet")
        self.treating.sign()
        expect(self.page).not_to_have_url(re.compile("/notes/"))
        expect(self.page.locator("#open-points")).to_contain_text(reasons[0])

    def then_today_says_so(self) -> None:
        self.tablet.go("/")
        line = self.page.locator("li.person-line", has_text=PNEUMOTHORAX.name)
        expect(line).to_contain_text("Serious event")
        self.tablet.look("today")

    def when_the_steps_are_ticked(self) -> None:
        self.treating.open()
        expect(self.steps).to_be_visible()
        self.treating.all_out()
        tiles = self.steps.locator("button.tile")
        for n in range(tiles.count()):
            self.tablet.tap(tiles.nth(n))
            expect(tiles.nth(n)).to_have_attribute("aria-pressed", "true")
        self.treating.pain("after", 7)
        self.treating.no_reaction()
        self.treating.told()
        self.tablet.look("steps-ticked")
        kept(self.tablet)
        told = {one["step"] for one in self.treating.acts("step-taken")}
        assert len(told) == tiles.count()

    def then_it_can_be_signed_and_the_note_tells_it(self) -> None:
        self.treating.to_sign()
        expect(self.page.locator("#open-points")).to_contain_text("It can be signed")
        self.treating.sign()
        expect(self.page).to_have_url(re.compile("/notes/"))
        expect(self.page.locator("main")).to_contain_text("Event: pneumothorax, serious, infraspinatus, left")
        self.tablet.look("note")


def test_a_suspected_pneumothorax_opens_what_to_do_now_and_keeps_the_note_open(
    device: MakeDevice, clinic: Served
) -> None:
    story = Story(device("pneumothorax", "tablet"), clinic)
    story.given_a_needle_is_in_beside_the_lung()
    story.when_the_person_is_short_of_breath()
    story.then_the_steps_open_at_once_and_the_time_runs()
    story.then_the_note_cannot_be_signed("lung")
    story.then_today_says_so()
    story.when_the_steps_are_ticked()
    story.then_it_can_be_signed_and_the_note_tells_it()
