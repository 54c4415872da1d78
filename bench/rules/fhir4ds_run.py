"""The ten rules with fhir4ds-v2: the same CQL, turned into one DuckDB query. Its evidence is the resource, without code and day.

Run with the people, and with many copies of them, as much of its time goes into planning the query.
Usage: fhir4ds_run.py WORK_FOLDER PEOPLE RUNS
"""

import json
import sys
import time
from pathlib import Path

import fhir4ds
from fhir4ds import FHIRDataLoader
from fhir4ds.cql.parser import parse_cql
from fhir4ds.cql.translator import CQLToSQLTranslator

work, name, runs = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
sets = json.loads((work / "value_sets.json").read_text(encoding="utf-8"))
flags = {f"rule_{n}": rule for n, rule in enumerate(sets["rules"])}

VALUE_SETS = [
    {
        "resourceType": "ValueSet",
        "id": f"{rule}-{kind}",
        "url": f"urn:needlepoint:bench:{rule}-{kind}",
        "status": "active",
        "expansion": {
            "timestamp": "2021-06-01",
            "contains": [{"system": system, "code": code} for system, code in one[kind]],
        },
    }
    for rule, one in sets["rules"].items()
    for kind in ("conditions", "medicines")
    if kind in one
]


def connect(*folders: str):
    """A database with these people and the value sets."""
    connection = fhir4ds.create_connection()
    loader = FHIRDataLoader(connection)
    for folder in folders:
        for kind in ("Patient", "Condition", "MedicationRequest"):
            loader.load_ndjson(work / folder / f"{kind}.ndjson")
    loader.load_valuesets(VALUE_SETS)
    return connection


def translated(connection) -> str:
    """The library as one SQL query; worked out once, as a service would."""
    translator = CQLToSQLTranslator(connection=connection)
    library = parse_cql((work / "TenRulesIds.cql").read_text(encoding="utf-8"))
    return translator.translate_library_to_population_sql(library=library, output_columns=flags, parameters={})


def evaluate(connection, sql: str) -> list[tuple]:
    """All answers, fetched."""
    return connection.execute(sql).fetchall()


def answers(rows: list[tuple]) -> dict:
    """Each person's rules that hold, with the resources that made them hold."""
    found: dict[str, dict[str, list]] = {}
    for person, *values in rows:
        found[person] = {}
        for rule, value in zip(flags.values(), values, strict=True):
            if value is True:
                found[person][rule] = []
            elif value:
                found[person][rule] = [[resource, None, None] for resource in value]
    return found


def measured(folder: str) -> dict:
    """Loading, translating, and then the query again and again."""
    started = time.perf_counter()
    connection = connect(folder)
    load = time.perf_counter() - started
    started = time.perf_counter()
    sql = translated(connection)
    prepare = time.perf_counter() - started
    found = answers(evaluate(connection, sql))
    batch = []
    for _ in range(runs):
        started = time.perf_counter()
        answers(evaluate(connection, sql))
        batch.append(time.perf_counter() - started)
    connection.close()
    return {
        "engine": "fhir4ds-v2",
        "people": len(found),
        "load": load,
        "prepare": prepare,
        "batch": batch,
        "single": [],
        "answers": found,
    }


few, many, probes = measured(name), {**measured(f"{name}-more"), "answers": None}, measured("probes")["answers"]
print(json.dumps({"engines": [{**few, "answers": {**few["answers"], **probes}}, many]}))
