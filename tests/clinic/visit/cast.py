"""What the therapist, the patient and a colleague write, and what a page of theirs says."""

import re
import uuid
from datetime import UTC, date, datetime
from html import unescape
from typing import Any

from django.test import Client

from needlepoint.clinic.records.keeping import Writer, keep
from needlepoint.clinic.records.models import Entry, Note, PrivateLink, Visit
from needlepoint.clinic.records.reading import read_visit
from needlepoint.clinic.records.scope import within
from needlepoint.clinic.records.seal import seal
from needlepoint.journey import Written
from tests.clinic.conftest import House

NECK = "left sided neck pain going into the temple since three weeks"


def wrote(field: str, value: Any, *seen: str) -> dict[str, Any]:
    body = {"field": field, "value": value, "seen": list(seen) or None}
    return {"id": str(uuid.uuid4()), "kind": "wrote", "at": "2026-03-02T09:00:00+00:00", "body": body}


def write(house: House, /, *, who: str = "clinician", visit: Visit | None = None, **fields: Any) -> None:
    """``answers__fever_today=True``: the field ``answers.fever_today``."""
    entries = [wrote(name.replace("__", "."), value) for name, value in fields.items()]
    with within(house.organisation.pk):
        writer = Writer(link=link(house)) if who == "patient" else Writer(member=house.members[who])
        assert not keep((visit or house.visit).pk, writer, entries).refused


def link(house: House) -> PrivateLink:
    found = PrivateLink.objects.filter(visit=house.visit).first()
    return found or PrivateLink.objects.create(
        person=house.person, visit=house.visit, secret_sha256="0" * 64, expires_at=datetime(2027, 1, 1, tzinfo=UTC),
        made_by=house.members["clinician"],
    )  # fmt: skip


def last_visit(house: House, **fields: Any) -> Visit:
    """A visit three weeks before, with what was written then, and signed."""
    with within(house.organisation.pk):
        visit = Visit.objects.create(
            person=house.person, course=house.course, clinic=house.clinic, clinician=house.members["clinician"],
            state=Visit.State.OPEN, planned_at=datetime(2026, 2, 9, 9, tzinfo=UTC), on=date(2026, 2, 9),
        )  # fmt: skip
    write(house, visit=visit, **fields)
    sign(house, visit)
    return visit


def sign(house: House, visit: Visit | None = None) -> None:
    visit, id_, at = visit or house.visit, uuid.uuid4(), datetime(2026, 2, 9, 10, tzinfo=UTC)
    with within(house.organisation.pk):
        Note.objects.create(
            id=id_, person=house.person, visit=visit, clinic=house.clinic, body="{}", signed_at=at,
            signed_by=house.members["clinician"], signed_name="The clinician", seal=seal("note", id_, "{}", at),
        )  # fmt: skip
        Visit.objects.filter(pk=visit.pk).update(state=Visit.State.SIGNED)


def page(client: Client, house: House, step: str = "screen", query: str = "", *, visit: Visit | None = None) -> str:
    """The page, as text."""
    answer = client.get(f"/visits/{(visit or house.visit).pk}/{f'{step}/' if step else ''}{query}")
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def part(html: str, id_: str) -> str:
    """The element with this id and what follows, up to the next element with an id of the same kind of tag."""
    found = re.search(rf'<(\w+)[^>]*\bid="{re.escape(id_)}"', html)
    assert found, f"no element #{id_}"
    closing = html.find(f"</{found[1]}>", found.end())
    return html[found.start() : closing]


def tap(client: Client, house: House, step: str, act: str, htmx: bool = True, **fields: Any) -> Any:
    headers = {"HX-Request": "true"} if htmx else {}
    told = {name.replace("__", "."): value for name, value in fields.items()}
    return client.post(f"/visits/{house.visit.pk}/{step}/", {"act": act, **told}, headers=headers, follow=True)


def state(house: House) -> Written:
    with within(house.organisation.pk):
        return read_visit(house.visit).written


def count(house: House) -> int:
    with within(house.organisation.pk):
        return int(Entry.objects.filter(visit=house.visit).count())
