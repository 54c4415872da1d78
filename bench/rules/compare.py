"""Do all engines say the same? Every person, every rule; and the evidence, as far as an engine has any.

Usage: compare.py RESULT.json ANSWERS.json...   Exit code 1 when two engines disagree about a rule.

Needlepoint tells a thing that stands in a record several times once, with its newest date, so its evidence is compared as: the same codes, each with
the newest day, out of resources that the others name too.
"""

import json
import sys
from pathlib import Path

REFERENCE = "cql-execution"


def engines(files: list[Path]) -> dict[str, dict]:
    """The answers by engine, for those that answered."""
    found = {}
    for file in files:
        told = json.loads(file.read_text(encoding="utf-8"))
        for one in told["engines"]:
            if one["answers"] is not None:
                found[one["engine"]] = one["answers"]
    return found


def newest(because: list) -> dict[str, str]:
    """Each code with the newest day on which it stands in the record."""
    days: dict[str, str] = {}
    for _, code, day in because:
        days[code] = max(days.get(code, ""), (day or "")[:10])
    return days


def main(out: Path, files: list[Path]) -> None:
    """Compare with cql-execution where it ran, else with the first."""
    answered = engines(files)
    if not answered:
        sys.exit("no engine answered")
    reference = REFERENCE if REFERENCE in answered else next(iter(answered))
    judge = answered[reference]
    told, wrong = {}, 0
    for engine, answers in answered.items():
        flags = evidence = 0
        for person in {*judge, *answers}:
            here, there = judge.get(person, {}), answers.get(person, {})
            if set(here) != set(there):
                flags += 1
                if flags <= 5:
                    for rule in sorted(set(here) ^ set(there)):
                        who = reference if rule in here else engine
                        print(
                            f"  {person}: only {who} says {rule}, because of {(here.get(rule) or there.get(rule) or ['the age'])[:2]}"
                        )
            for rule in set(here) & set(there) - {"under-sixteen"}:
                resources = {one[0] for one in there[rule]} <= {one[0] for one in here[rule]}
                codes = all(one[1] is None for one in there[rule]) or newest(there[rule]) == newest(here[rule])
                evidence += not (resources and codes)
        wrong += flags
        told[engine] = {"people": len(answers), "people_with_other_flags": flags, "evidence_that_differs": evidence}
        print(
            f"  {engine}: {len(answers)} people, {flags} with other flags than {reference}, {evidence} pieces of evidence that differ",
            file=sys.stderr,
        )
    counts = {
        rule: sum(rule in of for of in judge.values())
        for rule in sorted({rule for of in judge.values() for rule in of})
    }
    out.write_text(
        json.dumps({"reference": reference, "engines": told, "people": len(judge), "counts": counts}), encoding="utf-8"
    )
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(one) for one in sys.argv[2:]])
