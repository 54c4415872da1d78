"""The shape of a case file. Every key is optional; a key that is not listed is refused, so that no slip is silently lost."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


def _yes_or_no(value: object) -> object:
    """Yes and no in YAML, and as words in JSON; ``unknown`` is the same as leaving it out."""
    if isinstance(value, str):
        word = value.strip().lower()
        return {
            "yes": True,
            "true": True,
            "no": False,
            "false": False,
            "unknown": None,
            "not known": None,
            "": None,
        }.get(word, value)
    return value


def _day(value: object) -> object:
    if isinstance(value, datetime):
        return value.date()
    return value


def _since(value: object) -> object:
    """A whole date, a month (2026-01) or a year (2019)."""
    value = _day(value)
    if isinstance(value, int) and not isinstance(value, bool) and 1880 <= value <= 2200:
        return date(value, 12, 31)
    if isinstance(value, str):
        text = value.strip()
        if len(text) == 4 and text.isdigit():
            return date(int(text), 12, 31)
        if len(text) == 7 and text[4] == "-":
            return f"{text}-28"
    return value


_SIDES = {
    "l": "left", "lt": "left", "left side": "left", "r": "right", "rt": "right", "right side": "right", "bilateral": "both",
    "both sides": "both", "left and right": "both", "middle": "midline", "unknown": None, "not known": None, "": None,
}  # fmt: skip


def _side(value: object) -> object:
    """The side in any of the ways in which people write it."""
    if isinstance(value, str):
        word = " ".join(value.lower().split())
        return _SIDES.get(word, word)
    return value


YesNo = Annotated[bool | None, BeforeValidator(_yes_or_no)]
Day = Annotated[date | None, BeforeValidator(_day)]
Since = Annotated[date | None, BeforeValidator(_since)]
Number = Annotated[float, Field(strict=False, allow_inf_nan=False)]
SideWord = Annotated[Literal["left", "right", "both", "midline"] | None, BeforeValidator(_side)]


class Strict(BaseModel):
    """Refuses keys that it does not know."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class PersonPart(Strict):
    """Who it is, in numbers and words; never a name."""

    age: Annotated[Number, Field(ge=0, le=125)] | None = None
    birth_date: Day = None
    sex: str | None = None
    height_cm: Annotated[Number, Field(gt=20, lt=280)] | None = None
    weight_kg: Annotated[Number, Field(gt=0.3, lt=500)] | None = None
    bmi: Annotated[Number, Field(gt=5, lt=120)] | None = None
    build: str | None = None
    pregnant: YesNo = None
    gestation_weeks: Annotated[Number, Field(ge=0, le=46)] | None = None


class CodePart(Strict):
    """A code of a classification: ``{system: icd10cm, code: Z96.642}``."""

    system: str
    code: str


class EntryPart(Strict):
    """One thing of a list, with what is known about it."""

    text: str = ""
    side: SideWord = None
    since: Since = None
    until: Since = None
    active: YesNo = None
    place: str | None = None
    code: CodePart | list[CodePart] | None = None


class PainPart(Strict):
    """One place of the pain drawing."""

    region: str
    side: SideWord = None
    intensity: Annotated[Number, Field(ge=0, le=10)] | None = None
    quality: list[str] = []


class ExaminationPart(Strict):
    """What the fingers found at a muscle."""

    muscle: str
    side: SideWord = None
    taut_band: YesNo = None
    tenderness: YesNo = None
    recognised_pain: YesNo = None
    referred_pain: YesNo = None
    twitch: YesNo = None
    note: str | None = None


class NeedlePart(Strict):
    """A needle, in millimetres and never in gauge."""

    length_mm: Annotated[Number, Field(gt=0, le=200)] | None = None
    diameter_mm: Annotated[Number, Field(gt=0, le=2)] | None = None


class ProposedPart(Strict):
    """Where the clinician thinks of needling, and how. One of muscle, region or site names the place."""

    muscle: str | None = None
    region: str | None = None
    site: str | None = None
    side: SideWord = None
    needle: NeedlePart | None = None
    technique: str | None = None
    stimulation: str | bool | None = None
    position: str | None = None
    guidance: str | bool | None = None
    measured: dict[str, Number | None] | None = None


class MeasuredPart(Strict):
    """A measurement with its unit (UCUM) and day."""

    value: Number
    unit: str | None = None
    on: Day = None


Entries = list[str | EntryPart]


class StockPart(Strict):
    """A needle that is at hand, in millimetres and never in gauge."""

    length_mm: Annotated[Number, Field(gt=0, le=200)]
    diameter_mm: Annotated[Number, Field(gt=0, le=2)]


class EarlierPart(Strict):
    """A place that was needled before, and on which day."""

    muscle: str
    side: SideWord = None
    on: date


class CalendarPart(Strict):
    """A day that matters to the plan, such as a competition."""

    on: date
    what: str


class CaseFile(Strict):
    """A case file, version 1."""

    model_config = ConfigDict(extra="forbid", title="Needlepoint case file, version 1")

    needlepoint: Literal[1] = 1
    on: Day = None
    person: PersonPart | None = None
    complaint: str | None = None
    conditions: Entries | None = None
    medicines: Entries | None = None
    allergies: Entries | None = None
    implants: Entries | None = None
    measurements: dict[str, MeasuredPart | Number | None] | None = None
    answers: dict[str, bool | Number | str | None] | None = None
    pain: list[PainPart] | None = None
    painting: dict[str, object] | None = None
    examination: list[ExaminationPart] | None = None
    proposed: list[ProposedPart] | None = None
    stock: list[StockPart] | None = None
    earlier: list[EarlierPart] | None = None
    calendar: list[CalendarPart] | None = None
    training: list[dict[str, object]] | None = None
