"""What was done is kept counted by month; lists of drafts and of a lot's needles get the index they ask for; names are sought in byte order."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from needlepoint.clinic.records.walls import row_level_security

#: A prefix is looked for as a range, which is right in byte order only: a database may have been made with the order of a language.
SOUGHT = (("sought_family", 210), ("sought_given", 210), ("number", 40))


def build(apps: Any, schema_editor: Any) -> None:
    """The wall around the new table, and the order of names, on PostgreSQL; SQLite has byte order and no such wall."""
    if schema_editor.connection.vendor != "postgresql":
        return
    for statement in row_level_security(["records_monthcount"]):
        schema_editor.execute(statement)
    for column, length in SOUGHT:
        schema_editor.execute(f'ALTER TABLE records_person ALTER COLUMN {column} TYPE varchar({length}) COLLATE "C"')


def count(apps: Any, schema_editor: Any) -> None:
    """Count what was signed before."""
    from django.db.models import Count, Sum
    from django.db.models.functions import TruncMonth

    month_count = apps.get_model("records", "MonthCount")
    shared = ("organisation", "month")
    sessions = apps.get_model("records", "Session").objects.filter(insertions__gt=0).annotate(month=TruncMonth("on"))
    insertions = apps.get_model("records", "Insertion").objects.annotate(month=TruncMonth("on"))
    rows = [
        month_count(
            organisation_id=one["organisation"], month=one["month"], clinic_id=one["clinic"], clinician_id=one["clinician"],
            muscle="", sessions=one["n"], insertions=one["needles"],
        )
        for one in sessions.values(*shared, "clinic", "clinician").annotate(n=Count("pk"), needles=Sum("insertions")).order_by()
    ]  # fmt: skip
    rows += [
        month_count(
            organisation_id=one["organisation"], month=one["month"], clinic_id=one["session__clinic"],
            clinician_id=one["clinician"], muscle=one["muscle"], sessions=0, insertions=one["n"],
        )
        for one in insertions.values(*shared, "session__clinic", "clinician", "muscle").annotate(n=Count("pk")).order_by()
    ]  # fmt: skip
    month_count.objects.bulk_create(rows, batch_size=1000)


def _key(to: str, editable: bool = True) -> Any:
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=to, editable=editable)


class Migration(migrations.Migration):
    """After the walls."""

    dependencies = [("records", "0002_walls")]
    operations = [
        migrations.CreateModel(
            name="MonthCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField()),
                ("muscle", models.CharField(blank=True, max_length=60)),
                ("sessions", models.PositiveIntegerField(default=0)),
                ("insertions", models.PositiveIntegerField(default=0)),
                ("clinic", _key("records.clinic")),
                ("clinician", _key("records.member")),
                ("organisation", _key("records.organisation", editable=False)),
            ],
            options={"abstract": False, "base_manager_name": "objects"},
        ),
        migrations.AddConstraint(
            model_name="monthcount",
            constraint=models.UniqueConstraint(
                fields=("organisation", "month", "clinic", "clinician", "muscle"), name="one_count_a_month"
            ),
        ),
        migrations.RemoveIndex(model_name="insertion", name="insertions_by_lot"),
        migrations.RemoveIndex(model_name="visit", name="visit_by_state"),
        migrations.AddIndex(
            model_name="insertion",
            index=models.Index(
                fields=["lot", "organisation"], name="insertions_by_lot", condition=models.Q(("lot__isnull", False))
            ),
        ),
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(fields=["organisation", "state", "clinic", "on"], name="visit_by_state"),
        ),
        migrations.RunPython(build),
        migrations.RunPython(count),
    ]
