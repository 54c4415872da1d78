"""The shape of every knowledge file, as pydantic models: unknown keys, empty lists and wrong types are refused here."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from needlepoint.library.models_base import Cited, CodeText, Id, NameText, ReadWord, Reviewed, Stated, Strict, Text
from needlepoint.library.models_body import (
    AreaFile,
    CoarseFile,
    MeridianFile,
    MuscleFile,
    RegionFile,
    SkinFile,
    StructureFile,
)
from needlepoint.library.models_groups import GroupFile
from needlepoint.library.models_locate import (
    CustomaryFile,
    LookAlikeFile,
    ProblemFile,
    QualityFile,
    RedFlagFile,
    SymptomFile,
    WeightFile,
)
from needlepoint.library.models_plan import ApproachFile, DepthFile, NumberFile, RiskFile, StockFile, WatchFile
from needlepoint.library.models_treat import AdviceFile, BoundFile, EventFile, GradeFile, ReactionFile

LevelWord = Literal["stop", "weigh", "adapt", "note"]


class SourceFile(Strict):
    """sources/ID.yaml"""

    id: Id
    citation: Text
    year: int | None = None
    kind: Literal[
        "guideline", "regulator", "review", "trial", "cohort", "survey", "anatomy", "case-report", "teaching", "textbook",
        "classification", "dataset", "judgement",
    ]  # fmt: skip
    locator: Text | None = None
    read: ReadWord
    note: Text | None = None


class CodesEntry(Strict):
    """Codes by system."""

    icd10: list[CodeText] = []
    snomed: list[CodeText] = []
    rxnorm: list[CodeText] = []
    atc: list[CodeText] = []


class QuantityEntry(Strict):
    """A measurement between two values."""

    id: Id
    above: float | None = None
    at_least: float | None = None
    below: float | None = None
    at_most: float | None = None


class MemberEntry(Strict):
    """One medicine of a class."""

    name: NameText
    brands: list[NameText] = []
    atc: list[CodeText] = []
    rxnorm: list[CodeText] = []


KindWord = Literal["condition", "medicine", "implant", "procedure", "allergy", "answer"]
AskedWord = Literal["conditions", "medicines", "allergies", "implants"]


class FactFile(Stated):
    """screen/facts/**/ID.yaml"""

    title: Text
    kind: KindWord
    adverse: bool = True
    question: Text | None = None
    implies: list[Id] = []
    names: list[NameText] = []
    abbreviations: list[NameText] = []
    codes: CodesEntry = CodesEntry()
    settled_by: list[AskedWord] = []
    past_counts: bool = False
    within_weeks: Annotated[float, Field(gt=0)] | None = None
    lasts_weeks: Annotated[float, Field(gt=0)] | None = None
    located: bool = False
    areas: list[Id] = []
    words_that_spare: list[NameText] = []
    rules_out: list[Id] = []
    only_between: QuantityEntry | None = None
    explain: Text | None = None
    members: list[MemberEntry] = []
    excludes: list[Id] = []


class UnremarkableFile(Strict):
    """screen/facts/unremarkable/ID.yaml"""

    id: Id
    title: Text
    kind: KindWord
    names: list[NameText] = []
    abbreviations: list[NameText] = []
    codes: CodesEntry = CodesEntry()
    sources: Annotated[list[Cited], Field(min_length=1)]
    review: Literal["needed"] | None = None
    reviewed: Reviewed | None = None
    look_again: date | None = None


class UnitEntry(Strict):
    """Another unit, and what to multiply it with."""

    ucum: Text
    times: float


class MeasurementFile(Stated):
    """screen/measurements/ID.yaml"""

    title: Text
    unit: NameText
    key: Text
    plausible: Annotated[list[float], Field(min_length=2, max_length=2)]
    loinc: list[CodeText] = []
    other_units: list[UnitEntry] = []
    question: Text | None = None
    valid_days: Annotated[int, Field(gt=0)] | None = None
    names: list[NameText] = []


class EasedEntry(Strict):
    """A known good answer that lowers the level."""

    when: dict[str, object]
    to: LevelWord


class RuleFile(Stated):
    """screen/rules/ID.yaml"""

    title: Text
    scope: Literal["person", "site"]
    level: LevelWord
    when: dict[str, object]
    eased_by: EasedEntry | None = None
    says: Text
    advice: Text


class WordsFile(Strict):
    """screen/words/ID.yaml"""

    id: Id
    title: Text
    words: list[NameText] = []
    negation: list[NameText] = []
    family: list[NameText] = []
    past: list[NameText] = []
    uncertain: list[NameText] = []
    current: list[NameText] = []
    but: list[NameText] = []


#: Where each kind of file lies, below ``knowledge/``, and its model. The first pattern that fits a path counts.
SHELVES: tuple[tuple[str, str, type[BaseModel]], ...] = (
    ("source", "sources", SourceFile),
    ("area", "body/areas", AreaFile),
    ("structure", "body/structures", StructureFile),
    ("region", "body/regions", RegionFile),
    ("coarse", "body/coarse", CoarseFile),
    ("skin", "body/skin", SkinFile),
    ("muscle", "body/muscles", MuscleFile),
    ("meridian", "body/points", MeridianFile),
    ("unremarkable", "screen/facts/unremarkable", UnremarkableFile),
    ("fact", "screen/facts", FactFile),
    ("measurement", "screen/measurements", MeasurementFile),
    ("rule", "screen/rules", RuleFile),
    ("words", "screen/words", WordsFile),
    ("group", "screen/groups", GroupFile),
    ("symptom", "locate/symptoms", SymptomFile),
    ("quality", "locate/qualities", QualityFile),
    ("problem", "locate/problems", ProblemFile),
    ("customary", "locate/customary", CustomaryFile),
    ("red_flag", "locate/red_flags", RedFlagFile),
    ("look_alike", "locate/look_alikes", LookAlikeFile),
    ("weight", "locate/weights", WeightFile),
    ("depth", "plan/depths", DepthFile),
    ("approach", "plan/approaches", ApproachFile),
    ("number", "plan/numbers", NumberFile),
    ("risk", "plan/risks", RiskFile),
    ("watch", "plan/watch", WatchFile),
    ("stock", "plan/stock", StockFile),
    ("grade", "treat/grades", GradeFile),
    ("reaction", "treat/reactions", ReactionFile),
    ("event", "treat/events", EventFile),
    ("advice", "treat/advice", AdviceFile),
    ("bound", "treat/bounds", BoundFile),
)
