"""Run within the real server's settings: builds the small clinic of the stories through the doors of the demo, or lets days pass. Answers JSON.

python -m tests.clinic.stories.world build
python -m tests.clinic.stories.world days-later VISIT
"""

import json
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

from needlepoint.clinic.keep.preparing import set_up_django


def build() -> dict[str, Any]:
    """Everybody of the stories; those who are ready have agreed to their plan."""
    from django.utils import timezone

    from needlepoint.clinic import asking
    from needlepoint.clinic.demo import build as demo
    from needlepoint.clinic.keep.migrating import migrate
    from needlepoint.clinic.records.consenting import sign_consent
    from needlepoint.clinic.records.models import Member, Organisation, Person, Visit
    from needlepoint.clinic.records.reading import read_visit
    from needlepoint.clinic.records.scope import within
    from tests.clinic.stories.people import BRUISED, EVERYBODY, READY

    migrate()
    demo.STORIES = EVERYBODY
    today = timezone.localdate()
    demo.build(today=today, say=lambda _name: None)
    house = Organisation.objects.get()
    with within(house.pk):
        clinician = Member.objects.get(role="clinician")
        for story in READY:
            visit = Visit.objects.select_related("person", "clinic").get(person__family=story.name, on=today)
            planned = asking.ask(visit, read_visit(visit)).planned
            sign_consent(
                visit, planned, name=f"Demo {story.name}", agreed=True, witness=clinician, now=datetime.now(UTC)
            )
        _a_year_of_needles(Person.objects.get(family=BRUISED.name), clinician, 150)
        visits = Visit.objects.select_related("person").order_by("on")
        return {
            # The last of each: that of today, where there is one.
            "visits": {one.person.family: str(one.pk) for one in visits},
            "people": {one.person.family: str(one.person.pk) for one in visits},
            "born": {one.person.family: one.person.birth_date.isoformat() for one in visits},
            "touched": _touched(),
        }


def _touched() -> dict[str, Any]:
    """The lot that touched most people, and who they are."""
    from needlepoint.clinic.records.models import Insertion

    found: dict[str, set[str]] = {}
    for one in Insertion.objects.exclude(lot=None).select_related("person"):
        found.setdefault(str(one.lot_id), set()).add(one.person.family)
    lot = max(found, key=lambda id_: (len(found[id_]), id_))
    return {"lot": lot, "people": sorted(found[lot])}


def _a_year_of_needles(person: Any, clinician: Any, n: int) -> None:
    """So many earlier sessions of one needle each: below a hundred no rate is told."""
    from django.utils import timezone

    from needlepoint.clinic.records.counting import count_anew
    from needlepoint.clinic.records.models import Course, Insertion, Session, Visit

    on = timezone.localdate() - timedelta(days=60)
    at, shared = (
        datetime(on.year, on.month, on.day, 10, tzinfo=UTC),
        {"person": person, "clinician": clinician, "on": on},
    )
    shared |= {"organisation": person.organisation}
    course = Course.objects.get(person=person)
    visits = Visit.objects.bulk_create(
        Visit(**shared, course=course, clinic=clinician.clinic, planned_at=at, state="signed") for _n in range(n)
    )
    sessions = Session.objects.bulk_create(
        Session(**shared, visit=one, clinic=clinician.clinic, insertions=1) for one in visits
    )
    Insertion.objects.bulk_create(
        Insertion(**shared, session=one, muscle="soleus", side="right", length_mm=40, diameter_mm=0.25, in_at=at)
        for one in sessions
    )
    count_anew()


def days_later(visit_id: str) -> dict[str, Any]:
    """The check-ins of a visit are due today."""
    from django.utils import timezone

    from needlepoint.clinic.records.models import CheckIn, Organisation
    from needlepoint.clinic.records.scope import within

    with within(Organisation.objects.get().pk):
        return {"due": CheckIn.objects.filter(visit=visit_id).update(due_on=timezone.localdate())}


if __name__ == "__main__":
    set_up_django()
    sys.stdout.write(json.dumps(build() if sys.argv[1] == "build" else days_later(sys.argv[2])))
