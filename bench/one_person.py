"""How long one person takes: the verb alone, the hearing before it, and the whole command in a fresh process.

Usage: one_person.py RESULT.json [EXPORT_FOLDER]   (a FHIR bulk export; without one, only the contract's case is timed)
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "rules"))
import records

from needlepoint.exchange.case.parse import read_bytes
from needlepoint.exchange.case.read import read_document
from needlepoint.exchange.fhir import read_bundle
from needlepoint.exchange.fhir.wanted import READ
from needlepoint.exchange.told import Told
from needlepoint.library import load_knowledge
from needlepoint.screen import Answers, Asked, Entry, Listener, assess

HERE = Path(__file__).parent
CASE = HERE / "contract.yaml"
COMMAND = Path(sys.executable).with_name("needlepoint")
AT_MOST = 60
#: Each with a letter left out is a slip of the pen that makes us look for the nearest of all names; what was looked for once is remembered.
LONG_NAMES = ("haemophilia", "fibromyalgia", "osteoporosis", "polymyalgia", "spondylolisthesis", "thrombocytopenia")


def spread(microseconds: list[float]) -> dict[str, float]:
    """Half of them took less than p50, nineteen of twenty less than p95; in milliseconds."""
    ordered = sorted(microseconds)
    return {
        "p50_ms": ordered[len(ordered) // 2] / 1e3,
        "p95_ms": ordered[int(len(ordered) * 0.95)] / 1e3,
        "times": len(ordered),
    }


def misspelt(told: Told) -> list[Told]:
    """The same case with three slips of the pen that no other has."""
    slips = [name[:n] + name[n + 1 :] for name in LONG_NAMES for n in range(1, len(name) - 1)]
    few = [slips[n : n + 3] for n in range(0, len(slips) - 2, 3)]
    return [
        replace(
            told,
            entries=(
                *told.entries,
                *(Entry(Asked.CONDITIONS, slip, f"conditions[{n}]") for n, slip in enumerate(some)),
            ),
        )
        for some in few
    ]


def timed(job: Callable[[object], object], values: list, runs: int, *, warm: bool = True) -> dict[str, float]:
    """Each value so many times, after one time that does not count."""
    for value in values if warm else ():
        job(value)
    found = []
    for _ in range(runs):
        for value in values:
            started = time.perf_counter_ns()
            job(value)
            found.append((time.perf_counter_ns() - started) / 1e3)
    return spread(found)


def command(arguments: list[str], runs: int) -> dict[str, float]:
    """A fresh process each time, from its start to its end."""
    found = []
    for n in range(runs + 1):
        started = time.perf_counter_ns()
        done = subprocess.run([COMMAND, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
        if done.returncode:
            sys.exit(f"needlepoint {' '.join(arguments)} failed: {done.stderr.decode()[-500:]}")
        if n:
            found.append((time.perf_counter_ns() - started) / 1e3)
    return spread(found)


def exported(folder: Path) -> list[dict]:
    """One Bundle a person, of all kinds that the screen step reads."""
    records.KINDS = tuple(sorted(READ, key=lambda kind: kind != "Patient"))
    people = [record for record in records.read(folder).values() if record[0]["resourceType"] == "Patient"][:AT_MOST]
    return [
        {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in record]}
        for record in people
    ]


def without_kept_copy() -> dict[str, float]:
    """The command on a machine that has never run it: the knowledge is read from its YAML files."""
    found = []
    for _ in range(2):
        with tempfile.TemporaryDirectory() as folder:
            started = time.perf_counter_ns()
            subprocess.run(
                [COMMAND, "screen", CASE],
                stdout=subprocess.DEVNULL,
                env={**os.environ, "XDG_CACHE_HOME": folder},
                check=True,
            )
            found.append((time.perf_counter_ns() - started) / 1e3)
    return spread(found)


def main(out: Path, export: Path | None) -> None:
    """Time it all and write it down."""
    rows: dict[str, dict] = {}

    def note(what: str, found: dict) -> None:
        rows[what] = found
        print(f"  {what}: {found['p50_ms']:.2f} ms (p95 {found['p95_ms']:.2f})", file=sys.stderr, flush=True)

    knowledge = load_knowledge()
    listener = Listener(knowledge)
    told = read_document(read_bytes(str(CASE), sys.stdin.buffer), str(CASE), knowledge, on=None, today=date(2026, 3, 2))
    on = told.on or date(2026, 3, 2)
    answers = told.answers(listener, on=on)
    note(
        "assess, the contract's case, its places",
        timed(lambda one: assess(one, told.proposed, knowledge, on=on), [answers], 300),
    )
    note(
        "assess, the contract's case, all regions", timed(lambda one: assess(one, (), knowledge, on=on), [answers], 100)
    )
    note(
        "assess, nothing known, one place",
        timed(lambda one: assess(one, told.proposed[:1], knowledge, on=on), [Answers()], 100),
    )
    note("assess, nothing known, all regions", timed(lambda one: assess(one, (), knowledge, on=on), [Answers()], 30))
    note("hear, the contract's case", timed(lambda one: one.answers(listener, on=on), [told], 60))
    note(
        "hear, the same with three slips of the pen",
        timed(lambda one: one.answers(listener, on=on), misspelt(told), 1, warm=False),
    )
    people = 0
    if export:
        day = date(2021, 6, 1)
        bundles = exported(export)
        people = len(bundles)
        note(
            "read a person's FHIR record (parsed)",
            timed(lambda one: read_bundle(one, label="a person", on=day, knowledge=knowledge), bundles, 2),
        )
        told_of = [read_bundle(one, label="a person", on=day, knowledge=knowledge) for one in bundles]
        note("hear a person's FHIR record", timed(lambda one: one.answers(listener, on=day), told_of, 1))
        known = [one.answers(listener, on=day) for one in told_of]
        note(
            "assess, people of the export, the contract's places",
            timed(lambda one: assess(one, told.proposed, knowledge, on=day), known, 5),
        )
        note(
            "assess, people of the export, all regions", timed(lambda one: assess(one, (), knowledge, on=day), known, 2)
        )
    note("command: needlepoint screen CASE --format json", command(["screen", str(CASE), "--format", "json"], 15))
    note("command: needlepoint screen CASE", command(["screen", str(CASE)], 10))
    note("command: needlepoint --help", command(["--help"], 15))
    note("command: python -c pass, for comparison", python_alone())
    note("command: needlepoint screen CASE, no kept copy of the knowledge", without_kept_copy())
    size = {
        "rules": len(knowledge.rules),
        "facts": len(knowledge.facts),
        "places": len(knowledge.sheet.every_place),
        "people": people,
    }
    out.write_text(json.dumps({"rows": rows, "knowledge": size}), encoding="utf-8")


def python_alone() -> dict[str, float]:
    """What Python itself takes to start and stop."""
    found = []
    for _ in range(15):
        started = time.perf_counter_ns()
        subprocess.run([sys.executable, "-c", "pass"], check=True)
        found.append((time.perf_counter_ns() - started) / 1e3)
    return spread(found)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
