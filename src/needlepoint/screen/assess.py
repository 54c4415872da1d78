"""The verb: may this person be needled on this day, and where not?"""

from datetime import date

from needlepoint.screen.clearance import Clearance, Finding, SiteClearance
from needlepoint.screen.knowledge import ScreenKnowledge
from needlepoint.screen.questions import easing_questions, minimal_questions
from needlepoint.screen.reasons import reasons
from needlepoint.screen.sheet import Column, Line, true_and_open
from needlepoint.screen.told import Answers, Because, Proposal
from needlepoint.terms import Level, Read, Source, Statement

NOT_EVERYTHING_IS_KNOWN = "not-everything-is-known"
PLACE_NOT_UNDERSTOOD = "place-not-understood"
#: Findings that are not rules of the knowledge; no rule may take their ids.
BUILT_IN = (NOT_EVERYTHING_IS_KNOWN, PLACE_NOT_UNDERSTOOD)

JUDGEMENT = Statement(
    Source(
        "needlepoint-judgement",
        "Needlepoint's own clinical choice, awaiting review by a clinician.",
        2026,
        "judgement",
        None,
        Read.FULL,
    ),
    Read.FULL,
)


def assess(answers: Answers, proposed: tuple[Proposal, ...], knowledge: ScreenKnowledge, *, on: date) -> Clearance:
    """May this person be needled on this day, and where not?

    ``answers`` is what is known of the person, ``proposed`` where needling is thought of (empty: every region of the body is looked at).
    The clearance of a site counts the person's own findings too. An answer that is not complete is never *clear*.
    """
    sheet = knowledge.sheet
    looked_at = proposed or sheet.every_place
    person = sheet.person(proposed)
    columns = [sheet.place(one) for one in looked_at]
    true, unknown = true_and_open(sheet, [person, *columns], answers)

    of_person = person.level(true)
    of_sites = [
        max(column.level(true), Level.CLEAR if one.place else Level.WEIGH)
        for one, column in zip(looked_at, columns, strict=True)
    ]
    worst = [max(of_person, level) for level in of_sites]
    person_open = person.could_worsen(unknown, of_person)
    sites_open = [column.could_worsen(unknown, level) for column, level in zip(columns, worst, strict=True)]
    words_missing = bool(answers.not_understood) and of_person < Level.STOP
    nowhere = any(one.place is None for one in looked_at) and of_person < Level.STOP
    complete = not (person_open or any(sites_open) or words_missing or nowhere)

    questions = (
        *minimal_questions(
            answers, knowledge, [(person, person_open, of_person), *zip(columns, sites_open, worst, strict=True)]
        ),
        *easing_questions(answers, knowledge, [person, *(columns if proposed else ())], true),
    )
    if not complete:
        of_person = max(of_person, Level.ADAPT)
    worst = [max(of_person, level) for level in of_sites]
    shown = [n for n in range(len(looked_at)) if proposed or worst[n] > of_person]
    sites = tuple(
        SiteClearance(
            proposal=looked_at[n],
            clearance=worst[n],
            by_itself=of_sites[n],
            complete=worst[n] is Level.STOP
            or not (person_open or sites_open[n] or words_missing or looked_at[n].place is None),
            findings=_rules_that_hold(looked_at[n], columns[n], true),
        )
        for n in shown
    )
    return Clearance(
        on=on,
        clearance=max([of_person, *(site.clearance for site in sites)]) if proposed else of_person,
        person=of_person,
        complete=complete,
        sites=sites,
        findings=_findings(
            answers, knowledge, person, [(looked_at[n], columns[n]) for n in shown], true, complete=complete
        ),
        questions=questions,
        not_understood=answers.not_understood,
        set_aside=answers.set_aside,
        release=knowledge.release,
        sha256=knowledge.sha256,
    )


def _rules_that_hold(proposal: Proposal, column: Column, true: int) -> tuple[str, ...]:
    unknown_place = () if proposal.place else (PLACE_NOT_UNDERSTOOD,)
    return (*unknown_place, *dict.fromkeys(line.rule.id for line in column.holding(true)))


def _findings(
    answers: Answers,
    knowledge: ScreenKnowledge,
    person: Column,
    sites: list[tuple[Proposal, Column]],
    true: int,
    *,
    complete: bool,
) -> tuple[Finding, ...]:
    """All findings, the weightiest first; the same rule at several sites is one finding."""
    everywhere = tuple(range(len(sites)))
    at: dict[str, list[int]] = {}
    lines: dict[str, Line] = {}
    first: dict[str, Proposal | None] = {}
    unknown_places = [n for n, (proposal, _) in enumerate(sites) if proposal.place is None]
    for line in person.holding(true):
        _note(line, None, everywhere, at, lines, first)
    for n, (proposal, column) in enumerate(sites):
        for line in column.holding(true):
            _note(line, proposal, (n,), at, lines, first)
    found = [
        _finding(line, reasons(line.rule, answers, knowledge, first[id_]), tuple(dict.fromkeys(at[id_])))
        for id_, line in lines.items()
    ]
    if unknown_places:
        found.append(_place_not_understood([sites[n][0] for n in unknown_places], tuple(unknown_places)))
    if not complete:
        found.append(_not_everything_is_known(answers, everywhere))
    return tuple(sorted(found, key=lambda one: (-one.level, one.scope, one.id)))


def _note(
    line: Line,
    proposal: Proposal | None,
    sites: tuple[int, ...],
    at: dict[str, list[int]],
    lines: dict[str, Line],
    first: dict[str, Proposal | None],
) -> None:
    """Remember where a rule holds, at its worst level, and the first place that shows why."""
    id_ = line.rule.id
    at.setdefault(id_, []).extend(sites)
    if id_ not in lines or line.level > lines[id_].level:
        lines[id_] = line
    first.setdefault(id_, proposal)


def _finding(line: Line, because: tuple[Because, ...], sites: tuple[int, ...]) -> Finding:
    rule = line.rule
    return Finding(
        rule.id,
        rule.title,
        line.level,
        rule.scope.value,
        sites,
        because,
        rule.says,
        rule.advice,
        rule.disagreement,
        rule.choice,
        rule.sources,
    )


def _place_not_understood(proposals: list[Proposal], sites: tuple[int, ...]) -> Finding:
    return Finding(
        PLACE_NOT_UNDERSTOOD,
        "A proposed place was not understood",
        Level.WEIGH,
        "site",
        sites,
        tuple(Because(f"“{one.text}” is no place we know", one.origin) for one in proposals),
        "Nothing can be said of what lies beneath a place that we do not know.",
        "Name the muscle or region in other words before you needle there.",
        None,
        "Where nothing is known of a place, a person has to decide: our choice.",
        (JUDGEMENT,),
    )


def _not_everything_is_known(answers: Answers, everywhere: tuple[int, ...]) -> Finding:
    because = tuple(Because(f"“{one.text}” was not understood", one.origin) for one in answers.not_understood)
    return Finding(
        NOT_EVERYTHING_IS_KNOWN,
        "Not everything is known yet",
        Level.ADAPT,
        "person",
        everywhere,
        because or (Because("questions are still open", ""),),
        "An answer that is missing, or a word that was not understood, could make this worse.",
        "Ask the open questions before the first needle. Until then nobody is cleared.",
        None,
        "That an incomplete answer is never clear is our choice.",
        (JUDGEMENT,),
    )
