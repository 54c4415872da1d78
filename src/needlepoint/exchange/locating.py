"""From a case as it was written to what ``locate`` is told: the drawing, the complaint as it was heard, the palpation."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from needlepoint.exchange.told import Examined, InputError, PainTold
from needlepoint.exchange.told import Told as CaseTold
from needlepoint.locate import (
    Candidates,
    Complaint,
    ComplaintReader,
    Drawing,
    Explanation,
    Heard,
    LocateKnowledge,
    Mark,
    Palpation,
    Told,
    explain,
    find,
    mark_of_painting,
    mark_of_place,
    marks_of,
)
from needlepoint.screen import Answers, ScreenKnowledge
from needlepoint.terms import NotUnderstood, Side
from needlepoint.terms.lexicon import Lexicon, Name, nearest

if TYPE_CHECKING:
    from needlepoint.body.painting import Painting


@dataclass(slots=True)
class Locator:
    """Locates with one knowledge. Make it once for many cases."""

    screen: ScreenKnowledge
    knowledge: LocateKnowledge
    reader: ComplaintReader = field(init=False)

    def __post_init__(self) -> None:
        others = Lexicon.of([Name(name.written, name.written) for name in self.screen.lexicon.names])
        self.reader = ComplaintReader(self.knowledge, others)

    def locate(self, case: CaseTold, answers: Answers) -> Candidates:
        """Which muscles could explain the pain of this case?"""
        return self.find(*self.told(case, answers))

    def find(self, told: Told, unheard: tuple[NotUnderstood, ...] = ()) -> Candidates:
        """The same for what was told already."""
        return find(told, self.knowledge, unheard)

    def drawn(self, told: Told) -> Mapping[int, float]:
        """Where the pain is taken to lie: how much of each cell (0 to 1), drawing and words together."""
        return marks_of(told.drawing, told.complaint, self.knowledge).cells

    def explain(self, text: str, case: CaseTold, answers: Answers) -> tuple[Explanation, ...]:
        """Would the muscles that this text names explain the pain? Both sides where none is told. Raises InputError when it names none."""
        told, _ = self.told(case, answers)
        named = self.knowledge.gazetteer.read(text)
        found = [
            explanation
            for place in named.places
            for muscle in place.muscles
            for side in ((place.side,) if place.side in (Side.LEFT, Side.RIGHT) else (Side.LEFT, Side.RIGHT))
            if (explanation := explain(muscle, side, told, self.knowledge)) is not None
        ]
        if not found:
            near = self.knowledge.gazetteer.nearest(text)
            hint = f"; did you mean {', '.join(near)}?" if near else "; `needlepoint atlas list` names all"
            raise InputError(f"“{text}” is no muscle whose zone we know{hint}")
        return tuple(found)

    def told(self, case: CaseTold, answers: Answers) -> tuple[Told, tuple[NotUnderstood, ...]]:
        """What the case tells of the pain, and the words of it that nobody understood."""
        unheard: list[NotUnderstood] = []
        complaint = self.reader.read(case.complaint) if case.complaint else Complaint()
        unheard += [NotUnderstood(text, "complaint", self.reader.nearest(text)) for text in complaint.left_over]
        replies = tuple(self._replies(case))
        complaint = replace(
            complaint,
            symptoms=(*replies, *(one for one in complaint.symptoms if one.id not in {r.id for r in replies})),
        )
        drawing = self._drawing(case, unheard)
        palpation = [one for found in case.examination for one in self._palpation(found, unheard)]
        told = Told(
            drawing=drawing,
            complaint=complaint,
            palpation=tuple(palpation),
            age=answers.quantities.get("age-years"),
            sex=_sex(answers),
            facts=answers.facts,
            problems=self._problems(case),
        )
        return told, tuple(unheard)

    def _replies(self, case: CaseTold) -> Iterable[Heard]:
        """Questions about the pain that were answered by their ids."""
        for reply in case.replies:
            id_ = symptom_asked(reply.id, self.knowledge)
            if id_ is not None and isinstance(reply.value, bool):
                yield Heard(id_, reply.value, self.knowledge.symptoms[id_].title.lower())

    def _problems(self, case: CaseTold) -> tuple[Heard, ...]:
        heard: list[Heard] = []
        for entry in case.entries:
            if entry.asked is not None and entry.asked.value == "conditions" and entry.active is not False:
                heard += self.reader.read(entry.text).problems
        return tuple(heard)

    def _drawing(self, case: CaseTold, unheard: list[NotUnderstood]) -> Drawing:
        marks: list[Mark] = []
        for pain in case.pain:
            marks += self._marks(pain, unheard)
        if case.painting is None:
            return Drawing(tuple(marks))
        painted, percent = self._painted(case, unheard)
        return Drawing((*marks, *painted), percent)

    def _painted(self, case: CaseTold, unheard: list[NotUnderstood]) -> tuple[tuple[Mark, ...], float]:
        from needlepoint.body.adult import NEUTRAL
        from needlepoint.body.painting import PaintingError, read_painting
        from needlepoint.library.body_files import load_adult, load_surface

        surface = load_surface()
        try:
            painting = read_painting(case.painting, surface.vertices)
        except PaintingError as error:
            raise InputError(f"{case.label}: painting: {error}") from None
        vertices = load_adult().vertices(NEUTRAL)
        patches = surface.patches_painted(painting, vertices)
        qualities = tuple(
            dict.fromkeys(
                id_ for word in _qualities(painting) for id_ in self._heard_quality(word, "painting", unheard)
            )
        )
        _, share = surface.painted(painting, vertices)
        return mark_of_painting(patches, self.knowledge.skin, "painting", qualities), share * 100

    def _marks(self, pain: PainTold, unheard: list[NotUnderstood]) -> list[Mark]:
        qualities = [
            id_ for word in pain.qualities for id_ in self._heard_quality(word, f"{pain.origin}.quality", unheard)
        ]
        sides: list[Side | None] = [Side.LEFT, Side.RIGHT] if pain.side == "both" else [_side(pain.side)]
        marks = []
        for side in sides:
            named = self.knowledge.gazetteer.read(pain.region, side)
            marks += [
                mark_of_place(place, self.knowledge.skin, pain.origin, pain.strength, qualities)
                for place in named.places
            ]
            if side is sides[0] and (not named.places or named.left_over):
                text = " ".join(named.left_over) if named.places else pain.region
                unheard.append(NotUnderstood(text, f"{pain.origin}.region", self.knowledge.gazetteer.nearest(text)))
        return [replace(mark, named=_with_side(mark)) for mark in marks]

    def _heard_quality(self, word: str, origin: str, unheard: list[NotUnderstood]) -> list[str]:
        meant = self._quality(word)
        if not meant:
            titles = [one.title.lower() for one in self.knowledge.qualities.values()]
            unheard.append(NotUnderstood(word, origin, nearest(word, titles)))
        return meant

    def _quality(self, word: str) -> list[str]:
        known = self.knowledge.qualities
        if word.strip().lower().replace(" ", "-") in known:
            return [word.strip().lower().replace(" ", "-")]
        return [heard.id for heard in self.reader.read(word).qualities]

    def _palpation(self, found: Examined, unheard: list[NotUnderstood]) -> list[Palpation]:
        sides: Iterable[Side | None] = [Side.LEFT, Side.RIGHT] if found.side == "both" else [_side(found.side)]
        known = {muscle.id for muscle in self.knowledge.muscles}
        answer: list[Palpation] = []
        for n, side in enumerate(sides):
            named = self.knowledge.gazetteer.read(found.muscle, side)
            muscles = [(muscle, place.side) for place in named.places for muscle in place.muscles if muscle in known]
            if n == 0 and not muscles:
                unheard.append(
                    NotUnderstood(
                        found.muscle, f"{found.origin}.muscle", self.knowledge.gazetteer.nearest(found.muscle)
                    )
                )
            answer += [
                Palpation(
                    muscle, side or own, found.origin,
                    recognised_pain=found.recognised_pain, referred_pain=found.referred_pain, tenderness=found.tenderness,
                    taut_band=found.taut_band, twitch=found.twitch,
                )
                for muscle, own in dict.fromkeys(muscles)
            ]  # fmt: skip
        return answer


def symptom_asked(reply: str, knowledge: LocateKnowledge) -> str | None:
    """The symptom whose question has this id, however its words are joined; ``None``: no question about the pain."""
    id_ = reply.strip().lower().replace("_", "-").replace(" ", "-")
    return id_ if id_ in knowledge.symptoms else None


def _qualities(painting: "Painting") -> list[str]:
    return [layer.quality for layer in painting.layers if layer.strengths.any()]


def _side(word: str | None) -> Side | None:
    return Side(word) if word in ("left", "right", "midline") else None


def _with_side(mark: Mark) -> str:
    if mark.side in (Side.LEFT, Side.RIGHT):
        return f"{mark.side} {mark.named.lower()}"
    return mark.named.lower()


def _sex(answers: Answers) -> str | None:
    if answers.facts.get("female"):
        return "female"
    return "male" if answers.facts.get("male") else None
