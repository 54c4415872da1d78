"""The wall between organisations, in one place.

Every record belongs to one organisation. A query sees only the organisation within which it is asked; asked within none, it is refused.
PostgreSQL keeps the same wall once more by row-level security, for which the connection is told the organisation here.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ClassVar, Self, TypeVar
from uuid import UUID

from django.db import connection, models

_now: ContextVar[UUID | None] = ContextVar("organisation", default=None)


class OutsideAnyOrganisation(RuntimeError):
    """A record was asked for without saying within which organisation: a mistake of ours, never of the user."""


def organisation_now() -> UUID:
    """Within which organisation are we? Raises OutsideAnyOrganisation when within none."""
    found = _now.get()
    if found is None:
        raise OutsideAnyOrganisation("records are read and written within an organisation: with within(id): …")
    return found


@contextmanager
def within(organisation: UUID) -> Iterator[None]:
    """Everything inside sees this organisation only."""
    before = _now.get()
    token = _now.set(organisation)
    _tell_database(organisation)
    try:
        yield
    finally:
        _now.reset(token)
        _tell_database(before)


@contextmanager
def signing_in(user: int) -> Iterator[None]:
    """Inside, a user may read the own membership, before the organisation is known."""
    _set("needlepoint.member", str(user))
    try:
        yield
    finally:
        _set("needlepoint.member", "")


def _tell_database(organisation: UUID | None) -> None:
    _set("needlepoint.organisation", str(organisation) if organisation else "")


def _set(name: str, value: str) -> None:
    if connection.vendor != "postgresql":
        return
    if not value and (connection.connection is None or connection.needs_rollback):
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, false)", [name, value])


_Row = TypeVar("_Row", bound=models.Model)


class Scoped(models.Manager[_Row]):
    """Sees only the rows of the organisation within which it is asked."""

    def get_queryset(self) -> models.QuerySet[_Row]:
        """The rows of this organisation."""
        return super().get_queryset().filter(organisation_id=organisation_now())


class OfOrganisation(models.Model):
    """A row that belongs to one organisation. ``everywhere`` is for keeping (backup, verify), never for a page; a test looks."""

    organisation = models.ForeignKey("records.Organisation", on_delete=models.PROTECT, related_name="+", editable=False)

    objects: ClassVar[Scoped[Self]] = Scoped()
    everywhere: ClassVar[models.Manager[Self]] = models.Manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save within the organisation; a row of another one is refused."""
        here = organisation_now()
        if self.organisation_id is None:
            self.organisation_id = here
        if self.organisation_id != here:
            raise OutsideAnyOrganisation("this row belongs to another organisation")
        super().save(*args, **kwargs)
