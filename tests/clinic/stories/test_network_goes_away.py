"""The network goes away in mid-session, the server is killed, the page is closed, two tablets write at once: nothing is lost, nothing is twice."""

import re
from collections import Counter

import pytest
from playwright.sync_api import Error, expect

from tests.clinic.stories.conftest import MakeDevice
from tests.clinic.stories.device import Device, kept, until
from tests.clinic.stories.people import CLOSED, KILLED, NETWORK
from tests.clinic.stories.served import Served
from tests.clinic.stories.treating import Treating

pytestmark = pytest.mark.browser

FIVE = Counter({"needle-in": 2, "twitch": 2, "needle-out": 1})


class Story:
    """A tablet in mid-session; five taps follow while nothing reaches the record."""

    def __init__(self, tablet: Device, visit: str) -> None:
        self.tablet, self.page = tablet, tablet.page
        self.treating = Treating(tablet, visit)
        self.before: set[str] = set()

    def given_a_session_has_begun(self) -> None:
        self.tablet.sign_in()
        self.treating.open()
        self.treating.pain("before", 6)
        kept(self.tablet)
        self.before = {one["id"] for one in self.tablet.entries(self.treating.visit)}

    def when_the_network_goes_away(self) -> None:
        self.tablet.context.set_offline(True)

    def when_five_taps_follow(self) -> None:
        self.treating.needle_in(0)
        self.treating.twitch(0)
        self.treating.needle_in(1)
        self.treating.twitch(1)
        self.treating.out(0)

    def then_the_page_counts_them_and_says_that_they_wait(self, waiting: str = "5 entries waiting to be kept") -> None:
        expect(self.treating.total("needles")).to_have_text("2")
        expect(self.treating.total("in")).to_have_text("1")
        expect(self.treating.total("twitches")).to_have_text("2")
        expect(self.page.locator("[data-entries-status]").first).to_contain_text(waiting)

    def when_the_network_is_back(self) -> None:
        self.tablet.context.set_offline(False)

    def then_all_five_are_in_the_record_once(self) -> None:
        kept(self.tablet)
        told = self.tablet.entries(self.treating.visit)
        ids = [one["id"] for one in told]
        assert len(ids) == len(set(ids))
        assert Counter(one["kind"] for one in told if one["id"] not in self.before) == FIVE

    def then_the_page_shows_them(self) -> None:
        self.treating.open()
        expect(self.treating.total("needles")).to_have_text("2")
        expect(self.treating.total("in")).to_have_text("1")
        expect(self.treating.total("twitches")).to_have_text("2")


def test_taps_without_a_network_wait_and_are_kept_once_when_it_is_back(device: MakeDevice, clinic: Served) -> None:
    story = Story(device("network", "tablet"), clinic.visit(NETWORK.name))
    story.given_a_session_has_begun()
    story.when_the_network_goes_away()
    story.when_five_taps_follow()
    story.then_the_page_counts_them_and_says_that_they_wait("5 entries waiting to be kept: no connection")
    story.tablet.look("waiting")
    story.when_the_network_is_back()
    story.then_all_five_are_in_the_record_once()
    story.then_the_page_shows_them()
    story.tablet.look("kept")


def test_a_page_that_cannot_be_loaded_again_loses_nothing(device: MakeDevice, clinic: Served) -> None:
    """Without a network the page itself cannot be loaded again: what was tapped waits on the device until it can."""
    tablet = device("network", "tablet")
    story = Story(tablet, clinic.visit(CLOSED.name))
    story.given_a_session_has_begun()
    story.when_the_network_goes_away()
    story.when_five_taps_follow()
    story.then_the_page_counts_them_and_says_that_they_wait()
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        story.page.reload()
    story.page.close()
    story.when_the_network_is_back()
    tablet.open_page()
    story.page = story.treating.page = tablet.page
    # Any page of the clinic sends what waited, not only that of the visit.
    tablet.go("/people/")
    all_sent = f"fetch('/visits/{story.treating.visit}/entries/?after=0').then(a => a.json()).then(t => t.entries.length >= {len(story.before) + 5})"
    until(tablet.page, all_sent)
    story.then_the_page_shows_them()
    story.then_all_five_are_in_the_record_once()


def test_a_killed_server_loses_nothing(device: MakeDevice, clinic: Served) -> None:
    story = Story(device("network", "tablet"), clinic.visit(KILLED.name))
    story.given_a_session_has_begun()
    try:
        story.treating.needle_in(0)
        story.treating.twitch(0)
        clinic.kill()
        story.treating.needle_in(1)
        story.treating.twitch(1)
        story.treating.out(0)
        status = story.page.locator("[data-entries-status]").first
        expect(status).to_contain_text(re.compile("[345] entries waiting to be kept: no connection"))
        story.tablet.look("server-killed")
    finally:
        clinic.start()
    story.then_all_five_are_in_the_record_once()
    story.then_the_page_shows_them()
