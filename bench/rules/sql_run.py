"""The ten rules as DuckDB SQL, written by hand: the limit to be measured against. Usage: sql_run.py WORK_FOLDER PEOPLE RUNS

Twice: over resources kept as JSON, as fhir4ds has them, and over columns that were picked out when the data were loaded.
"""

import json
import sys
import time
from pathlib import Path

import duckdb
import pyarrow

work, name, runs = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
sets = json.loads((work / "value_sets.json").read_text(encoding="utf-8"))

COLUMNS = {
    "condition": """
        SELECT split_part(resource ->> '$.subject.reference', '/', 2) AS person, resource ->> '$.id' AS id,
          resource ->> '$.code.coding[0].system' AS system,
          resource ->> '$.code.coding[0].code' AS code, resource ->> '$.clinicalStatus.coding[0].code' AS clinical,
          resource ->> '$.verificationStatus.coding[0].code' AS verified, resource ->> '$.onsetDateTime' AS day
        FROM resources WHERE kind = 'Condition'""",
    "medicine": """
        SELECT split_part(resource ->> '$.subject.reference', '/', 2) AS person, resource ->> '$.id' AS id,
          resource ->> '$.medicationCodeableConcept.coding[0].system' AS system, resource ->> '$.medicationCodeableConcept.coding[0].code' AS code,
          resource ->> '$.authoredOn' AS day
        FROM resources WHERE kind = 'MedicationRequest' AND (resource ->> '$.status') = 'active'""",
    "patient": """
        SELECT resource ->> '$.id' AS person, CAST(resource ->> '$.birthDate' AS DATE) AS born FROM resources WHERE kind = 'Patient'""",
}
RULES = f"""
    WITH found AS (
      SELECT person, rule, 'Condition/' || id AS resource, code, day FROM condition JOIN value_set USING (system, code)
      WHERE kind = 'conditions' AND (NOT only_now OR clinical IN ('active', 'recurrence', 'relapse'))
        AND (verified IS NULL OR verified NOT IN ('refuted', 'entered-in-error', 'unconfirmed', 'provisional', 'differential'))
      UNION ALL
      SELECT person, rule, 'MedicationRequest/' || id, code, day FROM medicine JOIN value_set USING (system, code) WHERE kind = 'medicines'
      UNION ALL
      SELECT person, 'under-sixteen', 'Patient/' || person, NULL, CAST(born AS VARCHAR) FROM patient
      WHERE born > DATE '{sets["on"]}' - INTERVAL 16 YEAR
    )
    SELECT person, rule, list({{'resource': resource, 'code': code, 'day': day}}) AS because FROM found GROUP BY ALL
"""


def connect(folder: str, *, columns: bool) -> duckdb.DuckDBPyConnection:
    """A database with these people and the value sets."""
    connection = duckdb.connect()
    connection.execute("CREATE TABLE resources (kind VARCHAR, resource JSON)")
    for kind in ("Patient", "Condition", "MedicationRequest"):
        file = (work / folder / f"{kind}.ndjson").as_posix()
        connection.execute("INSERT INTO resources SELECT ?, json FROM read_ndjson_objects(?)", [kind, file])
    connection.execute(
        "CREATE TABLE value_set (rule VARCHAR, kind VARCHAR, system VARCHAR, code VARCHAR, only_now BOOLEAN)"
    )
    rows = [
        (rule, kind, system, code, one["counts"] == "now")
        for rule, one in sets["rules"].items()
        for kind in ("conditions", "medicines")
        for system, code in one.get(kind, ())
    ]
    names = ("rule", "kind", "system", "code", "only_now")
    connection.register("listed", pyarrow.table(dict(zip(names, zip(*rows, strict=True), strict=True))))
    connection.execute("INSERT INTO value_set SELECT DISTINCT * FROM listed")
    for table, select in COLUMNS.items():
        connection.execute(f"CREATE {'TABLE' if columns else 'VIEW'} {table} AS {select}")
    return connection


def answers(connection: duckdb.DuckDBPyConnection) -> dict:
    """Each person's rules that hold, with what made them hold."""
    found: dict[str, dict] = {person: {} for (person,) in connection.execute("SELECT person FROM patient").fetchall()}
    for person, rule, because in connection.execute(RULES).fetchall():
        found[person][rule] = (
            [] if rule == "under-sixteen" else [[one["resource"], one["code"], one["day"]] for one in because]
        )
    return found


def measured(folder: str, *, columns: bool) -> dict:
    """Loading, and then the query again and again."""
    started = time.perf_counter()
    connection = connect(folder, columns=columns)
    load = time.perf_counter() - started
    found = answers(connection)
    batch = []
    for _ in range(runs):
        started = time.perf_counter()
        answers(connection)
        batch.append(time.perf_counter() - started)
    return {"people": len(found), "load": load, "prepare": 0.0, "batch": batch, "single": [], "answers": found}


told = []
for columns, engine in ((False, "SQL by hand, over JSON"), (True, "SQL by hand, over columns")):
    few, many = measured(name, columns=columns), measured(f"{name}-more", columns=columns)
    probes = answers(connect("probes", columns=columns))
    told += [
        {"engine": engine, **few, "answers": {**few["answers"], **probes}},
        {"engine": engine, **many, "answers": None},
    ]
print(json.dumps({"engines": told}))
