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

#: The base rate is set afterwards, so that probabilities and not only the order are right.
APART = ("base-rate",)
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

    def cost(share: np.ndarray) -> float:
        inside = np.clip(share, 0, 1)
        tried = with_weights(start, dict(zip(names, low + inside * (high - low), strict=True)))
        held = HELD * float(((inside - first) ** 2).sum()) + 1e3 * float(((share - inside) ** 2).sum())
        return loss(cases, tried, ranker) * len(cases) + held

    best = minimize(cost, first, method="Nelder-Mead", options={"maxfev": 900, "xatol": 2e-3, "fatol": 1e-2})
    kept = with_weights(start, dict(zip(names, low + np.clip(best.x, 0, 1) * (high - low), strict=True)))
    return with_base_rate(cases, kept, ranker)


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


def with_base_rate(cases: list[PublishedCase], knowledge: LocateKnowledge, ranker: Ranker) -> LocateKnowledge:
    """The base rate at which the first five probabilities of a case sum to as many muscles as were confirmed among them."""
    low, high = np.log(0.0005), np.log(0.3)
    for _ in range(30):
        middle = (low + high) / 2
        tried = with_weights(knowledge, {"base-rate": float(np.exp(middle))})
        expected = found = 0.0
        for case in cases:
            told, _ = ranker.told(case)
            chances = Weighed(told, tried).probability
            first = np.argsort(-chances)[:5]
            expected += float(chances[first].sum())
            found += len(set(first.tolist()) & set(_confirmed(case, tried)))
        low, high = (low, middle) if expected > found else (middle, high)
    return with_weights(knowledge, {"base-rate": round(float(np.exp((low + high) / 2)), 4)})


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
