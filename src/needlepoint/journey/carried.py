"""What was told at the last visit and may stand at the next one as a starting point: never as a fact, until somebody says that it is still so.

Which answers may be carried over is our choice; no source that we know of says how long an answer to a health question keeps. We carry what
rarely changes from one visit to the next: the lists of illnesses, medicines, allergies and implants, lasting health answers, what harm a
needle did before, stature and build, and what the care is about. We never carry what belongs to the day or to the place that is needled:
how a person feels, signs of danger, pregnancy, consent, the last dose, sport and travel, skin and injuries, measurements, drawing, examination.
"""

from collections.abc import Mapping
from typing import Any

from needlepoint.journey.written import Written
from needlepoint.screen.facts import Asked, FactDefinition, FactKind

#: Whole fields that may be carried.
LASTING_FIELDS = frozenset({*Asked, "complaint", "person.height_cm", "person.weight_kg", "person.build"})
#: Answers to questions of their own are of the day, but for these.
LASTING_ANSWERS = frozenset(
    {
        "bleeds-long-after-cuts",
        "bleeds-or-bruises-easily",
        "bruises-easily",
        "ever-operated",
        "fainted-with-needles",
        "female",
        "haematoma-after-needling",
        "heavy-build",
        "infection-after-needling",
        "male",
        "needle-fear",
        "nerve-injury-after-needling",
        "pneumothorax-after-needling",
        "previous-reaction-to-needling",
        "slim-build",
    }
)
#: Answers about health are lasting, but for these: they can be new within days, ask about the last weeks, or about the place that is needled.
OF_THE_DAY = frozenset(
    {
        "acute-nerve-root-weakness",
        "antibiotic",
        "botulinum-toxin-medicine",
        "chemotherapy",
        "cognitive-impairment",
        "high-risk-pregnancy",
        "pregnant",
        "scar",
        "systemic-corticosteroid",
        "tumour-at-site",
    }
)


def may_be_carried(field: str, facts: Mapping[str, FactDefinition]) -> bool:
    """May the value of this field stand at the next visit as a starting point? What we do not know is not carried."""
    if field in LASTING_FIELDS:
        return True
    group, _, key = field.partition(".")
    if group != "answers":
        return False
    id_ = key.strip().lower().replace("_", "-").replace(" ", "-")
    fact = facts.get(id_)
    if fact is None or id_ in OF_THE_DAY:
        return False
    if fact.kind is FactKind.ANSWER:
        return id_ in LASTING_ANSWERS
    return fact.within_weeks is None and fact.lasts_weeks is None


def carried(before: Written, now: Written, facts: Mapping[str, FactDefinition]) -> Mapping[str, Any]:
    """What may be asked as *still so?*: the fields of the visit before that may be carried, and that nobody has written today.

    A field that was written today and taken back was asked today: it is not offered again.
    """
    return {
        name: value
        for name, value in before.known.items()
        if may_be_carried(name, facts) and name not in now.fields and value not in ("", None)
    }
