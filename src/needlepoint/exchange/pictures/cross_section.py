"""A sketch to scale of what the needle passes: skin, fat, muscle, what lies beneath, the needle at its stop depth and at its hub.

It is drawn from the depth knowledge and never shows this person's anatomy. All lengths are in mm; the drawing is life size, or half of it.
"""

from dataclasses import dataclass
from html import escape
from math import cos, radians, sin

from needlepoint.plan import NeedlePlan, SitePlan
from needlepoint.plan.numbers import Numbers
from needlepoint.plan.reach import pressed_mm, steepest_deg

#: Above this height in mm a sketch is drawn half size.
_TALLEST = 74.0
_HANDLE_MM = 9.0
_LABELS_MM = 50.0
_LINE_MM = 4.2


@dataclass(frozen=True, slots=True)
class CrossSection:
    """The SVG, what it shows in words, and its scale: 1 is life size."""

    svg: str
    words: str
    scale: float


@dataclass(frozen=True, slots=True)
class _Label:
    y: float
    text: str
    strong: bool = False


def cross_section(site: SitePlan, numbers: Numbers, title: str, id_: str) -> CrossSection | None:
    """The sketch of one plan; ``None`` when no needle is planned."""
    needle = site.needle
    if needle is None:
        return None
    angle = 90.0 if needle.way.lifted else steepest_deg(needle.way, numbers)
    drawing = _Drawing(site, needle, angle, pressed_mm(needle.way, numbers))
    return drawing.made(title, id_)


#: What each part looks like on paper; a screen takes colours from the style sheet, which knows light and dark.
_LOOKS = {
    "muscle": 'fill="#17202a" fill-opacity="0.1"',
    "skin": 'fill="none" stroke="#17202a" stroke-width="0.7"',
    "fold": 'fill="none" stroke="#17202a" stroke-width="0.7"',
    "edge": 'fill="none" stroke="#a3171d" stroke-width="0.5"',
    "hatch": 'fill="none" stroke="#a3171d" stroke-width="0.5"',
    "stop": 'fill="none" stroke="#17202a" stroke-width="0.6" stroke-dasharray="2 1"',
    "needle": 'fill="none" stroke="#17202a" stroke-width="0.7"',
    "handle": 'fill="none" stroke="#17202a" stroke-width="2"',
    "full": 'fill="none" stroke="#17202a" stroke-width="0.45" stroke-dasharray="0.6 0.9"',
    "tip": 'fill="#17202a"',
    "lead": 'fill="none" stroke="#7d8890" stroke-width="0.2"',
    "bar": 'fill="none" stroke="#17202a" stroke-width="0.4"',
    "label": 'fill="#17202a" font-family="Liberation Sans, Arial, sans-serif"',
    "small": 'fill="#17202a" font-family="Liberation Sans, Arial, sans-serif"',
}


class _Drawing:
    """Puts one sketch together. x runs to the right, y into the body; the skin lies at 0."""

    def __init__(self, site: SitePlan, needle: NeedlePlan, angle: float, press: float) -> None:
        self.site, self.needle, self.press = site, needle, press
        self.lifted = needle.way.lifted
        self.dx, self.dy = sin(radians(angle)), cos(radians(angle))
        chosen = needle.chosen
        self.inside = chosen.needle.length_mm - chosen.shaft_out_mm
        self.outside = chosen.shaft_out_mm + _HANDLE_MM
        self.fold = max(chosen.needle.length_mm, 16.0) if self.lifted else 0.0
        shown = [one.depth for one in site.hazards if one.in_path and one.depth is not None]
        self.depths = sorted(shown, key=lambda one: one.mm)[:3]
        ends = site.lies.ends if site.lies else 0.0
        lowest = max([chosen.to_hub_mm, needle.stop_depth_mm, ends, *(one.mm for one in self.depths)])
        self.bottom = min(lowest, 120.0) + 6
        left = self.outside * self.dx + 4
        right = max(chosen.needle.length_mm * self.dx + 4, 14.0)
        self.left, self.right = (-left, max(self.fold + 6, right)) if self.lifted else (-max(left, 14.0), right)
        self.top = -max(self.outside * self.dy + 4, 14.0 if self.lifted else 6.0)
        if self.lifted:
            self.bottom = max(ends, *(one.mm for one in self.depths), 14.0) + 6 if self.depths else max(ends, 14.0) + 6

    def made(self, title: str, id_: str) -> CrossSection:
        width, height = self.right - self.left + _LABELS_MM, self.bottom - self.top
        scale = 1.0 if height <= _TALLEST and width <= 130 else 0.5
        words = self._words(title)
        size = f'width="{width * scale:.1f}mm" height="{height * scale:.1f}mm"'
        box = f"{self.left:.1f} {self.top:.1f} {width:.1f} {height:.1f}"
        body = "".join(
            [*self._layers(id_), *self._hazards(id_), *self._needle(), *self._labels(scale), self._bar(scale)]
        )
        svg = (
            f'<svg class="np-section" role="img" aria-label="{escape(words)}" {size} viewBox="{box}">'
            f'<defs><pattern id="{id_}-hatch" width="2.4" height="2.4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
            f'<path d="M0 0V2.4" {_look("hatch")}/></pattern></defs>{body}</svg>'
        )
        return CrossSection(svg, words, scale)

    def _words(self, title: str) -> str:
        needle = self.needle
        lies = (
            f" The muscle lies from {self.site.lies.starts:g} to {self.site.lies.ends:g} mm." if self.site.lies else ""
        )
        into = "into the lifted fold" if self.lifted else "beneath the skin"
        return (
            f"Sketch to scale of {title}, not this person's anatomy. Stop at {needle.stop_depth_mm:g} mm {into}; "
            f"the tip comes {needle.chosen.reach_mm:.0f} mm deep, at the hub {needle.chosen.to_hub_mm:.0f} mm.{lies}"
        )

    def _layers(self, id_: str) -> list[str]:
        lies, wide = self.site.lies, self.right - self.left
        parts = []
        if lies:
            parts.append(_box("muscle", self.left, lies.starts, wide, lies.ends - lies.starts))
        if self.lifted:
            high = 10.0
            parts.append(
                f'<path {_look("fold")} d="M{self.left:.1f} 0H-2C0 0 -2 {-high:.1f} 6 {-high:.1f}H{self.fold - 6:.1f}'
                f'C{self.fold + 2:.1f} {-high:.1f} {self.fold:.1f} 0 {self.fold + 2:.1f} 0H{self.right:.1f}"/>'
            )
        else:
            dent = f"L-5 0Q-1 0 0 {self.press:.1f}Q1 0 5 0" if self.press else ""
            parts.append(f'<path {_look("skin")} d="M{self.left:.1f} 0{dent}L{self.right:.1f} 0"/>')
        return parts

    def _hazards(self, id_: str) -> list[str]:
        wide, parts = self.right - self.left, []
        for one in self.depths[:1]:
            parts.append(
                f'<rect class="np-section__danger" x="{self.left:.1f}" y="{one.mm:.1f}" width="{wide:.1f}" '
                f'height="{max(self.bottom - one.mm, 0.5):.1f}" fill="url(#{id_}-hatch)"/>'
            )
        parts += [f'<path {_look("edge")} d="M{self.left:.1f} {one.mm:.1f}h{wide:.1f}"/>' for one in self.depths]
        return parts

    def _needle(self) -> list[str]:
        chosen, parts = self.needle.chosen, []
        start = (0.0, -5.0) if self.lifted else (0.0, self.press)
        tip = self._along(start, self.inside)
        hub = self._along(start, chosen.needle.length_mm)
        out = self._along(start, -chosen.shaft_out_mm)
        handle = self._along(start, -self.outside)
        if not self.lifted:
            y = self.needle.stop_depth_mm
            parts.append(f'<path {_look("stop")} d="M{self.left:.1f} {y:.1f}H{self.right:.1f}"/>')
        parts.append(_line("full", tip, hub))
        parts.append(_line("needle", out, tip))
        parts.append(_line("handle", handle, out))
        parts.append(f'<circle {_look("tip")} cx="{tip[0]:.2f}" cy="{tip[1]:.2f}" r="0.8"/>')
        return parts

    def _along(self, start: tuple[float, float], mm: float) -> tuple[float, float]:
        return start[0] + self.dx * mm, start[1] + self.dy * mm

    def _labels(self, scale: float) -> list[str]:
        needle, lies = self.needle, self.site.lies
        labels = [_Label(0.0, "skin")]
        if self.lifted:
            labels.append(_Label(-6.0, f"stop {needle.stop_depth_mm:g} mm, in the fold", strong=True))
        else:
            labels.append(_Label(needle.stop_depth_mm, f"stop {needle.stop_depth_mm:g} mm", strong=True))
        if lies:
            labels.append(_Label((lies.starts + lies.ends) / 2, f"muscle {lies.starts:g}–{lies.ends:g} mm"))
        titles = {one.structure: one.title for one in self.site.hazards}
        for one in self.depths:
            labels.append(_Label(one.mm, f"{_short(titles[one.structure])} {f'{one.mm:.1f}'.removesuffix('.0')} mm"))
        return _placed(labels, self.right + 2, self.top + 3, _LINE_MM / scale, scale)

    def _bar(self, scale: float) -> str:
        x, y = self.left + 2, self.bottom - 2.5
        return (
            f'<path {_look("bar")} d="M{x:.1f} {y - 1:.1f}v1h10v-1"/>'
            f'<text {_look("small")} x="{x + 11.5:.1f}" y="{y + 0.4:.1f}" font-size="{2.6 / scale:.1f}">1 cm</text>'
        )


def _placed(labels: list[_Label], x: float, top: float, line: float, scale: float) -> list[str]:
    """Labels beside the drawing, in the order of their depth, pushed apart where they would overlap."""
    parts, last = [], top - line
    for one in sorted(labels, key=lambda label: label.y):
        y = max(one.y + 1.1 / scale, last + line)
        last = y
        strong = ' font-weight="700"' if one.strong else ""
        parts.append(f'<path {_look("lead")} d="M{x - 2:.1f} {one.y:.1f}L{x + 1:.1f} {y - 1 / scale:.1f}"/>')
        parts.append(
            f'<text {_look("label")}{strong} x="{x + 1.6:.1f}" y="{y:.1f}" font-size="{3.1 / scale:.1f}">{escape(one.text)}</text>'
        )
    return parts


def _look(kind: str) -> str:
    return f'class="np-section__{kind}" {_LOOKS[kind]}'


def _short(title: str) -> str:
    """What stands before "and", "of" or "at" in a long title."""
    if len(title) <= 16:
        return title
    words = title.split()
    ends = [
        n
        for n, word in enumerate(words)
        if n and word in ("and", "of", "at", "behind", "along", "under", "beside", "to", "on")
    ]
    return " ".join(words[: ends[0]]) if ends else " ".join(words[:3])


def _box(kind: str, x: float, y: float, width: float, height: float) -> str:
    return f'<rect {_look(kind)} x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"/>'


def _line(kind: str, start: tuple[float, float], end: tuple[float, float]) -> str:
    return f'<path {_look(kind)} d="M{start[0]:.2f} {start[1]:.2f}L{end[0]:.2f} {end[1]:.2f}"/>'
