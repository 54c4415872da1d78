"""What the body chart of a person shows: the pain then and now, or where needles went."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import orjson
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from needlepoint.body.painting import Painting, PaintingError, painting_document, read_painting
from needlepoint.clinic.asking import known
from needlepoint.clinic.pages.people import saying
from needlepoint.clinic.pages.people.course_of_care import Drawing, Needled
from needlepoint.clinic.records.models import Person
from needlepoint.library.body_files import load_surface


def read_drawing(painting: Any) -> Painting | None:
    """The drawing that somebody's device wrote; ``None`` when it is none of this body, or cannot be read at all."""
    try:
        return read_painting(painting, load_surface().vertices)
    except PaintingError:
        return None


def pain_layers(drawings: Sequence[Drawing]) -> str:
    """The drawings that can be read, oldest first, as one layer that can be wound through time. Empty without any."""
    read = [(one, painting) for one in drawings if (painting := read_drawing(one.painting)) is not None]
    if not read:
        return ""
    # Written anew: of what a device sent along nothing else is on the page.
    paintings = [
        {"label": saying.short_day(one.visit.on), "painting": painting_document(painting)} for one, painting in read
    ]
    return _text([{"type": "timeline", "title": _("Pain"), "compare": len(paintings) > 1, "paintings": paintings}])


def unread_drawings(drawings: Sequence[Drawing]) -> str:
    """Which drawings cannot be read, in words. Empty: all can."""
    days = [saying.short_day(one.visit.on) for one in drawings if read_drawing(one.painting) is None]
    if not days:
        return ""
    return ngettext(
        "The drawing of %(days)s cannot be read.", "The drawings of %(days)s cannot be read.", len(days)
    ) % {"days": ", ".join(days)}


def needle_layers(needled: Sequence[Needled]) -> str:
    """The muscles that were needled; the one with most needles is the darkest. Empty without any."""
    sided = [one for one in needled if one.side in ("left", "right") and one.muscle in known().treat.atlas.muscles]
    if not sided:
        return ""
    most = max(one.needles for one in sided)
    muscles = [{"muscle": one.muscle, "side": one.side, "probability": round(one.needles / most, 3)} for one in sided]
    return _text(
        [{"type": "muscles", "title": _("Needled; the muscle with most needles is 100 %"), "muscles": muscles}]
    )


def person_on_chart(person: Person, age: int) -> str:
    """The body that the chart shows."""
    told: dict[str, Any] = {"age": age}
    if person.sex in ("female", "male"):
        told["sex"] = person.sex
    return _text(told)


@lru_cache(1)
def names_on_chart() -> str:
    """The names of the muscles, as the knowledge has them."""
    muscles = known().treat.atlas.muscles
    return _text({"muscles": {id_: {"title": one.title} for id_, one in muscles.items()}})


def muscle(id_: str) -> str:
    """The name of a muscle; what is not known here is told as it was written."""
    return saying.title(known().treat.atlas.muscles, id_)


def _text(value: Any) -> str:
    return orjson.dumps(value).decode()
