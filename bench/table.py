"""One table of all that was measured, with the machine it was measured on. Usage: table.py RESULTS_FOLDER OUT.md [PAGE.md]

With a page, the table also goes between the two marks of that page.
"""

import json
import os
import platform
import re
import shutil
import subprocess
import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
REFERENCE = "cql-execution"
#: In the order of the table: from what each starts, and what of the evidence it gives back.
ENGINES = {
    "cql-execution": ("parsed resources", "resource, code, day"),
    "zen-engine": ("parsed resources", "resource, code, day"),
    "Needlepoint, record by record": ("parsed resources", "resource, code, day"),
    "Needlepoint, remembering": ("parsed resources", "resource, code, day"),
    "fhir4ds-v2": ("JSON in DuckDB", "resource"),
    "SQL by hand, over JSON": ("JSON in DuckDB", "resource, code, day"),
    "SQL by hand, over columns": ("columns in DuckDB", "resource, code, day"),
    "Needlepoint, from answers": ("answers in memory", "resource, code, day, in words"),
    "Needlepoint on DuckDB, from facts": ("table of facts (Parquet), to Parquet", "resource, code, day, in words"),
    "SQL by hand, from facts": ("table of facts (Parquet), to Parquet", "resource, code, day, in words"),
    "Needlepoint, files to results": ("NDJSON files (parsing counts), to Parquet", "resource, code, day, in words"),
}


def read(file: Path) -> dict | list | None:
    """What one program measured, if it ran."""
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else None


def machine(results: Path) -> list[str]:
    """What it was measured on, and how busy that was."""
    cpu = (
        re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text()) if Path("/proc/cpuinfo").exists() else None
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    node = (
        subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout.strip()
        if shutil.which("node")
        else "none"
    )
    load = (results / "load.txt").read_text().strip() if (results / "load.txt").exists() else "not known"
    now = " ".join(f"{one:.2f}" for one in os.getloadavg())
    return [
        f"Measured on {date.today().isoformat()}: {cpu[1].strip() if cpu else platform.processor()}, {os.cpu_count()} cores, "
        f"{memory:.0f} GB, {platform.system()}; Python {platform.python_version()}, Node {node}, DuckDB {version('duckdb')}.",
        f"Load of the machine (1, 5, 15 minutes) before: {load}; after: {now}. "
        "A load above two before the start means that others worked on it, and that all times are too long.",
    ]


def by_engine(results: Path, name: str) -> dict[tuple[str, int], dict]:
    """What was measured with these people, by engine and number of people."""
    found = {}
    for file in sorted(results.glob(f"rules-{name}-*.json")):
        told = read(file)
        for one in told["engines"]:
            found[one["engine"], one["people"]] = one
    return found


def speed(one: dict) -> float:
    """People a second, in the fastest run: what the machine can do when it is left alone."""
    return one["people"] / min(one["batch"])


def ten_rules(results: Path, name: str) -> list[str]:
    """The engines side by side."""
    found = by_engine(results, name)
    compared = read(results / f"compare-{name}.json")
    if not found or not compared:
        return []
    people = min(count for _, count in found)
    reference = next((speed(one) for (engine, _), one in found.items() if engine == REFERENCE), None)
    lines = [
        f"### Ten rules, {people} people",
        "",
        f"| engine | starts from | evidence | people | people/s | x {REFERENCE} | one person p50 | p95 |",
        "|---|---|---|---:|---:|---:|---:|---:|",
    ]
    for engine, (start, evidence) in ENGINES.items():
        for (which, count), one in sorted(found.items(), key=lambda item: item[0][1]):
            if which != engine:
                continue
            single = sorted(one["single"])
            p50, p95 = (
                (f"{micro(single[len(single) // 2])}", f"{micro(single[int(len(single) * 0.95)])}")
                if single
                else ("", "")
            )
            times = f"{speed(one) / reference:,.1f}" if reference else ""
            lines.append(
                f"| {engine} | {start} | {evidence} | {count:,} | {speed(one):,.0f} | {times} | {p50} | {p95} |"
            )
    wrong = {
        engine: one
        for engine, one in compared["engines"].items()
        if one["people_with_other_flags"] or one["evidence_that_differs"]
    }
    same = (
        "all engines gave the same answers and the same evidence"
        if not wrong
        else f"**the engines do not agree**: {wrong}"
    )
    lines += ["", f"Compared over {compared['people']} people, made-up ones among them: {same}."]
    return [*lines, ""]


def micro(microseconds: float) -> str:
    """In the unit that reads best."""
    return f"{microseconds:.0f} µs" if microseconds < 1000 else f"{microseconds / 1000:.1f} ms"


def one_person(results: Path) -> list[str]:
    """One person, from the verb to the command."""
    told = read(results / "one-person.json")
    if not told:
        return []
    size = told["knowledge"]
    lines = [
        "### One person",
        "",
        f"With the whole knowledge: {size['rules']} rules, {size['facts']} facts, {size['places']} places; {size['people']} people of the export.",
        "",
        "| what | p50 | p95 | times |",
        "|---|---:|---:|---:|",
    ]
    lines += [
        f"| {what} | {one['p50_ms']:.2f} ms | {one['p95_ms']:.2f} ms | {one['times']} |"
        for what, one in told["rows"].items()
    ]
    return [*lines, ""]


def reading(results: Path) -> list[str]:
    """From NDJSON to facts."""
    told = read(results / "read.json")
    if not told:
        return []
    lines = [
        "### Reading NDJSON into facts",
        "",
        "| what | processes | resources | seconds | resources/s | peak memory |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for one in told["rows"]:
        another = f" (another process: {one['peak_of_another_mb']:.0f} MB)" if one["peak_of_another_mb"] else ""
        each_second = one["resources"] / one["seconds"]
        lines.append(
            f"| {one['label']} | {one['processes']} | {one['resources']:,} | {one['seconds']:.1f} | {each_second:,.0f} "
            f"| {one['peak_mb']:.0f} MB{another} |"
        )
    return [*lines, ""]


def million(results: Path) -> list[str]:
    """What bench/million.py said."""
    file = results / "million.txt"
    return (
        ["### A million people, all rules", "", "```text", file.read_text(encoding="utf-8").strip(), "```", ""]
        if file.exists()
        else []
    )


def main(results: Path, out: Path, page: Path | None) -> None:
    """Write the table."""
    left_out = (results / "left-out.txt").read_text().splitlines() if (results / "left-out.txt").exists() else []
    lines = [*machine(results), "", *(f"Left out: {one}." for one in left_out), *([""] if left_out else [])]
    for part in (
        ten_rules(results, "shipped"),
        ten_rules(results, "larger"),
        one_person(results),
        reading(results),
        million(results),
    ):
        lines += part
    text = "\n".join(lines).rstrip() + "\n"
    out.write_text(text, encoding="utf-8")
    if page:
        before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
        after = rest.partition(END)[2]
        page.write_text(f"{before}{BEGIN}\n\n{text}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]) if len(sys.argv) > 3 else None)
