"""The treat step under a finger: each word here is one tap."""

from typing import Any

from playwright.sync_api import Locator, expect

from tests.clinic.stories.device import Device, until


class Treating:
    """The session of one visit on one device."""

    def __init__(self, device: Device, visit: str) -> None:
        self.device, self.page, self.visit = device, device.page, visit

    def open(self) -> None:
        self.device.go(f"/visits/{self.visit}/treat/")
        self.ready()

    def ready(self) -> None:
        """The script has taken over: what it fills in is there."""
        expect(
            self.page.locator("[data-capture] .capture__undo .undo__words, #undo .undo__words").first
        ).to_be_visible()
        until(self.page, "Boolean(window.needlepointClinic && document.querySelector('body-chart')?.shadowRoot)")

    def card(self, n: int) -> Locator:
        """The n-th place, as planned."""
        return self.page.locator("section.site[data-site]:not([data-site=''])").nth(n)

    @property
    def cards(self) -> int:
        return self.page.locator("section.site[data-site]:not([data-site=''])").count()

    def needle_in(self, n: int) -> None:
        self._tile(n, "Needle in")

    def twitch(self, n: int) -> None:
        self._tile(n, "Twitch")

    def out(self, n: int) -> None:
        self._tile(n, "Out")

    def _tile(self, n: int, name: str) -> None:
        self.device.tap(self.card(n).locator(".tiles > button.tile", has_text=name).first)

    def all_out(self) -> None:
        self.device.tap(self.page.get_by_role("button", name="All needles out"))

    def pain(self, when: str, value: int) -> None:
        scale = self.page.locator("fieldset", has=self.page.locator(f"> legend:text('Pain {when}')"))
        self.device.tap(scale.get_by_role("button", name=str(value), exact=True))

    def no_reaction(self) -> None:
        self.device.tap(self.page.get_by_role("button", name="None of these"))

    def told(self) -> None:
        self.device.tap(self.page.get_by_role("button", name="All of this was told"))

    def to_sign(self) -> None:
        self.device.tap(self.page.get_by_role("link", name="Go on to sign"))
        expect(self.page.get_by_role("button", name="Sign and seal")).to_be_visible()

    def sign(self) -> None:
        self.device.tap(self.page.get_by_role("button", name="Sign and seal"))

    def total(self, what: str) -> Locator:
        return self.page.locator(f"[data-total='{what}']").first

    def event(self, kind: str, grade: str, site: str = "") -> None:
        """Something happened: opened, told, recorded."""
        page = self.page
        self.device.tap(page.locator("details[data-events] > summary"))
        form = page.locator("form[data-act-form=happened]")
        form.locator(f"input[name=kind][value={kind}]").check()
        form.locator(f"input[name=grade][value={grade}]").check()
        if site:
            form.locator("select[name=site]").select_option(site)
        self.device.taps += 2 + bool(site)
        self.device.tap(form.get_by_role("button", name="Record it"))

    def acts(self, kind: str) -> list[dict[str, Any]]:
        return self.device.acts(self.visit, kind)
