"""Published distances from the skin, and what each of them supports for one person.

A figure supports a *floor*: a distance that is hardly ever shorter in people like those of the figure. The least that was ever measured is
a floor as it stands; a mean with its spread gives one by Student's t for one new person; a bare mean gives only a share of itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from needlepoint.plan.numbers import Numbers
from needlepoint.plan.person import Person
from needlepoint.terms import Statement

#: With an unknown number of people the spread is taken as if so few had been measured.
FEW = 10


@dataclass(frozen=True, slots=True)
class People:
    """In whom it was measured. ``age`` and ``bmi`` are the least and the greatest; ``None``: not told."""

    words: str
    n: int | None = None
    age: tuple[float, float] | None = None
    bmi: tuple[float, float] | None = None
    female: int | None = None
    male: int | None = None
    bmi_mean: float | None = None
    bmi_sd: float | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One published figure, all lengths in mm; ``bmi``, ``age`` and ``sex`` say for which of the people."""

    what: str
    n: int | None = None
    sex: str | None = None
    bmi: tuple[float, float] | None = None
    age: tuple[float, float] | None = None
    mean: float | None = None
    sd: float | None = None
    median: float | None = None
    at_least: float | None = None
    at_most: float | None = None
    p5: float | None = None
    mm: float | None = None

    @property
    def centre(self) -> float | None:
        """The middle of what was measured."""
        return next((one for one in (self.mean, self.median, self.mm) if one is not None), None)

    @property
    def is_bare(self) -> bool:
        """Is it a middle without spread, least or percentile?"""
        return all(one is None for one in (self.sd, self.at_least, self.p5, self.mm))


@dataclass(frozen=True, slots=True)
class Equation:
    """A published equation: mm = constant + Σ factor · measure, within its bounds."""

    what: str
    constant: float
    factors: tuple[tuple[str, float], ...]
    bounds: tuple[tuple[str, tuple[float, float]], ...]
    standard_error: float | None = None
    sex: str | None = None

    def mean_for(self, person: Person) -> float:
        """What the equation expects for this person, in mm.

        Beyond the bound at which it would give more, a measure counts as that bound: an equation is never stretched towards deeper. A
        measure that is not known counts as the bound at which it gives the least.
        """
        bounds = dict(self.bounds)
        total = self.constant
        for measure, factor in self.factors:
            value = getattr(person, {"age_years": "age"}.get(measure, measure))
            low, high = bounds[measure]
            if value is None:
                value = low if factor >= 0 else high
            total += factor * (min(value, high) if factor >= 0 else max(value, low))
        return total


@dataclass(frozen=True, slots=True)
class Depth:
    """The distances that one work published for one place and one structure."""

    id: str
    title: str
    muscles: tuple[str, ...]
    regions: tuple[str, ...]
    spot: str
    to: str
    limits: bool
    why_only_shown: str | None
    method: str
    posture: str
    breathing: str | None
    path: str
    people: People
    figures: tuple[Figure, ...]
    equations: tuple[Equation, ...]
    disagreement: str | None
    note: str | None
    sources: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Floor:
    """What one figure supports for one person: ``mm`` is the floor, ``centre`` the middle, ``how`` how the floor follows.

    ``bare``: it follows from a mean without any spread."""

    depth: Depth
    what: str
    mm: float
    centre: float
    how: str
    bare: bool = False


def floors(depth: Depth, person: Person, numbers: Numbers) -> tuple[Floor, ...]:
    """What do the figures of this work support for this person?

    A figure for one sex counts when the sex is that or not known. A figure for a class of body mass index counts for people of that class
    and for everyone slimmer, so that a slimmer body never gets a deeper answer. Figures for ages count when the age is not known or fits.
    """
    found = [
        Floor(depth, one.what, *_floor(one, numbers), bare=one.is_bare)
        for one in depth.figures
        if one.sex in (None, person.sex) or person.sex is None
        if one.bmi is None or person.bmi is None or person.bmi <= one.bmi[1]
        if one.age is None or person.age is None or one.age[0] <= person.age <= one.age[1]
    ]
    for equation in depth.equations:
        if equation.sex in (None, person.sex) or person.sex is None:
            mean, bare = equation.mean_for(person), equation.standard_error is None
            found.append(Floor(depth, equation.what, *_from_equation(equation, mean, numbers), bare=bare))
    return tuple(found)


def _floor(figure: Figure, numbers: Numbers) -> tuple[float, float, str]:
    """The floor of a figure, its middle, and how the floor follows."""
    ways: list[tuple[float, str]] = []
    if figure.at_least is not None:
        ways.append((figure.at_least, "the least that was measured"))
    if figure.p5 is not None:
        ways.append((figure.p5, "the fifth percentile"))
    if figure.mm is not None:
        ways.append((figure.mm, "a single published value"))
    centre = figure.mean if figure.mean is not None else figure.median
    if centre is not None:
        bare = numbers["bare-mean-share"] * centre
        if figure.sd is not None:
            spread = _t(figure.n or FEW, numbers["surety"]) * figure.sd
            ways.append(
                (max(centre - spread, bare), f"mean {_mm(centre)} mm less the spread between people ({_mm(spread)} mm)")
            )
        elif not ways:
            ways.append(
                (bare, f"{numbers['bare-mean-share']:g} of a mean of {_mm(centre)} mm; no spread was published")
            )
    mm, how = min(ways)
    return mm, next(one for one in (centre, figure.mm, mm) if one is not None), how


def _from_equation(equation: Equation, mean: float, numbers: Numbers) -> tuple[float, float, str]:
    bare = max(numbers["bare-mean-share"] * mean, 0.0)
    if equation.standard_error is None:
        return (
            bare,
            max(mean, 0.0),
            f"{numbers['bare-mean-share']:g} of {_mm(mean)} mm by the equation; no error was published",
        )
    spread = _t(FEW, numbers["surety"]) * equation.standard_error
    return max(mean - spread, bare), mean, f"{_mm(mean)} mm by the equation less its error ({_mm(spread)} mm)"


@lru_cache(maxsize=256)
def _t(n: int, surety: float) -> float:
    """How many standard deviations below the mean of ``n`` people one new person lies with this surety."""
    from scipy.special import stdtrit  # slow to import, and the screen needs none of it

    quantile = float(stdtrit(max(n - 1, 1), surety))
    return quantile * float((1 + 1 / n) ** 0.5)


def _mm(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def outside(depth: Depth, person: Person, adult_age: float) -> tuple[str, ...]:
    """In what does this person lie outside of the people who were measured? In words; empty: in nothing that is known."""
    people, found = depth.people, []
    if person.age is not None:
        low, high = people.age or (adult_age, None)
        if person.age < low:
            found.append("younger than those measured")
        elif high is not None and person.age > high:
            found.append("older than those measured")
    bmi = people.bmi
    if bmi is None and people.bmi_mean is not None and people.bmi_sd is not None:
        bmi = (people.bmi_mean - 2 * people.bmi_sd, people.bmi_mean + 2 * people.bmi_sd)
    if bmi and person.bmi is not None and not bmi[0] <= person.bmi <= bmi[1]:
        found.append("slimmer than those measured" if person.bmi < bmi[0] else "heavier than those measured")
    if person.sex == "female" and people.female == 0:
        found.append("a woman; only men were measured")
    if person.sex == "male" and people.male == 0:
        found.append("a man; only women were measured")
    return tuple(found)


def by_depth(found: Iterable[Floor]) -> tuple[Floor, ...]:
    """The shallowest first."""
    return tuple(sorted(found, key=lambda one: (one.mm, one.depth.id, one.what)))
