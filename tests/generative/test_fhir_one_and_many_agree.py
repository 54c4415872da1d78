"""One person's record and a folder of many people say the same of each person.

Set ``NEEDLEPOINT_SYNTHEA`` to a folder with a bulk export to compare more people than the sample that lies in ``examples``.
"""

import gzip
import os
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from needlepoint.engines.columns import FactColumns
from needlepoint.exchange.fhir import read_bundle
from needlepoint.exchange.fhir.bulk import read_people
from needlepoint.library import load_knowledge
from needlepoint.screen import Listener

ON = date(2021, 6, 1)
EXPORT = Path(os.environ.get("NEEDLEPOINT_SYNTHEA") or Path(__file__).parents[2] / "examples" / "synthea" / "bulk")


def records(export: Path) -> dict[str, list[dict[str, Any]]]:
    """Each person with all that is recorded of them."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for file in sorted(export.glob("*.ndjson.gz")):
        for line in gzip.decompress(file.read_bytes()).splitlines():
            resource = orjson.loads(line)
            about = resource.get("subject") or resource.get("patient") or {}
            person = (
                resource["id"] if resource["resourceType"] == "Patient" else about.get("reference", "/").split("/")[1]
            )
            if person:
                found[person].append(resource)
    return found


def test_the_slow_path_for_one_and_the_fast_path_for_many_say_the_same(tmp_path: Path) -> None:
    knowledge = load_knowledge()
    columns, listener = FactColumns.of(knowledge), Listener(knowledge)
    done = read_people(EXPORT, knowledge, on=ON, out=tmp_path / "facts.parquet")
    many = {row["person"]: row for row in pq.read_table(tmp_path / "facts.parquet").to_pylist()}
    people = records(EXPORT)
    assert sorted(people) == list(many)
    assert done.people == len(people)
    for person, resources in people.items():
        document = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in resources]}
        told = read_bundle(document, label=person, on=ON, knowledge=knowledge)
        row = columns.row(person, told.answers(listener, on=ON))
        assert pa.RecordBatch.from_pylist([row], schema=columns.schema()).to_pylist()[0] == many[person], person
