"""A visit as its page has it open: who looks, what is written, what follows from it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse

from needlepoint.clinic.access.rights import MemberRequest, Right, has
from needlepoint.clinic.pages.visit.concluded import Page, page_of
from needlepoint.clinic.pages.visit.fields import Shown, shown
from needlepoint.clinic.pages.visit.last_visit import LastVisit, StillSo, last_visit, still_so
from needlepoint.clinic.records.consenting import last_consent
from needlepoint.clinic.records.models import Consent, Visit
from needlepoint.clinic.records.reading import VisitRead, read_visit

#: Which conclusions a step shows; they are kept whole when it does.
SHOWS: dict[str, tuple[str, ...]] = {
    "screen": ("clearance",),
    "locate": ("located",),
    "plan": ("plan",),
    "consent": ("plan",),
    "treat": ("plan",),
    "recover": ("plan",),
    "sign": ("clearance", "located", "plan"),
}


@dataclass
class Opened:
    """One visit, open at one step. What no part of the page asks for is not read."""

    request: MemberRequest
    visit: Visit
    step: str
    #: A part of the page that is only refreshed keeps no conclusions: the next whole page does.
    refresh: bool = False

    @cached_property
    def read(self) -> VisitRead:
        """Everything that was written."""
        return read_visit(self.visit)

    @cached_property
    def page(self) -> Page:
        """What was concluded, in ready words."""
        return page_of(self.visit, self.read, keep=() if self.refresh else SHOWS[self.step])

    @cached_property
    def last(self) -> LastVisit | None:
        """The visit before, as far as it is signed."""
        return last_visit(self.visit)

    @cached_property
    def still_so(self) -> tuple[StillSo, ...]:
        """What the visit before offers as a starting point."""
        return still_so(self.visit, self.read.written, self.last) if self.may_write else ()

    @cached_property
    def consent(self) -> Consent | None:
        """What the person signed last."""
        return last_consent(self.visit)

    @property
    def arrives(self) -> bool:
        """Was the step opened in place, by the rail or the button at its foot? Then its heading is read out."""
        trigger = str(self.request.htmx.trigger or "") if self.request.htmx else ""
        return trigger.startswith("rail-") or trigger == "next-step"

    @property
    def signed(self) -> bool:
        """Is the note signed?"""
        return self.visit.state == Visit.State.SIGNED

    @property
    def may_write(self) -> bool:
        """May this member still write into this visit?"""
        open_ = self.visit.state in (Visit.State.PLANNED, Visit.State.OPEN)
        return open_ and has(self.request.member, Right.WRITE)

    @property
    def may_treat(self) -> bool:
        """May this member write what only who treats writes: what the fingers found, which places are needled, and the note?"""
        return self.may_write and has(self.request.member, Right.TREAT)

    def shown(self, name: str, title: str = "") -> Shown:
        """A field as it stands."""
        return shown(self.read.written, name, title)

    def step_address(self, step: str | None = None) -> str:
        """Where a step is."""
        return reverse("visit-step", args=[self.visit.pk, step or self.step])

    def answer(self, key: str) -> Any:
        """The value of an answer, whichever way its words are joined."""
        written = self.read.written
        return (
            written.value(f"answers.{key}")
            if f"answers.{key}" in written.fields
            else written.value(f"answers.{key.replace('-', '_')}")
        )
