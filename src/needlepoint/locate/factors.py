"""The reasons for and against every muscle, each as a number that multiplies its odds."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from needlepoint.body.adult import Floats
from needlepoint.locate.candidates import Factor
from needlepoint.locate.knowledge import LocateKnowledge, Problem, Study
from needlepoint.locate.place import Fits, regions_drawn
from needlepoint.locate.told import Heard, Palpation, Told
from needlepoint.terms import Truth

#: At most so many symptoms count for one muscle: they come together and are no independent witnesses (our choice).
_MOST_SYMPTOMS = 3
#: A share of the drawing that is nothing but rounding.
_NOTHING = 1e-9
#: A problem is taken as present when at least this share of the drawing lies where it hurts (our choice).
_MOSTLY = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """The log of what each reason multiplies the odds by, for all muscles (left ones first, then right ones)."""

    prior: Floats
    place: Floats
    side: Floats
    symptoms: Floats
    palpation: Floats
    certainty: float
    problems: Mapping[str, str]

    @property
    def logit(self) -> Floats:
        """The log odds of every muscle."""
        return self.prior + self.place + self.side + self.symptoms + self.palpation

    @property
    def probability(self) -> Floats:
        """The probability of every muscle that it contributes to the pain."""
        return chance(self.logit)


def chance(logit: Floats) -> Floats:
    """From log odds to probability."""
    answer: Floats = 1 / (1 + np.exp(-logit))
    return answer


def logit(probability: float) -> float:
    """From probability to log odds."""
    return math.log(probability / (1 - probability))


def scores(told: Told, fit: Fits, symptoms: Sequence[Heard], knowledge: LocateKnowledge) -> Scores:
    """All reasons, for all muscles."""
    shares = regions_drawn(fit.cells, knowledge) if fit.cells else {}
    problems = problems_present(told, shares, knowledge)
    count = len(knowledge.muscles)
    certain = certainty(fit.percent_of_skin, knowledge)
    sharp = knowledge.weight("sharpness")
    both_sides = np.array([_prior(muscle.id, shares, problems, knowledge) for muscle in knowledge.muscles])
    return Scores(
        prior=logit(knowledge.weight("base-rate")) + certain * sharp * np.tile(both_sides, 2),
        place=certain * sharp * _place(fit, knowledge),
        side=_side(fit, count, knowledge),
        symptoms=sharp * np.tile(_symptoms(symptoms, knowledge), 2),
        palpation=_palpation(told.palpation, knowledge),
        certainty=certain,
        problems=problems,
    )


def certainty(percent_of_skin: float, knowledge: LocateKnowledge) -> float:
    """How much may a drawing of this size count? 1 for a narrow one, falling as more of the skin is drawn; it never rises."""
    narrow, least = knowledge.weight("narrow-drawing"), knowledge.weight("least-certainty")
    if percent_of_skin <= narrow:
        return 1.0
    return max(least, math.sqrt(narrow / percent_of_skin))


# Prior


def problems_present(told: Told, shares: Mapping[str, float], knowledge: LocateKnowledge) -> Mapping[str, str]:
    """Which problems does the person present with, and how do we know? By name, unless the pain lies elsewhere; or because it mostly
    lies there."""
    found: dict[str, str] = {}
    for heard in (*told.problems, *told.complaint.problems):
        elsewhere = shares and not any(region in shares for region in knowledge.problems[heard.id].pain_in)
        if heard.so is not False and not elsewhere:
            found.setdefault(heard.id, f"“{heard.words}” was told")
    denied = {heard.id for heard in (*told.problems, *told.complaint.problems) if heard.so is False}
    for problem in knowledge.problems.values():
        there = sum(shares.get(region, 0.0) for region in problem.pain_in)
        if problem.id not in found and problem.id not in denied and not problem.named_only and there >= _MOSTLY:
            found[problem.id] = "most of the pain lies there"
    return found


def _prior(muscle: str, shares: Mapping[str, float], problems: Mapping[str, str], knowledge: LocateKnowledge) -> float:
    return _of_problems(muscle, problems, knowledge) + _customary(muscle, shares, knowledge)


def _of_problems(muscle: str, problems: Mapping[str, str], knowledge: LocateKnowledge) -> float:
    """The strongest table that names this muscle; the tables overlap and must not be counted twice."""
    strongest = _strongest_table(muscle, problems, knowledge)
    return _log_of_rate(strongest[1], knowledge) if strongest else 0.0


def _strongest_table(muscle: str, problems: Mapping[str, str], knowledge: LocateKnowledge) -> tuple[str, float] | None:
    """The problem whose table says most of this muscle, and the rate there."""
    tables = [
        (problem, rate)
        for problem in problems
        if (rate := shrunk_rate(knowledge.problems[problem], muscle, knowledge)) is not None
    ]
    return max(tables, key=lambda one: abs(_log_of_rate(one[1], knowledge)), default=None)


def _log_of_rate(rate: float, knowledge: LocateKnowledge) -> float:
    return knowledge.weight("trust-in-tables") * (logit(rate) - logit(knowledge.weight("usual-rate")))


def shrunk_rate(problem: Problem, muscle: str, knowledge: LocateKnowledge) -> float | None:
    """How often does this muscle take part in this problem? The largest study that names it, drawn towards the usual rate because the
    studies are small. ``None``: no study names it."""
    study = largest_study(problem, muscle)
    if study is None:
        return None
    pull = knowledge.weight("pull-of-the-usual")
    usual = knowledge.weight("usual-rate")
    return (study.active[muscle] * study.people + pull * usual) / (study.people + pull)


def largest_study(problem: Problem, muscle: str) -> Study | None:
    """The study with the most people that counted this muscle. Studies that disagree are not averaged."""
    naming = [study for study in problem.studies if muscle in study.active]
    return max(naming, key=lambda study: study.people, default=None)


def _customary(muscle: str, shares: Mapping[str, float], knowledge: LocateKnowledge) -> float:
    """How early is this muscle customarily looked at for the regions that were drawn?"""
    best = 0.0
    for list_ in knowledge.customary_of(muscle):
        there = min(1.0, sum(shares.get(region, 0.0) for region in list_.regions))
        best = max(best, there * (1 - list_.muscles.index(muscle) / len(list_.muscles)))
    return knowledge.weight("customary-first") * best


# Place and side


def _place(fit: Fits, knowledge: LocateKnowledge) -> Floats:
    if not fit.cells:
        return np.zeros(len(fit.explained))
    explained, drawn = knowledge.weight("zone-explains"), knowledge.weight("zone-drawn")
    answer: Floats = explained * (fit.explained - knowledge.weight("explains-even")) + drawn * (
        fit.drawn - knowledge.weight("drawn-even")
    )
    return answer


def _side(fit: Fits, count: int, knowledge: LocateKnowledge) -> Floats:
    """A muscle of the side on which nothing was drawn."""
    against = math.log(knowledge.weight("other-side"))
    on_left, on_right = (fit.left, 1 - fit.left) if fit.cells else (1.0, 1.0)
    return np.repeat([against * (on_left < _NOTHING), against * (on_right < _NOTHING)], count)


# Symptoms


def _symptoms(symptoms: Sequence[Heard], knowledge: LocateKnowledge) -> Floats:
    so = {heard.id for heard in symptoms if heard.so is True}
    denied = {heard.id for heard in symptoms if heard.so is False}
    told, not_told = math.log(knowledge.weight("symptom-told")), math.log(knowledge.weight("symptom-denied"))
    logs = []
    for muscle in knowledge.muscles:
        for_it = min(len(so.intersection(muscle.symptoms)), _MOST_SYMPTOMS)
        against = min(len(denied.intersection(muscle.symptoms)), _MOST_SYMPTOMS)
        logs.append(told * for_it + not_told * against)
    return np.array(logs)


# Palpation


def _palpation(found: Iterable[Palpation], knowledge: LocateKnowledge) -> Floats:
    logs = np.zeros(2 * len(knowledge.muscles))
    for one in found:
        for row in knowledge.rows_of(one.muscle, one.side):
            logs[row] += palpation_log(one, knowledge)
    return logs


def palpation_log(found: Palpation, knowledge: LocateKnowledge) -> float:
    """What a palpation multiplies the odds by (its log). Recognition of the person's own pain weighs most. The other signs depend on
    each other, so only the one that says most counts beside it."""
    others = [
        sign_log(name, so, knowledge)
        for name, so in (
            ("referred-pain", found.referred_pain),
            ("tenderness", found.tenderness),
            ("taut-band", found.taut_band),
            ("twitch", found.twitch),
        )
    ]
    return sign_log("recognised-pain", found.recognised_pain, knowledge) + max(others, key=abs, default=0.0)


def sign_log(name: str, so: Truth, knowledge: LocateKnowledge) -> float:
    """The log of what one sign multiplies the odds by: the likelihood ratio, weakened by how well examiners agree on the sign."""
    if so is None:
        return 0.0
    with_, without = knowledge.weight(f"{name}-if-so"), knowledge.weight(f"{name}-if-not")
    ratio = with_ / without if so else (1 - with_) / (1 - without)
    return knowledge.weight(f"{name}-agreement") * math.log(ratio)


# In words


def factors_of(
    index: int, score: Scores, told: Told, fit: Fits, symptoms: Sequence[Heard], knowledge: LocateKnowledge
) -> tuple[Factor, ...]:
    """Every reason for one muscle, in words, with what it multiplies the odds by."""
    muscle, side = knowledge.muscle_at(index)
    found = [*_prior_in_words(index, score, knowledge)]
    if fit.cells:
        assert muscle.referral is not None
        says = f"its zone explains {fit.explained[index]:.0%} of what was marked, and {fit.drawn[index]:.0%} of the zone was marked"
        found.append(Factor("place", says, math.exp(score.place[index]), muscle.referral.sources))
    if score.side[index]:
        found.append(Factor("side", f"nothing was marked on the {side}", math.exp(score.side[index])))
    its_own = [heard for heard in symptoms if heard.id in muscle.symptoms]
    counted = [[heard for heard in its_own if heard.so is so][:_MOST_SYMPTOMS] for so in (True, False)]
    for heard in (*counted[0], *counted[1]):
        name = "symptom-told" if heard.so else "symptom-denied"
        verb = "told" if heard.so else "denied"
        weight = knowledge.weights[name]
        times = weight.value ** knowledge.weight("sharpness")
        found.append(Factor("symptom", f"{knowledge.symptoms[heard.id].title}: {verb}", times, weight.sources))
    for palpated in told.palpation:
        if index in knowledge.rows_of(palpated.muscle, palpated.side):
            found.append(_palpation_in_words(palpated, knowledge))
    if score.certainty < 1:
        says = f"the drawing covers {fit.percent_of_skin:.0f} % of the skin, so places count {score.certainty:.0%}"
        found.append(Factor("width", says, 1.0, knowledge.weights["narrow-drawing"].sources))
    return tuple(found)


def _prior_in_words(index: int, score: Scores, knowledge: LocateKnowledge) -> list[Factor]:
    found = []
    muscle = knowledge.muscle_at(index)[0].id
    rest = 0.0
    strongest = _strongest_table(muscle, score.problems, knowledge)
    if strongest:
        problem, rate = strongest
        study = largest_study(knowledge.problems[problem], muscle)
        assert study is not None
        says = (
            f"{knowledge.problems[problem].title}: an active point here in {study.active[muscle]:.0%} of {study.people} people;"
            f" drawn towards the usual, {rate:.0%}"
        )
        rest = score.certainty * knowledge.weight("sharpness") * _log_of_rate(rate, knowledge)
        found.append(Factor("prior", says, math.exp(rest), study.sources))
    customary = float(score.prior[index]) - logit(knowledge.weight("base-rate")) - rest
    if customary > 0.01:
        lists = knowledge.customary_of(muscle)
        found.append(
            Factor("prior", "customarily looked at early for pain here", math.exp(customary), lists[0].sources)
        )
    return found


def _palpation_in_words(found: Palpation, knowledge: LocateKnowledge) -> Factor:
    signs = [
        ("the known pain was recognised" if so else "the known pain was not recognised") if name == "recognised_pain"
        else f"{name.replace('_', ' ')}: {'yes' if so else 'no'}"
        for name in ("recognised_pain", "referred_pain", "tenderness", "taut_band", "twitch")
        if (so := getattr(found, name)) is not None
    ]  # fmt: skip
    says = "palpation: " + ("; ".join(signs) or "nothing told")
    sources = knowledge.weights["recognised-pain-agreement"].sources
    return Factor("palpation", says, math.exp(palpation_log(found, knowledge)), sources)
