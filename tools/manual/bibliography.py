"""The page of sources: how far each was read, and which statements lean on it."""

from collections import Counter

from manual.known import Known, Use
from manual.markup import READ_WORDS, bullets, page, prose, table

KINDS = {
    "rule": "rules",
    "fact": "facts",
    "unremarkable": "words without a rule",
    "measurement": "measurements",
    "muscle": "muscles",
    "region": "regions",
    "structure": "structures",
    "meridian": "meridians",
    "symptom": "symptoms",
    "quality": "qualities",
    "problem": "presenting problems",
    "customary": "customary first looks",
    "red_flag": "red flags",
    "look_alike": "look-alikes",
    "weight": "weights of the ranking",
    "depth": "published depths",
    "approach": "approaches",
    "number": "numbers of the plan",
    "risk": "risks",
    "watch": "warning signs",
    "stock": "stocks of needles",
    "grade": "grades of adverse events",
    "reaction": "expected reactions",
    "event": "adverse events",
    "advice": "advice",
    "bound": "numbers of the session",
}


def bibliography(known: Known) -> str:
    """Every source, and what leans on it."""
    docs = known.docs("source")
    uses = known.uses
    reads = Counter(use.read for found in uses.values() for use in found)
    parts = [
        f"{len(docs)} sources carry {sum(reads.values())} statements. `read` says how far a statement was seen in its source, "
        "for that statement; the mark on the source itself says how far the work was seen at all.",
        table(["mark", "meaning", "statements"], [(mark, words, reads[mark]) for mark, words in READ_WORDS.items()]),
        "How to raise a statement from memory to something seen: [raise a statement](../../how-to/raise-a-statement.md).",
    ]
    for id_, doc in docs.items():
        lines = [
            f"{doc['kind']}; {READ_WORDS[doc['read']]}" + (f"; {prose(doc['locator'])}" if doc.get("locator") else "")
        ]
        if doc.get("note"):
            lines.append(f"note: {prose(doc['note'])}")
        lines += _leaning(uses.get(id_, []))
        parts += [f"## {id_} {{ #{id_} }}", prose(doc["citation"]), bullets(lines)]
    return page("Sources", *parts)


def _leaning(uses: list[Use]) -> list[str]:
    if not uses:
        return ["no statement leans on it"]
    lines = []
    for kind, title in KINDS.items():
        of_kind = sorted({(use.id, use.read) for use in uses if use.kind == kind})
        if of_kind:
            shown = ", ".join(f"`{id_}` ({read})" for id_, read in of_kind[:40])
            more = f" and {len(of_kind) - 40} more" if len(of_kind) > 40 else ""
            lines.append(f"{title}: {shown}{more}")
    return lines
