"""The verb: may this person be needled on this day, and where not?"""

from dataclasses import replace
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
    columns = [sheet.place(one) if one.place else None for one in looked_at]
    true, unknown = true_and_open(sheet, [person, *(column for column in columns if column)], answers)

    of_person = person.level(true)
    of_sites = [Level.WEIGH if column is None else column.level(true) for column in columns]
    worst = [max(of_person, level) for level in of_sites]
    person_open = person.could_worsen(unknown, of_person)
    sites_open = [
        0 if column is None else column.could_worsen(unknown, level) for column, level in zip(columns, worst, strict=True)
    ]
    words_missing = bool(answers.not_understood) and of_person < Level.STOP
    nowhere = any(column is None for column in columns) and of_person < Level.STOP
    complete = not (person_open or any(sites_open) or words_missing or nowhere)

    questions = (
        *minimal_questions(answers, knowledge, [(person, person_open, of_person), *zip(columns, sites_open, worst, strict=True)]),
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
            or not (person_open or sites_open[n] or words_missing or columns[n] is None),
            findings=_rules_that_hold(columns[n], true),
        )
        for n in shown
    )
    return Clearance(
        on=on,
        clearance=max([of_person, *(site.clearance for site in sites)]) if proposed else of_person,
        person=of_person,
        complete=complete,
        sites=sites,
        findings=_findings(answers, knowledge, person, [(looked_at[n], columns[n]) for n in shown], true, complete=complete),
        questions=questions,
        not_understood=answers.not_understood,
        set_aside=answers.set_aside,
        release=knowledge.release,
        sha256=knowledge.sha256,
    )


def _holding(column: Column, true: int) -> list[Line]:
    return [line for line in column.lines if true >> line.number & 1]


def _rules_that_hold(column: Column | None, true: int) -> tuple[str, ...]:
    if column is None:
        return (PLACE_NOT_UNDERSTOOD,)
    return tuple(dict.fromkeys(line.rule.id for line in _holding(column, true)))


def _findings(
    answers: Answers,
    knowledge: ScreenKnowledge,
    person: Column,
    sites: list[tuple[Proposal, Column | None]],
    true: int,
    *,
    complete: bool,
) -> tuple[Finding, ...]:
    """All findings, the weightiest first; the same rule at several sites is one finding."""
    everywhere = tuple(range(len(sites)))
    found: dict[str, Finding] = {}
    for line in _holding(person, true):
        _add(found, line, reasons(line.rule, answers, knowledge, None), everywhere)
    for n, (proposal, column) in enumerate(sites):
        if column is None:
            _add_built_in_place(found, proposal, n)
            continue
        for line in _holding(column, true):
            if line.rule.id in found:
                _add(found, line, (), (n,))
            else:
                _add(found, line, reasons(line.rule, answers, knowledge, proposal), (n,))
    if not complete:
        found[NOT_EVERYTHING_IS_KNOWN] = _not_everything_is_known(answers, everywhere)
    return tuple(sorted(found.values(), key=lambda one: (-one.level, one.scope, one.id)))


def _add(found: dict[str, Finding], line: Line, because: tuple[Because, ...], sites: tuple[int, ...]) -> None:
    rule = line.rule
    known = found.get(rule.id)
    if known is None:
        found[rule.id] = Finding(
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
    else:
        found[rule.id] = replace(
            known, level=max(known.level, line.level), sites=tuple(sorted({*known.sites, *sites}))
        )


def _add_built_in_place(found: dict[str, Finding], proposal: Proposal, at: int) -> None:
    known = found.get(PLACE_NOT_UNDERSTOOD)
    because = Because(f"“{proposal.text}” is no place we know", proposal.origin)
    found[PLACE_NOT_UNDERSTOOD] = Finding(
        PLACE_NOT_UNDERSTOOD,
        "A proposed place was not understood",
        Level.WEIGH,
        "site",
        (*(known.sites if known else ()), at),
        (*(known.because if known else ()), because),
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
