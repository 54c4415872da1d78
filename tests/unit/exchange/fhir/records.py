"""The cast of the FHIR tests: one patient, Mara, and ways to write down what is recorded of her. Nothing of it is medicine."""

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from needlepoint.exchange.fhir import read_bundle
from needlepoint.exchange.told import Told
from needlepoint.screen import Answers, Entry, FactKind, Listener, Measurement, ScreenKnowledge
from needlepoint.screen.facts import Asked
from needlepoint.terms.code import CodeRange
from tests.small_knowledge import FACTS, SOURCE, fact, small_knowledge

ON = date(2026, 3, 2)
SCT, RX, LOINC, UCUM = (
    "http://snomed.info/sct",
    "http://www.nlm.nih.gov/research/umls/rxnorm",
    "http://loinc.org",
    "http://unitsofmeasure.org",
)
Fields = dict[str, Any]

MORE_FACTS = (
    fact("female", kind=FactKind.ANSWER, names=()),
    fact("heart-attack", names=("heart attack",), past_counts=True),
    fact(
        "latex-allergy",
        kind=FactKind.ALLERGY,
        names=("latex", "latex allergy"),
        settled_by=frozenset({Asked.ALLERGIES}),
    ),
    fact(
        "pacemaker",
        kind=FactKind.IMPLANT,
        names=("pacemaker",),
        past_counts=True,
        settled_by=frozenset({Asked.IMPLANTS}),
    ),
    fact("clotting-medicine", kind=FactKind.MEDICINE, names=("heparin",), codes=(CodeRange.parse("rxnorm", "11289"),)),
    fact("unwell-today", kind=FactKind.ANSWER, names=()),
    fact("mumps", names=("mumps",), lasts_weeks=4.0),
)


def measurement(id_: str, unit: str, loinc: str, plausible: tuple[float, float], **given: Any) -> Measurement:
    """A measurement with ordinary values, save for those given."""
    blank = Measurement(
        id_, id_.capitalize(), unit, id_.replace("-", "_"), plausible, (loinc,), (), None, None, (SOURCE,)
    )
    return replace(blank, **given)


@cache
def knowledge() -> ScreenKnowledge:
    """The small knowledge with what records speak of."""
    small = small_knowledge((), (*FACTS, *MORE_FACTS))
    more = (
        measurement("weight-kg", "kg", "29463-7", (2, 400), other_units=(("[lb_av]", 0.45359237),), valid_days=365),
        measurement("height-cm", "cm", "8302-2", (30, 250), other_units=(("[in_i]", 2.54),)),
        measurement("bmi", "kg/m2", "39156-5", (8, 90), valid_days=365),
        measurement("systolic-mmhg", "mm[Hg]", "8480-6", (40, 300), valid_days=30),
        measurement("diastolic-mmhg", "mm[Hg]", "8462-4", (20, 200), valid_days=30),
        measurement("platelets", "10*9/L", "777-3", (1, 2000), other_units=(("10*3/uL", 1.0),), valid_days=90),
        measurement("gestation-weeks", "wk", "18185-9", (1, 44), valid_days=14),
    )
    return replace(small, measurements={**small.measurements, **{one.id: one for one in more}})


@cache
def listener() -> Listener:
    """One listener for all tests."""
    return Listener(knowledge())


def mara(**fields: Any) -> Fields:
    """Mara, forty years old."""
    return {"resourceType": "Patient", "id": "mara", "gender": "female", "birthDate": "1985-06-01", **fields}


def of_mara(kind: str, **fields: Any) -> Fields:
    """Something that is recorded of Mara."""
    about = "patient" if kind in ("AllergyIntolerance", "Device") else "subject"
    return {"resourceType": kind, "id": f"{kind.lower()}-1", about: {"reference": "Patient/mara"}, **fields}


def coded(text: str | None = None, *codings: tuple[str, str] | tuple[str, str, str]) -> Fields:
    """A coded thing."""
    concept: Fields = {"coding": [dict(zip(("system", "code", "display"), one, strict=False)) for one in codings]}
    return {**concept, "text": text} if text is not None else concept


def status(code: str) -> Fields:
    """A status as FHIR codes it."""
    return {"coding": [{"code": code}]}


def condition(text: str = "haemophilia", **fields: Any) -> Fields:
    """A condition of Mara."""
    return of_mara("Condition", **{"code": coded(text), **fields})


def request(text: str = "warfarin", **fields: Any) -> Fields:
    """A medicine that was ordered for Mara."""
    given = {"status": "active", "intent": "order", "authoredOn": "2026-01-10", **fields}
    return of_mara("MedicationRequest", **{"medicationCodeableConcept": coded(text), **given})


def observation(loinc: str, value: float, unit: str | None, day: str | None = "2026-03-01", **fields: Any) -> Fields:
    """Something that was measured on Mara."""
    quantity = {"value": value, **({"unit": unit, "code": unit, "system": UCUM} if unit else {})}
    given: Fields = {"status": "final", "code": coded(None, (LOINC, loinc)), "valueQuantity": quantity}
    return of_mara("Observation", **{**given, **({"effectiveDateTime": day} if day else {}), **fields})


def bundle(*resources: Fields, kind: str = "collection", **fields: Any) -> Fields:
    """A Bundle of these resources."""
    return {"resourceType": "Bundle", "type": kind, "entry": [{"resource": one} for one in resources], **fields}


def told(*resources: Fields, on: date = ON) -> Told:
    """What a Bundle of Mara and these resources tells."""
    return read_bundle(bundle(mara(), *resources), label="record", on=on, knowledge=knowledge())


def entry(*resources: Fields, on: date = ON) -> Entry:
    """The one entry that these resources come to."""
    (one,) = told(*resources, on=on).entries
    return one


def answers(*resources: Fields, on: date = ON) -> Answers:
    """What is known of Mara from these resources."""
    return told(*resources, on=on).answers(listener(), on=on)
