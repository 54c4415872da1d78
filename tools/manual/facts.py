"""The pages of what may be true of a person: facts, medicines, measurements, and what is understood without a rule."""

from collections import defaultdict
from collections.abc import Iterator

from manual.known import Known
from manual.markup import bullets, page, prose, sources_list, table
from needlepoint.library.shelves import Doc
from needlepoint.screen.expression import Fact, Here, leaves

KINDS = {
    "answer": "Answers",
    "condition": "Illnesses",
    "procedure": "Operations and procedures",
    "implant": "Implants",
    "allergy": "Allergies",
    "medicine": "Medicines",
}


def fact_pages(known: Known) -> Iterator[tuple[str, str]]:
    """Each page with its path below docs/."""
    yield "reference/generated/facts.md", _facts(known)
    yield "reference/generated/medicines.md", _medicines(known)
    yield "reference/generated/measurements.md", _measurements(known)
    yield "reference/generated/understood.md", _understood(known)


def _rules_of(known: Known) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for rule in known.knowledge.rules:
        for expression in (rule.when, *((rule.eased.when,) if rule.eased else ())):
            for leaf in leaves(expression):
                if isinstance(leaf, Fact | Here):
                    found[leaf.id].append(rule.id)
    return {fact: list(dict.fromkeys(rules)) for fact, rules in found.items()}


def _facts(known: Known) -> str:
    rules = _rules_of(known)
    parts = [
        "A fact is one thing that may be true of a person. Here is how each is recognised: the words, the codes, the question, and what "
        "answers *no* to it. Words are compared as whole words; plurals, accents, hyphens and American spelling are taken care of.",
    ]
    for kind, title in KINDS.items():
        parts.append(f"## {title}")
        parts += [_fact(id_, doc, known, rules) for id_, doc in known.docs("fact").items() if doc["kind"] == kind]
    return page("Facts", *parts)


def _fact(id_: str, doc: Doc, known: Known, rules: dict[str, list[str]]) -> str:
    titles = {fact: f"*{one['title']}*" for fact, one in known.docs("fact").items()}
    lines = [f"id: `{id_}`"]
    if not doc["adverse"]:
        lines.append("the worrying answer is *no*")
    if doc.get("question"):
        lines.append(f"asked as: {prose(doc['question'])}")
    if doc["settled_by"]:
        lines.append(f"a whole list of {' or '.join(doc['settled_by'])} that does not hold it answers *no*")
    if doc["implies"]:
        lines.append(f"whoever has it also has: {', '.join(titles[one] for one in doc['implies'])}")
    if doc["names"] or doc["abbreviations"]:
        words = ", ".join(prose(one) for one in doc["names"])
        short = f"; in capitals: {', '.join(doc['abbreviations'])}" if doc["abbreviations"] else ""
        lines.append(f"words: {words}{short}")
    lines += [f"{_SYSTEMS[system]}: {', '.join(codes)}" for system, codes in doc["codes"].items() if codes]
    if doc.get("within_weeks"):
        lines.append(f"it counts for {doc['within_weeks']:g} weeks; without a date it is not known")
    if doc["past_counts"]:
        lines.append("it counts even when it is over")
    if doc["located"]:
        where = ", ".join(doc["areas"]) or "nowhere in particular"
        lines.append(f"it lies somewhere; unless the entry says where: {where}")
    if doc["words_that_spare"]:
        lines.append(f"it does not count beside the words: {', '.join(doc['words_that_spare'])}")
    if doc["rules_out"]:
        lines.append(f"being so rules out: {', '.join(titles[one] for one in doc['rules_out'])}")
    if doc.get("choice"):
        lines.append(f"our choice: {prose(doc['choice'])}")
    lines.append(
        f"rules: {', '.join(f'`{one}`' for one in rules[id_])}" if id_ in rules else "no rule asks for it by itself"
    )
    explain = f"{prose(doc['explain'])}\n\n" if doc.get("explain") else ""
    return f"### {doc['title']} {{ #{id_} }}\n\n{explain}{bullets(lines)}\n\n{sources_list(doc, 'sources.md')}"


_SYSTEMS = {"icd10": "ICD-10", "snomed": "SNOMED CT", "rxnorm": "RxNorm", "atc": "ATC"}


def _medicines(known: Known) -> str:
    classes = {id_: doc for id_, doc in known.docs("fact").items() if doc["members"]}
    members = sum(len(doc["members"]) for doc in classes.values())
    parts = [
        f"{len(classes)} classes hold {members} medicines by their names, brands and codes. A brand is understood anywhere; "
        "a brand that means something else in another country stands in both classes. A medicine that is missing comes back as not understood: "
        "[add it](../../how-to/add-a-medicine.md).",
    ]
    for id_, doc in classes.items():
        rows = [
            (one["name"], ", ".join(one["brands"]), ", ".join(one["atc"]), ", ".join(one["rxnorm"]))
            for one in sorted(doc["members"], key=lambda one: str(one["name"]).lower())
        ]
        parts += [f"## {doc['title']} {{ #{id_} }}", table(["medicine", "brands", "ATC", "RxNorm"], rows)]
    return page("Medicines", *parts)


def _measurements(known: Known) -> str:
    parts = ["Numbers that can be known of a person. An older value than is given here counts as not known."]
    for id_, doc in known.docs("measurement").items():
        others = ", ".join(f"`{one['ucum']}` (times {one['times']:g})" for one in doc["other_units"])
        low, high = doc["plausible"]
        lines = [
            f"id: `{id_}`, key in a case file: `{doc['key']}`, unit: `{doc['unit']}`"
            + (f"; also read: {others}" if others else ""),
            f"believable from {low:g} to {high:g}; outside of that it comes back as not understood",
            f"holds for {doc['valid_days']} days" if doc.get("valid_days") else "does not age",
        ]
        if doc["loinc"]:
            lines.append(f"LOINC: {', '.join(doc['loinc'])}")
        if doc.get("question"):
            lines.append(f"asked as: {prose(doc['question'])}")
        if doc.get("choice"):
            lines.append(f"our choice: {prose(doc['choice'])}")
        parts += [f"## {doc['title']} {{ #{id_} }}", bullets(lines), sources_list(doc, "sources.md")]
    return page("Measurements", *parts)


def _understood(known: Known) -> str:
    docs = known.docs("unremarkable")
    rows = [
        (doc["title"], doc["kind"], ", ".join(str(one) for one in [*doc["names"], *doc["abbreviations"]]))
        for doc in docs.values()
    ]
    return page(
        "Understood, and changes nothing",
        "These words are known and have no rule. They are understood, so they do not keep an answer from being complete; they just change nothing.",
        table(["what", "kind", "words"], rows),
    )
