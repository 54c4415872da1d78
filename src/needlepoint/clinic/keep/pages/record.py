"""Hand out a person's whole record."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from needlepoint.clinic.access.rights import MemberRequest, Right, may
from needlepoint.clinic.access.trail import open_person
from needlepoint.clinic.keep.deleting import what_there_is
from needlepoint.clinic.keep.pages.counted import Counted, counted
from needlepoint.clinic.records.models import Person


@dataclass(frozen=True, slots=True)
class HandOut:
    """What the page says before the file is made."""

    person: str
    says: str
    counts: tuple[Counted, ...]
    care_title: str
    care: str
    back: str


@may(Right.HAND_OUT)
@require_http_methods(["GET", "POST"])
def person_record(request: MemberRequest, id_: UUID) -> HttpResponse:
    """GET: what is in it. POST: make the file."""
    if request.method == "POST":
        return _file(open_person(request, id_, "handed out the whole record"))
    person = open_person(request, id_, "looked at what would be handed out")
    return render(request, "keep/person_record.html", {"out": _page(person), "main_class": "page--reading"})


def _page(person: Person) -> HandOut:
    return HandOut(
        person=str(person),
        says=_(
            "One ZIP file: the record to read (PDF), the record for another system (FHIR), pictures and documents, and who saw it."
        ),
        counts=counted(what_there_is(person.pk)),
        care_title=_("Whoever has this file can read it"),
        care=_("Give it to this person, or to whom they name. Do not send it by plain e-mail. That it was made is written into the trail."),
        back=reverse("person", args=[person.pk]),
    )  # fmt: skip


def _file(person: Person) -> HttpResponse:
    from needlepoint.clinic.keep.hand_out import Record, hand_out

    now = datetime.now(UTC)
    response = HttpResponse(hand_out(Record(person), at=now), content_type="application/zip")
    # No name in it: the name of a file is seen by many.
    response["Content-Disposition"] = f'attachment; filename="record-{str(person.pk)[:8]}-{now:%Y-%m-%d}.zip"'
    return response
