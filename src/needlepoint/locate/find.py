"""The verb: which muscles could explain this pain?"""

from collections.abc import Mapping, Sequence

import numpy as np

from needlepoint.locate.candidates import Candidate, Candidates, Next
from needlepoint.locate.factors import Scores, chance, factors_of, scores, sign_log
from needlepoint.locate.flags import TOUCHES, Signs, flags, look_alikes, open_flags
from needlepoint.locate.knowledge import SIDES, LocateKnowledge
from needlepoint.locate.place import Fits, fits, marks_of, place_fits, regions_drawn
from needlepoint.locate.questions import questions
from needlepoint.locate.told import Drawing, Heard, Told
from needlepoint.terms import NotUnderstood, Read, Side, Statement, Truth

#: So many candidates are named with their reasons; every examined muscle is among them.
MOST_NAMED = 20
_MOST_NEXT = 3
#: From weakest to best, to say how well a pattern was read.
_WEAKEST_FIRST = (Read.RECALL, Read.SECONDARY, Read.ABSTRACT, Read.FULL)
_TEXTBOOK = "textbook pattern, not tested"


def find(told: Told, knowledge: LocateKnowledge, unheard: Sequence[NotUnderstood] = ()) -> Candidates:
    """Which muscles could explain this pain, what dangers imitate it, and what is still to ask?

    Probabilities are each *this muscle contributes to the pain*; they need not add up to one. A red flag that stops leaves no muscle ranked.
    ``unheard`` are words of the case that nobody understood before.
    """
    weighed = Weighed(told, knowledge)
    signs = weighed.signs
    raised = flags(signs, knowledge)
    stopped = any(flag.stops for flag in raised)
    still_open = open_flags(signs, knowledge)
    order = weighed.order() if weighed.says_something and not stopped else []
    return Candidates(
        candidates=tuple(weighed.candidate(index) for index in order),
        red_flags=raised,
        look_alikes=look_alikes(
            weighed.symptoms, weighed.qualities, weighed.score.problems, weighed.everywhere, weighed.sides, knowledge
        ),
        questions=questions(weighed, still_open, order),
        palpate_next=tuple(_next(weighed, order)),
        not_understood=tuple(unheard),
        stopped=stopped,
        wide=weighed.wide,
        certainty=weighed.score.certainty,
        problems=weighed.score.problems,
        release=knowledge.release,
        sha256=knowledge.sha256,
    )


class Weighed:
    """One person's pain, weighed for every muscle."""

    def __init__(self, told: Told, knowledge: LocateKnowledge) -> None:
        self.told, self.knowledge = told, knowledge
        self.drawing: Drawing = marks_of(told.drawing, told.complaint, knowledge)
        self.fit: Fits = fits(self.drawing, knowledge)
        self.symptoms: tuple[Heard, ...] = told.complaint.symptoms
        drawn = [Heard(one, True, one.replace("-", " ")) for mark in told.drawing.marks for one in mark.qualities]
        self.qualities: tuple[Heard, ...] = (*told.complaint.qualities, *drawn)
        self.shares: Mapping[str, float] = regions_drawn(self.fit.cells, knowledge) if self.fit.cells else {}
        so: dict[str, Truth] = {heard.id: heard.so for heard in self.symptoms}
        # A danger may be told in words where something else was drawn, so both count for it.
        self.everywhere = _with_words(self.fit.cells, told, knowledge)
        self.signs = Signs(told, so, self.everywhere, knowledge)
        self.score: Scores = scores(told, self.fit, self.symptoms, knowledge)
        self.probability = self.score.probability

    @property
    def says_something(self) -> bool:
        """Is there anything to rank by? Without a place, a palpation or a problem, nothing is guessed."""
        return bool(self.fit.cells or self.told.palpation or self.score.problems)

    @property
    def sides(self) -> frozenset[Side]:
        """The sides on which the pain lies."""
        if not self.fit.cells:
            return frozenset(self.told.complaint.sides)
        return frozenset(
            side for side, share in zip(SIDES, (self.fit.left, 1 - self.fit.left), strict=True) if share > 0
        )

    @property
    def side_is_open(self) -> bool:
        """Was no side told, so that both are looked at?"""
        return not self.told.complaint.sides and any(mark.side is None and mark.cells for mark in self.drawing.marks)

    @property
    def wide(self) -> bool:
        """Is so much of the skin drawn that the order says little?"""
        return self.fit.percent_of_skin >= self.knowledge.weight("wide-drawing")

    def order(self) -> list[int]:
        """The muscles to name, best first; examined ones are always among them."""
        best = np.argsort(-self.probability, kind="stable")
        named = [int(index) for index in best[:MOST_NAMED]]
        examined = {row for one in self.told.palpation for row in self.knowledge.rows_of(one.muscle, one.side)}
        named += [int(index) for index in best[MOST_NAMED:] if int(index) in examined]
        return named

    def candidate(self, index: int) -> Candidate:
        """One muscle with its reasons."""
        muscle, side = self.knowledge.muscle_at(index)
        assert muscle.referral is not None
        sources = muscle.referral.sources
        read = _best_read(sources)
        return Candidate(
            muscle=muscle.id,
            title=muscle.title,
            side=side,
            probability=float(self.probability[index]),
            because=place_fits(self.drawing, index, self.knowledge),
            factors=factors_of(index, self.score, self.told, self.fit, self.symptoms, self.knowledge),
            sources=sources,
            read=read.value,
            note=_TEXTBOOK if read is Read.RECALL else muscle.referral.disagreement,
        )


def _with_words(cells: Mapping[int, float], told: Told, knowledge: LocateKnowledge) -> Mapping[str, float]:
    """Which share of the pain lies in each region, drawing and told places together; no told place is too small to count."""
    spoken = {
        cell
        for place in told.complaint.places
        for region in place.regions
        for cell in knowledge.skin.cells_of(region, place.side)
    }
    shares = dict(regions_drawn(cells, knowledge)) if cells else {}
    if spoken:
        for name, share in regions_drawn(dict.fromkeys(spoken, 1.0), knowledge).items():
            shares[name] = max(share, shares.get(name, 0.0), TOUCHES)
    return shares


def _best_read(sources: Sequence[Statement]) -> Read:
    return max((one.read for one in sources), key=_WEAKEST_FIRST.index, default=Read.RECALL)


def _next(weighed: Weighed, order: Sequence[int]) -> list[Next]:
    """The muscles whose palpation is expected to change their probability most."""
    knowledge = weighed.knowledge
    examined = {
        row
        for one in weighed.told.palpation
        if one.recognised_pain is not None
        for row in knowledge.rows_of(one.muscle, one.side)
    }
    if_so, if_not = knowledge.weight("recognised-pain-if-so"), knowledge.weight("recognised-pain-if-not")
    logit = weighed.score.logit
    after_yes, after_no = (chance(logit + sign_log("recognised-pain", so, knowledge)) for so in (True, False))
    found: list[tuple[float, Next]] = []
    for index in order:
        muscle, side = knowledge.muscle_at(index)
        if index in examined or muscle.barred:
            continue
        now, yes, no = (float(chances[index]) for chances in (weighed.probability, after_yes, after_no))
        found_so = now * if_so + (1 - now) * if_not
        change = found_so * abs(yes - now) + (1 - found_so) * abs(now - no)
        found.append((change, Next(muscle.id, muscle.title, side, now, yes, no)))
    found.sort(key=lambda pair: (-pair[0], pair[1].muscle, pair[1].side))
    return [one for _, one in found[:_MOST_NEXT]]
