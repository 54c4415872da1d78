"""Everything about one person on one day: the clearance, the muscles that could explain the pain, and whether those may be needled."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from needlepoint.exchange.locating import Locator, symptom_asked
from needlepoint.exchange.told import Told
from needlepoint.locate import Candidates
from needlepoint.screen import Answers, Clearance, NotUnderstood, Proposal, SiteClearance, assess
from needlepoint.terms import Side

#: So many of the first candidates are looked at for whether they may be needled.
MOST_LOOKED_AT = 8


@dataclass(frozen=True, slots=True)
class Assessment:
    """The clearance, the candidates, and the clearance of the first candidates as places to needle, by muscle and side.

    ``answers`` are those that the clearance rests on."""

    clearance: Clearance
    located: Candidates
    needled_there: Mapping[tuple[str, Side], SiteClearance]
    drawn: Mapping[int, float]
    answers: Answers = field(default_factory=Answers)


def assess_case(locator: Locator, told: Told, answers: Answers, *, on: date) -> Assessment:
    """May this person be needled, which muscles could explain the pain, and may those be needled?

    Words of the complaint that either step understands are understood; the others come back from both.
    """
    heard, unheard = locator.told(told, answers)
    located = locator.find(heard, unheard)
    known = set(_words(told.complaint or "")) - {word for one in heard.complaint.left_over for word in _words(one)}
    answers = _without(answers, known, locator)
    clearance = assess(answers, told.proposed, locator.screen, on=on)
    first = located.candidates[:MOST_LOOKED_AT]
    proposals = tuple(
        Proposal(locator.screen.atlas.place_of_muscle(one.muscle, one.side), one.title, "locate") for one in first
    )
    there = assess(answers, proposals, locator.screen, on=on).sites if proposals else ()
    sites = {(one.muscle, one.side): site for one, site in zip(first, there, strict=True)}
    return Assessment(clearance, located, sites, locator.drawn(heard), answers)


def _without(answers: Answers, known: set[str], locator: Locator) -> Answers:
    """The answers without what only ``locate`` understands: words of the complaint, and replies to questions about the pain."""

    def asked_there(one: NotUnderstood) -> bool:
        return (
            one.origin.startswith("answers.")
            and symptom_asked(one.origin.removeprefix("answers."), locator.knowledge) is not None
        )

    kept = tuple(
        one
        for one in answers.not_understood
        if not asked_there(one) and not (one.origin == "complaint" and set(_words(one.text)) <= known)
    )
    return replace(answers, not_understood=kept)


def _words(text: str) -> list[str]:
    return text.lower().replace(",", " ").replace(".", " ").split()


def missed_by_both(assessment: Assessment) -> tuple[NotUnderstood, ...]:
    """The words that nobody understood, each once."""
    found = {(one.text, one.origin): one for one in assessment.clearance.not_understood}
    for other in assessment.located.not_understood:
        found.setdefault((other.text, other.origin), other)
    return tuple(found.values())
