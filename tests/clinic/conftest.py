"""The cast: two organisations that must never see each other, and who works there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client

from needlepoint.clinic.records.models import Clinic, Course, Member, Organisation, Person, Visit
from needlepoint.clinic.records.organisation import Role
from needlepoint.clinic.records.scope import within
from needlepoint.clinic.records.walls import WEB_ROLE


@pytest.fixture(autouse=True)
def _as_the_web_role(request: pytest.FixtureRequest) -> Iterator[None]:
    """On PostgreSQL every test that touches the database does so as web processes do: behind the walls."""
    if "db" not in request.fixturenames and request.node.get_closest_marker("django_db") is None:
        yield
        return
    request.getfixturevalue("db")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {WEB_ROLE}")
    yield


@dataclass
class House:
    """An organisation with one clinic, a member of every role, a person, a course and an open visit."""

    organisation: Organisation
    clinic: Clinic
    members: dict[str, Member]
    person: Person
    course: Course
    visit: Visit

    def client(self, role: str) -> Client:
        """A browser in which the member with this role has signed in."""
        client = Client()
        client.force_login(self.members[role].user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client


def house(name: str) -> House:
    """Build one."""
    organisation = Organisation.objects.create(name=name)
    with within(organisation.pk):
        clinic = Clinic.objects.create(name=f"{name}, first floor")
        members = {}
        for role in Role.values:
            user = get_user_model().objects.create_user(
                f"{role}@{name.lower()}.example", email=f"{role}@{name.lower()}.example"
            )
            members[role] = Member.objects.create(user=user, clinic=clinic, name=f"The {role}", role=role)
        person = Person.objects.create(given="The", family="Patient", birth_date=date(1985, 4, 2), sex="female")
        course = Course.objects.create(person=person, complaint="neck pain", opened_on=date(2026, 3, 2))
        visit = Visit.objects.create(
            person=person, course=course, clinic=clinic, clinician=members["clinician"], state=Visit.State.OPEN,
            planned_at=datetime(2026, 3, 2, 9, tzinfo=UTC), on=date(2026, 3, 2),
        )  # fmt: skip
    return House(organisation, clinic, members, person, course, visit)


@pytest.fixture
def ours(db: None, settings: object) -> House:
    """Our organisation. No second factor is asked, unless a test is about it."""
    settings.SECOND_FACTOR_REQUIRED = False  # type: ignore[attr-defined]
    return house("Ours")


@pytest.fixture
def theirs(db: None) -> House:
    """Another organisation."""
    return house("Theirs")


@pytest.fixture
def here(ours: House) -> Iterator[House]:
    """We are within our organisation."""
    with within(ours.organisation.pk):
        yield ours
