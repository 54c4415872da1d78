"""Django's name for this room, and what happens when a connection is made and when tables were made."""

from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate

from needlepoint.clinic.records.gaps import postgresql_no_temporary_tables, sqlite_gaps
from needlepoint.clinic.records.walls import WEB_ROLE, postgresql_grants, sqlite_walls


def _grant(using: str, **_: Any) -> None:
    from django.db import connections

    connection = connections[using]
    # SQLite drops the triggers of a table that a migration builds anew: they are put back.
    if connection.vendor == "postgresql":
        words = [*postgresql_grants(), postgresql_no_temporary_tables()]
    else:
        words = [*sqlite_walls(again=True), *sqlite_gaps(connection)]
    with connection.cursor() as cursor:
        for statement in words:
            cursor.execute(statement)


def _take_web_role(connection: Any, **_: Any) -> None:
    if connection.vendor == "postgresql" and settings.AS_WEB:
        with connection.cursor() as cursor:
            cursor.execute(f"SET ROLE {WEB_ROLE}")


class RecordsConfig(AppConfig):
    """The room ``records``."""

    name = "needlepoint.clinic.records"
    label = "records"

    def ready(self) -> None:
        """Web processes take the role that owns nothing; every migration grants it what it needs."""
        post_migrate.connect(_grant, sender=self, dispatch_uid="needlepoint-grants")
        connection_created.connect(_take_web_role, dispatch_uid="needlepoint-web-role")
