"""The database refuses to lose or change what is kept, and keeps organisations apart."""

from typing import Any

from django.db import migrations

from needlepoint.clinic.records.walls import postgresql_walls, sqlite_walls


def build(apps: Any, schema_editor: Any) -> None:
    """Build the walls in the words of this database."""
    walls = postgresql_walls() if schema_editor.connection.vendor == "postgresql" else sqlite_walls()
    for statement in walls:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """Not reversible: a wall that can be taken down by one command is none."""

    dependencies = [("records", "0001_initial")]
    operations = [migrations.RunPython(build)]
