"""The tables of a clinic as its database has them, which may be those of an earlier release."""

from collections.abc import Iterator
from graphlib import TopologicalSorter
from typing import Any

from django.db import connections, models
from django.db.migrations.loader import MigrationLoader

#: Sign-ins that are open now, and what is only remembered to be quick: nothing of a record, and a way in for a thief.
LEFT_OUT = frozenset({"django_session", "django_admin_log", "needlepoint_cache"})

Steps = dict[str, list[str]]


def steps_taken(using: str) -> Steps:
    """The migrations that this database has had, by app."""
    loader = MigrationLoader(connections[using])
    taken: Steps = {}
    for app, name in sorted(loader.applied_migrations):
        taken.setdefault(app, []).append(name)
    return taken


def last_of(steps: Steps, loader: MigrationLoader) -> list[tuple[str, str]]:
    """The last step of every app. Raises KeyError with the step that this release does not know."""
    known = {(app, name) for app, names in steps.items() for name in names}
    for one in sorted(known):
        if one not in loader.graph.nodes:
            raise KeyError(f"{one[0]}.{one[1]}")
    return sorted(
        one for one in known if not any(child in known and child[0] == one[0] for child in _children(loader, one))
    )


def _children(loader: MigrationLoader, one: tuple[str, str]) -> Iterator[tuple[str, str]]:
    for node in loader.graph.node_map[one].children:
        yield node.key


def tables(using: str, steps: Steps) -> list[type[models.Model]]:
    """Every table after these steps, in an order in which each comes after those it points to."""
    loader = MigrationLoader(connections[using])
    state = loader.project_state(last_of(steps, loader))
    found = {
        model._meta.db_table: model
        for model in state.apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.db_table not in LEFT_OUT
    }
    before: dict[str, set[str]] = {name: set(_points_to(model)) & found.keys() for name, model in found.items()}
    # The wall refuses an entry or a conclusion beside a signed note: these first.
    before.get("records_note", set()).update({"records_entry", "records_conclusion"} & found.keys())
    return [
        found[name]
        for name in TopologicalSorter({name: sorted(before[name]) for name in sorted(before)}).static_order()
    ]


def _points_to(model: type[models.Model]) -> Iterator[str]:
    for field in model._meta.local_fields:
        if field.remote_field is not None and field.remote_field.model is not model:
            yield field.remote_field.model._meta.db_table


def columns(model: type[models.Model]) -> list[Any]:
    """The fields of a table that are columns."""
    return list(model._meta.local_concrete_fields)


def holds_records(using: str) -> bool:
    """Is there an organisation in this database?"""
    connection = connections[using]
    if "records_organisation" not in connection.introspection.table_names():
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM records_organisation")
        return bool(cursor.fetchone()[0])
