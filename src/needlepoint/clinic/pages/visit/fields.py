"""The fields of a visit as a page shows them: title, value in words, who wrote it, and which entries a writer has seen."""

import json
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from needlepoint.clinic.asking import known
from needlepoint.clinic.pages.people.saying import clock, place, title
from needlepoint.exchange.locating import symptom_asked
from needlepoint.journey import Value, Written
from needlepoint.journey.case import PLACES
from needlepoint.screen.questions import LIST_QUESTIONS

LIST_TITLES = {
    "conditions": later("Illnesses"),
    "medicines": later("Medicines"),
    "allergies": later("Allergies"),
    "implants": later("What is in the body"),
}
FINDING_TITLES = {
    "taut_band": later("Taut band"),
    "tenderness": later("Tender"),
    "recognised_pain": later("Brings the known pain"),
    "twitch": later("Twitches"),
}
PERSON_TITLES = {
    "height_cm": (later("Height"), "cm"),
    "weight_kg": (later("Weight"), "kg"),
    "bmi": (later("Body-mass index"), ""),
    "build": (later("Build"), ""),
    "gestation_weeks": (later("Weeks of pregnancy"), later("weeks")),
}
_WHOLE_TITLES = {
    "complaint": later("Complaint"),
    "painting": later("The drawing of the pain"),
    "pain": later("Places of pain"),
}
PATIENT = "the patient"


@dataclass(frozen=True, slots=True)
class Shown:
    """A field as it stands. ``kind``: yes-no, list, number, text, object or painting; ``value`` fits it, ready for a control.

    ``heads``: the values of a conflict, for the script; ``by``: who wrote it, in words; ``told``: whether the patient did.
    """

    field: str
    kind: str
    title: str
    value: Any
    words: str
    seen: str
    heads: str
    by: str
    told: bool

    @property
    def key(self) -> str:
        """The field's name as an id of an element."""
        return self.field.replace(".", "-").replace("/", "-")


def shown(written: Written, name: str, title: str = "") -> Shown:
    """This field, as it stands."""
    standing = written.fields.get(name, ())
    latest = standing[0] if standing else None
    value = written.value(name)
    kind = kind_of(name)
    return Shown(
        field=name,
        kind=kind,
        title=title or title_of(name),
        value=_for_control(kind, value, asked=bool(standing) and len(standing) == 1),
        words=words_of(name, value) if standing else "",
        seen=" ".join(written.entries(name)),
        heads=_heads(standing) if len(standing) > 1 else "",
        by=_("%(who)s, %(at)s") % {"who": latest.by, "at": clock(latest.at)} if latest else "",
        told=latest is not None and latest.by == PATIENT,
    )


def kind_of(name: str) -> str:
    """What is written into this field."""
    group, _dot, key = name.partition(".")
    if name in LIST_QUESTIONS:
        return "list"
    if group in PLACES:
        return "object"
    if group == "answers":
        return "yes-no"
    if group == "measurements" or (group == "person" and key not in ("build", "sex")):
        return "number"
    return "painting" if name in ("painting", "pain") else "text"


def title_of(name: str) -> str:
    """What a person calls this field."""
    group, _dot, key = name.partition(".")
    if name in LIST_TITLES:
        return str(LIST_TITLES[name])
    if name in _WHOLE_TITLES:
        return str(_WHOLE_TITLES[name])
    if group == "person" and key in PERSON_TITLES:
        return str(PERSON_TITLES[key][0])
    if group == "answers":
        return question_of(key)
    if group == "measurements":
        found = next((one for one in known().screen.measurements.values() if one.key == key), None)
        return found.title if found else key.replace("_", " ")
    if group in PLACES:
        muscle, _slash, side = key.partition("/")
        where = place(muscle_title(muscle), side)
        words = _("Found at %(place)s") if group == "examination" else _("A needle at %(place)s")
        return words % {"place": where}
    return key.replace("-", " ").replace("_", " ")


def muscle_title(muscle: str) -> str:
    """The name of a muscle by its id."""
    return title(known().screen.atlas.muscles, muscle)


def question_of(key: str) -> str:
    """The question that this answer answers."""
    k = known()
    id_ = key.strip().lower().replace("_", "-").replace(" ", "-")
    fact = k.screen.facts.get(id_)
    if fact is not None:
        return fact.question or fact.title
    symptom = symptom_asked(key, k.locator.knowledge)
    if symptom is not None:
        found = k.locator.knowledge.symptoms[symptom]
        return getattr(found, "question", None) or found.title
    return key.replace("-", " ").replace("_", " ")


def words_of(name: str, value: Any) -> str:
    """A value as a person says it."""
    if value is None:
        return _("not known")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(entry_text(one) for one in value) or _("none")
    if isinstance(value, dict):
        if kind_of(name) == "painting":
            return _("a drawing")
        said = [
            f"{FINDING_TITLES.get(key, key.replace('_', ' '))}: {words_of('', one)}"
            for key, one in value.items()
            if one is not None
        ]
        return "; ".join(said) or _("chosen")
    return number_words(value) if isinstance(value, int | float) else str(value)


def number_words(value: float) -> str:
    """A number as it is written, however large."""
    try:
        return f"{value:.6g}"
    except OverflowError:
        return _("a very large number")


def entry_text(entry: Any) -> str:
    """One line of a list as words."""
    if not isinstance(entry, dict):
        return str(entry)
    more = [str(entry[key]) for key in ("side", "place") if entry.get(key)]
    return " ".join([str(entry.get("text", "")), *more]).strip()


def answer_word(value: Any, *, asked: bool) -> str:
    """Which of yes, no and unknown is chosen; empty: nobody was asked."""
    if value is True:
        return "yes"
    if value is False:
        return "no"
    return "unknown" if asked else ""


def _for_control(kind: str, value: Any, *, asked: bool) -> Any:
    if kind == "yes-no":
        return answer_word(value, asked=asked)
    if kind == "list":
        return "\n".join(entry_text(one) for one in value) if isinstance(value, list) else ""
    if kind == "object":
        return value if isinstance(value, dict) else {}
    if kind == "number" and isinstance(value, int | float) and not isinstance(value, bool):
        return number_words(value)
    if kind == "painting":
        return json.dumps(value) if isinstance(value, dict) else ""
    return "" if value is None else str(value)


def _heads(standing: tuple[Value, ...]) -> str:
    return json.dumps(
        [
            {"id": id_, "value": one.value, "by": one.by, "at": one.at.isoformat()}
            for one in standing
            for id_ in one.entries
        ]
    )
