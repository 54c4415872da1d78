"""The shape of every knowledge file, as pydantic models: unknown keys, empty lists and wrong types are refused here."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from needlepoint.body.parts import FEATURES

Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Text = Annotated[str, Field(min_length=1)]
ReadWord = Literal["full", "abstract", "secondary", "recall"]
LevelWord = Literal["stop", "weigh", "adapt", "note"]


def _as_text(value: object) -> object:
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


CodeText = Annotated[str, BeforeValidator(_as_text), Field(min_length=1)]
NameText = Annotated[str, BeforeValidator(_as_text), Field(min_length=1)]


class Strict(BaseModel):
    """Refuses keys that it does not know."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Cited(Strict):
    """A source behind a statement, and how far it was read for this statement."""

    id: Id
    read: ReadWord
    gist: Text | None = None


class Reviewed(Strict):
    """Who reviewed it (a role) and when."""

    by: Text
    on: date


class Stated(Strict):
    """What every file that states something carries."""

    id: Id
    sources: Annotated[list[Cited], Field(min_length=1)]
    review: Literal["needed"] | None = None
    reviewed: Reviewed | None = None
    look_again: date | None = None
    choice: Text | None = None
    disagreement: Text | None = None


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


class AreaFile(Strict):
    """body/areas/ID.yaml"""

    id: Id
    title: Text
    paired: bool
    names: list[NameText] = []
    part_of: list[Id] = []


class StructureFile(Stated):
    """body/structures/ID.yaml"""

    title: Text
    harm: Text
    worst: Literal["life-threatening", "disabling", "significant", "mild"]
    warning_signs: list[Text] = []


def _feature(word: str) -> str:
    if word not in FEATURES:
        raise ValueError(f"'{word}' is no feature; use one of {', '.join(sorted(FEATURES))}")
    return word


FeatureWord = Annotated[str, AfterValidator(_feature)]


class RegionFile(Stated):
    """body/regions/ID.yaml"""

    title: Text
    paired: bool
    area: Id
    names: list[NameText] = []
    beneath: list[Id] = []
    features: list[FeatureWord] = []
    barred: Text | None = None


class CoarseFile(Strict):
    """body/coarse/ID.yaml"""

    id: Id
    names: Annotated[list[NameText], Field(min_length=1)]
    regions: list[Id] = []
    muscles: list[Id] = []


class DistanceEntry(Strict):
    """One published distance from skin to structure."""

    structure: Id
    mm: Annotated[float, Field(gt=0, lt=400)]
    what: Text
    people: Text
    sources: Annotated[list[Cited], Field(min_length=1)]


class MuscleFile(Stated):
    """body/muscles/ID.yaml"""

    title: Text
    latin: Text | None = None
    names: list[NameText] = []
    regions: Annotated[list[Id], Field(min_length=1)]
    depth: Literal["superficial", "middle", "deep"]
    beneath: list[Id] = []
    features: list[FeatureWord] = []
    barred: Text | None = None
    nerve: Text | None = None
    roots: list[Text] = []
    position: Text | None = None
    approach: Text | None = None
    distances: list[DistanceEntry] = []


class PointEntry(Strict):
    """One acupuncture point."""

    code: Annotated[str, Field(pattern=r"^[A-Z]{2}\d{1,2}$")]
    name: Text
    muscles: list[Id] = []
    regions: Annotated[list[Id], Field(min_length=1)]
    features: list[FeatureWord] = []
    note: Text | None = None


class MeridianFile(Strict):
    """body/points/MERIDIAN.yaml"""

    meridian: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    name: Text
    paired: bool
    prefixes: list[NameText] = []
    sources: Annotated[list[Cited], Field(min_length=1)]
    review: Literal["needed"] | None = None
    reviewed: Reviewed | None = None
    look_again: date | None = None
    points: Annotated[list[PointEntry], Field(min_length=1)]


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
    ("muscle", "body/muscles", MuscleFile),
    ("meridian", "body/points", MeridianFile),
    ("unremarkable", "screen/facts/unremarkable", UnremarkableFile),
    ("fact", "screen/facts", FactFile),
    ("measurement", "screen/measurements", MeasurementFile),
    ("rule", "screen/rules", RuleFile),
    ("words", "screen/words", WordsFile),
)
