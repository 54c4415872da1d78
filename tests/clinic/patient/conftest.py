"""The patient at home, with a private link that the clinic made."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from needlepoint.clinic.access.links import make_link, now_utc
from needlepoint.clinic.records.models import PrivateLink, Visit
from needlepoint.clinic.records.reading import VisitRead, read_visit
from needlepoint.clinic.records.scope import within
from tests.clinic.conftest import House

BORN = {"day": "2", "month": "4", "year": "1985"}


@dataclass
class AtHome:
    """A browser at home, and the link that opens it."""

    house: House
    client: Client
    link: PrivateLink
    token: str

    @property
    def address(self) -> str:
        return f"/p/{self.token}/"

    def come_in(self) -> Any:
        return self.client.post(self.address, BORN)

    def visit(self) -> Visit:
        with within(self.house.organisation.pk):
            return Visit.objects.select_related("person", "clinic").get(pk=self.link.visit_id)

    def read(self) -> VisitRead:
        with within(self.house.organisation.pk):
            return read_visit(self.visit())


def linked(house: House) -> AtHome:
    with within(house.organisation.pk):
        link, token = make_link(house.visit, house.members["clinician"], now_utc())
    return AtHome(house, Client(), link, token)


@pytest.fixture
def invited(ours: House) -> AtHome:
    """The patient has the link, and has not opened it."""
    return linked(ours)


@pytest.fixture
def patient(invited: AtHome) -> AtHome:
    """The patient has come in."""
    assert invited.come_in().status_code == 302
    return invited


@pytest.fixture
def invite(ours: House) -> Iterator[Callable[[House], AtHome]]:
    """Make a link to the visit of a house."""
    yield linked
