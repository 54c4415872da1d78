"""The ten rules with zen-engine: one decision with one expression a rule. Usage: zen_run.py WORK_FOLDER PEOPLE RUNS

It knows no FHIR, so our few lines that pick code, status and day out of each parsed resource are part of what is timed.
"""

import json
import sys
import time
from datetime import date
from pathlib import Path

import zen

sys.path.insert(0, str(Path(__file__).parent))
import records

work, name, runs = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
sets = json.loads((work / "value_sets.json").read_text(encoding="utf-8"))
on = date.fromisoformat(sets["on"])
DOUBTED = "['refuted', 'entered-in-error', 'unconfirmed', 'provisional', 'differential']"


def expression(rule: dict) -> str:
    """One rule in zen's words: the list of what made it hold."""
    if rule["younger_than_years"]:
        return f"age < {rule['younger_than_years']} ? [born] : []"
    parts = []
    if "conditions" in rule:
        now = " and #.status in ['active', 'recurrence', 'relapse']" if rule["counts"] == "now" else ""
        parts.append(
            f"filter(conditions, not (#.verified in {DOUBTED}){now} and #.code in {listed(rule['conditions'])})"
        )
    if "medicines" in rule:
        parts.append(f"filter(medicines, #.status == 'active' and #.code in {listed(rule['medicines'])})")
    return parts[0] if len(parts) == 1 else f"flatMap([{', '.join(parts)}], #)"


def listed(codes: list) -> str:
    """A value set as a list of texts."""
    return "[" + ", ".join(f"'{system}|{code}'" for system, code in codes) + "]"


def decision() -> "zen.ZenDecision":
    """The ten rules as a decision."""
    expressions = [{"id": rule, "key": rule, "value": expression(one)} for rule, one in sets["rules"].items()]
    content = json.dumps(
        {
            "nodes": [
                {"id": "in", "type": "inputNode", "name": "in", "position": {"x": 0, "y": 0}},
                {
                    "id": "rules",
                    "type": "expressionNode",
                    "name": "rules",
                    "position": {"x": 1, "y": 0},
                    "content": {"expressions": expressions},
                },
                {"id": "out", "type": "outputNode", "name": "out", "position": {"x": 2, "y": 0}},
            ],
            "edges": [
                {"id": "a", "sourceId": "in", "targetId": "rules", "type": "edge"},
                {"id": "b", "sourceId": "rules", "targetId": "out", "type": "edge"},
            ],
        }
    )
    return zen.ZenEngine().create_decision(zen.ZenDecisionContent(content))


def picked(record: list[dict]) -> dict:
    """What of a person's parsed resources the rules ask for."""
    conditions, medicines, age, born = [], [], 999, None
    for one in record:
        kind = one["resourceType"]
        if kind == "Patient":
            day = date.fromisoformat(one["birthDate"])
            age, born = (
                on.year - day.year - ((on.month, on.day) < (day.month, day.day)),
                {"id": f"Patient/{one['id']}", "code": None, "day": one["birthDate"]},
            )
        elif kind == "Condition":
            first = one["code"]["coding"][0]
            conditions.append(
                {
                    "id": f"Condition/{one['id']}",
                    "code": f"{first['system']}|{first['code']}",
                    "day": one.get("onsetDateTime"),
                    "status": one["clinicalStatus"]["coding"][0]["code"],
                    "verified": one["verificationStatus"]["coding"][0]["code"] if "verificationStatus" in one else None,
                }
            )
        elif "medicationCodeableConcept" in one:
            first = one["medicationCodeableConcept"]["coding"][0]
            medicines.append(
                {
                    "id": f"MedicationRequest/{one['id']}",
                    "code": f"{first['system']}|{first['code']}",
                    "day": one["authoredOn"],
                    "status": one["status"],
                }
            )
    return {"conditions": conditions, "medicines": medicines, "age": age, "born": born}


def evaluate(record: list[dict]) -> dict:
    """The rules that hold for one person, with what made them hold."""
    found = decided.evaluate(picked(record))["result"]
    return {
        rule: []
        if rule == "under-sixteen"
        else [[one["id"], one["code"].rpartition("|")[2], one["day"]] for one in value]
        for rule, value in found.items()
        if rule in sets["rules"] and value
    }


started = time.perf_counter()
decided = decision()
prepare = time.perf_counter() - started
everyone = records.read(work / name)
evaluate(next(iter(everyone.values())))
batch, single = [], []
for _ in range(runs):
    started = time.perf_counter()
    for record in everyone.values():
        begun = time.perf_counter()
        evaluate(record)
        single.append((time.perf_counter() - begun) * 1e6)
    batch.append(time.perf_counter() - started)
answers = {person: evaluate(record) for person, record in {**everyone, **records.read(work / "probes")}.items()}
told = {
    "engine": "zen-engine",
    "people": len(everyone),
    "prepare": prepare,
    "batch": batch,
    "single": single,
    "answers": answers,
}
print(json.dumps({"engines": [told]}))
