"""The answer of ``screen`` as JSON, as the contract spells it. Keys may be added; those that are here keep their meaning."""

from collections.abc import Iterable
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from needlepoint.screen import Because, Clearance, Finding, SiteClearance
from needlepoint.terms import Side, Statement

LevelWord = Literal["clear", "adapt", "weigh", "stop"]
FindingWord = Literal["stop", "weigh", "adapt", "note"]


class Answer(BaseModel):
    """Shared by all parts of an answer."""

    model_config = ConfigDict(extra="forbid")


class BecauseAnswer(Answer):
    """A fact that decided it, and from where in the input it comes."""

    fact: str
    origin: str = Field(alias="from")
    code: str | None = None
    on: str | None = None


class SourceAnswer(Answer):
    """A source, and how far it was read for this statement."""

    id: str
    citation: str
    read: Literal["full", "abstract", "secondary", "recall"]
    gist: str | None = None
    locator: str | None = None


class SiteAnswer(Answer):
    """One place. ``clearance`` counts the person's findings too, ``by_itself`` the place alone."""

    muscle: str | None
    region: str | None
    side: Literal["left", "right", "midline"] | None
    clearance: LevelWord
    by_itself: LevelWord
    complete: bool
    coarse: bool
    text: str
    origin: str
    findings: list[str]


class FindingAnswer(Answer):
    """One rule that holds."""

    id: str
    title: str
    level: FindingWord
    scope: Literal["person", "site"]
    sites: list[int]
    because: list[BecauseAnswer]
    says: str
    advice: str
    disagreement: str | None
    choice: str | None
    sources: list[SourceAnswer]


class QuestionAnswer(Answer):
    """A question that is still open."""

    id: str
    text: str
    could_change: str


class MissedAnswer(Answer):
    """A text that was not understood, and the known words nearest to it."""

    text: str
    origin: str = Field(alias="from")
    nearest: list[str]


class SetAsideAnswer(Answer):
    """Something understood that does not count, and why."""

    text: str
    origin: str = Field(alias="from")
    reason: str


class KnowledgeAnswer(Answer):
    """Which knowledge answered."""

    release: str
    sha256: str


class ScreenAnswer(Answer):
    """May this person be needled on this day, and where not?"""

    model_config = ConfigDict(extra="forbid", title="Needlepoint screen answer")

    on: str
    clearance: LevelWord
    person: LevelWord
    complete: bool
    sites: list[SiteAnswer]
    findings: list[FindingAnswer]
    questions: list[QuestionAnswer]
    not_understood: list[MissedAnswer]
    set_aside: list[SetAsideAnswer]
    notes: list[str]
    knowledge: KnowledgeAnswer


def screen_answer(clearance: Clearance, notes: tuple[str, ...] = ()) -> dict[str, object]:
    """The clearance as plain JSON values."""
    return {
        "on": clearance.on.isoformat(),
        "clearance": clearance.clearance.word,
        "person": clearance.person.word,
        "complete": clearance.complete,
        "sites": [_site(site) for site in clearance.sites],
        "findings": [_finding(finding) for finding in clearance.findings],
        "questions": [
            {"id": one.id, "text": one.text, "could_change": one.could_change} for one in clearance.questions
        ],
        "not_understood": [
            {"text": one.text, "from": one.origin, "nearest": list(one.nearest)} for one in clearance.not_understood
        ],
        "set_aside": [{"text": one.text, "from": one.origin, "reason": one.reason} for one in clearance.set_aside],
        "notes": list(notes),
        "knowledge": {"release": clearance.release, "sha256": clearance.sha256},
    }


def _site(site: SiteClearance) -> dict[str, object]:
    place = site.proposal.place
    side = place.side if place else None
    return {
        "muscle": place.muscle.replace("-", " ") if place and place.muscle else None,
        "region": place.region.replace("-", " ") if place and place.region else None,
        "side": side.value if isinstance(side, Side) else None,
        "clearance": site.clearance.word,
        "by_itself": site.by_itself.word,
        "complete": site.complete,
        "coarse": place.coarse if place else True,
        "text": site.proposal.text,
        "origin": site.proposal.origin,
        "findings": list(site.findings),
    }


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "id": finding.id,
        "title": finding.title,
        "level": finding.level.finding_word,
        "scope": finding.scope,
        "sites": list(finding.sites),
        "because": [_because(one) for one in finding.because],
        "says": finding.says,
        "advice": finding.advice,
        "disagreement": finding.disagreement,
        "choice": finding.choice,
        "sources": source_answers(finding.sources),
    }


def source_answers(statements: Iterable[Statement]) -> list[dict[str, str | None]]:
    """Sources as plain JSON values: which, how far read for this statement, and what was taken from it."""
    return [
        {
            "id": one.source.id,
            "citation": one.source.citation,
            "read": one.read.value,
            "gist": one.gist,
            "locator": one.source.locator,
        }
        for one in statements
    ]


def _because(because: Because) -> dict[str, str | None]:
    answer: dict[str, str | None] = {"fact": because.fact, "from": because.origin}
    if because.code:
        answer["code"] = because.code
    if because.on:
        answer["on"] = because.on.isoformat()
    return answer
