"""Lawful deletion of one person's record: everything goes but the trail, the seals and the reason.

The seals stay, so that the chain stays whole; a seal holds no word of a person. The deletion is sealed itself and says which seals have lost their
record, so that ``verify`` tells a lawful deletion from a record that somebody made away with.
"""

import json
from collections.abc import Iterator
from graphlib import TopologicalSorter
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.sessions.models import Session as SignIn
from django.db import connection, models, transaction

from needlepoint.clinic.keep.sealed import DELETION, SEALED, deletion_content
from needlepoint.clinic.records.counting import uncount_person
from needlepoint.clinic.records.models import Deletion, Member, Person, Seal
from needlepoint.clinic.records.seal import seal

#: A reason is a sentence, not a novel; it stays for good.
LONGEST_REASON = 2_000


def tables_of_people() -> list[tuple[type[models.Model], str]]:
    """Every table with rows of a person, by which column, in the order in which they can be deleted."""
    found: dict[type[models.Model], str] = {Person: "pk"}
    for model in apps.get_app_config("records").get_models():
        if any(field.name == "person" and field.remote_field is not None for field in model._meta.local_fields):
            found[model] = "person"
    before = {
        model: {
            field.remote_field.model
            for field in model._meta.local_fields
            if field.remote_field is not None and field.remote_field.model in found
        }
        for model in found
    }
    return [(model, found[model]) for model in reversed(list(TopologicalSorter(before).static_order()))]


def what_there_is(person: UUID) -> dict[str, int]:
    """How many rows of each kind belong to this person."""
    return {
        model._meta.model_name or "": count
        for model, column in tables_of_people()
        if (count := model._default_manager.filter(**{column: person}).count())
    }


def delete_person(person: Person, reason: str, by: Member, *, spare: str | None = None) -> Deletion:
    """Delete everything of this person, in one transaction, and keep why. Raises ValueError without a reason.

    Sign-ins in which the person is named end; ``spare`` is the key of that of whoever deletes.
    """
    reason = " ".join(reason.split())[:LONGEST_REASON]
    if not reason:
        raise ValueError("a deletion has a reason, which stays")
    with transaction.atomic():
        held = Person.objects.select_for_update().get(pk=person.pk)
        names = (str(held.pk), f"{held.given} {held.family}", held.given, held.family)
        if any(one.casefold() in reason.casefold() for one in names[1:] if len(one) > 2):
            raise ValueError("the reason stays for good: write it without the person's name")
        deletion: Deletion = Deletion.objects.create(
            person=held.pk,
            reason=reason,
            by=by,
            counts={"rows": what_there_is(held.pk), "seals": sorted(_seals_of(held.pk))},
        )
        deletion.refresh_from_db()
        seal(DELETION, deletion.pk, deletion_content(deletion), deletion.at)
        uncount_person(held.pk)
        for model, column in tables_of_people():
            rows: Any = model._default_manager.filter(**{column: held.pk})
            # The order is ours; asking for every row first, as Django would, helps nobody.
            rows._raw_delete(rows.db)
        _forget_in_sign_ins(names[:2], spare)
        transaction.on_commit(_overwrite)
    return deletion


def _seals_of(person: UUID) -> Iterator[int]:
    for kind in SEALED.keys() - {DELETION}:
        subjects = SEALED[kind].model.objects.filter(person=person).values_list("pk", flat=True)
        yield from Seal.objects.filter(kind=kind, subject__in=list(subjects)).values_list("number", flat=True)


def _forget_in_sign_ins(names: tuple[str, ...], spare: str | None) -> None:
    """Messages that wait to be shown, and the person's own way in, lie in sign-ins: those that name the person end."""
    for one in SignIn.objects.exclude(session_key=spare).iterator():
        told = json.dumps(one.get_decoded(), ensure_ascii=False, default=str)
        if any(name in told for name in names):
            one.delete()


def _overwrite() -> None:
    """SQLite keeps what was written last in a file beside the database, until that is written over."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.fetchall()
