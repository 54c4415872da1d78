"""From plain documents to the knowledge of ``treat``: reactions, adverse events, grades, advice, bounds."""

from collections.abc import Iterable
from typing import Any

from needlepoint.library.build import Builder
from needlepoint.library.check_treat import SIGNS, check_treat
from needlepoint.library.shelves import Doc
from needlepoint.plan import PlanKnowledge, Risk, Watch
from needlepoint.treat import Advice, Bound, EventKind, Grade, GradeMeaning, NowStep, ReactionKind, TreatKnowledge


class TreatBuilder:
    """Builds the knowledge of ``treat`` upon that of ``plan``; faults go onto the same shelves."""

    def __init__(self, builder: Builder, plan: PlanKnowledge) -> None:
        self.builder, self.plan = builder, plan
        self.docs = builder.docs
        self.risks = {one.id: one for one in plan.risks}
        self.watches = {one.id: one for one in plan.watches}

    def knowledge(self) -> TreatKnowledge:
        """All of it."""
        check_treat(self.builder)
        return TreatKnowledge(
            atlas=self.plan.atlas,
            grades={Grade(id_): self._grade(id_, doc) for id_, doc in self._all("grade")},
            reactions={id_: self._reaction(id_, doc) for id_, doc in self._all("reaction")},
            events={id_: self._event(id_, doc) for id_, doc in self._all("event") if doc["grade"] in doc["grades"]},
            advice=(
                *(self._advice(id_, doc) for id_, doc in self._all("advice")),
                *(_signs(one) for one in self.plan.watches),
            ),
            bounds={id_: self._bound(id_, doc) for id_, doc in self._all("bound")},
            release=self.plan.release,
            sha256=self.plan.sha256,
        )

    def _all(self, kind: str) -> Iterable[tuple[str, Doc]]:
        return sorted(self.docs[kind].items())

    def _cited(self, kind: str, id_: str, doc: Doc, path: tuple[str | int, ...] = ()) -> Any:
        return self.builder.cited(kind, id_, doc, path)

    def _grade(self, id_: str, doc: Doc) -> GradeMeaning:
        return GradeMeaning(
            Grade(id_),
            doc["title"],
            doc["words"],
            doc.get("disagreement"),
            doc.get("choice"),
            self._cited("grade", id_, doc),
        )

    def _reaction(self, id_: str, doc: Doc) -> ReactionKind:
        return ReactionKind(
            id=id_,
            title=doc["title"],
            words=doc["words"],
            patient=doc["patient"],
            beyond=doc["beyond"],
            event=doc.get("event"),
            risks=self._risks(doc),
            choice=doc.get("choice"),
            sources=self._cited("reaction", id_, doc),
        )

    def _event(self, id_: str, doc: Doc) -> EventKind:
        watch = self.watches.get(doc.get("watch", ""))
        return EventKind(
            id=id_,
            title=doc["title"],
            grades={one: doc["grades"][one] for one in Grade if one in doc["grades"]},
            grade=Grade(doc["grade"]),
            signs=(*doc["signs"], *(watch.clinician if watch else ())),
            now=tuple(
                NowStep(
                    one["id"],
                    one["words"],
                    Grade(one["must_from"]) if "must_from" in one else None,
                    one.get("choice"),
                    self._cited("event", id_, one, ("now", n)),
                )
                for n, one in enumerate(doc["now"])
            ),
            ask=tuple(doc["ask"]),
            report=tuple(doc["report"]),
            patient=doc["patient"],
            local=doc["local"],
            broken=doc["broken"],
            watch=doc.get("watch"),
            risks=self._risks(doc),
            disagreement=doc.get("disagreement"),
            choice=doc.get("choice"),
            sources=self._cited("event", id_, doc),
        )

    def _risks(self, doc: Doc) -> tuple[Risk, ...]:
        return tuple(self.risks[one] for one in doc["risks"] if one in self.risks)

    def _advice(self, id_: str, doc: Doc) -> Advice:
        structures = frozenset(doc["structures"])
        return Advice(id_, doc["title"], doc["words"], structures, doc.get("choice"), self._cited("advice", id_, doc))

    def _bound(self, id_: str, doc: Doc) -> Bound:
        return Bound(
            id_,
            doc["title"],
            doc["value"],
            doc["unit"],
            doc["says"],
            doc.get("choice"),
            self._cited("bound", id_, doc),
        )


def _signs(watch: Watch) -> Advice:
    """The warning signs of a place as something to tell: the very words of the plan's card, so that nobody hears two versions."""
    words = f"{'. '.join(watch.patient)}. {watch.act_patient}"
    return Advice(
        f"{SIGNS}{watch.id}",
        f"Warning signs: {watch.title[0].lower()}{watch.title[1:]}",
        words,
        watch.structures,
        None,
        watch.sources,
    )
