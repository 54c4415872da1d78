"""The hazard log: each hazard with its causes, the controls that guard against it, and what proves each control."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from manual.known import ROOT, Known
from manual.markup import bullets, page, prose, table
from manual.muscle import WORST
from needlepoint.screen import expression as e
from needlepoint.screen.expression import leaves
from needlepoint.screen.rule import Rule

HAZARDS = ROOT / "docs/safety/hazards.yaml"
NO_PROOF = "**no proof found**"
_SHOWN_CASES = 3


@dataclass(slots=True)
class HazardLog:
    """The page, and what is missing from it."""

    text: str
    missing: list[str] = field(default_factory=list)


def hazard_log(known: Known, file: Path = HAZARDS) -> HazardLog:
    """The hazard log of this knowledge. ``missing`` names rules, structures and controls that nothing covers or proves."""
    hazards = yaml.safe_load(file.read_text(encoding="utf-8"))
    missing: list[str] = []
    parts = [_head(known, hazards)]
    parts.append("## Harm by the needle")
    covered: set[str] = set()
    structures: set[str] = set()
    for number, hazard in enumerate(hazards["clinical"], 1):
        rules = [rule for rule in known.knowledge.rules if picks(hazard["rules"], rule, known)]
        covered.update(rule.id for rule in rules)
        structures.update(hazard["structures"])
        parts += _clinical(f"N{number}", hazard, rules, known, missing)
    parts.append("## Harm by the software")
    for number, hazard in enumerate(hazards["software"], 1):
        parts += _software(f"S{number}", hazard, known, missing)
    missing += [f"rule {rule.id} belongs to no hazard" for rule in known.knowledge.rules if rule.id not in covered]
    missing += [f"structure {one} belongs to no hazard" for one in known.docs("structure") if one not in structures]
    return HazardLog(page("Hazard log", *parts), missing)


def _head(known: Known, hazards: dict[str, Any]) -> str:
    return "\n\n".join(
        [
            "In the manner of DCB0129: each hazard, what can cause it, what guards against it, and what proves that the guard works. "
            "It is made from the knowledge, the worked cases and the tests, so it cannot fall behind them; the hazards themselves are "
            "written in `docs/safety/hazards.yaml`.",
            "**Not yet done.** Severity, likelihood and residual risk are for a clinical safety officer to fill in; "
            "they are left open here on purpose. No clinician has reviewed the log yet.",
            f"{len(hazards['clinical'])} hazards by the needle, {len(hazards['software'])} by the software; "
            f"{len(known.knowledge.rules)} rules guard against them. Cases lie under `cases/screen/`, tests under `tests/`.",
        ]
    )


def _clinical(
    number: str, hazard: dict[str, Any], rules: list[Rule], known: Known, missing: list[str]
) -> Iterator[str]:
    structures = known.docs("structure")
    here = [structures[one] for one in hazard["structures"] if one in structures]
    yield f"### {number}. {hazard['title']} {{ #{hazard['id']} }}"
    yield prose(hazard["what"])
    lines = [f"**Causes:** {'; '.join(hazard['causes'])}."]
    if here:
        worst = min((one["worst"] for one in here), key=WORST.index)
        harms = "; ".join(f"{one['title']} ({one['harm']})" for one in here)
        lines.append(f"**At worst:** {worst}. **Structures:** {harms}.")
    lines.append("**Severity, likelihood, residual risk:** for the clinical safety officer.")
    yield bullets(lines)
    rows = []
    for rule in sorted(rules, key=lambda one: (-one.level, one.title)):
        cases = known.cases_of.get(rule.id, [])
        if not cases:
            missing.append(f"rule {rule.id} ({hazard['id']}) has no case that proves it")
        rows.append((f"{rule.title} (`{rule.id}`)", rule.level.finding_word, _cases(cases)))
    yield table(["control: rule", "level", "proved by case"], rows)
    if not rules:
        missing.append(f"hazard {hazard['id']} has no control")


def _cases(cases: list[str]) -> str:
    if not cases:
        return NO_PROOF
    shown = ", ".join(f"`{name.removeprefix('cases/screen/').removesuffix('.yaml')}`" for name in cases[:_SHOWN_CASES])
    return shown + (" and more" if len(cases) > _SHOWN_CASES else "")


def _software(number: str, hazard: dict[str, Any], known: Known, missing: list[str]) -> Iterator[str]:
    yield f"### {number}. {hazard['title']} {{ #{hazard['id']} }}"
    yield prose(hazard["what"])
    yield bullets(
        [
            f"**Causes:** {'; '.join(hazard['causes'])}.",
            "**Severity, likelihood, residual risk:** for the clinical safety officer.",
        ]
    )
    rows = []
    for control in hazard["controls"]:
        proofs = _proofs(control, known, missing)
        if not proofs:
            missing.append(f"the control “{control['control']}” ({hazard['id']}) has no proof")
        rows.append((control["control"], "; ".join(proofs) or NO_PROOF))
    yield table(["control", "proved by"], rows)


def _proofs(control: dict[str, Any], known: Known, missing: list[str]) -> list[str]:
    proofs = []
    for test in control.get("tests", []):
        if test in known.tests:
            proofs.append(f"`{test}` ({known.tests[test]})")
        else:
            missing.append(f"the test {test}, which should prove “{control['control']}”, is not there")
    for name in control.get("cases", []):
        if name in known.cases.cases:
            proofs.append(f"`{name}`")
        else:
            missing.append(f"the case {name}, which should prove “{control['control']}”, is not there")
    return proofs


def picks(chosen: dict[str, list[str]], rule: Rule, known: Known) -> bool:
    """Does this choice of rules hold this one?"""
    if rule.id in chosen.get("ids", ()):
        return True
    facts = set(chosen.get("facts", ()))
    facts.update(one for fact in tuple(facts) for one in known.knowledge.specifics.get(fact, ()))
    return any(_leaf(leaf, chosen, facts) for leaf in leaves(rule.when))


def _leaf(leaf: e.Expression, chosen: dict[str, list[str]], facts: set[str]) -> bool:
    match leaf:
        case e.Fact(id=fact) | e.Here(id=fact):
            return fact in facts
        case e.Beneath(structure=structure) | e.NeedleMayReach(structure=structure):
            return structure in chosen.get("beneath", ())
        case e.Quantity(between=between):
            return between.id in chosen.get("measurements", ())
        case e.Feature(id=feature):
            return feature in chosen.get("features", ())
        case e.Planned(key=key):
            return key in chosen.get("plans", ())
        case e.Sitting(id=sitting):
            return sitting in chosen.get("sittings", ())
        case _:
            return False


def unknown_names(known: Known, file: Path = HAZARDS) -> list[str]:
    """Ids in the list of hazards that are nothing in the knowledge: slips of the pen, or things that were renamed."""
    hazards = yaml.safe_load(file.read_text(encoding="utf-8"))
    shelves = {"facts": "fact", "measurements": "measurement", "beneath": "structure", "ids": "rule"}
    wrong = []
    for hazard in hazards["clinical"]:
        wrong += [
            f"{hazard['id']}: no structure {one}" for one in hazard["structures"] if one not in known.docs("structure")
        ]
        for key, names in hazard["rules"].items():
            kind = shelves.get(key)
            if kind:
                wrong += [
                    f"{hazard['id']}: no {kind} {one}"
                    for one in names
                    if not re.fullmatch(r"[a-z0-9-]+", one) or one not in known.docs(kind)
                ]
    return wrong
