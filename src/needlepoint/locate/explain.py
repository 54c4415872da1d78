"""The reverse question: would this muscle explain this pain?"""

from dataclasses import dataclass

from needlepoint.locate.candidates import Candidate, PlaceFit
from needlepoint.locate.find import Weighed
from needlepoint.locate.knowledge import LocateKnowledge
from needlepoint.locate.told import Told
from needlepoint.terms import Side


@dataclass(frozen=True, slots=True)
class Explanation:
    """How well one muscle explains the pain: the candidate with its reasons, its rank among all, and the places in three groups."""

    candidate: Candidate
    rank: int
    fits: tuple[PlaceFit, ...]
    does_not_fit: tuple[PlaceFit, ...]
    not_marked: tuple[PlaceFit, ...]


def explain(muscle: str, side: Side, told: Told, knowledge: LocateKnowledge) -> Explanation | None:
    """Would this muscle explain this pain? ``None``: nothing is known of where it sends pain."""
    weighed = Weighed(told, knowledge)
    rows = knowledge.rows_of(muscle, side)
    if not rows:
        return None
    candidate = weighed.candidate(rows[0])
    rank = int((weighed.probability > weighed.probability[rows[0]]).sum()) + 1
    return Explanation(
        candidate,
        rank,
        fits=tuple(one for one in candidate.because if one.drawn and one.zone != "outside"),
        does_not_fit=tuple(one for one in candidate.because if one.drawn and one.zone == "outside"),
        not_marked=tuple(one for one in candidate.because if not one.drawn),
    )
