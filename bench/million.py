"""A million people through all rules and all regions: how long, on this machine?

    million.py                                  the people of examples/, drawn again and again until there are a million; and made-up people
    million.py --facts FACTS.parquet            people of your own, from a table of facts
    million.py --people 200000 --engines duckdb --rules 170

Seconds are wall-clock, from a table of facts in Parquet to a table of results in Parquet with its summary, in a process of its own. Nothing
is kept from one run to the next. The engine `memory` sees a sample; its time for everybody is that of the sample times how many more there are.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import perf_counter

import pyarrow.parquet as pq
from people import made_up, resample

from needlepoint.engines import FactColumns, screen_people
from needlepoint.engines.as_sql import parquet
from needlepoint.engines.compiled import marks, sql
from needlepoint.engines.in_duckdb import open_duckdb
from needlepoint.engines.population import look_over
from needlepoint.engines.turned import turn
from needlepoint.library import load_knowledge
from needlepoint.screen import ScreenKnowledge

ON = date(2026, 3, 2)
SHIPPED = Path(__file__).parents[1] / "examples" / "synthea" / "bulk"
MADE_UP = 5_000
SAMPLE = 2_000


def knowledge_with(rules: int | None) -> ScreenKnowledge:
    """The knowledge that ships, or so many of its rules, taken evenly from the alphabet."""
    knowledge = load_knowledge()
    if rules is None or rules >= len(knowledge.rules):
        return knowledge
    some = tuple(knowledge.rules[n * len(knowledge.rules) // rules] for n in range(rules))
    return replace(knowledge, rules=some)


def shipped(knowledge: ScreenKnowledge, working: Path) -> Path | None:
    """The facts of the people that ship with Needlepoint."""
    from needlepoint.exchange.fhir.bulk import read_people

    if not SHIPPED.is_dir():
        return None
    read_people(SHIPPED, knowledge, on=ON, out=working / "shipped.parquet")
    return working / "shipped.parquet"


def run_one(engine: str, facts: Path, rules: int | None) -> dict[str, float]:
    """Screen these people with this engine, in this process, and say how long it took and how much memory."""
    knowledge = knowledge_with(rules)
    with tempfile.TemporaryDirectory(dir=facts.parent) as folder:
        if engine == "marks":
            started = perf_counter()
            columns = FactColumns.of(knowledge)
            query = sql(marks(turn(knowledge), columns, look_over(facts, columns)), "duckdb")
            compiled = perf_counter()
            with open_duckdb(Path(folder)) as connection:
                connection.execute(f"CREATE VIEW facts AS FROM {parquet(facts)}")
                connection.execute(f"CREATE TABLE marks AS SELECT * EXCLUDE evidence FROM ({query})")
            return {"seconds": perf_counter() - compiled, "compile": compiled - started, "mb": peak_mb()}
        seconds = screen_people(facts, knowledge, engine=engine, out=Path(folder) / "out.parquet", on=ON).seconds
        return {"seconds": seconds, "mb": peak_mb()}


def peak_mb() -> float:
    """The most memory that this process and those it started have held, in MB; nan where the system does not say."""
    status = {int(one.parent.name): one for one in Path("/proc").glob("[0-9]*/status")}
    if os.getpid() not in status:
        return float("nan")
    held = 0.0
    for path in status.values():
        try:
            lines = dict(line.split(":", 1) for line in path.read_text().splitlines() if ":" in line)
        except OSError:
            continue
        if int(lines["Pid"]) == os.getpid() or int(lines["PPid"]) == os.getpid():
            held += float(lines.get("VmHWM", "0 kB").split()[0]) / 1024
    return held


def timed(engine: str, facts: Path, rules: int | None) -> dict[str, float] | None:
    """The same in a process of its own. ``None``: the engine could not run."""
    command = [sys.executable, __file__, "--one", engine, "--facts", str(facts)]
    if rules is not None:
        command += ["--rules", str(rules)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(
            f"  {engine}: did not run: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else 'no reason given'}"
        )
        return None
    told: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return told


def show(engine: str, people: int, told: dict[str, float], note: str = "") -> None:
    """One line of the answer."""
    rate = people / told["seconds"]
    print(
        f"  {engine:24} {told['seconds']:8.1f} s {rate:12,.0f} people/s   peak {told['mb']:6,.0f} MB{note}", flush=True
    )


def time_engines(title: str, few: Path, options: argparse.Namespace, working: Path) -> None:
    """Draw the people and time each engine on them."""
    source = pq.read_table(few)
    facts, sample = working / "facts.parquet", working / "sample.parquet"
    resample(source, options.people, facts)
    resample(source, min(SAMPLE, options.people), sample)
    size = facts.stat().st_size / 2**20
    print(f"{options.people:,} people drawn from {source.num_rows:,} {title}; {size:,.0f} MB of facts")
    load = os.getloadavg()[0]
    for engine in options.engines:
        if engine == "memory":
            told = timed("memory", sample, options.rules)
            if told:
                people = min(SAMPLE, options.people)
                all_of_them = told["seconds"] * options.people / people
                show(
                    "memory",
                    people,
                    told,
                    f"   ({people:,} people; everybody would take about {all_of_them / 60:,.0f} min)",
                )
            continue
        for run in ("", " again") if engine == "duckdb" else ("",):
            told = timed(engine, facts, options.rules)
            if told:
                show(engine + run, options.people, told)
        if engine == "duckdb":
            told = timed("marks", facts, options.rules)
            if told:
                note = f"   (rules and regions as bits, nothing written; and {told['compile']:.1f} s to compile)"
                show("duckdb, marks only", options.people, told, note)
    print(f"  load of the machine before: {load:.1f}\n", flush=True)


def main() -> None:
    """Read the options, then time."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--facts", type=Path)
    parser.add_argument("--engines", type=lambda text: text.split(","), default=["duckdb", "spark", "memory"])
    parser.add_argument("--rules", type=int, help="only so many rules")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(run_one(options.one, options.facts, options.rules)))
        return
    knowledge = knowledge_with(options.rules)
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, {os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB"
    )
    print(
        f"{len(knowledge.rules)} rules, {len(knowledge.sheet.every_place)} regions and sides, {len(FactColumns.of(knowledge).facts)} facts\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        working = Path(folder)
        if options.facts:
            time_engines(f"of {options.facts.name}", options.facts, options, working)
            return
        if few := shipped(knowledge, working):
            time_engines("that ship as FHIR records", few, options, working)
        pq.write_table(made_up(knowledge, MADE_UP), working / "made-up.parquet")
        time_engines("made up, each different", working / "made-up.parquet", options, working)


if __name__ == "__main__":
    main()
