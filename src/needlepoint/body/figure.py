"""The body on which a person is shown: their own figure where it is known and wanted, the neutral one otherwise."""

from dataclasses import dataclass

from needlepoint.body.adult import NEUTRAL, Adult, Build

#: The model knows grown-ups only.
GROWN_UP = 18
_YOUNG, _OLD = 25.0, 90.0
#: Body-mass index that stands for a word when no weight is known (our choice: the middle of the usual classes).
_BMI_OF = {"slim": 19.0, "average": 23.5, "heavy": 33.0}
UNDER_AGE = "The body chart shows grown-ups only: this person is drawn on the neutral body."


@dataclass(frozen=True, slots=True)
class Figure:
    """A build to draw, whether it is the neutral one, and what the reader is told about it."""

    build: Build
    neutral: bool
    note: str | None = None


def figure_of(
    adult: Adult,
    *,
    sex: str | None = None,
    age: float | None = None,
    height_cm: float | None = None,
    weight_kg: float | None = None,
    build: str | None = None,
    neutral: bool = False,
) -> Figure:
    """On which body is this person drawn?

    Nobody's shape is guessed: without a sex, under 18, or when it is not wanted (``neutral``), the neutral body stands in. ``build`` is
    slim, average or heavy and counts when no weight is known. Heights in cm, weights in kg, ages in years.
    """
    if age is not None and age < GROWN_UP:
        return Figure(NEUTRAL, neutral=True, note=UNDER_AGE)
    if neutral or sex not in ("female", "male"):
        return Figure(NEUTRAL, neutral=True)
    start = Build(
        sex=1.0 if sex == "male" else 0.0,
        age=NEUTRAL.age if age is None else min(max((age - _YOUNG) / (_OLD - _YOUNG), 0.0), 1.0),
    )
    if weight_kg is None and build in _BMI_OF:
        if height_cm is None:
            height_cm = 178.0 if sex == "male" else 165.0
        weight_kg = _BMI_OF[build] * (height_cm / 100) ** 2
    return Figure(adult.solve(start, height_cm=height_cm, weight_kg=weight_kg), neutral=False)
