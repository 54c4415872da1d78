"""Gaps in the walls, closed; pictures, answers to check-ins and events that came late are sealed, those that are there already, too."""

import json
from typing import Any

from django.db import migrations, models
from django.db.models import Q

from needlepoint.clinic.records.checking_in import check_in_content
from needlepoint.clinic.records.gaps import postgresql_gaps
from needlepoint.clinic.records.late import event_content
from needlepoint.clinic.records.papers import attachment_content
from needlepoint.clinic.records.projected import projected
from needlepoint.clinic.records.seal import NOTHING_BEFORE, seal_hash, sha256

#: Kind of seal, model, column with its time, the text that is sealed, and which rows are sealed.
SEALED = (
    ("attachment", "Attachment", "at", attachment_content, Q()),
    ("check-in", "CheckIn", "answered_at", check_in_content, Q(answered_at__isnull=False)),
    ("late-event", "AdverseEvent", "reported_at", event_content, Q()),
)


def told_by_the_note(apps: Any, event: Any) -> set[Any]:
    """The events that the note of this visit tells: they are sealed with it."""
    note = apps.get_model("records", "Note").objects.filter(visit=event.visit_id).first()
    return {one["id"] for one in projected(json.loads(note.body)).events} if note else set()


def seal_what_is_there(apps: Any, schema_editor: Any) -> None:
    """At the end of the chain of each organisation, in the order in which it came."""
    seals = apps.get_model("records", "Seal").objects
    for organisation in apps.get_model("records", "Organisation").objects.order_by("pk"):
        last = seals.filter(organisation=organisation).order_by("-number").first()
        number, before = (last.number, last.sha256) if last else (0, NOTHING_BEFORE)
        for kind, model, at, text, which in SEALED:
            rows = apps.get_model("records", model).objects.filter(which, organisation=organisation)
            for one in rows.order_by(at, "pk").iterator():
                if kind == "late-event" and one.pk in told_by_the_note(apps, one):
                    continue
                number, content, when = number + 1, sha256(text(one)), getattr(one, at)
                hashed = seal_hash(organisation.pk, number, kind, one.pk, when, content, before)
                seals.create(
                    organisation=organisation, number=number, kind=kind, subject=one.pk, content_sha256=content,
                    previous_sha256=before, sha256=hashed, at=when,
                )  # fmt: skip
                before = hashed


def build(apps: Any, schema_editor: Any) -> None:
    """In the words of PostgreSQL. Those of SQLite are said after every migration: see apps.py."""
    if schema_editor.connection.vendor == "postgresql":
        for statement in postgresql_gaps():
            # Without parameters a per cent sign is one.
            schema_editor.execute(statement, None)


class Migration(migrations.Migration):
    """Not reversible, like the walls."""

    dependencies = [("records", "0003_counted_by_month")]
    operations = [
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(fields=["organisation", "on"], name="visit_drafts", condition=Q(state="open")),
        ),
        migrations.RunPython(seal_what_is_there),
        migrations.RunPython(build),
    ]
