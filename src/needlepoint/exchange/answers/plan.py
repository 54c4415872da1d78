"""The answer of ``plan`` as JSON, as the contract spells it. Keys may be added; those that are here keep their meaning."""

from typing import Literal

from pydantic import ConfigDict, Field

from needlepoint.exchange.answers.locate import SideWord
from needlepoint.exchange.answers.screen import (
    Answer,
    KnowledgeAnswer,
    LevelWord,
    MissedAnswer,
    SourceAnswer,
    source_answers,
)
from needlepoint.exchange.assessing import missed_by_both
from needlepoint.exchange.planning import Planned
from needlepoint.plan import HazardShown, NeedlePlan, PlanKnowledge, SessionPlan, SitePlan
from needlepoint.plan.consent import Consent, consent
from needlepoint.plan.shallowest import Shallowest


class NeedleAnswer(Answer):
    """The needle in mm: its size, the shaft that stays out, how deep its tip can come, and how deep it would come at its hub."""

    length_mm: float
    diameter_mm: float
    shaft_out_mm: float
    reach_mm: float
    to_hub_mm: float


class BasisAnswer(Answer):
    """On what the stop depth rests."""

    kind: Literal["measured", "published", "conservative"]
    text: str
    population: str
    outside: list[str]
    sources: list[SourceAnswer]


class FigureAnswer(Answer):
    """One published figure that applies: the floor that it supports, its middle, and how the floor follows."""

    id: str
    what: str
    floor_mm: float
    middle_mm: float
    how: str


class HazardAnswer(Answer):
    """A structure near the place. ``limit_mm``: the depth that no tip may pass because of it; ``null`` when no distance is known."""

    structure: str
    title: str
    worst: str
    why: str
    avoid_by: str
    in_path: bool
    limit_mm: float | None
    depth: str | None
    figures: list[FigureAnswer]


class DoseAnswer(Answer):
    """How many insertions at most today, and how long the needle stays, in minutes."""

    insertions_max: int
    dwell_minutes: float


class AskedAnswer(Answer):
    """The needle that was asked for: what it could reach, and which structures it could pass."""

    length_mm: float
    reach_mm: float
    to_hub_mm: float
    could_pass: list[str]
    within: bool


class DeclinedMore(Answer):
    """What would change a refusal, what to do instead, and other muscles that could explain the same pain and can be needled."""

    would_change: list[str]
    instead: str | None
    elsewhere: list[dict[str, str]]


class PlanSiteAnswer(Answer):
    """The plan of one place, or a refusal: then ``declined`` says why and the plan's own keys are ``null``."""

    muscle: str | None
    side: SideWord | None
    text: str
    origin: str
    clearance: LevelWord
    complete: bool
    declined: str | None
    declined_more: DeclinedMore | None
    position: str | None
    lying: str | None
    approach: str | None
    technique: str | None
    grip: str | None
    hands: str | None
    direction: str | None
    angle_deg: float | None
    needle: NeedleAnswer | None
    stop_depth_mm: float | None
    reaches_muscle: bool | None
    muscle_mm: list[float] | None
    depth_basis: BasisAnswer | None
    hazards: list[HazardAnswer]
    dose: DoseAnswer | None
    safer_than: str | None
    asked: AskedAnswer | None
    warnings: list[str]
    disagreements: list[str]
    review: Literal["needed"] | None
    sources: list[SourceAnswer]


class StepAnswer(Answer):
    """One position and the places needled in it, counted from 0 in ``sites``."""

    position: str
    sites: list[int]


class LaterAnswer(Answer):
    """A place that waits for another day."""

    site: int
    reason: str


class SignsAnswer(Answer):
    """Warning signs of the session."""

    title: str
    from_hours: float
    to_hours: float
    clinician: list[str]
    patient: list[str]
    act_clinician: str
    act_patient: str


class SessionAnswer(Answer):
    """The session: warnings, the order of positions, what waits, how long to stay, and what to watch for."""

    warnings: list[str]
    order: list[StepAnswer]
    later: list[LaterAnswer]
    first: bool | None
    stay_minutes: float
    reasons: list[str]
    watch_for: list[SignsAnswer]


class ConsentRisk(Answer):
    """One risk in natural frequencies: ``people`` of ``crowd``."""

    id: str
    group: Literal["common", "uncommon", "rare"]
    words: str
    rate: str
    people: int | None
    crowd: int | None
    unit: str
    uncertain: str | None
    places: list[str]
    sources: list[SourceAnswer]


class ConsentAnswer(Answer):
    """The text to read and sign; the hash is of the wording and the places."""

    places: list[str]
    about: str
    helps: str
    risks: list[ConsentRisk]
    otherwise: str
    unsure: str
    ask: str
    afterwards: list[str]
    sha256: str


class PlanAnswer(Answer):
    """Which needle, where, how deep, and how not?"""

    model_config = ConfigDict(extra="forbid", title="Needlepoint plan answer")

    sites: list[PlanSiteAnswer]
    session: SessionAnswer
    consent: ConsentAnswer | None
    suggested: bool = Field(description="Nobody proposed a place, so the ranking of the pain did.")
    red_flags: list[str]
    not_understood: list[MissedAnswer]
    knowledge: KnowledgeAnswer


def plan_answer(planned: Planned, knowledge: PlanKnowledge) -> dict[str, object]:
    """The plan as plain JSON values."""
    plan = planned.plan
    asked = consent(plan, knowledge)
    return {
        "sites": [_site(one) for one in plan.sites],
        "session": _session(plan.session),
        "consent": _consent(asked) if asked else None,
        "suggested": planned.suggested,
        "red_flags": [one.title for one in planned.assessment.located.red_flags],
        "not_understood": [
            {"text": one.text, "from": one.origin, "nearest": list(one.nearest)}
            for one in missed_by_both(planned.assessment)
        ],
        "knowledge": {"release": plan.release, "sha256": plan.sha256},
    }


def _site(site: SitePlan) -> dict[str, object]:
    declined = site.declined
    return {
        "muscle": site.muscle.replace("-", " ") if site.muscle else None,
        "side": site.side.value if site.side else None,
        "text": site.text,
        "origin": site.origin,
        "clearance": site.level.word,
        "complete": site.complete,
        "declined": declined.reason if declined else None,
        "declined_more": {
            "would_change": list(declined.would_change),
            "instead": declined.instead,
            "elsewhere": [{"muscle": muscle.replace("-", " "), "side": side.value} for muscle, side in site.elsewhere],
        }
        if declined
        else None,
        **_needle(site.needle),
        "muscle_mm": [site.lies.starts, site.lies.ends] if site.lies else None,
        "hazards": [_hazard(one) for one in site.hazards],
        "asked": {
            "length_mm": site.asked.length_mm,
            "reach_mm": round(site.asked.reach_mm, 1),
            "to_hub_mm": round(site.asked.to_hub_mm, 1),
            "could_pass": list(site.asked.could_pass),
            "within": site.asked.within,
        }
        if site.asked
        else None,
        "warnings": list(site.warnings),
        "disagreements": list(site.disagreements),
        "review": "needed" if site.unreviewed else None,
        "sources": source_answers(site.sources),
    }


_NO_NEEDLE = (
    "position", "lying", "approach", "technique", "grip", "hands", "direction", "angle_deg", "needle", "stop_depth_mm", "reaches_muscle",
    "depth_basis", "dose", "safer_than",
)  # fmt: skip


def _needle(needle: NeedlePlan | None) -> dict[str, object]:
    if needle is None:
        return dict.fromkeys(_NO_NEEDLE)
    way, chosen, basis = needle.way, needle.chosen, needle.basis
    return {
        "position": needle.position,
        "lying": way.position,
        "approach": way.name,
        "technique": way.technique,
        "grip": way.grip,
        "hands": way.hands,
        "direction": way.direction,
        "angle_deg": way.angle_deg,
        "needle": {
            "length_mm": chosen.needle.length_mm,
            "diameter_mm": chosen.needle.diameter_mm,
            "shaft_out_mm": round(chosen.shaft_out_mm, 1),
            "reach_mm": round(chosen.reach_mm, 1),
            "to_hub_mm": round(chosen.to_hub_mm, 1),
        },
        "stop_depth_mm": needle.stop_depth_mm,
        "reaches_muscle": needle.reaches_muscle,
        "depth_basis": {
            "kind": basis.kind,
            "text": basis.text,
            "population": basis.population,
            "outside": list(basis.outside),
            "sources": source_answers(basis.sources),
        },
        "dose": {"insertions_max": needle.insertions_max, "dwell_minutes": needle.dwell_minutes},
        "safer_than": needle.safer_than,
    }


def _hazard(hazard: HazardShown) -> dict[str, object]:
    depth = hazard.depth
    return {
        "structure": hazard.structure,
        "title": hazard.title,
        "worst": hazard.worst,
        "why": hazard.why,
        "avoid_by": hazard.avoid_by,
        "in_path": hazard.in_path,
        "limit_mm": round(depth.limit_mm, 1) if depth else None,
        "depth": depth.text if depth else None,
        "figures": _figures(depth) if depth else [],
    }


def _figures(depth: Shallowest) -> list[dict[str, object]]:
    return [
        {
            "id": one.depth.id,
            "what": one.what,
            "floor_mm": round(one.mm, 1),
            "middle_mm": round(one.centre, 1),
            "how": one.how,
        }
        for one in depth.others
    ]


def _session(session: SessionPlan) -> dict[str, object]:
    return {
        "warnings": list(session.warnings),
        "order": [{"position": one.position, "sites": list(one.sites)} for one in session.steps],
        "later": [{"site": one.site, "reason": one.reason} for one in session.later],
        "first": session.first,
        "stay_minutes": session.stay_minutes,
        "reasons": list(session.reasons),
        "watch_for": [
            {
                "title": one.title,
                "from_hours": one.from_hours,
                "to_hours": one.to_hours,
                "clinician": list(one.clinician),
                "patient": list(one.patient),
                "act_clinician": one.act_clinician,
                "act_patient": one.act_patient,
            }
            for one in session.signs
        ],
    }


def _consent(asked: Consent) -> dict[str, object]:
    return {
        "places": list(asked.places),
        "about": asked.about,
        "helps": asked.helps,
        "risks": [
            {
                "id": one.id,
                "group": one.group,
                "words": one.words,
                "rate": one.rate,
                "people": one.people,
                "crowd": one.crowd,
                "unit": one.unit,
                "uncertain": one.uncertain,
                "places": list(one.places),
                "sources": source_answers(one.sources),
            }
            for one in asked.risks
        ],
        "otherwise": asked.otherwise,
        "unsure": asked.unsure,
        "ask": asked.ask,
        "afterwards": list(asked.afterwards),
        "sha256": asked.sha256,
    }
