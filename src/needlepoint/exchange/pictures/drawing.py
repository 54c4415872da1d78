"""The line drawings of the body: an outline, lines within, and a path for each place of the skin."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from needlepoint.body.adult import NEUTRAL, Adult, Build, Floats
from needlepoint.library.body_files import BODY, load_adult

#: Who is drawn: each figure's sex (0 female, 1 male), height in cm and weight in kg; ``None`` is the neutral body.
FIGURES: Mapping[str, tuple[float, float, float] | None] = {
    "neutral": None,
    "female-slim": (0, 165, 50),
    "female-average": (0, 165, 64),
    "female-heavy": (0, 165, 95),
    "male-slim": (1, 178, 62),
    "male-average": (1, 178, 80),
    "male-heavy": (1, 178, 115),
}
#: From where one looks: which way is right, which way is up, and which way is towards the eye.
VIEWS: Mapping[str, tuple[tuple[float, float, float], tuple[float, float, float], tuple[float, float, float]]] = {
    "front": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "back": ((-1, 0, 0), (0, 1, 0), (0, 0, -1)),
    "left": ((0, 0, -1), (0, 1, 0), (1, 0, 0)),
    "right": ((0, 0, 1), (0, 1, 0), (-1, 0, 0)),
    "sole": ((1, 0, 0), (0, 0, 1), (0, -1, 0)),
}
_MUSCLE_OF_DRAWINGS = 0.6


@dataclass(frozen=True, slots=True)
class LineDrawing:
    """One drawing in millimetres. ``places`` leads from the number of a place of the skin to its path."""

    figure: str
    view: str
    width: float
    height: float
    left_m: float
    top_m: float
    outline: str
    contour: str
    creases: tuple[tuple[str, str], ...]
    places: Mapping[int, str]

    def flat(self, vertices: Floats) -> Floats:
        """Where points of the body (metres) lie on this drawing (mm, from its top left corner)."""
        right, up, _ = (np.asarray(axis, float) for axis in VIEWS[self.view])
        flat: Floats = np.stack([(vertices @ right - self.left_m) * 1000, (self.top_m - vertices @ up) * 1000], -1)
        return flat


@lru_cache(maxsize=32)
def line_drawing(figure: str = "neutral", view: str = "front") -> LineDrawing:
    """The drawing of this figure from this side. Raises KeyError for one that is not drawn."""
    if figure not in FIGURES or view not in VIEWS or (view == "sole" and figure != "neutral"):
        raise KeyError(f"there is no drawing of {figure} from {view}")
    name = "neutral_average" if figure == "neutral" else figure.replace("-", "_")
    text = (BODY / "svg" / f"{name}_{view}.svg").read_text(encoding="utf-8")
    width, height = (float(one) for one in _one(r'viewBox="0 0 ([\d.]+ [\d.]+)"', text).split())
    return LineDrawing(
        figure=figure,
        view=view,
        width=width,
        height=height,
        left_m=float(_one(r'data-x0="([-\d.]+)"', text)),
        top_m=float(_one(r'data-y1="([-\d.]+)"', text)),
        outline=_one(r'class="outline" d="([^"]*)"', text),
        contour=_one(r'class="contour" d="([^"]*)"', text),
        creases=tuple(re.findall(r'<path d="([^"]*)" opacity="([\d.]+)"', text)),
        places={int(number): path for number, path in re.findall(r'data-region="(\d+)" d="([^"]*)"', text)},
    )


@lru_cache(maxsize=8)
def figure_vertices(figure: str = "neutral") -> Floats:
    """Where every vertex of a drawn figure lies, in metres."""
    adult = load_adult()
    return adult.vertices(_build(adult, FIGURES[figure]))


def _build(adult: Adult, figure: tuple[float, float, float] | None) -> Build:
    if figure is None:
        return NEUTRAL
    sex, height_cm, weight_kg = figure
    return adult.solve(Build(sex=sex, muscle=_MUSCLE_OF_DRAWINGS), height_cm=height_cm, weight_kg=weight_kg)


def _one(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    if found is None:
        raise ValueError(f"a line drawing lacks {pattern}")
    return found[1]
