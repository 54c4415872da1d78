"""The lead at a desk: what was done, what went wrong, whom a recalled lot touched, who looked, and a bruise that showed late."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.clinic.stories.conftest import MakeDevice
from tests.clinic.stories.device import Device
from tests.clinic.stories.people import BRUISED
from tests.clinic.stories.served import Served

pytestmark = pytest.mark.browser


class Story:
    """The owner of the practice leads it."""

    def __init__(self, desk: Device, clinic: Served) -> None:
        self.desk, self.page, self.clinic = desk, desk.page, clinic

    def given_the_lead_signs_in(self) -> None:
        self.desk.go("/accounts/login/")
        self.desk.look("sign-in")
        self.desk.sign_in("owner")

    def when_they_open_what_was_done(self) -> None:
        self.page.get_by_role("navigation", name="Clinic").get_by_role("link", name="Lead").click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text("What was done, what went wrong")

    def then_every_rate_stands_beside_what_it_was_counted_among(self) -> None:
        numbers = self.page.get_by_role("region", name="Numbers")
        expect(numbers).to_contain_text("Sessions")
        grades = self.page.get_by_role("region", name="Rates by grade")
        mild = grades.locator("tr", has=self.page.get_by_role("rowheader", name=re.compile("^Mild")))
        expect(mild.locator("td[data-name='Counted']").first).to_have_text(re.compile(r"\d+ in \d{3}"))
        expect(mild.locator("td[data-name='Per 1,000 insertions']")).to_have_text(re.compile(r"^\s*\d+(\.\d+)?\s*$"))
        expect(mild.locator("td[data-name='95 % interval']").first).to_have_text(re.compile(r"\d.*(to|–).*\d"))
        expect(self.page.get_by_role("region", name="Rates by muscle")).to_contain_text("Soleus")
        self.desk.look("lead")

    def when_they_recall_the_lot_of_a_needle(self) -> None:
        self.desk.follow(self.page.get_by_role("link", name="Stock and lots"))
        self.desk.look("stock")
        self.desk.go(f"/lead/stock/{self.touched['lot']}/")
        self.page.get_by_label("Why it is recalled").fill("the maker wrote: packs may leak")
        self.page.get_by_role("button", name="Recall this lot").click()

    @property
    def touched(self) -> dict[str, Any]:
        """The lot that touched most people when the clinic was made, and who they were; other stories add to them."""
        return dict(self.clinic.known["touched"])

    def then_everyone_it_touched_is_listed(self) -> None:
        expect(self.page.get_by_text("Recalled", exact=True).first).to_be_visible()
        listed = self.page.get_by_role("region", name="Everyone it touched").locator("tbody tr")
        for name in self.touched["people"]:
            expect(listed.filter(has_text=name)).to_have_count(1)
        self.desk.look("recalled-lot")
        with self.page.expect_download() as download:
            self.page.get_by_role("link", name="Everyone, as CSV").click()
        written = download.value.path().read_text(encoding="utf-8-sig")
        # Other stories may have needled with this lot and not signed yet: they stand in a list of their own.
        apart = self.page.locator("#unsigned ~ .table-frame tbody tr, #perhaps ~ .table-frame tbody tr")
        assert len(written.splitlines()) == 1 + listed.count() + apart.count()

    def then_the_trail_says_who_did_it(self) -> None:
        self.desk.go("/lead/trail/?changed=yes")
        expect(self.page.locator("main")).to_contain_text("recalled a lot")
        self.desk.go(f"/people/{self.clinic.person(self.touched['people'][0])}/trail/")
        expect(self.page.locator("main")).to_contain_text("was listed under a lot")
        self.desk.look("trail")

    def when_they_report_a_bruise_that_showed_late(self) -> None:
        self.desk.go(f"/people/{self.clinic.person(BRUISED.name)}/")
        self.desk.look("person")
        papers = self.page.get_by_role("region", name="Notes and consents")
        papers.get_by_role("link", name=re.compile("Note")).first.click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Note")
        self.desk.follow(self.page.get_by_role("link", name="Report a late event"))
        self.desk.look("late-event-kind")
        self.desk.follow(self.page.get_by_role("link", name=re.compile("^Bleeding")))
        self.page.get_by_role("button", name="Report", exact=True).click()
        expect(self.page).to_have_title(re.compile("^Error"))
        self.desk.look("late-event-missing")
        self.page.get_by_role("radio", name=re.compile("^Significant")).check()
        self.page.get_by_label("What happened").fill("The bruise grew at night and was larger than a hand.")
        self.page.get_by_role("button", name="Report", exact=True).click()

    def then_it_is_counted_and_told_beside_the_note(self) -> None:
        expect(self.page).to_have_url(re.compile("/lead/events/"))
        self.desk.look("late-event")
        self.desk.go("/lead/")
        grades = self.page.get_by_role("region", name="Rates by grade")
        significant = grades.locator("tr", has=self.page.get_by_role("rowheader", name=re.compile("^Significant")))
        expect(significant.locator("td[data-name='Counted']").first).to_have_text(re.compile(r"\d+ in \d{3}"))


def test_the_lead_sees_what_was_done_recalls_a_lot_and_reports_a_late_event(device: MakeDevice, clinic: Served) -> None:
    story = Story(device("lead", "desktop"), clinic)
    story.given_the_lead_signs_in()
    story.when_they_open_what_was_done()
    story.then_every_rate_stands_beside_what_it_was_counted_among()
    story.when_they_recall_the_lot_of_a_needle()
    story.then_everyone_it_touched_is_listed()
    story.then_the_trail_says_who_did_it()
    story.when_they_report_a_bruise_that_showed_late()
    story.then_it_is_counted_and_told_beside_the_note()
