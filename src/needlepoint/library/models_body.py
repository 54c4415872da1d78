"""The shape of the files about the body: areas, structures, regions, skin, muscles, points."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from needlepoint.body.parts import FEATURES
from needlepoint.library.models_base import Cited, Id, NameText, Reviewed, Stated, Strict, Text


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


class AttachmentsEntry(Strict):
    """Between what a muscle runs, in plain words."""

    origin: Text
    insertion: Text


class ZoneEntry(Strict):
    """One region or patch of a referral zone. ``weight`` only where a source tells more than main or spill."""

    region: Id
    zone: Literal["main", "spill"]
    side: Literal["same", "other", "both"] = "same"
    weight: Annotated[float, Field(gt=0, le=1)] | None = None


class ReferralEntry(Strict):
    """Where a muscle is said to send pain, and who says so."""

    zones: Annotated[list[ZoneEntry], Field(min_length=1)]
    sources: Annotated[list[Cited], Field(min_length=1)]
    disagreement: Text | None = None


ViewWord = Literal["front", "back", "outer", "inner", "top", "bottom", "upper-arm", "forearm", "thigh", "leg"]
PartWord = Literal["head", "neck", "shoulder", "trunk", "hip", "upper-arm", "forearm", "hand", "thigh", "leg", "foot"]
Pair = Annotated[list[float], Field(min_length=2, max_length=2)]


class OutlineEntry(Strict):
    """One closed line of a footprint, drawn on the left side of the neutral body."""

    view: ViewWord
    within: Annotated[list[PartWord], Field(min_length=1)]
    points: Annotated[list[Pair], Field(min_length=3)]


class TriggerPointEntry(Strict):
    """Where a trigger point is often found, as a mark on the left side of the neutral body."""

    name: Text
    view: ViewWord
    within: Annotated[list[PartWord], Field(min_length=1)]
    at: Pair


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
    fma: Annotated[str, Field(pattern=r"^FMA:\d+$")] | None = None
    uberon: Annotated[str, Field(pattern=r"^UBERON:\d{7}$")] | None = None
    attachments: AttachmentsEntry | None = None
    action: Text | None = None
    referral: ReferralEntry | None = None
    symptoms: list[Id] = []
    footprint: list[OutlineEntry] = []
    trigger_points: list[TriggerPointEntry] = []


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


class PatchEntry(Strict):
    """One small place of the skin; ``mesh`` is its name in the surface."""

    id: Id
    title: Text
    mesh: Text
    regions: Annotated[list[Id], Field(min_length=1)]


class InsideEntry(Strict):
    """A region that has no skin of its own, and the patches that it lies nearest to."""

    region: Id
    near: Annotated[list[Id], Field(min_length=1)]


class SkinFile(Strict):
    """body/skin/PART.yaml"""

    id: PartWord
    title: Text
    patches: Annotated[list[PatchEntry], Field(min_length=1)]
    inside: list[InsideEntry] = []
