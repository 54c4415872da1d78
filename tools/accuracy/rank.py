"""Rankings of one published case: ours, and two simple ones to compare with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import orjson
from tools.accuracy.cases import PublishedCase

from needlepoint.exchange.case.read import read_document
from needlepoint.exchange.locating import Locator
from needlepoint.library import load_knowledge, load_locate_knowledge
from needlepoint.locate.find import Weighed
from needlepoint.locate.knowledge import SIDES, LocateKnowledge
from needlepoint.screen import Listener

#: The day on which all cases are read; it decides nothing.
DAY = date(2026, 1, 1)
Ranked = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Muscles and sides, best first, with their probabilities where there are any."""

    order: Ranked
    probability: dict[tuple[str, str], float]


class Ranker:
    """Reads cases with one knowledge and ranks them in three ways."""

    def __init__(self, knowledge: LocateKnowledge | None = None) -> None:
        self.screen = load_knowledge()
        self.knowledge = knowledge or load_locate_knowledge()
        self.locator = Locator(self.screen, self.knowledge)
        self.listener = Listener(self.screen)
        self._told: dict[str, object] = {}

    def told(self, case: PublishedCase):
        """What the case tells, as the program hears it; and the words it does not understand."""
        known = self._told.get(case.id)
        if known is None:
            document = {"needlepoint": 1, **case.told}
            read = read_document(orjson.dumps(document), f"{case.id}.json", self.screen, on=DAY, today=DAY)
            known = self.locator.told(read, read.answers(self.listener, on=DAY))
            self._told[case.id] = known
        return known

    def ours(self, case: PublishedCase, knowledge: LocateKnowledge | None = None) -> Ranking:
        """The ranking of ``locate``."""
        told, _ = self.told(case)
        weighed = Weighed(told, knowledge or self.knowledge)
        return _ranking(weighed.probability, self.knowledge)

    def table(self, case: PublishedCase) -> Ranking:
        """Plain look-up: how many of the marked regions stand in the muscle's zone, main ones counting twice."""
        cells = self.drawn(case)
        marked = np.zeros(len(self.knowledge.skin.cells))
        marked[list(cells)] = 1.0
        zones = self.knowledge.zones
        hits = ((zones >= 1.0) * 2.0 + ((zones > 0) & (zones < 1.0)) * 1.0) @ marked
        return _ranking(hits, self.knowledge, chances=False)

    def commonest(self, case: PublishedCase) -> Ranking:
        """Always the muscle that is customarily looked at first for the region that is marked most."""
        told, _ = self.told(case)
        weighed = Weighed(told, self.knowledge)
        shares = weighed.shares
        lists = sorted(
            self.knowledge.customary.values(), key=lambda one: -sum(shares.get(region, 0.0) for region in one.regions)
        )
        order = []
        left_first = weighed.fit.left >= 0.5
        for one in lists[:3]:
            for muscle in one.muscles:
                for side in ("left", "right") if left_first else ("right", "left"):
                    if (muscle, side) not in order:
                        order.append((muscle, side))
        return Ranking(tuple(order), {})

    def drawn(self, case: PublishedCase) -> dict[int, float]:
        """The marked cells."""
        told, _ = self.told(case)
        return dict(self.locator.drawn(told))


def _ranking(values: np.ndarray, knowledge: LocateKnowledge, *, chances: bool = True) -> Ranking:
    count = len(knowledge.muscles)
    names = [(muscle.id, side.value) for side in SIDES for muscle in knowledge.muscles]
    assert len(names) == 2 * count
    order = tuple(names[index] for index in np.argsort(-values, kind="stable"))
    return Ranking(order, dict(zip(names, map(float, values), strict=True)) if chances else {})


def rank_of_confirmed(case: PublishedCase, order: Ranked) -> int | None:
    """The place (from 1) of the first confirmed muscle; ``None`` when it is not ranked at all.

    Where the case does not tell a side, or the side of the muscle is not known, both sides of a muscle count as one.
    """
    sided = case.tells_a_side and all(one.side in ("left", "right") for one in case.confirmed)
    wanted = {(one.muscle, one.side if sided else "") for one in case.confirmed}
    seen: list[tuple[str, str]] = []
    for muscle, side in order:
        key = (muscle, side if sided else "")
        if key not in seen:
            seen.append(key)
        if key in wanted:
            return seen.index(key) + 1
    return None


def share_within(ranks: Sequence[int | None], k: int) -> float:
    """Which share of the ranks is among the first ``k``?"""
    return sum(rank is not None and rank <= k for rank in ranks) / len(ranks) if ranks else float("nan")
