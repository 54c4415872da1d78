"""What the body chart of a person shows: the pain then and now, or where needles went."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import orjson
from django.utils.translation import gettext as _

from needlepoint.clinic.asking import known
from needlepoint.clinic.pages.people import saying
from needlepoint.clinic.pages.people.course_of_care import Drawing, Needled
from needlepoint.clinic.records.models import Person


def pain_layers(drawings: Sequence[Drawing]) -> str:
    """The drawings, oldest first, as one layer that can be wound through time. Empty without any."""
    if not drawings:
        return ""
    paintings = [{"label": saying.short_day(one.visit.on), "painting": one.painting} for one in drawings]
    return _text([{"type": "timeline", "title": _("Pain"), "compare": len(paintings) > 1, "paintings": paintings}])


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
    found = known().treat.atlas.muscles.get(id_)
    return found.title if found else id_.replace("-", " ")


def _text(value: Any) -> str:
    return orjson.dumps(value).decode()
