"""The ten rules over a table of facts: Needlepoint's generated DuckDB query beside one written by hand. Usage: many_run.py WORK_FOLDER PEOPLE COPIES

The table of facts is made by Needlepoint's bulk reader, and then repeated so many times under new ids. Both queries read the same Parquet file
and write the same columns to another: clearance, complete, findings, open questions, evidence. Besides, the whole way: from NDJSON files,
parsing included, to the file of results.
"""

import json
import sys
import time
from datetime import date
from functools import partial
from pathlib import Path

import duckdb

sys.path.insert(0, str(Path(__file__).parent))
from ten_rules import AGE, ten_rules, value_sets

from needlepoint.engines.columns import fact_column, quantity_column
from needlepoint.engines.screening import screen_people
from needlepoint.exchange.fhir.bulk import read_people
from needlepoint.screen import ScreenKnowledge

RUNS = 3
OURS, BY_HAND = "Needlepoint on DuckDB, from facts", "SQL by hand, from facts"


def by_hand(facts: Path, knowledge: ScreenKnowledge) -> str:
    """What somebody would write who knows these ten rules."""
    so = {rule: f"{fact_column(rule)}" for rule in knowledge.facts}
    so["under-sixteen"] = f"({quantity_column(AGE)} < 16)"
    asked = {
        **{rule: f"{fact_column(rule)} IS NULL" for rule in knowledge.facts},
        AGE: f"{quantity_column(AGE)} IS NULL",
    }
    in_order = sorted(so)
    some = " OR ".join(so[rule] for rule in in_order)
    any_open = " OR ".join(asked.values())
    listed = ", ".join(f"CASE WHEN {so[rule]} THEN '{rule}' END" for rule in in_order)
    questions = ", ".join(f"CASE WHEN {asked[one]} THEN '{one}' END" for one in sorted(asked))
    return f"""
        SELECT person,
          CASE WHEN coalesce({some}, false) THEN 'weigh' WHEN words_missing > 0 OR coalesce({some}, true) THEN 'adapt' ELSE 'clear' END AS clearance,
          words_missing = 0 AND (coalesce({some}, false) OR NOT ({any_open})) AS complete,
          list_filter([{listed}], one -> one IS NOT NULL) AS findings,
          CASE WHEN coalesce({some}, false) THEN []::VARCHAR[] ELSE list_filter([{questions}], one -> one IS NOT NULL) END AS open_questions,
          words_missing, evidence
        FROM read_parquet('{facts.as_posix()}')"""


def hand(facts: Path, out: Path, knowledge: ScreenKnowledge) -> None:
    """Run the hand-written query from file to file; the people stand in order already, and stay so."""
    with duckdb.connect() as connection:
        connection.execute("SET memory_limit = '4GB'")
        connection.execute(
            f"COPY ({by_hand(facts, knowledge)}) TO '{out.as_posix()}' (FORMAT parquet, COMPRESSION zstd)"
        )


def times(job) -> list[float]:
    """Seconds, run by run, after one run that does not count."""
    job()
    found = []
    for _ in range(RUNS):
        started = time.perf_counter()
        job()
        found.append(time.perf_counter() - started)
    return found


def repeated(facts: Path, out: Path, copies: int) -> None:
    """The same people again and again, under new ids."""
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT format('{{:06d}}-', copy) || person AS person, * EXCLUDE (person, copy) FROM read_parquet('{facts.as_posix()}'), "
            f"range({copies}) AS copies(copy) ORDER BY person) TO '{out.as_posix()}' (FORMAT parquet, COMPRESSION zstd)"
        )


def answers(result: Path) -> dict:
    """Each person's rules that hold, with what made them hold."""
    rows = duckdb.sql(f"SELECT person, findings, evidence FROM read_parquet('{result.as_posix()}')").fetchall()
    return {
        person: {
            rule: [
                [one["origin"], (one["code"] or " ").split(" ")[1], str(one["on"])]
                for one in evidence
                if one["fact"] == rule
            ]
            for rule in findings
        }
        for person, findings, evidence in rows
    }


def differing(one: Path, other: Path) -> int:
    """How many people have another answer in the one file of results than in the other?"""
    columns = (
        "person, clearance::VARCHAR, complete, list_sort(findings::VARCHAR[]), list_sort(open_questions::VARCHAR[])"
    )
    here, there = (f"SELECT {columns} FROM read_parquet('{file.as_posix()}')" for file in (one, other))
    query = f"SELECT count(*) FROM ({here} EXCEPT {there})"
    return duckdb.sql(query).fetchone()[0]


def main(work: Path, name: str, copies: int) -> None:
    """Time both queries with these people, and with a million."""
    sets = value_sets(work)
    on = date.fromisoformat(sets["on"])
    knowledge = ten_rules(sets)
    facts, many = work / "facts.parquet", work / "facts-many.parquet"
    results = {OURS: work / "result.parquet", BY_HAND: work / "result-by-hand.parquet"}
    jobs = {
        OURS: lambda table: screen_people(table, knowledge, engine="duckdb", out=results[OURS], on=on),
        BY_HAND: lambda table: hand(table, results[BY_HAND], knowledge),
    }
    base = {"prepare": 0.0, "single": [], "answers": None}

    def whole_way(folder: str) -> dict:
        """From NDJSON files to the file of results."""
        people = read_people(work / folder, knowledge, on=on, out=facts).people

        def job() -> None:
            read_people(work / folder, knowledge, on=on, out=facts)
            jobs[OURS](facts)

        return {**base, "engine": "Needlepoint, files to results", "people": people, "batch": times(job)}

    told = [whole_way(f"{name}-more"), whole_way(name)]
    people = told[-1]["people"]
    repeated(facts, many, copies)
    told += [
        {**base, "engine": engine, "people": people, "batch": times(partial(job, facts))}
        for engine, job in jobs.items()
    ]
    found = {engine: answers(result) for engine, result in results.items()}
    told += [
        {**base, "engine": engine, "people": people * copies, "batch": times(partial(job, many))}
        for engine, job in jobs.items()
    ]
    if differing(results[OURS], results[BY_HAND]):
        sys.exit("Needlepoint and the query by hand do not give a million people the same answers")
    read_people(work / "probes", knowledge, on=on, out=facts)
    for engine, job in jobs.items():
        job(facts)
        next(one for one in told if one["engine"] == engine)["answers"] = {**found[engine], **answers(results[engine])}
    for file in (facts, many, *results.values()):
        file.unlink()
    print(json.dumps({"engines": told}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
