"""Measures the ranking on the published cases and writes what came out into the manual.

python -m tools.accuracy.report --half tuning    for fitting
python -m tools.accuracy.report --half aside     the half that was set aside; reported once
python -m tools.accuracy.report                  both halves, written to docs/explanation/locate-accuracy.md
"""

import sys
import time
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from tools.accuracy.cases import ROOT, SEED, PublishedCase, halves, read_cases
from tools.accuracy.rank import Ranker, Ranking, rank_of_confirmed, share_within

from needlepoint.library import load_locate_knowledge
from needlepoint.locate.find import find

PAGE = ROOT / "docs" / "explanation" / "locate-accuracy.md"
WAYS = ("ours", "table", "commonest")
TITLES = {"ours": "Needlepoint", "table": "Plain table look-up", "commonest": "Commonest muscle of the region"}
GROUPS = (
    ("single cases, strong evidence", lambda case: case.people == 1 and case.evidence == "strong"),
    ("single cases, weak evidence", lambda case: case.people == 1 and case.evidence == "weak"),
    ("series, strong evidence", lambda case: case.people > 1 and case.evidence == "strong"),
    ("series, weak evidence", lambda case: case.people > 1 and case.evidence == "weak"),
    ("all", lambda case: True),
)
#: What was aimed at before anything was measured: on single cases with strong evidence, a confirmed muscle among the first three and five.
AIMS = ((3, 0.75), (5, 0.85))
BINS = (0.0, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1.01)


@dataclass(frozen=True, slots=True)
class Row:
    """One case with the rank of its confirmed muscle in each way of ranking."""

    case: PublishedCase
    ranks: dict[str, int | None]
    wrong_side: bool | None
    ranking: Ranking


def measured(cases: list[PublishedCase], ranker: Ranker) -> list[Row]:
    """Each case, ranked in every way."""
    rows = []
    for case in cases:
        rankings = {way: getattr(ranker, way)(case) for way in WAYS}
        ranks = {way: rank_of_confirmed(case, rankings[way].order) for way in WAYS}
        rows.append(Row(case, ranks, _wrong_side(case, rankings["ours"]), rankings["ours"]))
    return rows


def _wrong_side(case: PublishedCase, ranking: Ranking) -> bool | None:
    """When exactly one side was told: is the first muscle on the other one?"""
    text = f"{case.told.get('complaint', '')} {case.told.get('pain', '')}".lower()
    sides = [side for side in ("left", "right") if side in text]
    return ranking.order[0][1] != sides[0] if len(sides) == 1 else None


def table(rows: list[Row]) -> list[str]:
    """Top 1, 3 and 5 by group and way, as lines of a Markdown table."""
    lines = ["| cases | n | ranked by | first | first 3 | first 5 |", "|---|---|---|---|---|---|"]
    for title, belongs in GROUPS:
        own = [row for row in rows if belongs(row.case)]
        if own:
            for way in WAYS:
                ranks = [row.ranks[way] for row in own]
                shares = " | ".join(f"{share_within(ranks, k):.0%}" for k in (1, 3, 5))
                lines.append(f"| {title} | {len(own)} | {TITLES[way]} | {shares} |")
    return lines


def aim_lines(rows: list[Row]) -> list[str]:
    """What was aimed at, and whether it was met, in words."""
    ranks = [row.ranks["ours"] for row in rows if GROUPS[0][1](row.case)]
    lines = []
    for k, aim in AIMS:
        got = share_within(ranks, k)
        met = "met" if got >= aim else "missed"
        lines.append(
            f"- Aimed at: a confirmed muscle among the first {k} in {aim:.0%} of single cases with strong evidence. "
            f"Measured: {got:.0%}. {met.capitalize()}."
        )
    return lines


def sides(rows: list[Row]) -> str:
    """How often the first muscle lay on the wrong side, in words."""
    told = [row for row in rows if row.wrong_side is not None]
    wrong = [row for row in told if row.wrong_side]
    return f"A single side was told in {len(told)} cases; the first muscle lay on the other side in {len(wrong)}."


def calibration(rows: list[Row]) -> list[str]:
    """Of the muscles that were given such a probability, how many had been confirmed?"""
    chances: list[float] = []
    hits: list[bool] = []
    for row in rows:
        confirmed = {(one.muscle, side) for one in row.case.confirmed for side in _sides(one.side)}
        for key in row.ranking.order[:10]:
            chances.append(row.ranking.probability[key])
            hits.append(key in confirmed)
    values, found = np.array(chances), np.array(hits, float)
    lines = ["| probability given | muscles | confirmed | expected |", "|---|---|---|---|"]
    for low, high in pairwise(BINS):
        inside = (values >= low) & (values < high)
        if inside.any():
            lines.append(
                f"| {low:.0%} to {min(high, 1):.0%} | {inside.sum()} | {found[inside].mean():.0%} | {values[inside].mean():.0%} |"
            )
    lines.append("")
    lines.append(f"Brier score {((values - found) ** 2).mean():.3f} over the first ten muscles of each case.")
    return lines


def milliseconds(cases: list[PublishedCase], ranker: Ranker) -> float:
    """How long one whole answer takes once everything is loaded (median)."""
    told = [ranker.told(case)[0] for case in cases]
    for one in told[:5]:
        find(one, ranker.knowledge)
    times = []
    for one in told:
        start = time.perf_counter()
        find(one, ranker.knowledge)
        times.append((time.perf_counter() - start) * 1000)
    return float(np.median(times))


def _sides(side: str) -> tuple[str, ...]:
    return ("left", "right") if side in ("both", "unknown") else (side,)


def misses(rows: list[Row], k: int = 5) -> list[str]:
    """The cases whose confirmed muscle is not among the first ``k``."""
    return [
        f"- {row.case.title} (`{row.case.id}`): confirmed {', '.join(one.muscle.replace('-', ' ') for one in row.case.confirmed)};"
        f" first were {', '.join(dict.fromkeys(muscle.replace('-', ' ') for muscle, _ in row.ranking.order[:4]))};"
        f" rank {row.ranks['ours'] or 'none'}"
        for row in rows
        if row.ranks["ours"] is None or row.ranks["ours"] > k
    ]


def main() -> None:
    """Print one half, or write the page about both."""
    drawn = halves()
    cases = {case.id: case for case in read_cases()}
    ranker = Ranker(load_locate_knowledge())
    wanted = sys.argv[sys.argv.index("--half") + 1] if "--half" in sys.argv else None
    parts: dict[str, list[Row]] = {}
    for half, ids in drawn.items():
        if wanted in (None, half):
            parts[half] = measured([cases[id_] for id_ in ids if id_ in cases and cases[id_].confirmed], ranker)
    for half, rows in parts.items():
        print(f"\n## {half}\n")
        print("\n".join([*table(rows), "", sides(rows), "", *calibration(rows), "", *misses(rows)]))
    print(f"\n{milliseconds([row.case for rows in parts.values() for row in rows], ranker):.2f} ms a case (median)")
    if wanted is None:
        from tools.accuracy.page import page

        PAGE.write_text(page(parts, list(cases.values()), SEED), encoding="utf-8")
        print(f"wrote {PAGE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
