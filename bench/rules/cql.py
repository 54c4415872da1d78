"""The ten rules as one CQL library. Each rule is a list of what made it hold: which resource, which code, when.

A second library is for fhir4ds: without the last line of each rule, as it answers with resources and cannot answer with tuples; and without
``.value``, as it gives no value for that.
Usage: cql.py WORK_FOLDER
"""

import json
import sys
from pathlib import Path

HEAD = """library TenRules version '1.0.0'

using FHIR version '4.0.1'
"""
#: What made a rule hold; one line, so that it can be left out.
TOLD = "return Tuple {{ resource: '{kind}/' + {one}.id.value, code: First({code}.coding).code.value, dated: ToString({day}.value) }}"
CONDITION = """  [Condition: "{name} conditions"] C
    where not exists (C.verificationStatus.coding K
        where K.code.value in {{ 'refuted', 'entered-in-error', 'unconfirmed', 'provisional', 'differential' }}){now}
    """
NOW = """
      and exists (C.clinicalStatus.coding K where K.code.value in { 'active', 'recurrence', 'relapse' })"""
MEDICINE = """  [MedicationRequest: "{name} medicines"] M
    where M.status.value = 'active'
    """
CONDITION_TOLD = TOLD.format(kind="Condition", one="C", code="C.code", day="(C.onset as FHIR.dateTime)")
MEDICINE_TOLD = TOLD.format(
    kind="MedicationRequest", one="M", code="(M.medication as FHIR.CodeableConcept)", day="M.authoredOn"
)


def value_set(name: str, kind: str) -> str:
    """The address by which a value set is known to both CQL engines."""
    return f"urn:needlepoint:bench:{name}-{kind}"


def library(value_sets: dict, *, told: bool) -> str:
    """The text of the library. ``told``: each rule says which code it was and when, besides the resource."""
    heads, defines = [HEAD], ["\ncontext Patient\n"]
    year, month, day = map(int, value_sets["on"].split("-"))
    for name, rule in value_sets["rules"].items():
        heads += [
            f"valueset \"{name} {kind}\": '{value_set(name, kind)}'"
            for kind in ("conditions", "medicines")
            if kind in rule
        ]
        parts = []
        if "conditions" in rule:
            parts.append(CONDITION.format(name=name, now=NOW if rule["counts"] == "now" else "") + CONDITION_TOLD)
        if "medicines" in rule:
            parts.append(MEDICINE.format(name=name) + MEDICINE_TOLD)
        if rule["younger_than_years"]:
            defines.append(
                f'define "{name}":\n  CalculateAgeInYearsAt(Patient.birthDate.value, @{year}-{month:02}-{day:02}) < {rule["younger_than_years"]}\n'
            )
        elif len(parts) == 2:
            defines += [
                f'define "{name} by {kind}":\n{part}\n'
                for kind, part in zip(("conditions", "medicines"), parts, strict=True)
            ]
            defines.append(f'define "{name}":\n  "{name} by conditions" union "{name} by medicines"\n')
        else:
            defines.append(f'define "{name}":\n{parts[0]}\n')
    text = "\n".join([*heads, *defines])
    if told:
        return text
    return "\n".join(line.replace(".value", "") for line in text.split("\n") if not line.startswith("    return Tuple"))


def main(work: Path) -> None:
    """Write both libraries."""
    value_sets = json.loads((work / "value_sets.json").read_text(encoding="utf-8"))
    (work / "TenRules.cql").write_text(library(value_sets, told=True), encoding="utf-8")
    (work / "TenRulesIds.cql").write_text(library(value_sets, told=False), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
