"""Two tablets at one visit: one session that both see, and two answers to one question side by side until somebody chooses."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.clinic.stories.conftest import MakeDevice
from tests.clinic.stories.device import Device, kept
from tests.clinic.stories.people import TWO_TABLETS
from tests.clinic.stories.served import Served
from tests.clinic.stories.treating import Treating

pytestmark = pytest.mark.browser

FIRST, SECOND = "Tight right calf since hills, worse in the morning.", "Tight right calf since hills, worse at night."


class Story:
    """The clinician has one, the owner the other."""

    def __init__(self, one: Device, other: Device, clinic: Served) -> None:
        self.visit = clinic.visit(TWO_TABLETS.name)
        self.one, self.other = Treating(one, self.visit), Treating(other, self.visit)

    def given_both_stand_at_the_session(self) -> None:
        for treating, role in ((self.one, "clinician"), (self.other, "owner")):
            treating.device.sign_in(role)
            treating.open()

    def when_both_tap(self) -> None:
        self.one.pain("before", 6)
        self.one.needle_in(0)
        self.other.needle_in(1)
        self.other.twitch(1)

    def then_it_is_one_session_and_both_see_all_of_it(self) -> None:
        for treating in (self.one, self.other):
            expect(treating.total("needles")).to_have_text("2")
            expect(treating.total("twitches")).to_have_text("1")
        self.other.out(0)
        expect(self.one.total("in")).to_have_text("1")
        self.one.all_out()
        expect(self.other.total("in")).to_have_text("0")
        assert len(self.one.acts("needle-in")) == len(self.one.acts("needle-out")) == 2

    def complaint(self, treating: Treating) -> Locator:
        return treating.page.locator("[data-field=complaint]").first

    def when_both_write_one_field(self) -> None:
        for treating in (self.one, self.other):
            treating.device.go(f"/visits/{self.visit}/screen/")
            expect(self.complaint(treating)).to_be_editable()
        self.one.device.context.set_offline(True)
        self.write(self.one, FIRST)
        self.write(self.other, SECOND)
        kept(self.other.device)
        self.one.device.context.set_offline(False)

    def write(self, treating: Treating, text: str) -> None:
        self.complaint(treating).fill(text)
        self.complaint(treating).blur()

    def conflict(self, treating: Treating) -> Locator:
        return treating.page.locator("[data-conflict=complaint]").first

    def then_both_answers_stand_side_by_side(self) -> None:
        for treating in (self.one, self.other):
            for text in (FIRST, SECOND):
                expect(self.conflict(treating).locator(".conflict__value", has_text=text)).to_be_visible()
            treating.device.look("side-by-side")

    def then_the_note_waits_for_the_choice(self) -> None:
        page = self.other.page
        page.goto(f"/visits/{self.visit}/sign/")
        expect(page.locator("#open-points")).to_contain_text(re.compile("two|both|differ|conflict", re.I))

    def when_one_is_chosen(self) -> None:
        side = self.conflict(self.one).locator(".conflict__side", has_text=SECOND)
        self.one.device.tap(side.get_by_role("button"))

    def then_it_holds_on_both(self) -> None:
        expect(self.conflict(self.one)).to_have_count(0)
        expect(self.complaint(self.one)).to_have_value(SECOND)
        kept(self.one.device)
        self.other.device.go(f"/visits/{self.visit}/screen/")
        expect(self.conflict(self.other)).to_have_count(0)
        expect(self.complaint(self.other)).to_have_value(SECOND)


def test_two_tablets_make_one_session_and_two_answers_are_settled_by_a_choice(
    device: MakeDevice, clinic: Served
) -> None:
    story = Story(device("two-tablets", "tablet"), device("two-tablets", "tablet-upright"), clinic)
    story.given_both_stand_at_the_session()
    story.when_both_tap()
    story.then_it_is_one_session_and_both_see_all_of_it()
    story.when_both_write_one_field()
    story.then_both_answers_stand_side_by_side()
    story.then_the_note_waits_for_the_choice()
    story.when_one_is_chosen()
    story.then_it_holds_on_both()
