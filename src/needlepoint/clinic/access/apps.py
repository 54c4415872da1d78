"""Django's name for this room, and what happens after tables were made and when somebody signs in."""

import time
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.core.management import call_command
from django.db.models.signals import post_migrate

from needlepoint.clinic.records.walls import WEB_ROLE

#: When a session began, in its own words; see ``signed_in``.
SINCE = "signed-in-at"


def _make_cache_table(using: str, **_: Any) -> None:
    """The table in which sign-in attempts are counted, shared by all processes."""
    from django.db import connections

    call_command("createcachetable", database=using, verbosity=0)
    table = settings.CACHES["default"].get("LOCATION", "")
    connection = connections[using]
    if connection.vendor == "postgresql" and table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f'GRANT SELECT, INSERT, UPDATE, DELETE ON "{table}" TO {WEB_ROLE}')


def _begin(request: Any, **_: Any) -> None:
    if request is not None:
        request.session[SINCE] = int(time.time())


class AccessConfig(AppConfig):
    """The room ``access``."""

    name = "needlepoint.clinic.access"
    label = "access"

    def ready(self) -> None:
        """Attempts are counted in a table of their own; a session remembers when it began."""
        from needlepoint.clinic.access import checks  # noqa: F401  (registers itself)

        # Django says "migrated" for rooms with tables only, so this listens to that of the records.
        records = apps.get_app_config("records")
        post_migrate.connect(_make_cache_table, sender=records, dispatch_uid="needlepoint-cache-table")
        user_logged_in.connect(_begin, dispatch_uid="needlepoint-session-begins")
