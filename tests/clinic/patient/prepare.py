"""Run by a test within the real server's settings: a patient with a private link, and what the clinic has planned; told as JSON."""

import json
import sys
import uuid
from datetime import date, timedelta
from typing import Any

import django


def prepared(sex: str, *proposed: str, signed: bool = False) -> dict[str, Any]:
    """A new house with one patient. Times are of today: a real browser has no other clock."""
    from django.contrib.auth import get_user_model
    from django.utils import timezone

    from needlepoint.clinic.access.links import make_link, now_utc
    from needlepoint.clinic.records.keeping import Writer, keep
    from needlepoint.clinic.records.models import (
        CheckIn,
        Clinic,
        Course,
        Insertion,
        Member,
        Organisation,
        Person,
        Session,
        Visit,
    )
    from needlepoint.clinic.records.scope import within

    today, name = timezone.localdate(), uuid.uuid4().hex[:8]
    house = Organisation.objects.create(name=f"House {name}")
    with within(house.pk):
        clinic = Clinic.objects.create(name="Riverside clinic")
        user = get_user_model().objects.create_user(f"{name}@house.example", email=f"{name}@house.example")
        member = Member.objects.create(user=user, clinic=clinic, name="The clinician", role="clinician")
        person = Person.objects.create(given="The", family="Patient", birth_date=date(1985, 4, 2), sex=sex)
        course = Course.objects.create(person=person, opened_on=today)
        visit = Visit.objects.create(
            person=person,
            course=course,
            clinic=clinic,
            clinician=member,
            planned_at=now_utc(),
            on=today - timedelta(days=signed),
        )
        entries = [
            {
                "id": str(uuid.uuid4()), "kind": "wrote", "at": now_utc().isoformat(),
                "body": {"field": f"proposed.{place}", "value": {}, "seen": None},
            }
            for place in proposed
        ]  # fmt: skip
        keep(visit.pk, Writer(member=member), entries)
        check_in = CheckIn.objects.create(
            person=person, visit=visit, due_on=today if signed else today + timedelta(days=2)
        )
        if signed:
            session = Session.objects.create(person=person, visit=visit, clinic=clinic, clinician=member, on=visit.on)
            Insertion.objects.create(
                person=person, session=session, clinician=member, on=visit.on, muscle="upper-trapezius", side="left",
                length_mm=30, diameter_mm=0.25, in_at=now_utc(),
            )  # fmt: skip
            Visit.objects.filter(pk=visit.pk).update(state=Visit.State.SIGNED)
        _link, token = make_link(visit, member, now_utc())
    return {"path": f"/p/{token}/", "house": str(house.pk), "visit": str(visit.pk), "check_in": str(check_in.pk)}


def told(house: str, visit: str) -> dict[str, Any]:
    """What the record holds of this visit, and what the screen says of it."""
    from uuid import UUID

    from needlepoint.clinic.asking import ask
    from needlepoint.clinic.records.models import CheckIn, Consent, Visit
    from needlepoint.clinic.records.reading import read_visit
    from needlepoint.clinic.records.scope import within

    with within(UUID(house)):
        found = Visit.objects.select_related("person", "clinic").get(pk=visit)
        read = read_visit(found)
        clearance = ask(found, read).planned.assessment.clearance
        return {
            "known": dict(read.written.known),
            "conflicts": list(read.written.conflicts),
            "questions": [one.id for one in clearance.questions],
            "agreed": [one.agreed for one in Consent.objects.filter(visit=found)],
            "needs_look": [one.needs_look for one in CheckIn.objects.filter(visit=found)],
        }


if __name__ == "__main__":
    django.setup()
    words = json.loads(sys.argv[1])
    made = (
        prepared(*words.get("new", ()), signed=words.get("signed", False)) if "new" in words else told(*words["told"])
    )
    sys.stdout.write(json.dumps(made))
