"""From the fields of a visit to a case, the shape in which every step can be asked."""

from collections.abc import Mapping
from typing import Any

from needlepoint.journey.written import Written

#: Fields that are a key of a case by themselves.
WHOLE = frozenset(
    {
        "complaint",
        "conditions",
        "medicines",
        "allergies",
        "implants",
        "painting",
        "pain",
        "earlier",
        "calendar",
        "stock",
    }
)
#: Fields ``group.key`` that become one object.
GROUPS = frozenset({"person", "answers", "measurements"})
#: Fields ``group.muscle/side`` that become a list of places.
PLACES = frozenset({"examination", "proposed"})
#: Fields that belong to the note and to no step.
NOTE = "note"


def is_field(name: str) -> bool:
    """Is this a field that a visit has? Any other would be kept and never be looked at: it is refused."""
    group, _, key = name.partition(".")
    if not key:
        return name in WHOLE
    if group in PLACES:
        muscle, _, side = key.partition("/")
        return bool(muscle) and side in ("left", "right", "midline")
    return group in GROUPS or group == NOTE


def case_of(written: Written, person: Mapping[str, Any]) -> dict[str, Any]:
    """The case that these fields tell; what is in conflict is left out, which is *not known*.

    ``person`` is what the record knows, such as the birth date.
    """
    case: dict[str, Any] = {"needlepoint": 1, "person": dict(person)}
    for name, value in written.known.items():
        group, _, key = name.partition(".")
        if name in WHOLE:
            case[name] = value
        elif group in GROUPS:
            case.setdefault(group, {})[key] = value
        elif group in PLACES:
            muscle, _, side = key.partition("/")
            found = value if isinstance(value, dict) else {}
            case.setdefault(group, []).append({**found, "muscle": muscle, "side": side})
    return case
