"""What every page of the patient stands on: the visit of the link, what is written in it, and how far the person is."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from needlepoint.clinic.access.patients import PatientRequest
from needlepoint.clinic.pages.patient.steps import Question, Step, last_questions, steps
from needlepoint.clinic.records.models import Visit
from needlepoint.clinic.records.reading import VisitRead, read_visit


@dataclass(frozen=True, slots=True)
class Progress:
    """How far, for the bar above."""

    now: int
    of: int
    words: str


@dataclass(frozen=True)
class Mine:
    """The visit that the link is for, as the patient has it before them."""

    visit: Visit
    read: VisitRead

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The pages of questions for this person."""
        return steps(self.visit, self.read.written)

    @cached_property
    def last(self) -> tuple[Question, ...]:
        """The questions that come after these pages; none while a page is open."""
        return () if self.open_step else last_questions(self.visit, self.read)

    @property
    def open_step(self) -> Step | None:
        """The first page that is not answered."""
        return next((one for one in self.steps if not one.answered), None)

    @property
    def closed(self) -> bool:
        """Is nothing more written into this visit?"""
        return self.visit.state in (Visit.State.SIGNED, Visit.State.CANCELLED)

    def step(self, group: str) -> Step:
        """The page with this id. Raises Http404 when this person is not asked it."""
        found = next((one for one in self.steps if one.group.id == group), None)
        if found is None:
            raise Http404("there is no such page for this person")
        return found

    def after(self, step: Step | None) -> str:
        """The address of what comes next: the next open page, else one left open before, else the last questions, else the overview."""
        place = step.group.place if step else 0
        still = [one for one in self.steps if not one.answered]
        follows = next((one for one in still if one.group.place > place), still[0] if still else None)
        if follows is not None:
            return reverse("my-question-group", args=[follows.group.id])
        return reverse("my-more") if self.last else reverse("my")

    def before(self, step: Step) -> str:
        """The address of the page before."""
        earlier = [one for one in self.steps if one.group.place < step.group.place]
        return reverse("my-question-group", args=[earlier[-1].group.id]) if earlier else reverse("my")

    def progress(self, step: Step | None) -> Progress:
        """Which page of how many."""
        of = len(self.steps)
        now = self.steps.index(step) + 1 if step in self.steps else of
        return Progress(now, of, _("Page %(now)s of %(of)s") % {"now": now, "of": of})

    def context(self, **more: Any) -> dict[str, Any]:
        """What the frame of each page reads, and the page itself."""
        return {
            "clinic": self.visit.clinic.name,
            "visit": self.visit,
            "head": self.read.head,
            "who": whose_device(self.visit.person_id),
            **more,
        }


def whose_device(person: UUID) -> str:
    """A name for whose device this is that says nothing about the person: the pages tell it, and what they send comes with it."""
    return salted_hmac("needlepoint.patient", str(person)).hexdigest()[:16]


def mine(request: PatientRequest) -> Mine:
    """The visit of this link, read now."""
    visit = Visit.objects.select_related("person", "clinic", "clinician", "course").get(pk=request.link.visit_id)
    return Mine(visit, read_visit(visit))


def over(request: PatientRequest, here: Mine) -> HttpResponse:
    """Nothing is written any more: the visit is over, and says so."""
    if request.method in ("GET", "HEAD"):
        return redirect("my")
    return render(request, "patient/over.html", here.context(), status=409)
