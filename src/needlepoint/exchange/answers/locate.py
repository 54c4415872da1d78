"""The answer of ``locate`` as JSON, as the contract spells it. Keys may be added; those that are here keep their meaning."""

from typing import Literal

from pydantic import ConfigDict, Field

from needlepoint.exchange.answers.screen import (
    Answer,
    KnowledgeAnswer,
    MissedAnswer,
    SourceAnswer,
    source_answers,
)
from needlepoint.locate import Candidate, Candidates, Explanation, PlaceFit

SideWord = Literal["left", "right", "midline"]


class PlaceAnswer(Answer):
    """One marked or expected place, and how it lies to the muscle's zone."""

    region: str
    side: SideWord
    zone: Literal["main", "spill", "near", "outside"]
    drawn: bool
    effect: str


class FactorAnswer(Answer):
    """One reason for or against; ``times`` multiplies the odds."""

    kind: Literal["prior", "place", "side", "symptom", "palpation", "width"]
    says: str
    times: float
    sources: list[SourceAnswer]


class CandidateAnswer(Answer):
    """One muscle on one side: how probable it is that it contributes to the pain, and why."""

    muscle: str
    id: str
    side: SideWord
    probability: float
    because: list[PlaceAnswer]
    factors: list[FactorAnswer]
    sources: list[SourceAnswer]
    read: Literal["full", "abstract", "secondary", "recall"]
    note: str | None


class FlagAnswer(Answer):
    """A danger that imitates muscle pain."""

    id: str
    title: str
    text: str
    action: str
    stops: bool
    because: list[str]
    sources: list[SourceAnswer]


class LookAlikeAnswer(Answer):
    """What else it could be, and what speaks for it."""

    id: str
    name: str
    kind: str
    why: str
    raised_by: list[str]
    sources: list[SourceAnswer]


class AskAnswer(Answer):
    """A question still open, and why it matters."""

    id: str
    text: str
    why: str


class NextAnswer(Answer):
    """A muscle to palpate next, and what its probability would become."""

    muscle: str
    id: str
    side: SideWord
    now: float
    if_recognised: float
    if_not: float


class LocateAnswer(Answer):
    """Which muscles could explain this pain?"""

    model_config = ConfigDict(extra="forbid", title="Needlepoint locate answer")

    candidates: list[CandidateAnswer]
    red_flags: list[FlagAnswer]
    look_alikes: list[LookAlikeAnswer]
    questions: list[AskAnswer]
    palpate_next: list[NextAnswer]
    not_understood: list[MissedAnswer]
    stopped: bool
    wide: bool
    certainty: float = Field(ge=0, le=1)
    knowledge: KnowledgeAnswer


def locate_answer(found: Candidates) -> dict[str, object]:
    """The candidates as plain JSON values."""
    return {
        "candidates": [_candidate(one) for one in found.candidates],
        "red_flags": [
            {
                "id": one.id,
                "title": one.title,
                "text": one.says,
                "action": one.action,
                "stops": one.stops,
                "because": list(one.because),
                "sources": source_answers(one.sources),
            }
            for one in found.red_flags
        ],
        "look_alikes": [
            {
                "id": one.id,
                "name": one.title,
                "kind": one.kind,
                "why": one.why,
                "raised_by": list(one.raised_by),
                "sources": source_answers(one.sources),
            }
            for one in found.look_alikes
        ],
        "questions": [{"id": one.id, "text": one.text, "why": one.why} for one in found.questions],
        "palpate_next": [
            {
                "muscle": one.title.lower(),
                "id": one.muscle,
                "side": one.side.value,
                "now": round(one.now, 4),
                "if_recognised": round(one.if_recognised, 4),
                "if_not": round(one.if_not, 4),
            }
            for one in found.palpate_next
        ],
        "not_understood": [
            {"text": one.text, "from": one.origin, "nearest": list(one.nearest)} for one in found.not_understood
        ],
        "stopped": found.stopped,
        "wide": found.wide,
        "certainty": round(found.certainty, 4),
        "knowledge": {"release": found.release, "sha256": found.sha256},
    }


def explanation_answer(explanation: Explanation) -> dict[str, object]:
    """The answer to *would this muscle explain this pain?* as plain JSON values."""
    return {
        **_candidate(explanation.candidate),
        "rank": explanation.rank,
        "fits": [_place(one) for one in explanation.fits],
        "does_not_fit": [_place(one) for one in explanation.does_not_fit],
        "not_marked": [_place(one) for one in explanation.not_marked],
    }


def _candidate(one: Candidate) -> dict[str, object]:
    return {
        "muscle": one.title.lower(),
        "id": one.muscle,
        "side": one.side.value,
        "probability": round(one.probability, 4),
        "because": [_place(place) for place in one.because],
        "factors": [
            {
                "kind": factor.kind,
                "says": factor.says,
                "times": round(factor.factor, 3),
                "sources": source_answers(factor.sources),
            }
            for factor in one.factors
        ],
        "sources": source_answers(one.sources),
        "read": one.read,
        "note": one.note,
    }


def _place(one: PlaceFit) -> dict[str, object]:
    return {"region": one.region, "side": one.side.value, "zone": one.zone, "drawn": one.drawn, "effect": one.effect}
