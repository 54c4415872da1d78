"""One of everything, in a house; and every address of the clinic, filled with it."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import models
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from django.urls.exceptions import Resolver404
from django.urls.resolvers import RegexPattern

from needlepoint.clinic.access.links import make_link
from needlepoint.clinic.access.patients import PATIENT_LAST_SEEN
from needlepoint.clinic.access.signed_in import LINK
from needlepoint.clinic.records.keeping import Writer, keep
from needlepoint.clinic.records.models import (
    AdverseEvent,
    Attachment,
    AttachmentContent,
    CheckIn,
    NeedleLot,
    NoteTemplate,
    PrivateLink,
    Visit,
)
from needlepoint.clinic.records.scope import within
from needlepoint.clinic.records.signing import sign
from tests.clinic.conftest import House
from tests.clinic.test_signing import a_whole_session, wrote

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
#: The smallest picture there is.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)
#: The record that an `<uuid>` names, by the word before it in the address.
NAMED = {
    "people": "person", "visits": "visit", "entries": "visit", "notes": "note", "documents": "attachment",
    "check-ins": "check_in", "check-in": "check_in", "events": "event", "stock": "lot", "clinics": "clinic",
    "members": "member", "signed": "signed visit", "words": "words", "links": "link",
}  # fmt: skip
#: Pages of a visit that is signed already.
OF_A_SIGNED_VISIT = {"late-event"}
#: Those that are of a person: whoever opens one leaves a trail.
OF_A_PERSON = {"person", "visit", "note", "attachment", "check_in", "event", "link"}
#: Every other argument, by its name.
FILLED: dict[str, Any] = {
    "step": "screen", "muscle": "upper-trapezius", "side": "left", "people": 1, "crowd": 100, "group": "today",
    "uid": "MQ", "token": "nothing", "rest": "elsewhere", "pk": 1, "provider_id": "organisation",
}  # fmt: skip


@dataclass
class Everything:
    """A house, and the id of one record of each kind."""

    house: House
    ids: dict[str, uuid.UUID] = field(default_factory=dict)
    link: PrivateLink | None = None

    def as_patient(self) -> Client:
        """A browser in which the patient came by the private link."""
        assert self.link is not None
        client = Client(raise_request_exception=False)
        session = client.session
        session[LINK] = {"organisation": str(self.house.organisation.pk), "link": str(self.link.pk)}
        session[PATIENT_LAST_SEEN] = int(datetime.now(UTC).timestamp())
        session.save()
        return client

    def as_member(self, role: str) -> Client:
        """A browser in which the member with this role signed in."""
        client = self.house.client(role)
        client.raise_request_exception = False
        return client


def everything(house: House) -> Everything:
    """Fill the house."""
    with within(house.organisation.pk):
        clinician = house.members["clinician"]
        signed = Visit.objects.create(
            person=house.person, course=house.course, clinic=house.clinic, clinician=clinician, state="open",
            planned_at=NOW - timedelta(days=7), on=date(2026, 2, 23),
        )  # fmt: skip
        keep(signed.pk, Writer(member=clinician), a_whole_session(house))
        note = sign(signed.pk, clinician, now=NOW)
        keep(house.visit.pk, Writer(member=clinician), [wrote("complaint", "neck pain")])
        attachment = Attachment.objects.create(
            person=house.person, kind="photo", title="The neck", media_type="image/png", size=len(PNG), sha256="", by=clinician
        )  # fmt: skip
        AttachmentContent.objects.create(attachment=attachment, person=house.person, content=PNG)
        link, _token = make_link(house.visit, clinician, datetime.now(UTC))
        event = AdverseEvent.objects.create(
            person=house.person, visit=signed, clinician=clinician, on=signed.on, kind="bleeding", grade="mild",
            muscle="soleus", side="left", reported_by=clinician,
        )  # fmt: skip
        lot = NeedleLot.objects.create(
            clinic=house.clinic, maker="A maker", number="A12", length_mm=30, diameter_mm=0.25
        )
        words = NoteTemplate.objects.create(name="After", text="Drink some water.")
        check_in = CheckIn.objects.filter(visit=signed).first()
        assert check_in is not None
    rows: dict[str, models.Model] = {
        "person": house.person, "visit": house.visit, "signed visit": signed, "note": note, "attachment": attachment, "check_in": check_in,
        "event": event, "lot": lot, "clinic": house.clinic, "member": house.members["reader"], "words": words, "link": link,
    }  # fmt: skip
    return Everything(house, {name: row.pk for name, row in rows.items()}, link)


@dataclass(frozen=True)
class Address:
    """An address of the clinic as it stands in urls.py."""

    route: str
    name: str
    needs: str | None
    of_allauth: bool
    arguments: tuple[tuple[str, str], ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """What its `<uuid>`s name."""
        return tuple(NAMED[word] for argument, word in self.arguments if argument not in FILLED)

    def path(self, ids: dict[str, uuid.UUID]) -> str:
        """The path with these records in it."""
        path = self.route
        if self.name in OF_A_SIGNED_VISIT:
            ids = {**ids, "visit": ids["signed visit"]}
        for argument, word in self.arguments:
            value = FILLED[argument] if argument in FILLED else ids[NAMED[word]]
            before, _bracket, rest = path.partition("<")
            path = f"{before}{value}{rest.partition('>')[2]}"
        return f"/{path}"


def addresses() -> list[Address]:
    """Every address that is reached: what an earlier one covers up is left out."""
    return list(_walk(get_resolver().url_patterns, ""))


def _walk(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[Address]:
    for one in patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _walk(one.url_patterns, route)
            continue
        if isinstance(one.pattern, RegexPattern):
            # Ours are plain paths. Those of allauth lie below an address that covers them all.
            assert resolve(f"/{before}anything").func is not one.callback, f"write {route} as a plain path"
            continue
        arguments = []
        for part, rest in ((route[:at], route[at + 1 :]) for at, letter in enumerate(route) if letter == "<"):
            name = rest.partition(">")[0].rpartition(":")[2]
            arguments.append((name, part.rstrip("/").rpartition("/")[2]))
        unknown = [(name, word) for name, word in arguments if name not in FILLED and word not in NAMED]
        assert not unknown, f"say in tests/clinic/access/everything.py what these stand for: {unknown} in {route}"
        view: Any = one.callback
        found = Address(route, one.name or "", getattr(view, "needs", None), _of_allauth(view), tuple(arguments))
        try:
            if resolve(found.path(dict.fromkeys(NAMED.values(), uuid.UUID(int=1)))).func is view:
                yield found
        except Resolver404:
            continue


def _of_allauth(view: Any) -> bool:
    return str(view.__module__).startswith("allauth.")
