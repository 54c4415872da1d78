"""The ten rules with Needlepoint, one person after another. Usage: needlepoint_run.py WORK_FOLDER PEOPLE RUNS

Timed three times: from parsed resources, read and heard by Needlepoint as it reads any record (dates, doubts, courses that have ended, and every
text, word by word); the same with the listener that remembers what it has heard, as for many people; and from answers that are known already.
All end with a clearance that names for each rule the resource, the code and the day. Nothing is remembered from one run to the next.
"""

import json
import sys
import time
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import records
from ten_rules import ten_rules, value_sets

from needlepoint.exchange.fhir import read_bundle
from needlepoint.exchange.fhir.concept import concept_of
from needlepoint.exchange.fhir.swift import SwiftListener
from needlepoint.screen import Answers, Listener, assess

work, name, runs = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
sets = value_sets(work)
on = date.fromisoformat(sets["on"])


def bundle(record: list[dict]) -> dict:
    """A person's parsed resources as the one document that the reader takes."""
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in record]}


def heard(document: dict, listener: Listener) -> Answers:
    """What is known of a person, from parsed resources."""
    return read_bundle(document, label="bench", on=on, knowledge=knowledge).answers(listener, on=on)


def told(answers: Answers) -> dict:
    """The rules that hold, each with resource, code and day, out of a clearance."""
    clearance = assess(answers, (), knowledge, on=on)
    return {
        finding.id: [
            [one.origin, one.code.split(" ")[1] if one.code else None, one.on.isoformat() if one.on else None]
            for one in finding.because
        ]
        for finding in clearance.findings
        if finding.id in sets["rules"]
    }


started = time.perf_counter()
knowledge = ten_rules(sets)
listener = Listener(knowledge)
knowledge.codes, knowledge.generals, knowledge.specifics, knowledge.sheet  # noqa: B018 - worked out once, on first use
prepare = time.perf_counter() - started

everyone = {person: bundle(record) for person, record in records.read(work / name).items()}
known = {person: heard(document, listener) for person, document in everyone.items()}
for answers in known.values():
    told(answers)


def timed(values: Iterable, start: Callable[[], Callable]) -> dict[str, list[float]]:
    """Seconds for everybody, run by run; microseconds for one, person by person. ``start`` begins a run and gives the work of one person."""
    batch, single = [], []
    for _ in range(runs):
        concept_of.cache_clear()
        work_of_one = start()
        started = time.perf_counter()
        for value in values:
            begun = time.perf_counter()
            work_of_one(value)
            single.append((time.perf_counter() - begun) * 1e6)
        batch.append(time.perf_counter() - started)
    return {"batch": batch, "single": single}


def plain() -> Callable:
    """Every record is read and heard for itself."""
    return lambda document: told(heard(document, listener))


def remembering() -> Callable:
    """What was heard once in this run is remembered."""
    swift = SwiftListener(knowledge, on=on)
    return lambda document: told(heard(document, swift))


documents = list(everyone.values())
everybody = {**everyone, **{person: bundle(record) for person, record in records.read(work / "probes").items()}}
found = {
    start: {person: told(heard(document, hearer)) for person, document in everybody.items()}
    for start, hearer in ((plain, listener), (remembering, SwiftListener(knowledge, on=on)))
}
base = {"people": len(everyone), "prepare": prepare}
engines = [
    {"engine": "Needlepoint, record by record", **base, **timed(documents, plain), "answers": found[plain]},
    {"engine": "Needlepoint, remembering", **base, **timed(documents, remembering), "answers": found[remembering]},
    {
        "engine": "Needlepoint, from answers",
        **base,
        **timed(list(known.values()), lambda: told),
        "answers": found[plain],
    },
]
print(json.dumps({"engines": engines}))
