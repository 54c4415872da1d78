"""Entries as devices send them."""

import json
import uuid
from datetime import UTC, datetime
from typing import Any

from django.test import Client

from needlepoint.clinic.access.links import make_link
from needlepoint.clinic.records.models import Entry, PrivateLink
from needlepoint.clinic.records.scope import within
from tests.clinic.conftest import House


def wrote(field: str = "complaint", value: Any = "neck pain", seen: Any = None, /, **more: Any) -> dict[str, Any]:
    """Somebody writes into a field."""
    return {
        "id": str(uuid.uuid4()), "kind": "wrote", "at": "2026-03-02T09:00:00+00:00",
        "body": {"field": field, "value": value, "seen": seen, **more},
    }  # fmt: skip


def needle_in(needle: str = "n1", **more: Any) -> dict[str, Any]:
    """A needle goes in."""
    body = {"needle": needle, "muscle": "upper-trapezius", "side": "left", "length_mm": 30, "diameter_mm": 0.25, **more}
    return {"id": str(uuid.uuid4()), "kind": "needle-in", "at": "2026-03-02T09:10:00+00:00", "body": body}


def send(client: Client, house: House, *entries: Any, device: Any = "tablet", **more: Any) -> Any:
    """A member's device sends them."""
    told = json.dumps({"device": device, "entries": entries, **more})
    return client.post(f"/visits/{house.visit.pk}/entries/", told, "application/json")


def send_as_patient(client: Client, house: House, *entries: Any, device: Any = "phone", **more: Any) -> Any:
    """The patient's own device sends them."""
    told = json.dumps({"device": device, "entries": entries, **more})
    return client.post(f"/my/entries/{house.visit.pk}/", told, "application/json")


def patient_of(house: House) -> tuple[Client, PrivateLink]:
    """A telephone on which the person came in by a private link."""
    with within(house.organisation.pk):
        link, token = make_link(house.visit, house.members["owner"], datetime.now(UTC))
    client = Client()
    assert client.post(f"/p/{token}/", {"day": "2", "month": "4", "year": "1985"}).status_code == 302
    return client, link


def values(house: House, field: str = "complaint") -> list[Any]:
    """What was kept in this field, in order."""
    with within(house.organisation.pk):
        return [one.body["value"] for one in Entry.objects.order_by("number") if one.body.get("field") == field]
