"""Everybody starts with a clean count of attempts."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from tests.clinic.conftest import House

PASSWORD = "four unconnected words: kettle"


@pytest.fixture(autouse=True)
def _nothing_counted() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def give_password(house: House, role: str, password: str = PASSWORD) -> str:
    """Let the member with this role sign in by password. The answer is the e-mail."""
    user = house.members[role].user
    user.set_password(password)
    user.save()
    return str(user.email)


def sign_in(client: Client, email: str, password: str = PASSWORD, **headers: str) -> object:
    """Fill in the sign-in."""
    return client.post("/accounts/login/", {"login": email, "password": password}, headers=headers)
