"""Which fields a patient writes, and what may stand in them."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from needlepoint.clinic.access.rights import Right, field_needs
from needlepoint.clinic.asking import known
from needlepoint.clinic.pages.people.on_the_body import read_drawing
from needlepoint.clinic.records.keeping import WROTE
from needlepoint.screen import Asked

#: What a person may tell as they like; the words are heard by the core.
MOST_LINES = 60
MOST_LETTERS = 4000
#: The body offers fewer qualities of pain than this, each one layer.
MOST_LAYERS = 30
MOST_OF_QUALITY = 40
NOT_SURE = "unknown"
_SIZES = {"person.height_cm": (40, 250), "person.weight_kg": (2, 400)}


@lru_cache(1)
def told_by_patient() -> frozenset[str]:
    """The facts that a patient answers: those with a question in plain words, but for what only a clinician can tell."""
    asked = (one.id for one in known().screen.facts.values() if one.question)
    return frozenset(one for one in asked if field_needs(f"answers.{one}") is Right.WRITE)


def why_refused(kind: Any, body: Any) -> str | None:
    """Why may a patient not write this? ``None``: they may."""
    if kind != WROTE:
        return _("kind: only the clinic records what was done")
    if not isinstance(body, Mapping):
        return _("body: an object")
    name, value = body.get("field"), body.get("value")
    if not isinstance(name, str):
        return _("body.field: the name of a field")
    group, _dot, key = name.partition(".")
    if group == "answers" and key in told_by_patient():
        good = value is None or isinstance(value, bool) or value == NOT_SURE
    elif name in {one.value for one in Asked}:
        good = value is None or _is_lines(value)
    elif name == "complaint":
        good = value is None or (isinstance(value, str) and len(value) <= MOST_LETTERS)
    elif name == "painting":
        good = value is None or _is_painting(value)
    elif name == "pain":
        good = value is None or _is_pain(value)
    elif name in _SIZES:
        good = value is None or _is_number(value, *_SIZES[name])
    else:
        return _("body.field: only your clinic writes this")
    return None if good else _("body.value: this cannot stand in this field")


def _is_lines(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) <= MOST_LINES
        and all(isinstance(one, str) and len(one.strip()) > 0 and len(one) <= 300 for one in value)
    )


def _is_number(value: Any, low: float, high: float) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high


def _is_painting(value: Any) -> bool:
    """Only what the body writes, and such that it can be drawn again: whatever else stood in it, pages of the clinic would have to carry."""
    if not isinstance(value, Mapping) or not value.keys() <= {"needlepoint", "topology", "layers"}:
        return False
    layers = value.get("layers")
    return (
        isinstance(layers, list)
        and len(layers) <= MOST_LAYERS
        and all(isinstance(one, Mapping) and one.keys() == {"quality", "values"} for one in layers)
        and all(isinstance(one["quality"], str) and len(one["quality"]) <= MOST_OF_QUALITY for one in layers)
        and type(version := value.get("needlepoint", 1)) is int
        and version == 1
        and read_drawing(value) is not None
    )


def _is_pain(value: Any) -> bool:
    return isinstance(value, list) and len(value) <= 30 and all(_is_place(one) for one in value)


def _is_place(one: Any) -> bool:
    if not isinstance(one, Mapping) or not one.keys() <= {"region", "side", "intensity", "quality"}:
        return False
    region, strength, quality = one.get("region"), one.get("intensity"), one.get("quality", [])
    return (
        isinstance(region, str)
        and 0 < len(region.strip()) <= 100
        and one.get("side") in (None, "left", "right", "both", "midline")
        and (strength is None or _is_number(strength, 0, 10))
        and isinstance(quality, list)
        and all(isinstance(word, str) and len(word) <= MOST_OF_QUALITY for word in quality)
    )
