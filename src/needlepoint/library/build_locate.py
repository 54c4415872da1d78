"""From plain documents to the knowledge of ``locate``: every id resolved, every number in its bounds, every fault noted."""

from collections.abc import Iterable, Mapping
from typing import Any

from needlepoint.body.skin import Skin
from needlepoint.library.body_files import load_skin
from needlepoint.library.build import Builder
from needlepoint.library.shelves import Doc
from needlepoint.library.sign import SignReader
from needlepoint.locate.knowledge import (
    Customary,
    LocateKnowledge,
    LookAlike,
    Problem,
    Quality,
    RedFlag,
    Study,
    Symptom,
    Weight,
)
from needlepoint.screen import ScreenKnowledge
from needlepoint.terms import Side, plain

#: The numbers that a ranking needs; a folder that lacks one, or holds another, is at fault.
_SIGNS = ("recognised-pain", "referred-pain", "tenderness", "taut-band", "twitch")
WEIGHTS = frozenset(
    {
        "sharpness", "main-zone", "spill-zone", "over-muscle", "somewhere", "soft-edge",
        "base-rate", "usual-rate", "pull-of-the-usual", "trust-in-tables", "customary-first",
        "zone-explains", "explains-even", "zone-drawn", "drawn-even", "other-side", "symptom-told", "symptom-denied", "narrow-drawing",
        "wide-drawing", "least-certainty",
        *(f"{sign}-{what}" for sign in _SIGNS for what in ("if-so", "if-not", "agreement")),
    }
)  # fmt: skip


class LocateBuilder:
    """Builds the knowledge of ``locate`` beside that of the screen; faults go onto the same shelves."""

    def __init__(self, builder: Builder, screen: ScreenKnowledge) -> None:
        self.builder, self.screen = builder, screen
        self.docs, self.shelves = builder.docs, builder.shelves

    def knowledge(self) -> LocateKnowledge:
        """All of it."""
        skin = load_skin(self.docs["skin"].values())
        places = {*self.docs["region"], *skin.names()}
        self._check(places, skin)
        return LocateKnowledge(
            atlas=self.screen.atlas,
            gazetteer=self.screen.gazetteer,
            skin=skin,
            symptoms={id_: Symptom(id_, doc["title"], tuple(doc["names"]), doc.get("question")) for id_, doc in self._all("symptom")},
            qualities={id_: Quality(id_, doc["title"], tuple(doc["names"]), doc["nerve_like"]) for id_, doc in self._all("quality")},
            problems={id_: self._problem(id_, doc) for id_, doc in self._all("problem")},
            customary={
                id_: Customary(id_, doc["title"], tuple(doc["regions"]), tuple(self._known(doc["muscles"], "muscle")), self._cited("customary", id_))
                for id_, doc in self._all("customary")
            },
            red_flags=tuple(self._flag(id_, doc, places) for id_, doc in self._all("red_flag")),
            look_alikes=tuple(self._look_alike(id_, doc) for id_, doc in self._all("look_alike")),
            weights={id_: self._weight(id_, doc) for id_, doc in self._all("weight")},
            negation=self.screen.cues.negation,
            fillers=self.screen.cues.fillers,
            release=self.screen.release,
            sha256=self.screen.sha256,
        )  # fmt: skip

    def _all(self, kind: str) -> Iterable[tuple[str, Doc]]:
        return sorted(self.docs[kind].items())

    def _cited(self, kind: str, id_: str) -> Any:
        return self.builder.cited(kind, id_, self.docs[kind][id_])

    def _known(self, ids: Iterable[str], kind: str) -> list[str]:
        return [one for one in ids if one in self.docs[kind]]

    def _problem(self, id_: str, doc: Doc) -> Problem:
        studies = []
        for n, one in enumerate(doc["studies"]):
            active: dict[str, float] = {}
            for k, entry in enumerate(one["active"]):
                if ("count" in entry) == ("percent" in entry):
                    self.shelves.fault("problem", id_, ("studies", n, "active", k), "say either `count` or `percent`")
                    continue
                share = entry["count"] / one["people"] if "count" in entry else entry["percent"] / 100
                if share > 1:
                    self.shelves.fault("problem", id_, ("studies", n, "active", k), "more people than the study has")
                active[entry["muscle"]] = share
            sources = self.builder.cited("problem", id_, one, ("studies", n))
            studies.append(Study(one["people"], active, sources, one.get("note")))
        return Problem(id_, doc["title"], tuple(doc["names"]), tuple(doc["pain_in"]), tuple(studies), doc["named_only"])

    def _flag(self, id_: str, doc: Doc, places: set[str]) -> RedFlag:
        reader = SignReader(
            self.docs["symptom"],
            self.docs["fact"],
            places,
            lambda path, what: self.shelves.fault("red_flag", id_, path, what),
        )
        when = reader.read(doc["when"], ("when",))
        return RedFlag(id_, doc["title"], when, doc["stops"], doc["says"], doc["action"], self._cited("red_flag", id_))

    def _look_alike(self, id_: str, doc: Doc) -> LookAlike:
        side = Side(doc["side"]) if "side" in doc else None
        return LookAlike(
            id_,
            doc["title"],
            doc["kind"],
            tuple(doc["regions"]),
            side,
            tuple(doc["raised_by"]),
            tuple(doc["conditions"]),
            doc["why"],
            self._cited("look_alike", id_),
        )

    def _weight(self, id_: str, doc: Doc) -> Weight:
        low, high = doc["between"]
        if not low <= doc["value"] <= high:
            self.shelves.fault("weight", id_, ("value",), f"{doc['value']:g} is outside {low:g} to {high:g}")
        return Weight(
            id_, doc["title"], doc["value"], low, high, doc["says"], doc.get("choice"), doc["fitted"], self._cited("weight", id_)
        )  # fmt: skip

    def _check(self, places: set[str], skin: Skin) -> None:
        for kind, keys in (("problem", ("pain_in",)), ("customary", ("regions",)), ("look_alike", ("regions",))):
            for id_, doc in self.docs[kind].items():
                for key in keys:
                    self._check_places(kind, id_, key, doc, places)
        for id_, doc in self.docs["customary"].items():
            self.builder.resolve("customary", id_, ("muscles",), doc["muscles"], "muscle")
        for id_, doc in self.docs["problem"].items():
            for n, study in enumerate(doc["studies"]):
                for k, entry in enumerate(study["active"]):
                    self.builder.resolve("problem", id_, ("studies", n, "active", k), [entry["muscle"]], "muscle")
        for id_, doc in self.docs["look_alike"].items():
            self.builder.resolve("look_alike", id_, ("conditions",), doc["conditions"], "problem")
            for n, one in enumerate(doc["raised_by"]):
                if one not in self.docs["symptom"] and one not in self.docs["quality"]:
                    self.shelves.fault("look_alike", id_, ("raised_by", n), f"there is no symptom or quality '{one}'")
        self._check_weights()
        self._check_names()
        _check_skin(self.shelves, self.docs, skin)

    def _check_places(self, kind: str, id_: str, key: str, doc: Doc, places: set[str]) -> None:
        for n, one in enumerate(doc[key]):
            if one not in places:
                self.shelves.fault(kind, id_, (key, n), f"there is no region or patch '{one}'")

    def _check_weights(self) -> None:
        if not self.docs["weight"]:
            return
        for missing in sorted(WEIGHTS - self.docs["weight"].keys()):
            self.shelves.fault("weight", missing, (), f"locate/weights/{missing}.yaml is missing")
        for extra in sorted(self.docs["weight"].keys() - WEIGHTS):
            self.shelves.fault("weight", extra, ("id",), "no part of the ranking asks for this number")

    def _check_names(self) -> None:
        """One word must not mean two symptoms."""
        taken: dict[tuple[str, ...], str] = {}
        for id_, doc in self._all("symptom"):
            for n, name in enumerate(doc["names"]):
                other = taken.setdefault(plain(name), id_)
                if other != id_:
                    self.shelves.fault(
                        "symptom", id_, ("names", n), f"'{name}' also stands in {other}; one word, one meaning"
                    )


def _check_skin(shelves: Any, docs: Mapping[str, Mapping[str, Doc]], skin: Skin) -> None:
    named = skin.names()
    for id_, doc in docs["skin"].items():
        for n, patch in enumerate(doc["patches"]):
            for region in patch["regions"]:
                if region not in docs["region"]:
                    shelves.fault("skin", id_, ("patches", n, "regions"), f"there is no region '{region}'")
    for id_ in docs["region"]:
        if id_ not in named:
            shelves.fault("region", id_, ("id",), "no patch of body/skin belongs to this region, so it cannot be drawn")
