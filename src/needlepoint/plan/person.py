"""Who is needled: what of a person bears on how deep a needle may go."""

from dataclasses import dataclass

from needlepoint.plan.numbers import Numbers
from needlepoint.screen import Answers


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of a body. ``None``: not known, and then the worse is taken to be so.

    ``age`` in years, ``height_cm``, ``weight_kg``, ``bmi`` in kg/m². ``slim`` is what was said of the build.
    """

    age: float | None = None
    sex: str | None = None
    bmi: float | None = None
    height_cm: float | None = None
    weight_kg: float | None = None
    slim: bool | None = None
    pregnant: bool | None = None
    gestation_weeks: float | None = None
    faints: bool | None = None

    def may_be_slim(self, numbers: Numbers) -> bool:
        """Does this person count as slim or short? Yes too when neither body mass index nor build is known."""
        if self.slim or (self.height_cm is not None and self.height_cm < numbers["short-height"]):
            return True
        if self.bmi is not None:
            return self.bmi < numbers["slim-bmi"]
        return self.slim is None

    def under_age(self, adult: float) -> bool:
        """Is this person known to be younger than an adult?"""
        return self.age is not None and self.age < adult


def person_of(answers: Answers) -> Person:
    """The person whom these answers describe. A body mass index follows from height and weight when it was not told."""
    number = answers.quantities.get
    height, weight, bmi = number("height-cm"), number("weight-kg"), number("bmi")
    if bmi is None and height and weight:
        bmi = weight / (height / 100) ** 2
    sex = next((one for one in ("female", "male") if answers.truth(one)), None)
    fainting = (
        answers.truth("fainted-with-needles"),
        answers.truth("fainting-history"),
        answers.truth("feels-faint-today"),
    )
    return Person(
        age=number("age-years"),
        sex=sex,
        bmi=bmi,
        height_cm=height,
        weight_kg=weight,
        slim=answers.truth("slim-build"),
        pregnant=answers.truth("pregnant"),
        gestation_weeks=number("gestation-weeks"),
        faints=True if any(fainting) else (False if all(one is False for one in fainting) else None),
    )
