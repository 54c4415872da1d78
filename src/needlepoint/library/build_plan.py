"""From plain documents to the knowledge of ``plan``: depths, approaches, numbers, risks, warning signs, stock."""

from collections.abc import Iterable
from typing import Any

from needlepoint.library.build import Builder
from needlepoint.library.check_plan import check_plan
from needlepoint.library.shelves import Doc
from needlepoint.plan.approach import Approach, Clear, Hazard, Lies, Way
from needlepoint.plan.depths import Depth, Equation, Figure, People
from needlepoint.plan.knowledge import PlanKnowledge, Risk, Watch
from needlepoint.plan.numbers import Number, Numbers
from needlepoint.plan.reach import StockNeedle
from needlepoint.screen import ScreenKnowledge

Path = tuple[str | int, ...]


class PlanBuilder:
    """Builds the knowledge of ``plan`` beside that of the screen; faults go onto the same shelves."""

    def __init__(self, builder: Builder, screen: ScreenKnowledge) -> None:
        self.builder, self.screen = builder, screen
        self.docs = builder.docs

    def knowledge(self) -> PlanKnowledge:
        """All of it."""
        check_plan(self.builder)
        return PlanKnowledge(
            atlas=self.screen.atlas,
            depths=tuple(self._depth(id_, doc) for id_, doc in self._all("depth")),
            approaches={
                id_: self._approach(id_, doc) for id_, doc in self._all("approach") if id_ in self.docs["muscle"]
            },
            numbers=Numbers(
                {
                    id_: Number(
                        id_, doc["title"], doc["value"], doc["unit"], doc["says"], doc.get("choice"), self._cited("number", id_, doc)
                    )
                    for id_, doc in self._all("number")
                }
            ),
            risks=tuple(self._risk(id_, doc) for id_, doc in self._all("risk")),
            watches=tuple(self._watch(id_, doc) for id_, doc in self._all("watch")),
            stock=tuple(
                sorted(
                    StockNeedle(one["length_mm"], one["diameter_mm"])
                    for doc in self.docs["stock"].values()
                    for one in doc["needles"]
                )
            ),
            release=self.screen.release,
            sha256=self.screen.sha256,
        )  # fmt: skip

    def _all(self, kind: str) -> Iterable[tuple[str, Doc]]:
        return sorted(self.docs[kind].items())

    def _cited(self, kind: str, id_: str, doc: Doc, path: Path = ()) -> Any:
        return self.builder.cited(kind, id_, doc, path)

    def _depth(self, id_: str, doc: Doc) -> Depth:
        people = doc["people"]
        return Depth(
            id=id_,
            title=doc["title"],
            muscles=tuple(doc["muscles"]),
            regions=tuple(doc["regions"]),
            spot=doc["spot"],
            to=doc["to"],
            limits=doc["use"] == "limit",
            why_only_shown=doc.get("why_only_shown"),
            method=doc["method"],
            posture=doc["posture"],
            breathing=doc.get("breathing"),
            path=doc["path"],
            people=People(
                people["words"],
                people.get("n"),
                _pair(people.get("age")),
                _pair(people.get("bmi")),
                people.get("female"),
                people.get("male"),
                people.get("bmi_mean"),
                people.get("bmi_sd"),
            ),
            figures=tuple(_figure(one, people.get("n")) for one in doc["figures"]),
            equations=tuple(_equation(one) for one in doc["equations"]),
            disagreement=doc.get("disagreement"),
            note=doc.get("note"),
            sources=self._cited("depth", id_, doc),
        )

    def _approach(self, id_: str, doc: Doc) -> Approach:
        lies = doc.get("lies")
        return Approach(
            muscle=id_,
            lies=Lies(lies["starts"], lies["ends"], lies["words"], self._cited("approach", id_, lies, ("lies",)))
            if lies
            else None,
            hazards=tuple(Hazard(one["structure"], one["why"], one["avoid_by"]) for one in doc["hazards"]),
            ways=tuple(self._way(id_, n, one) for n, one in enumerate(doc["ways"])),
            instead=doc.get("instead"),
            choice=doc.get("choice"),
            disagreement=doc.get("disagreement"),
            reviewed=bool(doc.get("reviewed")),
            sources=self._cited("approach", id_, doc),
        )

    def _way(self, id_: str, n: int, doc: Doc) -> Way:
        clear = tuple(
            Clear(one["structure"], one["because"], self._cited("approach", id_, one, ("ways", n, "clear_of", k)))
            for k, one in enumerate(doc["clear_of"])
        )
        told = {**doc, "clear_of": clear, "sources": self._cited("approach", id_, doc, ("ways", n))}
        return Way(**{**told, "positions": tuple(doc["positions"]), "warnings": tuple(doc["warnings"])})

    def _risk(self, id_: str, doc: Doc) -> Risk:
        return Risk(
            id_,
            doc["title"],
            doc["words"],
            frozenset(doc["structures"]),
            doc.get("happened"),
            doc.get("among"),
            doc["unit"],
            _pair(doc.get("interval")),
            doc["group"],
            doc.get("uncertain"),
            doc.get("disagreement"),
            self._cited("risk", id_, doc),
        )

    def _watch(self, id_: str, doc: Doc) -> Watch:
        return Watch(
            id_,
            doc["title"],
            frozenset(doc["structures"]),
            doc["from_hours"],
            doc["to_hours"],
            tuple(one.rstrip(".") for one in doc["clinician"]),
            tuple(one.rstrip(".") for one in doc["patient"]),
            doc["act_clinician"],
            doc["act_patient"],
            doc["stay_minutes"],
            self._cited("watch", id_, doc),
        )


def _pair(told: list[float] | None) -> tuple[float, float] | None:
    return (told[0], told[1]) if told else None


def _figure(doc: Doc, people: int | None) -> Figure:
    """A figure for everybody is of all who were measured, when it tells no number of its own."""
    everybody = not any(key in doc for key in ("sex", "bmi", "age"))
    told = {**doc, "bmi": _pair(doc.get("bmi")), "age": _pair(doc.get("age"))}
    if everybody and "n" not in doc:
        told["n"] = people
    return Figure(**told)


def _equation(doc: Doc) -> Equation:
    return Equation(
        doc["what"],
        doc["constant"],
        tuple(sorted(doc["factors"].items())),
        tuple((measure, (low, high)) for measure, (low, high) in sorted(doc["bounds"].items())),
        doc.get("standard_error"),
        doc.get("sex"),
    )
