"""The ranking in plain, ready words and pictures, for screen and paper."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count

from needlepoint.exchange.assessing import Assessment
from needlepoint.exchange.pictures import BodyPicture, Shade, legend_words, picture, views_for
from needlepoint.exchange.pictures.body import swatch
from needlepoint.exchange.pictures.muscle import muscle_pictures
from needlepoint.locate import Candidate, Factor, LocateKnowledge, PlaceFit
from needlepoint.screen import SiteClearance
from needlepoint.terms import Side, Source, Statement

#: So many candidates have a card of their own; the others stand in a line each.
MOST_CARDS = 5
MOST_LINES = 10
_FITS = {
    "main": "in its main zone",
    "spill": "where it may spill over",
    "near": "beside its zone",
    "outside": "not in its zone",
}


@dataclass(frozen=True, slots=True)
class CandidateCard:
    """One muscle: how probable, why, what speaks against it, whether it may be needled, and its picture."""

    title: str
    side: str
    percent: int
    fits: tuple[str, ...]
    against: tuple[str, ...]
    not_marked: tuple[str, ...]
    reasons: tuple[str, ...]
    level: str | None
    level_why: str
    note: str | None
    sources: tuple[tuple[int, str], ...]
    pictures: tuple[BodyPicture, ...]


@dataclass(frozen=True, slots=True)
class LocatePage:
    """The second step on paper. ``pain`` are pictures of where it hurts."""

    pain: tuple[BodyPicture, ...]
    legend: tuple[tuple[str, str], ...]
    flags: tuple[tuple[str, str, str, str, str], ...]
    stopped: bool
    wide: str | None
    cards: tuple[CandidateCard, ...]
    others: tuple[str, ...]
    look_alikes: tuple[tuple[str, str, str], ...]
    palpate: tuple[str, ...]
    questions: tuple[tuple[str, str], ...]
    not_understood: tuple[tuple[str, tuple[str, ...]], ...]
    sources: tuple[tuple[int, str], ...]


def present_located(assessment: Assessment, knowledge: LocateKnowledge, *, pictures: bool = True) -> LocatePage:
    """The page part that shows the ranking of this person. ``pictures``: with drawings of the body, which take longest."""
    located = assessment.located
    numbers = source_numbers([source for one in located.candidates[:MOST_CARDS] for source in _sources_of(one)])
    cards = tuple(
        _card(one, assessment.needled_there.get((one.muscle, one.side)), knowledge, numbers, pictures=pictures)
        for one in located.candidates[:MOST_CARDS]
    )
    pain = _pain(assessment.drawn) if pictures else ()
    kinds = [kind for one in (*pain, *(each for card in cards for each in card.pictures)) for kind in one.kinds]
    return LocatePage(
        pain=pain,
        legend=tuple((swatch(kind, f"legend-{kind}"), words) for kind, words in legend_words(kinds)),
        flags=tuple(
            ("stop" if one.stops else "weigh", one.title, one.says, one.action, "; ".join(one.because))
            for one in located.red_flags
        ),
        stopped=located.stopped,
        wide=f"The drawing is wide, so the order says little: the evidence counts {located.certainty:.0%}." if located.wide else None,
        cards=cards,
        others=tuple(
            f"{one.title}, {one.side}: {one.probability:.0%}" for one in located.candidates[MOST_CARDS:MOST_LINES]
        ),
        look_alikes=tuple((one.title, one.why, "; ".join(one.raised_by)) for one in located.look_alikes),
        palpate=tuple(
            f"{one.title}, {one.side}: now {one.now:.0%}; {one.if_recognised:.0%} if it brings the known pain, {one.if_not:.0%} if it does not"
            for one in located.palpate_next
        ),
        questions=tuple((one.text, one.why) for one in located.questions),
        not_understood=tuple((one.text, one.nearest) for one in located.not_understood),
        sources=tuple((number, citation) for citation, number in numbers.items()),
    )  # fmt: skip


def _pain(drawn: Mapping[int, float]) -> tuple[BodyPicture, ...]:
    if not drawn:
        return ()
    shade = Shade("pain", drawn)
    words = "Where it hurts, seen from the {view}"
    return tuple(
        picture(view, shades=[shade], words=words.format(view=view), id_=f"pain-{view}")
        for view in views_for([shade], [], 3)
    )


def _card(
    one: Candidate,
    site: SiteClearance | None,
    knowledge: LocateKnowledge,
    numbers: Mapping[str, int],
    *,
    pictures: bool,
) -> CandidateCard:
    muscle = knowledge.atlas.muscles[one.muscle]
    drawn = [place for place in one.because if place.drawn]
    return CandidateCard(
        title=one.title,
        side=one.side.value,
        percent=round(one.probability * 100),
        fits=tuple(f"{place.region}, {_FITS[place.zone]}" for place in drawn if place.zone != "outside"),
        against=tuple(place.region for place in drawn if place.zone == "outside"),
        not_marked=tuple(_place(place) for place in one.because if not place.drawn),
        reasons=tuple(_reason(factor) for factor in one.factors),
        level=site.clearance.word if site else None,
        level_why=_why(site, knowledge, one),
        note=one.note,
        sources=tuple((numbers[source.source.citation], source.read.value) for source in _sources_of(one)),
        pictures=muscle_pictures(muscle, knowledge, side=one.side if one.side in (Side.LEFT, Side.RIGHT) else Side.LEFT)
        if pictures
        else (),
    )  # fmt: skip


def _why(site: SiteClearance | None, knowledge: LocateKnowledge, one: Candidate) -> str:
    beneath = [
        knowledge.atlas.structures[id_].title.lower() for id_ in sorted(knowledge.atlas.muscles[one.muscle].beneath)
    ]
    hazards = f"Beneath: {', '.join(beneath)}." if beneath else ""
    if site is None or site.complete:
        return hazards
    return f"Not yet cleared: questions are open. {hazards}".strip()


def _place(place: PlaceFit) -> str:
    return f"{place.region.lower()}, {place.side}"


def _reason(factor: Factor) -> str:
    if factor.kind == "width":
        return factor.says
    return f"odds ×{factor.factor:.2g}: {factor.says}"


def _sources_of(one: Candidate) -> list[Statement]:
    found: dict[Source, Statement] = {}
    for statement in (*one.sources, *(source for factor in one.factors for source in factor.sources)):
        found.setdefault(statement.source, statement)
    return list(found.values())


def source_numbers(statements: Iterable[Statement]) -> dict[str, int]:
    """Each work once, numbered in the order in which it is first named."""
    following = count(1)
    numbers: dict[str, int] = {}
    for statement in statements:
        if statement.source.citation not in numbers:
            numbers[statement.source.citation] = next(following)
    return numbers
