"""One needle stays in. The tablet, Today and the title of the tab say so, and the note waits until it is out."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime

import pytest
from playwright.sync_api import Route, expect

from tests.clinic.stories.conftest import MakeDevice
from tests.clinic.stories.device import Device, kept
from tests.clinic.stories.people import FORGOTTEN
from tests.clinic.stories.served import Served
from tests.clinic.stories.treating import Treating

pytestmark = pytest.mark.browser

#: The session begins so long ago, on the clock of the tablet's browser; it is then let run until it is as late as it is here.
AGO = timedelta(minutes=35)


class Story:
    """Two needles go in half an hour ago, and one comes out."""

    def __init__(self, tablet: Device, clinic: Served) -> None:
        self.tablet, self.page = tablet, tablet.page
        self.treating = Treating(tablet, clinic.visit(FORGOTTEN.name))

    def given_it_is_half_an_hour_ago(self) -> None:
        self.tablet.sign_in()
        self.page.clock.install(time=datetime.now(UTC) - AGO)
        # The page corrects its clock by what the server says: so the server says what it would have said then.
        self.page.route("**/visits/**", self._as_then)
        self.treating.open()

    def _as_then(self, route: Route) -> None:
        answer = route.fetch()
        said = parsedate_to_datetime(answer.headers["date"]) - AGO
        route.fulfill(response=answer, headers={**answer.headers, "date": format_datetime(said, usegmt=True)})

    def when_one_of_two_needles_is_taken_out(self) -> None:
        self.treating.pain("before", 4)
        self.treating.needle_in(0)
        self.treating.needle_in(1)
        self.treating.out(1)
        expect(self.treating.total("in")).to_have_text("1")

    def then_a_timer_runs_for_the_other(self) -> None:
        timer = self.page.locator("section.site").first.locator("[data-since]")
        expect(timer).to_contain_text(re.compile(r"0:\d\d"))
        self.page.clock.fast_forward(61_000)
        expect(timer).to_contain_text(re.compile(r"1:\d\d"))
        expect(self.page).to_have_title(re.compile("^1 in"))
        kept(self.tablet)
        self.tablet.look("runs")

    def when_it_is_forgotten(self) -> None:
        kept(self.tablet)
        self.page.unroute("**/visits/**")
        self.page.clock.fast_forward((AGO - timedelta(seconds=61)).total_seconds() * 1000)

    def then_the_tablet_is_loud(self) -> None:
        expect(self.page.locator("section.site .needle.is-late, section.site li.is-late").first).to_be_visible()
        expect(self.page.locator("section.site").first).to_contain_text("overdue")
        expect(self.page).to_have_title(re.compile("1 needle overdue"))
        expect(self.page.locator("#toasts")).to_contain_text("Overdue, still in")
        self.tablet.look("overdue")

    def then_the_note_cannot_be_signed(self) -> None:
        self.tablet.go(f"/visits/{self.treating.visit}/sign/")
        expect(self.page.locator("#open-points")).to_contain_text(re.compile("still in", re.I))
        self.tablet.look("not-signed")
        self.treating.sign()
        expect(self.page.locator("#open-points")).to_contain_text(re.compile("still in", re.I))
        expect(self.page).not_to_have_url(re.compile("/notes/"))

    def then_today_is_loud(self, other: Device) -> None:
        """On another device, whose clock nobody moved."""
        other.sign_in("owner")
        other.go("/?whose=all")
        alarm = other.page.get_by_role("alert").filter(has_text=FORGOTTEN.name)
        expect(alarm).to_contain_text("overdue")
        expect(other.page).to_have_title(re.compile("1 needle overdue"))
        other.look("today")
        other.tap(alarm.get_by_role("link", name="To the session"))
        expect(other.page).to_have_url(re.compile(f"/visits/{self.treating.visit}/treat/"))
        expect(other.page.locator("section.site").first).to_contain_text("overdue")

    def when_it_is_taken_out(self) -> None:
        self.treating.open()
        self.treating.out(0)
        expect(self.treating.total("in")).to_have_text("0")
        expect(self.page).not_to_have_title(re.compile("overdue|^1 in"))
        self.treating.pain("after", 2)
        self.treating.no_reaction()
        self.treating.told()
        kept(self.tablet)
        self.tablet.look("out")

    def then_it_can_be_signed(self) -> None:
        self.treating.to_sign()
        expect(self.page.locator("#open-points")).to_contain_text("It can be signed")
        self.treating.sign()
        expect(self.page).to_have_url(re.compile("/notes/"))
        expect(self.page.locator("article.note")).to_contain_text("gastrocnemius medial, right")
        begun, out = re.findall(
            r"1\. gastrocnemius medial.* (\d\d:\d\d)–(\d\d:\d\d) UTC", self.page.locator("article.note").inner_text()
        )[0]
        assert _minutes(begun, out) >= AGO.total_seconds() / 60 - 1
        self.tablet.look("note")


def _minutes(begun: str, out: str) -> int:
    (h, m), (hh, mm) = (map(int, one.split(":")) for one in (begun, out))
    return (60 * (hh - h) + mm - m) % (24 * 60)


def test_a_forgotten_needle_is_loud_everywhere_and_keeps_the_note_open(device: MakeDevice, clinic: Served) -> None:
    story = Story(device("forgotten-needle", "tablet-upright"), clinic)
    story.given_it_is_half_an_hour_ago()
    story.when_one_of_two_needles_is_taken_out()
    story.then_a_timer_runs_for_the_other()
    story.when_it_is_forgotten()
    story.then_the_tablet_is_loud()
    story.then_the_note_cannot_be_signed()
    story.then_today_is_loud(device("forgotten-needle", "desktop"))
    story.when_it_is_taken_out()
    story.then_it_can_be_signed()
