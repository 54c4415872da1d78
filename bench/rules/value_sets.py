"""Works out the value sets of the ten rules: every code that each rule asks for, one by one, as all engines get them.

ICD-10-CM ranges become the codes that lie in them, with the list of all codes that the package simple-icd-10-cm holds; without it only the
categories of three characters are there (and the table says so). Usage: value_sets.py WORK_FOLDER
"""

import json
import sys
from datetime import date
from pathlib import Path

import yaml

SYSTEMS = {
    "icd10": "http://hl7.org/fhir/sid/icd-10-cm",
    "snomed": "http://snomed.info/sct",
    "rxnorm": "http://www.nlm.nih.gov/research/umls/rxnorm",
    "atc": "http://www.whocc.no/atc",
}
RULES = Path(__file__).with_name("rules.yaml")


def rules() -> dict:
    """The ten rules as they are written down."""
    return yaml.safe_load(RULES.read_text(encoding="utf-8"))


def main(work: Path) -> None:
    """Write value_sets.json."""
    book = rules()
    every_icd10, note = all_icd10()
    sets = {
        name: {
            "title": rule["title"],
            "counts": rule.get("conditions", {}).get("counts"),
            "younger_than_years": rule.get("younger_than_years"),
            **{kind: list(codes(rule[kind], every_icd10)) for kind in ("conditions", "medicines") if kind in rule},
        }
        for name, rule in book["rules"].items()
    }
    work.mkdir(parents=True, exist_ok=True)
    out = {"on": str(date.fromisoformat(str(book["day"]))), "note": note, "rules": sets}
    (work / "value_sets.json").write_text(json.dumps(out), encoding="utf-8")
    for name, one in sets.items():
        print(
            f"  {name}: {len(one.get('conditions', ()))} codes of conditions, {len(one.get('medicines', ()))} of medicines",
            file=sys.stderr,
        )


def codes(listed: dict, every_icd10: list[str]):
    """Each code with its system, as FHIR writes both."""
    for system, address in SYSTEMS.items():
        for written in listed.get(system, ()):
            if system != "icd10":
                yield [address, written]
                continue
            first, _, last = written.replace(".", "").partition("-")
            last = last or first
            for code in every_icd10:
                bare = code.replace(".", "")
                if bare[: len(first)] >= first and bare[: len(last)] <= last and len(bare) >= len(first):
                    yield [address, code]


def all_icd10() -> tuple[list[str], str]:
    """Every code of ICD-10-CM that we can get hold of, and a word about what that is."""
    try:
        import simple_icd_10_cm
    except ImportError:
        letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        return [f"{letter}{n:02}" for letter in letters for n in range(100)], "ICD-10 categories only"
    every = dict.fromkeys(simple_icd_10_cm.get_all_codes(with_dots=True))
    return [code for code in every if "-" not in code and len(code) > 2], "ICD-10-CM, all codes"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
