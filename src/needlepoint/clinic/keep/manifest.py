"""What stands on top of a backup: what is in it, from which release, and how to see that it is whole."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models

from needlepoint.clinic.keep.tables import Steps

#: The shape of a backup; a later shape has a later number.
SHAPE = 1
NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Part:
    """One table: a file of lines, each a row."""

    table: str
    columns: tuple[str, ...]
    rows: int
    sha256: str

    @property
    def name(self) -> str:
        """Its name within the backup."""
        return f"tables/{self.table}.jsonl"


@dataclass(frozen=True, slots=True)
class Chain:
    """The chain of seals of one organisation, to its last hash."""

    organisation: str
    name: str
    seals: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The whole of it."""

    release: str
    made_at: str
    database: str
    steps: Steps
    parts: tuple[Part, ...]
    chains: tuple[Chain, ...]

    def as_json(self) -> dict[str, Any]:
        """As it stands in the backup."""
        return {
            "needlepoint_backup": SHAPE,
            "release": self.release,
            "made_at": self.made_at,
            "database": self.database,
            "migrations": self.steps,
            "parts": [
                {"table": one.table, "columns": list(one.columns), "rows": one.rows, "sha256": one.sha256}
                for one in self.parts
            ],
            "chains": [
                {"organisation": one.organisation, "name": one.name, "seals": one.seals, "sha256": one.sha256}
                for one in self.chains
            ],
        }


def read_manifest(told: Any) -> Manifest:
    """A manifest from its JSON. Raises KeyError, TypeError or ValueError when it is none."""
    if told["needlepoint_backup"] != SHAPE:
        raise ValueError(f"it has the shape {told['needlepoint_backup']}; this release reads the shape {SHAPE}")
    return Manifest(
        str(told["release"]),
        str(told["made_at"]),
        str(told["database"]),
        {str(app): [str(one) for one in names] for app, names in told["migrations"].items()},
        tuple(
            Part(str(one["table"]), tuple(map(str, one["columns"])), int(one["rows"]), str(one["sha256"]))
            for one in told["parts"]
        ),
        tuple(
            Chain(str(one["organisation"]), str(one["name"]), int(one["seals"]), str(one["sha256"]))
            for one in told["chains"]
        ),
    )


def chains(using: str, tables: Iterable[type[models.Model]]) -> Iterator[Chain]:
    """Every organisation's chain, as it ends now."""
    by_name = {one._meta.db_table: one for one in tables}
    organisations, seals = by_name["records_organisation"], by_name["records_seal"]
    for one in organisations._base_manager.using(using).order_by("created_at", "pk"):
        chain = seals._base_manager.using(using).filter(organisation_id=one.pk)
        last = chain.order_by("-number").first()
        yield Chain(str(one.pk), one.name, chain.count(), last.sha256 if last else "")  # type: ignore[attr-defined]
