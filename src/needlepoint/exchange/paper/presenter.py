"""From a clearance to a page: every line of it in words that are ready to be read."""

import re
from collections.abc import Iterable
from datetime import date
from itertools import count

from needlepoint.exchange.paper.page import (
    AsideLine,
    BecauseLine,
    FindingGroup,
    FindingLine,
    QuestionGroup,
    QuestionLine,
    ScreenPage,
    SourceLine,
    SourceMark,
    UnknownLine,
)
from needlepoint.exchange.paper.places import body_lines, place_words, proposed_lines, where_words
from needlepoint.screen import Because, Clearance, Finding, OpenQuestion, ScreenKnowledge, SiteClearance
from needlepoint.terms import Level, Read, Source, Statement

HEADINGS = {
    Level.STOP: "Stop: do not needle",
    Level.WEIGH: "Weigh: decide, and say why",
    Level.ADAPT: "Adapt: needle, but differently",
    Level.CLEAR: "Note: good to know",
}
BODY_NOTE = (
    "Named without a side: in the middle, or on both sides. "
    "What holds there for everybody is only named in this table; propose a place to read it in full."
)


def present(clearance: Clearance, knowledge: ScreenKnowledge, label: str, notes: tuple[str, ...] = ()) -> ScreenPage:
    """The page that shows this answer. ``label`` says whose it is; ``notes`` are what could not be told, for the reader."""
    proposed = any(site.proposal.origin for site in clearance.sites)
    shown = clearance.findings if proposed else _of_this_person(clearance)
    numbers = _numbers(shown)
    questions = _questions(clearance, knowledge)
    return ScreenPage(
        label=label,
        day=_day(clearance.on),
        level=clearance.clearance.word,
        answer=clearance.clearance.word.upper(),
        sentence=_sentence(clearance, proposed=proposed)
        + ("" if proposed or not clearance.sites else " Some regions need more care: see below."),
        not_yet_cleared=_not_yet_cleared(clearance),
        sites_heading=_sites_heading(clearance.sites, proposed=proposed),
        sites_note=None if proposed or not clearance.sites else BODY_NOTE,
        sites=proposed_lines(clearance.sites, clearance.findings)
        if proposed
        else body_lines(clearance.sites, clearance.findings, knowledge.atlas),
        findings=_finding_groups(shown, clearance, knowledge, numbers, proposed=proposed),
        questions=questions,
        not_understood=tuple(UnknownLine(one.text, one.origin, one.nearest) for one in clearance.not_understood),
        set_aside=tuple(AsideLine(one.text, one.origin, one.reason) for one in clearance.set_aside),
        notes=notes,
        sources=_sources(shown, numbers),
        release=clearance.release,
        sha256=clearance.sha256,
    )


# The answer


def _sentence(clearance: Clearance, *, proposed: bool) -> str:
    """What the answer means, in one or two sentences. It never says more than the level does."""
    match clearance.clearance:
        case Level.STOP if clearance.person is Level.STOP:
            return f"Do not needle. {_titles(clearance, Level.STOP)}."
        case Level.STOP:
            return _at_some("Do not needle", clearance.sites, Level.STOP)
        case Level.WEIGH if clearance.person is Level.WEIGH or not proposed:
            return (
                "Needling needs a decision first: weigh what it may bring against what it may do, and write down why."
            )
        case Level.WEIGH:
            return _at_some("Decide, and write down why, before you needle", clearance.sites, Level.WEIGH)
        case Level.ADAPT if not clearance.complete and _only_open(clearance):
            return "Ask the open questions before the first needle. What is known so far asks for nothing else."
        case Level.ADAPT if not clearance.complete:
            return "Ask the open questions before the first needle. What is known so far asks for changes."
        case Level.ADAPT:
            return "Needling is possible, with changes."
    return "Nothing that was told speaks against needling."


def _titles(clearance: Clearance, level: Level) -> str:
    titles = [one.title for one in clearance.findings if one.level is level and one.scope == "person"]
    return "; ".join(titles[:2]) + (f"; and {len(titles) - 2} more" if len(titles) > 2 else "")


def _at_some(what: str, sites: tuple[SiteClearance, ...], level: Level) -> str:
    there = [site for site in sites if site.clearance is level]
    if len(there) == len(sites):
        return f"{what} {'there' if len(sites) == 1 else 'at any of these places'}."
    names = "; ".join(dict.fromkeys(place_words(site.proposal) for site in there))
    others = len(sites) - len(there)
    worst = max(site.clearance for site in sites if site.clearance is not level).word
    rest = f"The other place is {worst}." if others == 1 else f"The other {others} places are {worst} at worst."
    return f"{what} here: {names}. {rest}"


def _only_open(clearance: Clearance) -> bool:
    """Is what is not known the only thing that stands against needling?"""
    return all(one.id == "not-everything-is-known" for one in clearance.findings if one.level > Level.CLEAR)


def _not_yet_cleared(clearance: Clearance) -> str | None:
    if clearance.complete:
        return None
    places = sum(
        site.proposal.place is None
        and not any(f"{one.origin}.".startswith(f"{site.proposal.origin}.") for one in clearance.not_understood)
        for site in clearance.sites
    )
    open_now = [
        _count(len(_that_could_worsen(clearance.questions)), "question open", "questions open"),
        _count(len(clearance.not_understood), "entry not understood", "entries not understood"),
        _count(places, "place not understood", "places not understood"),
    ]
    said = ", ".join(one for one in open_now if one) or "not everything is known"
    return f"NOT YET CLEARED: {said}"


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}" if number else ""


def _sites_heading(sites: tuple[SiteClearance, ...], *, proposed: bool) -> str:
    if proposed:
        return "The proposed place" if len(sites) == 1 else f"The {len(sites)} proposed places"
    return "Regions that need more care than the rest of the body" if sites else "No place was proposed"


# Why


def _finding_groups(
    shown: tuple[Finding, ...],
    clearance: Clearance,
    knowledge: ScreenKnowledge,
    numbers: dict[str, int],
    *,
    proposed: bool,
) -> tuple[FindingGroup, ...]:
    def line(one: Finding) -> FindingLine:
        return FindingLine(
            id=one.id,
            title=one.title,
            where=where_words(one, clearance.sites, knowledge.atlas, proposed=proposed),
            says=one.says,
            advice=one.advice,
            because=tuple(dict.fromkeys(map(_because, one.because))),
            disagreement=one.disagreement,
            choice=one.choice,
            sources=_marks(one.sources, numbers),
        )

    groups = [
        FindingGroup(level.finding_word, heading, tuple(line(one) for one in shown if one.level is level))
        for level, heading in HEADINGS.items()
    ]
    return tuple(group for group in groups if group.findings)


def _of_this_person(clearance: Clearance) -> tuple[Finding, ...]:
    """Findings that rest on something told of the person and make a region what it is. What lies beneath is so for everybody."""
    return tuple(
        one
        for one in clearance.findings
        if one.scope == "person"
        or (any(b.origin for b in one.because) and any(one.level >= clearance.sites[n].clearance for n in one.sites))
    )


def _because(because: Because) -> BecauseLine:
    code = f" ({because.code})" if because.code and because.code not in because.fact else ""
    on = f", {_day(because.on)}" if because.on else ""
    return BecauseLine(f"{because.fact.rstrip('.')}{code}{on}", because.origin or None)


def _marks(statements: Iterable[Statement], numbers: dict[str, int]) -> tuple[SourceMark, ...]:
    """Each source once. Read differently far for two parts of one finding, it counts as read the less far."""
    weakest: dict[int, Read] = {}
    for said in statements:
        number = numbers[said.source.id]
        weakest[number] = max(weakest.get(number, said.read), said.read, key=list(Read).index)
    return tuple(SourceMark(number, weakest[number].value) for number in sorted(weakest))


# Questions


def _that_could_worsen(questions: Iterable[OpenQuestion]) -> tuple[OpenQuestion, ...]:
    return tuple(one for one in questions if one.could_be > one.now)


def _questions(clearance: Clearance, knowledge: ScreenKnowledge) -> tuple[QuestionGroup, ...]:
    """First what could make it worse, the worst first; then what could only make it better. They are numbered throughout."""
    worsen = _that_could_worsen(clearance.questions)
    first = {one.id for one in worsen}
    ease = [one for one in clearance.questions if one.could_be <= one.now and one.id not in first]
    headed: dict[tuple[str, str], list[OpenQuestion]] = {}
    for one in worsen:
        headed.setdefault((one.could_be.word, f"Could make it {one.could_be.word.upper()}"), []).append(one)
    for one in ease:
        heading = f"A good answer could ease {one.now.word.upper()} to {one.could_be.word.upper()}"
        headed.setdefault((one.could_be.word, heading), []).append(one)
    numbers = count(1)
    return tuple(
        QuestionGroup(
            level,
            heading,
            tuple(
                QuestionLine(one.id, next(numbers), one.text, one.could_change, _reply(one.id, knowledge))
                for one in questions
            ),
        )
        for (level, heading), questions in headed.items()
    )


def _reply(question: str, knowledge: ScreenKnowledge) -> str:
    if question in knowledge.facts:
        return "yes-or-no"
    return "number" if question in knowledge.measurements else "words"


# Sources


def _numbers(findings: Iterable[Finding]) -> dict[str, int]:
    """Sources are numbered in the order in which they are first named."""
    ids = dict.fromkeys(said.source.id for one in findings for said in one.sources)
    return {id_: number for number, id_ in enumerate(ids, 1)}


def _sources(findings: Iterable[Finding], numbers: dict[str, int]) -> tuple[SourceLine, ...]:
    works: dict[str, Source] = {}
    gists: dict[str, dict[str, None]] = {}
    for one in findings:
        for said in one.sources:
            works[said.source.id] = said.source
            if said.gist:
                gists.setdefault(said.source.id, {})[said.gist] = None
    return tuple(
        SourceLine(numbers[id_], work.citation, _link(work.locator), tuple(gists.get(id_, ())))
        for id_, work in works.items()
    )


_DOI = re.compile(r"^doi:(10\.\d{4,9}/[^\s\"<>]+)$")
_PMID = re.compile(r"^pmid:(\d{1,9})$")


def _link(locator: str | None) -> str | None:
    """Where the work can be looked up, for the locators that lead to one place for certain."""
    doi = _DOI.match(locator or "")
    if doi:
        return f"https://doi.org/{doi[1]}"
    pmid = _PMID.match(locator or "")
    return f"https://pubmed.ncbi.nlm.nih.gov/{pmid[1]}/" if pmid else None


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
