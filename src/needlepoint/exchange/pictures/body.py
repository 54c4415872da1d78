"""One picture of the body: shaded places, muscles and marks on a line drawing, with left and right named from the patient's side."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

import numpy as np

from needlepoint.body.adult import Floats
from needlepoint.body.surface import Landmark
from needlepoint.exchange.pictures.drawing import VIEWS, LineDrawing, figure_vertices, line_drawing
from needlepoint.exchange.pictures.flatten import path_of, seen_triangles, shape_above, shape_of_patch
from needlepoint.library.body_files import load_surface

#: What a shade means: its word for the legend. Colour never stands alone, each has a pattern of its own.
KINDS: Mapping[str, str] = {
    "pain": "where it hurts",
    "main": "referred pain, main zone",
    "spill": "referred pain, may spill over",
    "stop": "stop",
    "weigh": "weigh",
    "adapt": "adapt",
    "clear": "clear",
    "muscle": "muscle beneath the skin",
    "deep": "deep muscle beneath the skin",
    "point": "trigger point, often found here",
}
#: A picture that is cropped shows at least this much, in mm, and so much around what is shaded.
_LEAST_MM = 330.0
_AROUND_MM = 70.0
#: A further view is worth showing when it shows at least this share of the whole that the others do not.
_WORTH = 0.12
_SIDE_WORDS = {"front": ("right", "left"), "back": ("left", "right"), "sole": ("right", "left")}


@dataclass(frozen=True, slots=True)
class Shade:
    """Places of the skin that are shaded alike: their numbers, how strongly (0 to 1), and what it means (``KINDS``)."""

    kind: str
    cells: Mapping[int, float]


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """A muscle, or a painting: values at the vertices, drawn where they are above ``level``."""

    kind: str
    values: Floats
    title: str
    level: float = 0.45
    strength: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Dot:
    """A marked point of the skin."""

    landmark: Landmark
    title: str


@dataclass(frozen=True, slots=True)
class BodyPicture:
    """A picture: the SVG, what it shows in words, and the kinds that need a legend."""

    svg: str
    words: str
    view: str
    kinds: tuple[str, ...]


def views_for(shades: Sequence[Shade], fields: Sequence[Field], at_most: int = 2) -> tuple[str, ...]:
    """From which sides is this best seen? The best first, then those that show enough of what the others do not."""
    surface = load_surface()
    chosen = np.zeros(len(surface.triangles), bool)
    for field in fields:
        chosen |= field.values[surface.triangles].mean(1) > field.level
    cells = {cell for shade in shades for cell, strength in shade.cells.items() if strength > 0}
    chosen |= np.isin(surface.patch_of, [cell for cell in cells if cell < len(surface.patches)])
    skin = surface.triangle_areas(figure_vertices("neutral")) * chosen
    seen = {view: seen_triangles("neutral", view) for view in VIEWS}
    shown = np.zeros(len(skin), bool)
    views: list[str] = []
    while len(views) < at_most:
        gains = {view: float(skin[seen[view] & ~shown].sum()) for view in VIEWS if view not in views}
        best = max(gains, key=lambda view: gains[view])
        if gains[best] <= _WORTH * float(skin.sum()) and (views or gains[best] <= 0):
            break
        views.append(best)
        shown |= seen[best]
    return tuple(views) or ("front",)


def picture(
    view: str,
    *,
    shades: Sequence[Shade] = (),
    fields: Sequence[Field] = (),
    dots: Sequence[Dot] = (),
    figure: str = "neutral",
    crop: bool = True,
    words: str = "",
    id_: str = "body",
) -> BodyPicture:
    """Draw the body from one side. ``id_`` keeps patterns of several pictures on one page apart."""
    drawing = line_drawing(figure, view)
    paths, kinds, boxes = [], [], []
    for shade in shades:
        for cell, strength in sorted(shade.cells.items()):
            path = drawing.places.get(cell) or ("" if drawing.places else path_of(shape_of_patch(cell, drawing)))
            if path and strength > 0:
                paths.append(_shaded(path, shade.kind, strength, id_))
                kinds.append(shade.kind)
                boxes.append(_box_of_cell(cell, drawing))
    muscles = []
    for field in fields:
        shape = shape_above(field.values, drawing, field.level)
        if not shape.is_empty:
            muscles.append(_shaded(path_of(shape), field.kind, field.strength, id_, field.title))
            kinds.append(field.kind)
            boxes.append(shape.bounds)
    marks = _marks(dots, drawing)
    if marks:
        kinds.append("point")
    window = _window(boxes, drawing) if crop else (0.0, 0.0, drawing.width, drawing.height)
    body = (
        f'<path class="np-skin" d="{drawing.outline}"/>{"".join(paths)}{"".join(muscles)}'
        f'<path class="np-contour" d="{drawing.contour}"/>'
        + "".join(f'<path class="np-crease" d="{path}" opacity="{opacity}"/>' for path, opacity in drawing.creases)
        + "".join(marks)
    )
    once = tuple(dict.fromkeys(kinds))
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="np-body" role="img" aria-label="{escape(words or view)}" '
        f'viewBox="{window[0]:.0f} {window[1]:.0f} {window[2]:.0f} {window[3]:.0f}">'
        f"<style>{_STYLE}</style><defs>{_patterns(once, id_)}</defs>{body}{_labels(view, window)}</svg>"
    )
    return BodyPicture(svg, words, view, once)


def legend_words(kinds: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Each kind with what it means."""
    return tuple((kind, KINDS[kind]) for kind in dict.fromkeys(kinds))


def swatch(kind: str, id_: str) -> str:
    """A small sample of one kind for the legend."""
    if kind == "point":
        inside = '<path class="np-dot" d="M12 3v18M3 12h18"/>'
    else:
        inside = _shaded("M1 1H23V23H1Z", kind, 1.0, id_)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="np-swatch" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">'
        f"<style>{_STYLE}</style><defs>{_patterns((kind,), id_)}</defs>{inside}</svg>"
    )


def _shaded(path: str, kind: str, strength: float, id_: str, title: str = "") -> str:
    opacity = 0.25 + 0.75 * min(max(strength, 0.0), 1.0)
    named = f"<title>{escape(title)}</title>" if title else ""
    return (
        f'<g opacity="{opacity:.2f}"><path class="np-fill np-{kind}" d="{path}"/>'
        f'<path d="{path}" fill="url(#{id_}-{kind})" class="np-edge np-edge-{kind}">{named}</path></g>'
    )


def _marks(dots: Sequence[Dot], drawing: LineDrawing) -> list[str]:
    vertices = figure_vertices(drawing.figure)
    eye = np.asarray(VIEWS[drawing.view][2], float)
    surface = load_surface()
    found = []
    for dot in dots:
        corners = vertices[list(dot.landmark.vertices)]
        facing = float(np.cross(corners[1] - corners[0], corners[2] - corners[0]) @ eye)
        foot = any(surface.patches[n].part == "foot" for n in _patches_at(dot.landmark))
        if facing <= 0 or (drawing.view == "sole") != (drawing.view == "sole" and foot):
            continue
        x, y = drawing.flat(dot.landmark.on(vertices)[None])[0]
        found.append(
            f'<path class="np-dot-halo" d="M{x - 7:.1f} {y:.1f}h14M{x:.1f} {y - 7:.1f}v14"/>'
            f'<path class="np-dot" d="M{x - 7:.1f} {y:.1f}h14M{x:.1f} {y - 7:.1f}v14"><title>{escape(dot.title)}</title></path>'
        )
    return found


def _patches_at(landmark: Landmark) -> list[int]:
    surface = load_surface()
    hit = np.isin(surface.triangles, landmark.vertices).all(1)
    return [int(n) for n in surface.patch_of[hit] if n >= 0]


def _box_of_cell(cell: int, drawing: LineDrawing) -> tuple[float, float, float, float]:
    surface = load_surface()
    flat = drawing.flat(figure_vertices(drawing.figure)[surface.triangles[surface.patch_of == cell].ravel()])
    low, high = flat.min(0), flat.max(0)
    return (float(low[0]), float(low[1]), float(high[0]), float(high[1]))


def _window(
    boxes: Sequence[tuple[float, float, float, float]], drawing: LineDrawing
) -> tuple[float, float, float, float]:
    """What is shown: everything that is shaded, with some of the body around it so that one sees where it is."""
    if not boxes:
        return (0.0, 0.0, drawing.width, drawing.height)
    low_x, low_y = min(box[0] for box in boxes), min(box[1] for box in boxes)
    high_x, high_y = max(box[2] for box in boxes), max(box[3] for box in boxes)
    width = min(max(high_x - low_x + 2 * _AROUND_MM, _LEAST_MM), max(drawing.width, _LEAST_MM))
    height = min(max(high_y - low_y + 2 * _AROUND_MM, _LEAST_MM), drawing.height)
    x = min(max((low_x + high_x - width) / 2, 0.0), max(drawing.width - width, 0.0))
    if drawing.width < width:
        x = (drawing.width - width) / 2
    y = min(max((low_y + high_y - height) / 2, 0.0), drawing.height - height)
    return (x, y, width, height)


def _labels(view: str, window: tuple[float, float, float, float]) -> str:
    """Left and right, from the patient's side, in the upper corners."""
    x, y, width, height = window
    size = max(12.0, min(width, height) / 17)
    above = y + size * 1.1
    if view in _SIDE_WORDS:
        first, second = _SIDE_WORDS[view]
        return _label(first, x + size * 0.4, above, size) + _label(second, x + width - size * 0.4, above, size, "end")
    return _label(view, x + size * 0.4, above, size)


def _label(side: str, x: float, y: float, size: float, anchor: str = "start") -> str:
    place = f'x="{x:.0f}" y="{y:.0f}" font-size="{size:.0f}" text-anchor="{anchor}"'
    return f'<text class="np-label" {place}>patient’s {side}</text>'


_PATTERNS: Mapping[str, tuple[int, str]] = {
    "pain": (5, "M0 5L5 0M-1 1L1 -1M4 6L6 4"),
    "main": (7, "M0 7L7 0M-1 1L1 -1M6 8L8 6"),
    "spill": (9, "M2 2h1.6v1.6h-1.6z"),
    "stop": (4, "M0 0h4v4h-4z"),
    "weigh": (8, "M0 8L8 0M-1 1L1 -1M7 9L9 7"),
    "adapt": (8, "M0 4h8"),
    "clear": (200, ""),
    "muscle": (200, ""),
    "deep": (8, "M0 0L8 8M-1 7L1 9M7 -1L9 1"),
}


def _patterns(kinds: Iterable[str], id_: str) -> str:
    return "".join(
        f'<pattern id="{id_}-{kind}" width="{_PATTERNS[kind][0]}" height="{_PATTERNS[kind][0]}" patternUnits="userSpaceOnUse">'
        f'<path class="np-line np-line-{kind}" d="{_PATTERNS[kind][1]}"/></pattern>'
        for kind in kinds
        if kind in _PATTERNS
    )


_LIGHT = {
    "pain": "#a3171d", "main": "#a3171d", "spill": "#a3171d", "stop": "#a3171d", "weigh": "#7f4a00", "adapt": "#1d4f8c",
    "clear": "#1a6540", "muscle": "#17507f", "deep": "#17507f",
}  # fmt: skip
_DARK = {
    "pain": "#ff9d97", "main": "#ff9d97", "spill": "#ff9d97", "stop": "#ff9d97", "weigh": "#f3bb6c", "adapt": "#9ac3f6",
    "clear": "#86d6a6", "muscle": "#93c4f2", "deep": "#93c4f2",
}  # fmt: skip
_FILL = {
    "pain": 0.38, "main": 0.34, "spill": 0.12, "stop": 0.5, "weigh": 0.16, "adapt": 0.14, "clear": 0.12, "muscle": 0.42, "deep": 0.16,
}  # fmt: skip


def _style() -> str:
    plain = (
        ".np-skin{fill:#f3ede6;stroke:#5b534c;stroke-width:3;fill-rule:evenodd;stroke-linejoin:round}"
        ".np-contour{fill:none;stroke:#5b534c;stroke-width:2.2;stroke-linecap:round}"
        ".np-crease{fill:none;stroke:#8d837a;stroke-width:1.8;stroke-linecap:round}"
        ".np-edge{stroke-width:1.6;stroke-linejoin:round}.np-line{fill:none;stroke-width:1.5}"
        ".np-label{font-family:system-ui,'Liberation Sans',Arial,sans-serif;fill:#4b5763}"
        ".np-dot-halo{stroke:#fff;stroke-width:6;stroke-linecap:round}.np-dot{stroke:#17202a;stroke-width:3;stroke-linecap:round}"
        ".np-line-spill,.np-line-stop{fill:#a3171d;stroke:none}.np-edge-deep{stroke-dasharray:6 4}.np-edge-spill{stroke-dasharray:2 4}"
    )
    colours = "".join(
        f".np-{kind}{{fill:{colour};fill-opacity:{_FILL[kind]}}}.np-edge-{kind},.np-line-{kind}{{stroke:{colour}}}"
        for kind, colour in _LIGHT.items()
    )
    dark = "".join(
        f".np-{kind}{{fill:{colour}}}.np-edge-{kind},.np-line-{kind}{{stroke:{colour}}}"
        for kind, colour in _DARK.items()
    )
    dark += (
        ".np-skin{fill:#2a3440;stroke:#aab5bf}.np-contour{stroke:#aab5bf}.np-crease{stroke:#7c8994}.np-label{fill:#b0bbc5}"
        ".np-dot-halo{stroke:#0f1419}.np-dot{stroke:#edf1f4}.np-line-spill,.np-line-stop{fill:#ff9d97}"
    )
    return f"{plain}{colours}@media screen and (prefers-color-scheme:dark){{{dark}}}"


_STYLE = _style()
