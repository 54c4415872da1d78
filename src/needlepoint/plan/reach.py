"""The geometry of a needle: how deep its tip can come, and which needle of a stock cannot come too deep.

depth = (length - shaft that stays out) · cos(angle) + what pressing the skin adds, all in mm; the angle counts as steeper than stated by
the tolerance of a hand. In a lifted fold the depth is counted along the needle, into the fold.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians

from needlepoint.plan.approach import Way
from needlepoint.plan.numbers import Numbers

PRESSING = frozenset({"flat", "bracket"})
HELD_BACK = frozenset({"superficial", "threaded"})


@dataclass(frozen=True, slots=True, order=True)
class StockNeedle:
    """One needle of the stock: length and diameter in mm."""

    length_mm: float
    diameter_mm: float


@dataclass(frozen=True, slots=True)
class Chosen:
    """A needle as it would be used: the shaft that stays out, how deep the tip can then come, and how deep it would come at its hub."""

    needle: StockNeedle
    shaft_out_mm: float
    reach_mm: float
    to_hub_mm: float


def depth_of(shaft_in_mm: float, way: Way, numbers: Numbers) -> float:
    """How deep does a tip come with so much of the shaft inside?"""
    if way.lifted:
        return shaft_in_mm
    return shaft_in_mm * cos(radians(steepest_deg(way, numbers))) + pressed_mm(way, numbers)


def steepest_deg(way: Way, numbers: Numbers) -> float:
    """How steep may the needle come to stand when a hand slips? In degrees from straight in."""
    return max(way.angle_deg - numbers["angle-tolerance"], 0.0)


def pressed_mm(way: Way, numbers: Numbers) -> float:
    """How far does the hand press the skin in?"""
    return numbers["press"] if way.grip in PRESSING else 0.0


def shaft_out(length_mm: float, numbers: Numbers) -> float:
    """How much of a needle of this length must stay out?"""
    return max(numbers["shaft-out"], numbers["shaft-out-share"] * length_mm)


def used(needle: StockNeedle, way: Way, stop_mm: float, numbers: Numbers) -> Chosen | None:
    """How is this needle used so that it cannot pass the stop depth? ``None``: it is too long for that.

    A shallow or threaded needle may be left out farther on purpose; a deep one has to be short enough by itself.
    """
    out = shaft_out(needle.length_mm, numbers)
    if depth_of(needle.length_mm - out, way, numbers) > stop_mm and way.technique in HELD_BACK:
        per_mm = depth_of(1.0, way, numbers) - depth_of(0.0, way, numbers)
        inside = (stop_mm - depth_of(0.0, way, numbers)) / per_mm if per_mm > 1e-9 else 0.0
        out = max(out, needle.length_mm - max(inside, 0.0))
        if out > numbers["held-back-share"] * needle.length_mm:
            return None
        # Whole half millimetres stay out, so that the plan can be followed by eye.
        out = min(-(-out * 2 // 1) / 2, needle.length_mm)
    return _if_not_deeper(needle, out, way, stop_mm, numbers)


def _if_not_deeper(needle: StockNeedle, out: float, way: Way, stop_mm: float, numbers: Numbers) -> Chosen | None:
    inside = needle.length_mm - out
    reach = depth_of(inside, way, numbers)
    if inside <= 0 or reach > stop_mm:
        return None
    return Chosen(needle, out, reach, depth_of(needle.length_mm, way, numbers))


def choose(
    stock: Iterable[StockNeedle], way: Way, stop_mm: float, wanted_mm: float | None, numbers: Numbers
) -> Chosen | None:
    """Which needle of the stock is right for this way and stop depth? ``None``: none fits.

    The shortest that comes as deep as wanted; else the one that comes deepest. Of one length, the thickness nearest to the way's that is
    not above it, else the thinnest.
    """
    fitting = [one for needle in stock if (one := used(needle, way, stop_mm, numbers)) is not None]
    if not fitting:
        return None
    deep_enough = [one for one in fitting if wanted_mm is not None and one.reach_mm >= wanted_mm]
    if deep_enough:
        length = min(one.needle.length_mm for one in deep_enough)
    else:
        deepest = max(one.reach_mm for one in fitting)
        length = min(one.needle.length_mm for one in fitting if one.reach_mm == deepest)
    same = [one for one in fitting if one.needle.length_mm == length]
    thin = [one for one in same if one.needle.diameter_mm <= way.diameter_mm]
    if thin:
        return max(thin, key=lambda one: one.needle.diameter_mm)
    return min(same, key=lambda one: one.needle.diameter_mm)
