"""The page of the manual that tells how good the ranking is, with everything that speaks against it."""

from collections import Counter

from tools.accuracy.cases import PublishedCase
from tools.accuracy.report import AIMS, Row, aim_lines, calibration, misses, sides, table

MADE = "<!-- Made by `make accuracy`. Do not edit; change what it is made from. -->"


def page(parts: dict[str, list[Row]], cases: list[PublishedCase], seed: int) -> str:
    """The whole page."""
    aside, tuning = parts["aside"], parts["tuning"]
    strong = sum(case.people == 1 and case.evidence == "strong" and bool(case.confirmed) for case in cases)
    read = Counter(case.source.read for case in cases)
    lines = [
        MADE,
        "",
        "# How good the ranking is",
        "",
        "Published cases in which a muscle was confirmed, by bringing the person's own pain or by ending it, were collected from all over the body.",
        "What was known before the muscle was found was written down as a case file; the muscle itself, palpation and treatment were left out.",
        f"There are {len(cases)} of them, {strong} of them single cases with strong evidence. How far they were read: "
        + ", ".join(f"{count} {word}" for word, count in sorted(read.items()))
        + ".",
        "",
        f"Half were drawn for tuning with the seed {seed}, before anything was fitted; the other half was set aside and looked at once.",
        "Only the numbers marked *fitted* on [the page of numbers](../reference/generated/locate/weights.md) were changed, and only by the tuning half.",
        "",
        "```text",
        "make accuracy",
        "```",
        "",
        "## The half that was set aside",
        "",
        *table(aside),
        "",
        *aim_lines(aside),
        "",
        sides(aside),
        "",
        "### Do the probabilities mean what they say?",
        "",
        "Of the first ten muscles of each case, gathered by the probability they were given. A muscle that was not named in a case report was often not examined, "
        "so *confirmed* is a lower bound.",
        "",
        *calibration(aside),
        "",
        "### Where it was wrong",
        "",
        "Cases whose confirmed muscle was not among the first five.",
        "",
        *misses(aside),
        "",
        "## The half that it was tuned on",
        "",
        *table(tuning),
        "",
        sides(tuning),
        "",
        *calibration(tuning),
        "",
        "### Where it was wrong",
        "",
        *misses(tuning),
        "",
        "## What speaks against these figures",
        "",
        "- Case reports are written when something fits. A muscle that surprised nobody is not published, and one that explained nothing is not either.",
        "- Where it hurt was told by authors who knew the muscle. Their words may follow the textbook pattern that the ranking uses.",
        "- Most cases were read as abstracts, and the place of pain is then a word or two.",
        "- The halves are small; a few cases move a figure by several per cent.",
        "- No published system reports such a figure, so there is nothing to compare with but two simple ways: looking the places up in the table of zones, "
        "and always naming the muscle that is customarily looked at first for the region.",
        "",
    ]
    assert AIMS
    return "\n".join(lines)
