"""From what was said of people to rows of the table of facts."""

import marshal
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pyarrow as pa

from needlepoint.engines.columns import FactColumns
from needlepoint.exchange.fhir.concept import Concept
from needlepoint.exchange.fhir.gather import gather
from needlepoint.exchange.fhir.packed import Packed, unpack, unpack_concept
from needlepoint.exchange.fhir.sift import Problem
from needlepoint.exchange.fhir.swift import SwiftListener
from needlepoint.exchange.fhir.wanted import Wanted
from needlepoint.screen import ScreenKnowledge

#: A person, and what was said of them, in as many packed parts as there were runs that speak of them.
Told = tuple[str, tuple[bytes, ...]]


@dataclass(slots=True)
class Rows:
    """Makes rows, with one knowledge for one day. ``folder`` holds the names that others point to."""

    knowledge: ScreenKnowledge
    on: date
    folder: Path
    wanted: Wanted = field(init=False)
    columns: FactColumns = field(init=False)
    schema: pa.Schema = field(init=False)
    listener: SwiftListener = field(init=False)
    _names: dict[str, Packed] | None = None

    def __post_init__(self) -> None:
        self.wanted = Wanted.of(self.knowledge, self.on)
        self.columns = FactColumns.of(self.knowledge)
        self.schema = self.columns.schema()
        self.listener = SwiftListener(self.knowledge, on=self.on)

    def of(self, people: Iterable[Told]) -> tuple[pa.RecordBatch, list[Problem]]:
        """The rows of these people, and what was wrong with who they are."""
        rows: list[dict[str, object]] = []
        problems: list[Problem] = []
        for person, parts in people:
            packed = [one for part in parts for one in marshal.loads(part)]  # noqa: S302 - written by ourselves a moment ago
            told = gather(unpack(packed), self.wanted, self._named)
            answers = self.listener.hear(told.entries, told.replies, told.readings, told.asked, on=self.on)
            rows.append(self.columns.row(person, answers))
            if not told.known_who:
                what = "no file holds this Patient" if packed or parts else "no file speaks of this person"
                problems.append(Problem("", 0, f"Patient/{person}: {what}; age and sex are not known"))
            if told.born_later:
                problems.append(
                    Problem("", 0, f"Patient/{person}: the birth date lies after {self.on}; no age is known")
                )
        return pa.RecordBatch.from_pylist(rows, schema=self.schema), problems

    def _named(self, reference: str) -> Concept | None:
        if self._names is None:
            self._names = {}
            for path in sorted(self.folder.glob("names-*")):
                with path.open("rb") as names:
                    self._names.update(marshal.load(names))  # noqa: S302 - written by ourselves a moment ago
        packed = self._names.get(reference)
        return unpack_concept(packed) if packed else None
