"""The people of the bench: Patient, Condition and MedicationRequest of a bulk export, cut to what the ten rules need.

Besides, *probes*: made-up records with codes of the value sets that no Synthea person has, with every status, at both sides of the sixteenth
birthday. They are never timed; they are there so that the engines have something to disagree about.

Usage: records.py WORK_FOLDER NAME EXPORT_FOLDER [COPIES]   (writes WORK_FOLDER/NAME/*.ndjson, and so many copies of everybody under new ids to
WORK_FOLDER/NAME-more), or: records.py WORK_FOLDER probes
"""

import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import orjson

KINDS = ("Patient", "Condition", "MedicationRequest")
CLINICAL = "http://terminology.hl7.org/CodeSystem/condition-clinical"
VERIFIED = "http://terminology.hl7.org/CodeSystem/condition-ver-status"


def lines_of(folder: Path, kind: str) -> Iterator[bytes]:
    """All lines of one kind in a bulk export: Kind.ndjson, Kind.000.ndjson.gz and so on."""
    for file in sorted(folder.rglob(f"{kind}.*")):
        if file.name.endswith((".ndjson", ".ndjson.gz")):
            with gzip.open(file, "rb") if file.suffix == ".gz" else file.open("rb") as lines:
                yield from lines


def owner(resource: dict) -> str:
    """Whose resource is it?"""
    if resource["resourceType"] == "Patient":
        return resource["id"]
    return (resource.get("subject") or resource.get("patient") or {"reference": ""})["reference"].rpartition("/")[2]


def read(folder: Path) -> dict[str, list[dict]]:
    """Parsed records by person, in the order of the patients."""
    people: dict[str, list[dict]] = {}
    for kind in KINDS:
        for line in lines_of(folder, kind):
            resource = orjson.loads(line)
            people.setdefault(owner(resource), []).append(resource)
    return people


def write(folder: Path, resources: Iterator[dict]) -> None:
    """One file for each kind, one resource a line."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {kind: (folder / f"{kind}.ndjson").open("w", encoding="utf-8") for kind in KINDS}
    for resource in resources:
        files[resource["resourceType"]].write(json.dumps(resource, ensure_ascii=False) + "\n")
    for file in files.values():
        file.close()


def probes(value_sets: dict) -> Iterator[dict]:
    """A person for each of many codes, with the statuses taken in turn."""
    statuses = ["active", "resolved", "recurrence", "inactive", "active", "remission", "relapse"]
    doubts = [
        "confirmed",
        "confirmed",
        "refuted",
        "confirmed",
        "unconfirmed",
        "confirmed",
        "entered-in-error",
        "differential",
        "confirmed",
    ]
    orders = ["active", "stopped", "active", "completed", "on-hold", "active", "entered-in-error", "cancelled"]
    n = 0
    for name, rule in value_sets["rules"].items():
        conditions, medicines = rule.get("conditions", []), rule.get("medicines", [])
        for system, code in [*conditions[:: max(1, len(conditions) // 40)], *conditions[-1:]]:
            n += 1
            yield {"resourceType": "Patient", "id": f"probe-{n}", "birthDate": "1980-02-29"}
            yield {
                "resourceType": "Condition", "id": f"probe-{n}-c", "subject": {"reference": f"Patient/probe-{n}"},
                "clinicalStatus": {"coding": [{"system": CLINICAL, "code": statuses[n % len(statuses)]}]},
                "verificationStatus": {"coding": [{"system": VERIFIED, "code": doubts[n % len(doubts)]}]},
                "code": {"coding": [{"system": system, "code": code}], "text": f"probe of {name}"},
                "onsetDateTime": "2020-03-04T10:00:00+00:00", "recordedDate": "2020-03-04T10:00:00+00:00",
            }  # fmt: skip
        for system, code in [*medicines[:: max(1, len(medicines) // 40)], *medicines[-1:]]:
            n += 1
            yield {"resourceType": "Patient", "id": f"probe-{n}", "birthDate": "1980-02-29"}
            yield {
                "resourceType": "MedicationRequest", "id": f"probe-{n}-m", "subject": {"reference": f"Patient/probe-{n}"},
                "status": orders[n % len(orders)], "intent": "order", "authoredOn": "2020-05-06T10:00:00+00:00",
                "medicationCodeableConcept": {"coding": [{"system": system, "code": code}], "text": f"probe of {name}"},
            }  # fmt: skip
    for system, code in (
        ("http://hl7.org/fhir/sid/icd-10-cm", "M54.2"),
        ("http://hl7.org/fhir/sid/icd-10-cm", "G44.2"),
        ("http://snomed.info/sct", "22253000"),
        ("http://snomed.info/sct", "C50.9"),
        ("http://loinc.org", "44054006"),
    ):
        n += 1
        yield {"resourceType": "Patient", "id": f"probe-{n}", "birthDate": "1980-02-29"}
        yield {
            "resourceType": "Condition", "id": f"probe-{n}-c", "subject": {"reference": f"Patient/probe-{n}"},
            "clinicalStatus": {"coding": [{"system": CLINICAL, "code": "active"}]},
            "code": {"coding": [{"system": system, "code": code}], "text": "outside of every value set"},
            "onsetDateTime": "2020-03-04T10:00:00+00:00",
        }  # fmt: skip
    for born in ("2005-05-31", "2005-06-01", "2005-06-02", "2005-06-03", "2021-06-01", "2020-02-29", "1921-01-01"):
        n += 1
        yield {"resourceType": "Patient", "id": f"probe-{n}", "birthDate": born}


def again(person: str, record: list[dict], copies: int) -> Iterator[dict]:
    """The same record so many times, each time of another person."""
    for copy in range(copies):
        for one in record:
            fresh = {**one, "id": f"{one['id']}-{copy}"}
            if "subject" in one:
                fresh["subject"] = {"reference": f"Patient/{person}-{copy}"}
            yield fresh


def main(work: Path, name: str, export: Path | None, copies: int) -> None:
    """Write the people, or the probes."""
    if export is None:
        made = list(probes(json.loads((work / "value_sets.json").read_text(encoding="utf-8"))))
        write(work / name, iter(made))
        print(f"  {sum(one['resourceType'] == 'Patient' for one in made)} probes", file=sys.stderr)
        return
    people = read(export)
    write(work / name, (resource for record in people.values() for resource in record))
    print(f"  {len(people)} people with {sum(map(len, people.values()))} resources of the three kinds", file=sys.stderr)
    if copies:
        write(
            work / f"{name}-more", (one for person, record in people.items() for one in again(person, record, copies))
        )


if __name__ == "__main__":
    arguments = sys.argv[1:]
    main(
        Path(arguments[0]),
        arguments[1],
        Path(arguments[2]) if len(arguments) > 2 else None,
        int(arguments[3]) if len(arguments) > 3 else 0,
    )
