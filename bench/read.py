"""How fast Needlepoint's bulk reader turns NDJSON into the table of facts, and how much memory that takes.

The same people are written again and again under new ids, once, four times and sixteen times as many: time should grow with them, memory
should not. Each run is a process of its own. Usage: read.py RESULT.json WORK_FOLDER EXPORT_FOLDER [LARGER_EXPORT_FOLDER]
"""

import gzip
import json
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import orjson

ON = date(2021, 6, 1)
#: So many copies of the shipped people are "once": sixty people alone are read in a blink.
ONCE = 5


def kinds_in(folder: Path) -> dict[str, list[bytes]]:
    """The lines of each kind of resource."""
    found: dict[str, list[bytes]] = {}
    for file in sorted(folder.iterdir()):
        if file.name.endswith((".ndjson", ".ndjson.gz")):
            with gzip.open(file, "rb") if file.suffix == ".gz" else file.open("rb") as lines:
                found.setdefault(file.name.split(".")[0], []).extend(lines)
    return found


def copies(lines: list[bytes], times: int, *, no_two_alike: bool) -> Iterator[bytes]:
    """Each resource so many times, each time of another person. ``no_two_alike``: and with a text that no other has."""
    parsed = [orjson.loads(line) for line in lines]
    for copy in range(times):
        for n, one in enumerate(parsed):
            about = "subject" if "subject" in one else "patient"
            fresh = {**one, "id": f"{one['id']}-{copy}"}
            if about in one:
                fresh[about] = {**one[about], "reference": f"{one[about]['reference']}-{copy}"}
            for key in ("code", "medicationCodeableConcept"):
                if no_two_alike and isinstance(one.get(key), dict) and one["resourceType"] != "Observation":
                    fresh[key] = {**one[key], "text": f"{one[key].get('text', '')} {copy}q{n}z"}
            yield orjson.dumps(fresh, option=orjson.OPT_APPEND_NEWLINE)


def multiply(found: dict[str, list[bytes]], out: Path, times: int, *, no_two_alike: bool = False) -> None:
    """Write the export again, so many times as large."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    for kind, lines in found.items():
        with (out / f"{kind}.ndjson").open("wb") as file:
            file.writelines(copies(lines, times, no_two_alike=no_two_alike))


def read_once(folder: Path, processes: int, out: Path) -> None:
    """Read this folder in this process and say how it went, as JSON."""
    from needlepoint.exchange.fhir.bulk import read_people
    from needlepoint.library import load_knowledge

    knowledge = load_knowledge()
    started = time.perf_counter()
    read = read_people(folder, knowledge, on=ON, out=out, processes=processes)
    seconds = time.perf_counter() - started
    peak = [resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    told = {
        "people": read.people,
        "resources": read.resources,
        "seconds": seconds,
        "peak_mb": peak[0],
        "peak_of_another_mb": peak[1] if processes > 1 else None,
    }
    print(json.dumps(told))


def run(folder: Path, processes: int, work: Path) -> dict:
    """The same in a process of its own."""
    arguments = [sys.executable, __file__, "--once", str(folder), str(processes), str(work / "facts-read.parquet")]
    done = subprocess.run(arguments, capture_output=True, check=False)
    if done.returncode:
        sys.exit(f"reading {folder} failed: {done.stderr.decode()[-800:]}")
    return {**json.loads(done.stdout), "processes": processes}


def main(result: Path, work: Path, export: Path, larger: Path | None) -> None:
    """All runs, told as they come."""
    rows = []

    def note(label: str, folder: Path, processes: int) -> None:
        row = {"label": label, **run(folder, processes, work)}
        rows.append(row)
        another = f", another process {row['peak_of_another_mb']:.0f}" if row["peak_of_another_mb"] else ""
        print(
            f"  {label}, {processes} process{'es' if processes > 1 else ''}: {row['resources']:,} resources in {row['seconds']:.1f} s: "
            f"{row['resources'] / row['seconds']:,.0f} a second; peak {row['peak_mb']:.0f} MB{another}",
            file=sys.stderr,
            flush=True,
        )

    found = kinds_in(export)
    folder = work / "multiplied"
    for times in (1, 4, 16):
        multiply(found, folder, times * ONCE)
        for processes in (1, 2):
            note(f"shipped people x {ONCE * times}", folder, processes)
    multiply(found, folder, ONCE, no_two_alike=True)
    note(f"shipped people x {ONCE}, no two texts alike", folder, 1)
    if larger:
        for processes in (1, 2):
            note("the larger export as it is (.gz)", larger, processes)
    shutil.rmtree(folder)
    (work / "facts-read.parquet").unlink(missing_ok=True)
    result.write_text(json.dumps({"rows": rows}), encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1] == "--once":
        read_once(Path(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
    else:
        main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), Path(sys.argv[4]) if len(sys.argv) > 4 else None)
