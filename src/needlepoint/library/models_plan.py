"""The shape of the files of ``plan``: published depths, approaches, risks, what to watch for, and the numbers that we chose."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from needlepoint.library.models_base import Cited, Id, Stated, Strict, Text

SexWord = Literal["female", "male"]
#: ``side-lying`` is with the treated side up, ``lying-on-it`` with the treated side down.
PositionWord = Literal["prone", "supine", "side-lying", "lying-on-it", "sitting"]
MethodWord = Literal[
    "ultrasound", "ct", "mri", "radiograph", "cadaver", "needle-in-cadaver", "needle-in-patient", "case", "teaching", "not-stated"
]  # fmt: skip
#: What a distance ends at besides a structure of ``body/structures``.
LAYERS = ("muscle", "muscle-deep-edge", "rib", "bone")
Mm = Annotated[float, Field(gt=0, lt=400)]
Pair = Annotated[list[float], Field(min_length=2, max_length=2)]


class PeopleEntry(Strict):
    """In whom it was measured. What the source does not tell is left out."""

    n: Annotated[int, Field(gt=0)] | None = None
    female: Annotated[int, Field(ge=0)] | None = None
    male: Annotated[int, Field(ge=0)] | None = None
    age: Pair | None = None
    age_mean: float | None = None
    bmi: Pair | None = None
    bmi_mean: float | None = None
    bmi_sd: float | None = None
    country: Text | None = None
    words: Text


class FigureEntry(Strict):
    """One published figure, for all of the people or for some of them.

    ``at_least`` and ``at_most``: the least and the greatest that were measured. ``p5``: the fifth percentile. ``mm`` is a single value:
    one case, or a bound that a source states without saying what it is.
    """

    what: Text
    n: Annotated[int, Field(gt=0)] | None = None
    sex: SexWord | None = None
    bmi: Pair | None = None
    age: Pair | None = None
    mean: Mm | None = None
    sd: Annotated[float, Field(gt=0)] | None = None
    median: Mm | None = None
    at_least: Mm | None = None
    at_most: Mm | None = None
    p5: Mm | None = None
    mm: Mm | None = None

    @model_validator(mode="after")
    def _says_something(self) -> "FigureEntry":
        if all(one is None for one in (self.mean, self.median, self.at_least, self.p5, self.mm)):
            raise ValueError("a figure needs one of mean, median, at_least, p5 or mm")
        if self.sd is not None and self.mean is None:
            raise ValueError("an sd needs its mean")
        return self


class EquationEntry(Strict):
    """A published equation: mm = constant + the sum of factor times measure. Only as it was published, turned into mm."""

    what: Text
    constant: float
    factors: Annotated[dict[Literal["weight_kg", "bmi", "height_cm", "age_years"], float], Field(min_length=1)]
    standard_error: Annotated[float, Field(gt=0)] | None = None
    bounds: Annotated[dict[Literal["weight_kg", "bmi", "height_cm", "age_years"], Pair], Field(min_length=1)]
    sex: SexWord | None = None


class DepthFile(Stated):
    """plan/depths/ID.yaml: distances that one work published for one place and one structure."""

    title: Text
    muscles: list[Id] = []
    regions: list[Id] = []
    spot: Text
    to: Id
    use: Literal["limit", "shown"]
    why_only_shown: Text | None = None
    method: MethodWord
    posture: Text
    breathing: Text | None = None
    path: Text
    people: PeopleEntry
    figures: list[FigureEntry] = []
    equations: list[EquationEntry] = []
    note: Text | None = None


class HazardEntry(Strict):
    """Why a structure is a hazard here, and what avoids it."""

    structure: Id
    why: Text
    avoid_by: Text


class MuscleDepthEntry(Strict):
    """From how deep and to how deep the muscle lies in an adult of ordinary build, in mm beneath the skin."""

    starts: Annotated[float, Field(ge=1, lt=150)]
    ends: Annotated[float, Field(gt=1, lt=200)]
    words: Text
    sources: Annotated[list[Cited], Field(min_length=1)]


class ClearEntry(Strict):
    """A structure that this way of needling cannot meet, and why that is believed."""

    structure: Id
    because: Text
    sources: Annotated[list[Cited], Field(min_length=1)]


class WayEntry(Strict):
    """One way to needle a muscle, the preferred way first."""

    name: Text
    technique: Literal["deep", "superficial", "threaded"]
    positions: Annotated[list[PositionWord], Field(min_length=1)]
    position: Text
    hands: Text
    grip: Literal["pincer", "flat", "bracket", "none"]
    direction: Text
    angle_deg: Annotated[float, Field(ge=0, le=90)]
    at_most_mm: Annotated[float, Field(gt=0, le=120)]
    at_most_because: Text
    lifted: bool = False
    clear_of: list[ClearEntry] = []
    diameter_mm: Annotated[float, Field(gt=0.1, lt=0.5)] = 0.25
    insertions_max: Annotated[int, Field(ge=1, le=12)]
    dwell_minutes: Annotated[float, Field(ge=0, le=30)] = 0
    warnings: list[Text] = []
    sources: Annotated[list[Cited], Field(min_length=1)]


class ApproachFile(Stated):
    """plan/approaches/MUSCLE.yaml: how a muscle may be needled, and what must be kept away from."""

    lies: MuscleDepthEntry | None = None
    hazards: list[HazardEntry] = []
    ways: list[WayEntry] = []
    instead: Text | None = None


class NumberFile(Stated):
    """plan/numbers/ID.yaml: one number that the plan needs, what it does, and where it comes from."""

    title: Text
    value: float
    unit: Text
    between: Pair
    says: Text


class RiskFile(Stated):
    """plan/risks/ID.yaml: something that may happen, how often, in words for the person who is needled."""

    title: Text
    words: Text
    of: Literal["everyone", "structure"]
    structures: list[Id] = []
    happened: Annotated[float, Field(ge=0)] | None = None
    among: Annotated[float, Field(gt=0)] | None = None
    unit: Literal["treatments", "people", "insertions"] = "treatments"
    interval: Pair | None = None
    group: Literal["common", "uncommon", "rare"]
    uncertain: Text | None = None


class WatchFile(Stated):
    """plan/watch/ID.yaml: the warning signs after needling near these structures, for how long, and what to do at once."""

    title: Text
    structures: Annotated[list[Id], Field(min_length=1)]
    from_hours: Annotated[float, Field(ge=0)]
    to_hours: Annotated[float, Field(gt=0)]
    clinician: Annotated[list[Text], Field(min_length=1)]
    patient: Annotated[list[Text], Field(min_length=1)]
    act_clinician: Text
    act_patient: Text
    stay_minutes: Annotated[float, Field(ge=0)] = 0


class NeedleEntry(Strict):
    """One needle of a stock."""

    length_mm: Annotated[float, Field(gt=0, le=200)]
    diameter_mm: Annotated[float, Field(gt=0.1, lt=0.6)]


class StockFile(Stated):
    """plan/stock/ID.yaml: needles that are taken to be at hand where a clinic tells no stock of its own."""

    title: Text
    needles: Annotated[list[NeedleEntry], Field(min_length=1)]
