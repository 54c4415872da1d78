"""All that the screen step knows, as one frozen value."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from needlepoint.body import Atlas, Gazetteer
from needlepoint.screen.facts import FactDefinition, FactKind, Measurement, Medicine, Unremarkable
from needlepoint.screen.rule import Rule
from needlepoint.screen.sheet import Sheet
from needlepoint.screen.told import Proposal
from needlepoint.terms import CodeBook
from needlepoint.terms.code import CodeRange
from needlepoint.terms.lexicon import Lexicon, Name


@dataclass(frozen=True, slots=True)
class Term:
    """What a name means: a fact of this kind, or something unremarkable (``fact`` is then ``None``)."""

    fact: str | None
    kind: FactKind
    id: str


@dataclass(frozen=True, slots=True)
class Cues:
    """Words that turn what stands beside them: negation, family, past, doubt; and words that carry nothing."""

    negation: tuple[str, ...]
    family: tuple[str, ...]
    past: tuple[str, ...]
    uncertain: tuple[str, ...]
    current: tuple[str, ...]
    but: tuple[str, ...]
    fillers: frozenset[str]
    medicine_fillers: frozenset[str]


@dataclass(frozen=True)
class ScreenKnowledge:
    """Facts, measurements and rules of the screen step, the body they speak of, and the release they belong to."""

    atlas: Atlas
    gazetteer: Gazetteer
    facts: Mapping[str, FactDefinition]
    medicines: Mapping[str, tuple[Medicine, ...]]
    unremarkable: Mapping[str, Unremarkable]
    measurements: Mapping[str, Measurement]
    rules: tuple[Rule, ...]
    cues: Cues
    release: str
    sha256: str

    @cached_property
    def sheet(self) -> Sheet:
        """The rules worked out for the person and for every region of the body."""
        return Sheet(self.rules, tuple(Proposal(place, place.label, "") for place in self.atlas.every_place()))

    @cached_property
    def lexicon(self) -> Lexicon[Term]:
        """All names of facts, medicines and unremarkable things."""
        names: list[Name[Term]] = []
        for fact in self.facts.values():
            if fact.kind is FactKind.ANSWER and not fact.names:
                continue
            term = Term(fact.id, fact.kind, fact.id)
            names.extend(Name(name, term) for name in fact.names)
            names.extend(Name(name, term, in_capitals=True) for name in fact.abbreviations)
            for medicine in self.medicines.get(fact.id, ()):
                names.extend(Name(name, term) for name in (medicine.name, *medicine.brands))
        for other in self.unremarkable.values():
            term = Term(None, other.kind, other.id)
            names.extend(Name(name, term) for name in other.names)
            names.extend(Name(name, term, in_capitals=True) for name in other.abbreviations)
        return Lexicon.of(names)

    @cached_property
    def codes(self) -> CodeBook:
        """What each code means: the id of a fact, or of something unremarkable."""
        spans: list[tuple[CodeRange, str]] = []
        for fact in self.facts.values():
            spans.extend((span, fact.id) for span in fact.codes)
            spans.extend((span, fact.id) for medicine in self.medicines.get(fact.id, ()) for span in medicine.codes)
        for other in self.unremarkable.values():
            spans.extend((span, other.id) for span in other.codes)
        return CodeBook.of(spans)

    @cached_property
    def generals(self) -> Mapping[str, tuple[str, ...]]:
        """For each fact, all more general facts that it implies, near ones first."""
        answer: dict[str, tuple[str, ...]] = {}
        for fact in self.facts:
            found: dict[str, None] = {}
            todo = list(self.facts[fact].implies)
            while todo:
                general = todo.pop(0)
                if general not in found and general in self.facts:
                    found[general] = None
                    todo.extend(self.facts[general].implies)
            answer[fact] = tuple(found)
        return answer

    @cached_property
    def specifics(self) -> Mapping[str, tuple[str, ...]]:
        """For each fact, all facts that imply it."""
        answer: dict[str, list[str]] = {fact: [] for fact in self.facts}
        for fact, generals in self.generals.items():
            for general in generals:
                answer[general].append(fact)
        return {fact: tuple(found) for fact, found in answer.items()}
