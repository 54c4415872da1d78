"""From plain documents to frozen knowledge: every id resolved, every code parsed, every fault noted."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from needlepoint import __version__
from needlepoint.body import Area, Atlas, Coarse, Distance, Gazetteer, Muscle, Point, Region, Structure
from needlepoint.library.build_muscle import check_muscles, muscle_details
from needlepoint.library.shelves import Doc, Shelves, day
from needlepoint.library.when import WhenReader
from needlepoint.screen.facts import Asked, FactDefinition, FactKind, Measurement, Medicine, Unremarkable
from needlepoint.screen.knowledge import Cues, ScreenKnowledge
from needlepoint.screen.rule import Eased, Rule, Scope
from needlepoint.terms import Level, Read, Source, Statement, plain
from needlepoint.terms.code import CodeRange

Path = tuple[str | int, ...]


class Builder:
    """Builds the knowledge from the shelves; faults go back onto them."""

    def __init__(self, shelves: Shelves) -> None:
        self.shelves = shelves
        self.docs = shelves.docs
        self.sources: dict[str, Source] = {
            id_: Source(id_, doc["citation"], doc.get("year"), doc["kind"], doc.get("locator"), Read(doc["read"]))
            for id_, doc in self.docs["source"].items()
        }

    def knowledge(self) -> ScreenKnowledge:
        """All of it."""
        atlas = self.atlas()
        prefixes = {
            str(prefix): letters
            for letters, doc in self.docs["meridian"].items()
            for prefix in (letters, *doc.get("prefixes", []))
        }
        measurements = {id_: self._measurement(id_, doc) for id_, doc in self.docs["measurement"].items()}
        facts = {id_: self._fact(id_, doc) for id_, doc in self.docs["fact"].items()}
        reader = WhenReader(atlas, facts, measurements, lambda path, what: None)
        for id_, doc in self.docs["fact"].items():
            self._check_fact_links(id_, doc, facts, atlas)
            if "only_between" in doc:
                reader.fault = lambda path, what, id_=id_: self.shelves.fault("fact", id_, path, what)  # type: ignore[misc]
                facts[id_] = _with_between(facts[id_], reader.between(doc["only_between"], ("only_between",)))
        return ScreenKnowledge(
            atlas=atlas,
            gazetteer=Gazetteer.of(atlas, prefixes),
            facts=facts,
            medicines={
                id_: tuple(self._medicine(id_, n, one) for n, one in enumerate(doc["members"]))
                for id_, doc in self.docs["fact"].items()
                if doc.get("members")
            },
            unremarkable={
                id_: Unremarkable(
                    id_,
                    doc["title"],
                    FactKind(doc["kind"]),
                    tuple(doc["names"]),
                    tuple(doc["abbreviations"]),
                    self._codes("unremarkable", id_, ("codes",), doc["codes"]),
                )
                for id_, doc in self.docs["unremarkable"].items()
            },
            measurements=measurements,
            rules=tuple(self._rule(id_, doc, reader) for id_, doc in sorted(self.docs["rule"].items())),
            cues=self._cues(),
            release=_release(),
            sha256=self.shelves.sha256,
        )

    def atlas(self) -> Atlas:
        """The body."""
        self._check_body_links()
        docs = self.docs
        areas = {
            id_: Area(id_, doc["title"], doc["paired"], tuple(doc["names"]), tuple(doc["part_of"]))
            for id_, doc in docs["area"].items()
        }
        regions = {
            id_: Region(
                id_,
                doc["title"],
                doc["paired"],
                doc["area"],
                tuple(doc["names"]),
                frozenset(self._only_known(doc["beneath"], "structure")),
                frozenset(doc["features"]),
                doc.get("barred"),
                self.cited("region", id_, doc),
            )
            for id_, doc in docs["region"].items()
            if doc["area"] in areas
        }
        muscles = {id_: self._muscle(id_, doc) for id_, doc in docs["muscle"].items()}
        return Atlas(
            areas=areas,
            structures={
                id_: Structure(
                    id_,
                    doc["title"],
                    doc["harm"],
                    doc["worst"],
                    tuple(doc["warning_signs"]),
                    self.cited("structure", id_, doc),
                )
                for id_, doc in docs["structure"].items()
            },
            regions=regions,
            muscles=muscles,
            coarse={
                id_: Coarse(
                    id_,
                    tuple(doc["names"]),
                    tuple(self._only_known(doc["regions"], "region")),
                    tuple(self._only_known(doc["muscles"], "muscle")),
                )
                for id_, doc in docs["coarse"].items()
            },
            points={
                one["code"]: Point(
                    one["code"],
                    one["name"],
                    doc["paired"],
                    tuple(self._only_known(one["muscles"], "muscle")),
                    tuple(self._only_known(one["regions"], "region")),
                    one.get("note"),
                    frozenset(one["features"]),
                )
                for doc in docs["meridian"].values()
                for one in doc["points"]
            },
        )

    def cited(self, kind: str, id_: str, doc: Doc, path: Path = ()) -> tuple[Statement, ...]:
        """The sources of a statement; one that is not on the shelf is a fault."""
        statements = []
        for n, one in enumerate(doc.get("sources", [])):
            source = self.sources.get(one["id"])
            if source is None:
                self.shelves.fault(kind, id_, (*path, "sources", n), f"there is no source '{one['id']}'")
                continue
            statements.append(Statement(source, Read(one["read"]), one.get("gist")))
        return tuple(statements)

    def _muscle(self, id_: str, doc: Doc) -> Muscle:
        distances = tuple(
            Distance(
                one["structure"],
                one["mm"],
                one["what"],
                one["people"],
                self.cited("muscle", id_, one, ("distances", n)),
            )
            for n, one in enumerate(doc["distances"])
        )
        return Muscle(
            id_,
            doc["title"],
            doc.get("latin"),
            tuple(doc["names"]),
            tuple(self._only_known(doc["regions"], "region")),
            doc["depth"],
            frozenset(self._only_known(doc["beneath"], "structure")),
            frozenset(doc["features"]),
            doc.get("barred"),
            doc.get("nerve"),
            tuple(doc["roots"]),
            doc.get("position"),
            doc.get("approach"),
            distances,
            self.cited("muscle", id_, doc),
            **muscle_details(self, id_, doc),
        )

    def _only_known(self, ids: Iterable[str], kind: str) -> list[str]:
        return [one for one in ids if one in self.docs[kind]]

    def _check_body_links(self) -> None:
        links: tuple[tuple[str, str, str], ...] = (
            ("region", "beneath", "structure"),
            ("muscle", "beneath", "structure"),
            ("muscle", "regions", "region"),
            ("coarse", "regions", "region"),
            ("coarse", "muscles", "muscle"),
        )
        for kind, key, target in links:
            for id_, doc in self.docs[kind].items():
                self.resolve(kind, id_, (key,), doc[key], target)
        for id_, doc in self.docs["region"].items():
            self.resolve("region", id_, ("area",), [doc["area"]], "area")
        for id_, doc in self.docs["muscle"].items():
            for n, one in enumerate(doc["distances"]):
                self.resolve("muscle", id_, ("distances", n, "structure"), [one["structure"]], "structure")
        check_muscles(self)
        for id_, doc in self.docs["meridian"].items():
            self.cited("meridian", id_, doc)
            for n, one in enumerate(doc["points"]):
                self.resolve("meridian", id_, ("points", n, "muscles"), one["muscles"], "muscle")
                self.resolve("meridian", id_, ("points", n, "regions"), one["regions"], "region")

    def resolve(self, kind: str, id_: str, path: Path, ids: Iterable[str], target: str) -> None:
        """Note a fault for every id that is on no shelf of this kind."""
        for n, one in enumerate(ids):
            if one not in self.docs[target]:
                self.shelves.fault(kind, id_, (*path, n), f"there is no {target} '{one}'")

    def _fact(self, id_: str, doc: Doc) -> FactDefinition:
        return FactDefinition(
            id=id_,
            title=doc["title"],
            kind=FactKind(doc["kind"]),
            adverse=doc["adverse"],
            question=doc.get("question"),
            implies=tuple(one for one in doc["implies"] if one in self.docs["fact"]),
            names=tuple(doc["names"]),
            abbreviations=tuple(doc["abbreviations"]),
            codes=self._codes("fact", id_, ("codes",), doc["codes"]),
            settled_by=frozenset(Asked(one) for one in doc["settled_by"]),
            past_counts=doc["past_counts"],
            within_weeks=doc.get("within_weeks"),
            lasts_weeks=doc.get("lasts_weeks"),
            located=doc["located"],
            areas=tuple(self._only_known(doc["areas"], "area")),
            words_that_spare=tuple(doc["words_that_spare"]),
            rules_out=tuple(doc["rules_out"]),
            only_between=None,
            explain=doc.get("explain"),
            sources=self.cited("fact", id_, doc),
        )

    def _check_fact_links(self, id_: str, doc: Doc, facts: Mapping[str, FactDefinition], atlas: Atlas) -> None:
        for key in ("implies", "rules_out", "excludes"):
            self.resolve("fact", id_, (key,), doc[key], "fact")
        self.resolve("fact", id_, ("areas",), doc["areas"], "area")

    def _codes(self, kind: str, id_: str, path: Path, codes: Mapping[str, list[str]]) -> tuple[CodeRange, ...]:
        spans = []
        for system, values in codes.items():
            for n, value in enumerate(values):
                try:
                    spans.append(CodeRange.parse(system, value))
                except ValueError as error:
                    self.shelves.fault(kind, id_, (*path, system, n), str(error))
        return tuple(spans)

    def _medicine(self, id_: str, n: int, member: Doc) -> Medicine:
        codes = self._codes("fact", id_, ("members", n), {"atc": member["atc"], "rxnorm": member["rxnorm"]})
        return Medicine(member["name"], tuple(member["brands"]), codes)

    def _measurement(self, id_: str, doc: Doc) -> Measurement:
        low, high = doc["plausible"]
        if low >= high:
            self.shelves.fault("measurement", id_, ("plausible",), "the first value must be the smaller one")
        return Measurement(
            id_,
            doc["title"],
            doc["unit"],
            doc["key"],
            (low, high),
            tuple(doc["loinc"]),
            tuple((one["ucum"], one["times"]) for one in doc["other_units"]),
            doc.get("question"),
            doc.get("valid_days"),
            self.cited("measurement", id_, doc),
        )

    def _rule(self, id_: str, doc: Doc, reader: WhenReader) -> Rule:
        reader.fault = lambda path, what: self.shelves.fault("rule", id_, path, what)
        eased = doc.get("eased_by")
        reviewed: Mapping[str, Any] | None = doc.get("reviewed")
        return Rule(
            id=id_,
            title=doc["title"],
            scope=Scope(doc["scope"]),
            level=Level.from_word(doc["level"]),
            when=reader.read(doc["when"], ("when",)),
            eased=Eased(reader.read(eased["when"], ("eased_by", "when")), Level.from_word(eased["to"]))
            if eased
            else None,
            says=doc["says"],
            advice=doc["advice"],
            disagreement=doc.get("disagreement"),
            choice=doc.get("choice"),
            sources=self.cited("rule", id_, doc),
            reviewed=f"{reviewed['by']}, {reviewed['on']}" if reviewed else None,
            look_again=day(doc.get("look_again")),
        )

    def _cues(self) -> Cues:
        words: dict[str, list[str]] = {}
        for doc in self.docs["words"].values():
            for key, value in doc.items():
                if isinstance(value, list):
                    words.setdefault(key if key != "words" else doc["id"], []).extend(value)

        def of(kind: str) -> tuple[str, ...]:
            return tuple(words.get(kind, ()))

        return Cues(
            negation=of("negation"),
            family=of("family"),
            past=of("past"),
            uncertain=of("uncertain"),
            current=of("current"),
            but=of("but"),
            fillers=_single_words(of("fillers")),
            medicine_fillers=_single_words(of("medicine-forms")),
        )


def _single_words(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(word for phrase in phrases for word in plain(str(phrase)))


def _with_between(fact: FactDefinition, between: Any) -> FactDefinition:
    return replace(fact, only_between=between)


def _release() -> str:
    return __version__
