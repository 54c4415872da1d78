"""Judges the plan on the published cases and writes what came out into the manual.

python -m tools.plan_proof.report
"""

import sys
from collections import Counter
from collections.abc import Sequence

from tools.accuracy.cases import ROOT
from tools.plan_proof.cases import SEED, Accident, halves, read_accidents, read_ordinary
from tools.plan_proof.judge import KEPT, OPEN, Judge, Verdict

PAGE = ROOT / "docs" / "explanation" / "plan-proof.md"
HALVES = ("tuning", "aside")
TITLES = {"tuning": "tuned on", "aside": "set aside"}


def judged() -> tuple[dict[str, list[Verdict]], dict[str, list[Verdict]]]:
    """Every accident and every ordinary treatment, by half."""
    judge, drawn = Judge(), halves()
    accidents = {one.id: one for one in read_accidents()}
    ordinary = {one.id: one for one in read_ordinary()}
    return (
        {half: [judge.accident(accidents[id_]) for id_ in drawn["accidents"][half]] for half in HALVES},
        {half: [judge.ordinary(ordinary[id_]) for id_ in drawn["ordinary"][half]] for half in HALVES},
    )


def page(accidents: dict[str, list[Verdict]], ordinary: dict[str, list[Verdict]]) -> str:
    """The page of the manual."""
    parts = [
        "# Would it have happened under the plan?",
        "Written by `make proof` from the published cases under `cases/plan`. They were collected without sight of the depths and approaches.",
        f"Half of the accidents, drawn with seed {SEED}, was set aside before anything was changed because of a case. **That half is not wholly "
        "blind:** how both halves came out was looked at when the ways of the trunk and the hip were last changed, among them upper rectus "
        "abdominis, piriformis and the deep quadratus lumborum. Of the ordinary treatments, those that were collected first were tuned on; "
        "those that came later were judged only once everything stood.",
        "Each person is planned for as someone who comes for the first time, knowing no more than the case tells; nobody of unknown build "
        "is taken to be anything but slim.",
        "## Accidents and near accidents",
        "An accident counts as *kept from happening* only for a reason that can be shown: no needle is planned there; the needle stays above "
        "the muscle; its tip stays short of the depth that the case tells; short of the shallowest depth published for people like this; or "
        "it comes less than half as deep as the needle of the accident was long. Where only our cap or the direction speaks for it, it "
        "does not count.",
        _table(["", *(TITLES[half] for half in HALVES)], _accident_rows(accidents)),
        "What this cannot show: that a hand keeps to the plan. And a refusal keeps every accident away; the second half of this page is there "
        "so that refusing is not mistaken for success.",
        "### Those that are not shown to be kept away",
        _table(["case", "muscle", "met", "how it came out", "tip, mm"], _open_rows(accidents)),
        "## Ordinary treatment",
        "A treatment from a trial, a cadaver study or teaching counts as *reached* when the plan's own needle can enter the muscle.",
        _table(["", *(TITLES[half] for half in HALVES)], _ordinary_rows(ordinary)),
        "### Those that are not reached",
        _table(["case", "muscle", "how it came out", "why"], _unreached_rows(ordinary)),
    ]
    return "\n\n".join(parts) + "\n"


def _share(count: int, of: Sequence[Verdict]) -> str:
    return f"{count} of {len(of)} ({100 * count / len(of):.0f} %)" if of else "none"


def _accident_rows(found: dict[str, list[Verdict]]) -> list[list[str]]:
    rows = [
        [
            "**kept from happening**",
            *(f"**{_share(sum(one.kept for one in found[half]), found[half])}**" for half in HALVES),
        ]
    ]
    needled = {half: [one for one in found[half] if one.word != "no needle"] for half in HALVES}
    rows.append(
        [
            "of those where a needle is planned",
            *(_share(sum(one.kept for one in needled[half]), needled[half]) for half in HALVES),
        ]
    )
    counts = {half: Counter(one.word for one in found[half]) for half in HALVES}
    rows += [[word, *(str(counts[half][word]) for half in HALVES)] for word in (*KEPT, *OPEN)]
    told = {
        half: [one for one in found[half] if isinstance(one.case, Accident) and one.case.structure_mm]
        for half in HALVES
    }
    rows.append(["cases that tell how deep the structure lay", *(str(len(told[half])) for half in HALVES)])
    return rows


def _open_rows(found: dict[str, list[Verdict]]) -> list[list[str]]:
    return [
        [
            one.case.title,
            one.case.muscle.replace("-", " "),
            getattr(one.case, "structure", "").replace("-", " "),
            one.word,
            f"{one.reach_mm:.1f}",
        ]
        for half in HALVES
        for one in found[half]
        if not one.kept
    ]


def _ordinary_rows(found: dict[str, list[Verdict]]) -> list[list[str]]:
    counts = {half: Counter(one.word for one in found[half]) for half in HALVES}
    return [
        [word, *(_share(counts[half][word], found[half]) for half in HALVES)]
        for word in ("reached", "shallow only", "refused")
    ]


def _unreached_rows(found: dict[str, list[Verdict]]) -> list[list[str]]:
    return [
        [one.case.title, one.case.muscle.replace("-", " "), one.word, one.why]
        for half in HALVES
        for one in found[half]
        if one.word != "reached"
    ]


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    lines += [f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in rows]
    return "\n".join(lines)


def main() -> None:
    """Judge all and write the page."""
    accidents, ordinary = judged()
    PAGE.write_text(page(accidents, ordinary), encoding="utf-8")
    for half in HALVES:
        sys.stdout.write(
            f"{TITLES[half]}: accidents kept from happening {_share(sum(one.kept for one in accidents[half]), accidents[half])}; "
            f"ordinary treatment reached {_share(sum(one.word == 'reached' for one in ordinary[half]), ordinary[half])}\n"
        )


if __name__ == "__main__":
    main()
