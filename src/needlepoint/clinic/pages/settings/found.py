"""A record of our own organisation, or none at all."""

from typing import Any, TypeVar
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest

from needlepoint.clinic.records.scope import OfOrganisation

_Row = TypeVar("_Row", bound=OfOrganisation)


def found(kind: type[_Row], id_: UUID, *with_: str) -> _Row:
    """The record with this id. Raises Http404, the same for what is not there and for what belongs to others."""
    rows: Any = kind.objects.select_related(*with_) if with_ else kind.objects.all()
    row: _Row | None = rows.filter(pk=id_).first()
    if row is None:
        raise Http404("there is no such record here")
    return row


def say(request: HttpRequest, words: str) -> None:
    """Say above the next page what was done."""
    messages.success(request, words)
