"""Fits the numbers of the ranking that are marked ``fitted`` on the tuning half. The half that was set aside is never read here.

python -m tools.accuracy.fit            prints the fitted numbers beside the present ones
python -m tools.accuracy.fit --write    and writes them into knowledge/locate/weights
"""

import re
import sys
from dataclasses import replace

import numpy as np
from scipy.optimize import minimize
from tools.accuracy.cases import PublishedCase, halves, read_cases
from tools.accuracy.rank import Ranker

from needlepoint.library import knowledge_root, load_locate_knowledge
from needlepoint.locate.find import Weighed
from needlepoint.locate.knowledge import SIDES, LocateKnowledge

#: Base rate and sharpness are set afterwards, so that probabilities and not only the order are right.
APART = ("base-rate", "sharpness")
#: How strongly a number is held where it was before: it may move by its whole range at a cost of so many cases (our choice).
HELD = 4.0
STRONG, WEAK = 1.0, 0.5


def main() -> None:
    """Fit, print, and write when asked to."""
    tuning = set(halves()["tuning"])
    cases = [case for case in read_cases() if case.id in tuning and case.confirmed]
    before = load_locate_knowledge()
    fitted = fit(cases, before)
    for name in fitted.weights:
        if before.weights[name].fitted:
            print(f"{name:16} {before.weight(name):8.3f} -> {fitted.weight(name):8.3f}")
    print(f"loss {loss(cases, before, Ranker(before)):.3f} -> {loss(cases, fitted, Ranker(fitted)):.3f}")
    if "--write" in sys.argv:
        write(fitted)


def fit(cases: list[PublishedCase], start: LocateKnowledge) -> LocateKnowledge:
    """The knowledge with fitted numbers: the order first, then the base rate."""
    ranker = Ranker(start)
    names = [name for name, one in start.weights.items() if one.fitted and name not in APART]
    low = np.array([start.weights[name].low for name in names])
    high = np.array([start.weights[name].high for name in names])
    first = (np.array([start.weight(name) for name in names]) - low) / (high - low)

    start = with_weights(start, {"sharpness": 1.0})

    def cost(share: np.ndarray) -> float:
        inside = np.clip(share, 0, 1)
        tried = with_weights(start, dict(zip(names, low + inside * (high - low), strict=True)))
        held = HELD * float(((inside - first) ** 2).sum()) + 1e3 * float(((share - inside) ** 2).sum())
        return loss(cases, tried, ranker) * len(cases) + held

    best = minimize(cost, first, method="Nelder-Mead", options={"maxfev": 900, "xatol": 2e-3, "fatol": 1e-2})
    kept = with_weights(start, dict(zip(names, low + np.clip(best.x, 0, 1) * (high - low), strict=True)))
    return with_probabilities(cases, kept, ranker)


def loss(cases: list[PublishedCase], knowledge: LocateKnowledge, ranker: Ranker) -> float:
    """How surprising the confirmed muscles are, on average: minus the log of their share of the odds. Strong cases count twice."""
    total = weights = 0.0
    for case in cases:
        told, _ = ranker.told(case)
        logits = Weighed(told, knowledge).score.logit
        share = np.exp(logits - logits.max())
        share /= share.sum()
        weight = STRONG if case.evidence == "strong" else WEAK
        total -= weight * float(np.log(max(share[_confirmed(case, knowledge)].sum(), 1e-9)))
        weights += weight
    return total / weights


def with_probabilities(cases: list[PublishedCase], knowledge: LocateKnowledge, ranker: Ranker) -> LocateKnowledge:
    """The base rate and sharpness at which the probabilities of all muscles are least surprised by what was confirmed.

    All muscles count, so that one that has nothing to do with the pain stays near nothing.

    Neither changes the order.
    """
    logits, hits = [], []
    base = with_weights(knowledge, {"sharpness": 1.0})
    start = float(np.log(base.weight("base-rate") / (1 - base.weight("base-rate"))))
    for case in cases:
        told, _ = ranker.told(case)
        reasons = Weighed(told, base).score.logit - start
        found = np.zeros(len(reasons))
        found[_confirmed(case, base)] = 1.0
        logits.append(reasons)
        hits.append(found)
    every, confirmed = np.concatenate(logits), np.concatenate(hits)

    def surprise(tried: np.ndarray) -> float:
        chances = 1 / (1 + np.exp(-(tried[0] + tried[1] * every)))
        return float(-(confirmed * np.log(chances) + (1 - confirmed) * np.log(1 - chances)).mean())

    best = minimize(surprise, np.array([start, 0.7]), method="Nelder-Mead")
    low, high = knowledge.weights["sharpness"].low, knowledge.weights["sharpness"].high
    rate = float(1 / (1 + np.exp(-best.x[0])))
    return with_weights(
        knowledge, {"base-rate": round(rate, 4), "sharpness": round(float(np.clip(best.x[1], low, high)), 3)}
    )


def with_weights(knowledge: LocateKnowledge, values: dict[str, float]) -> LocateKnowledge:
    """The same knowledge with other numbers."""
    changed = {name: replace(knowledge.weights[name], value=float(value)) for name, value in values.items()}
    return replace(knowledge, weights={**knowledge.weights, **changed})


def write(knowledge: LocateKnowledge) -> None:
    """Write the fitted numbers into their files."""
    for name, one in knowledge.weights.items():
        if one.fitted:
            file = knowledge_root() / "locate" / "weights" / f"{name}.yaml"
            text = file.read_text(encoding="utf-8")
            file.write_text(re.sub(r"(?m)^value: .*$", f"value: {one.value:.3g}", text), encoding="utf-8")


def _confirmed(case: PublishedCase, knowledge: LocateKnowledge) -> list[int]:
    count = len(knowledge.muscles)
    index = {muscle.id: n for n, muscle in enumerate(knowledge.muscles)}
    return [
        index[one.muscle] + half * count
        for one in case.confirmed
        if one.muscle in index
        for half, side in enumerate(SIDES)
        if one.side in ("both", "unknown", side.value)
    ]


if __name__ == "__main__":
    main()
