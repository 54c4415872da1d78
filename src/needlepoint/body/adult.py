"""The parametric adult: one skin for every sex, age, stature and weight, with the same vertices and triangles for all."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

#: The name of the vertex and triangle order. Everything that is stored upon the body carries it.
TOPOLOGY = "np-adult-1"

Floats: TypeAlias = NDArray[np.float64]
Whole: TypeAlias = NDArray[np.int64]

#: How much a litre of a body weighs. Bodies lie between 0.98 and 1.06 kg/l; one figure for all keeps the rule simple.
KG_A_LITRE = 1.0
_SEX, _AGE, _MUSCLE, _WEIGHT, _HEIGHT = 2, 2, 3, 3, 2


@dataclass(frozen=True, slots=True)
class Build:
    """The parameters of one shape, most of them from 0 to 1.

    ``sex`` 0 female, 1 male; ``age`` 0 is 25 years, 1 is 90; ``muscle`` and ``weight`` 0 least, 0.5 average, 1 most; ``height`` 0 short,
    1 tall; ``fat`` above 0 adds to the greatest weight, below 0 takes from the least.
    """

    sex: float = 0.5
    age: float = 0.15
    muscle: float = 0.5
    weight: float = 0.5
    height: float = 0.35
    fat: float = 0.0

    def with_habitus(self, habitus: float) -> "Build":
        """The same build, thinner or heavier: 0 to 1 is ``weight``, above 1 adds fat, below 0 takes some."""
        fat = habitus - 1 if habitus > 1 else min(habitus, 0.0)
        return Build(self.sex, self.age, self.muscle, min(max(habitus, 0.0), 1.0), self.height, fat)


#: The body of nobody in particular: between woman and man, middle-aged, of average build.
NEUTRAL = Build()


@dataclass(frozen=True, slots=True, eq=False)
class Adult:
    """The model: mean shape, sixteen ways in which shapes differ, and how the parameters mix them. Metres; y up, z to the front,
    **x to the patient's left**; the soles stand at y = 0.

    ``mean`` is (vertices, 3), ``basis`` (16, vertices, 3), ``corners`` (72, 16), ``fat`` (2, 16), ``triangles`` (triangles, 3),
    ``joint_mean`` (joints, 3), ``joint_basis`` (16, joints, 3).
    """

    mean: Floats
    basis: Floats
    corners: Floats
    fat: Floats
    triangles: Whole
    joint_names: tuple[str, ...]
    joint_mean: Floats
    joint_basis: Floats

    def scores(self, build: Build) -> Floats:
        """How much of each of the sixteen ways does this build take? (16 numbers.)"""
        weights = np.einsum(
            "i,j,k,l,m->ijklm",
            _two(build.sex), _two(build.age), _three(build.muscle), _three(build.weight), _two(build.height),
        ).ravel()  # fmt: skip
        fat = (1 - build.sex) * self.fat[0] + build.sex * self.fat[1]
        mixed: Floats = weights @ self.corners + build.fat * fat
        return mixed

    def vertices(self, build: Build) -> Floats:
        """Where every vertex lies on a body of this build, in metres: (vertices, 3)."""
        return self.vertices_of(self.scores(build))

    def vertices_of(self, scores: Floats) -> Floats:
        """Where every vertex lies for these sixteen numbers."""
        shape: Floats = self.mean + np.tensordot(scores, self.basis, 1)
        return shape

    def joints(self, build: Build) -> Mapping[str, Floats]:
        """Where the joints lie: names such as ``upperarm01.L``, points in metres."""
        places = self.joint_mean + np.tensordot(self.scores(build), self.joint_basis, 1)
        return dict(zip(self.joint_names, places, strict=True))

    def litres(self, vertices: Floats) -> float:
        """The volume that the skin encloses."""
        corner = vertices[self.triangles]
        return float(np.einsum("ij,ij->i", corner[:, 0], np.cross(corner[:, 1], corner[:, 2])).sum() / 6 * 1000)

    def solve(self, build: Build, *, height_cm: float | None = None, weight_kg: float | None = None) -> Build:
        """The build of somebody this tall and this heavy, starting from sex and age in ``build``.

        Stature is nearly linear in ``height``; the habitus is found by halving on the enclosed volume. A size that the model cannot
        take is met as nearly as it can.
        """
        habitus = build.weight
        for _ in range(3):
            if height_cm is not None:
                build = self._as_tall(build, habitus, height_cm)
            if weight_kg is None:
                return build.with_habitus(habitus)
            habitus = self._as_heavy(build, weight_kg)
        return build.with_habitus(habitus)

    def _as_tall(self, build: Build, habitus: float, height_cm: float) -> Build:
        height, step = build.height, 0.02
        for _ in range(3):
            now = self._stature(_at(build, height).with_habitus(habitus))
            slope = (self._stature(_at(build, height + step).with_habitus(habitus)) - now) / step
            height = float(np.clip(height + (height_cm / 100 - now) / slope, 0, 1))
        return _at(build, height)

    def _as_heavy(self, build: Build, weight_kg: float) -> float:
        low, high = -0.4, 4.0
        for _ in range(20):
            middle = (low + high) / 2
            heavier = self.litres(self.vertices(build.with_habitus(middle))) * KG_A_LITRE > weight_kg
            low, high = (low, middle) if heavier else (middle, high)
        return (low + high) / 2

    def _stature(self, build: Build) -> float:
        return float(np.ptp(self.vertices(build)[:, 1]))


def _at(build: Build, height: float) -> Build:
    return Build(build.sex, build.age, build.muscle, build.weight, height, build.fat)


def _two(value: float) -> Floats:
    return np.array([1 - value, value])


def _three(value: float) -> Floats:
    return np.array([max(0.0, 1 - 2 * value), 1 - abs(2 * value - 1), max(0.0, 2 * value - 1)])
