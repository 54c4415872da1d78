"""Observations whose LOINC code belongs to a measurement that we know, and the pregnancy status."""

import math
from collections.abc import Iterator, Mapping
from datetime import date

from needlepoint.exchange.fhir.page import Page
from needlepoint.exchange.fhir.said import Aside, Measured, Replied, Said, Trouble, Why
from needlepoint.exchange.fhir.wanted import PREGNANCY_STATUS, Wanted
from needlepoint.terms import Truth

VALID = frozenset({"final", "amended", "corrected", "preliminary"})
STATUS = VALID | {"registered", "cancelled", "entered-in-error", "unknown"}
LOINC = ("http://loinc.org", "urn:oid:2.16.840.1.113883.6.1")
#: Answers to *pregnancy status*, from LOINC's answer list and from SNOMED CT.
_PREGNANT: Mapping[str, Truth] = {
    "LA15173-0": True,
    "77386006": True,
    "LA26683-5": False,
    "60001007": False,
    "LA4489-6": None,
    "102874004": None,
}
#: Units as people write them, and as UCUM does. A unit is only exchanged for one that the measurement knows.
_PER_NL = ("10*9/L", "10e9/L", "10*3/uL")
_UNITS: Mapping[str, tuple[str, ...]] = {
    "mmhg": ("mm[Hg]",), "mm hg": ("mm[Hg]",),
    "°c": ("Cel",), "degc": ("Cel",), "c": ("Cel",), "celsius": ("Cel",), "cel": ("Cel",),
    "°f": ("[degF]",), "degf": ("[degF]",), "f": ("[degF]",), "[degf]": ("[degF]",),
    "lb": ("[lb_av]",), "lbs": ("[lb_av]",), "[lb_us]": ("[lb_av]",), "kgs": ("kg",),
    "in": ("[in_i]",), "inch": ("[in_i]",), "inches": ("[in_i]",), "[in_us]": ("[in_i]",),
    "k/ul": _PER_NL, "10^3/ul": _PER_NL, "10*3/ul": _PER_NL, "x10e3/ul": _PER_NL,
    "10*9/l": _PER_NL, "10^9/l": _PER_NL, "10e9/l": _PER_NL,
    "{inr}": ("1",), "inr": ("1",), "{ratio}": ("1",), "ratio": ("1",),
    "years": ("a",), "year": ("a",), "yr": ("a",), "weeks": ("wk",), "week": ("wk",), "{weeks}": ("wk",), "days": ("d",),
    "kg/m²": ("kg/m2",), "kg/m^2": ("kg/m2",), "kg/m*2": ("kg/m2",),
    "bpm": ("/min",), "{beats}/min": ("/min",), "{heartbeats}/min": ("/min",), "beats/min": ("/min",), "1/min": ("/min",),
    "sec": ("s",), "seconds": ("s",), "percent": ("%",), "%{saturation}": ("%",),
    "ml/min/{1.73_m2}": ("mL/min/{1.73_m2}", "mL/min/1.73m2"), "ml/min/1.73m2": ("mL/min/{1.73_m2}", "mL/min/1.73m2"),
    "ml/min": ("mL/min", "mL/min/{1.73_m2}", "mL/min/1.73m2"),
}  # fmt: skip
NO_UNIT = "no stated unit"


def read_observation(page: Page, wanted: Wanted) -> Iterator[Said]:
    """The measurements of an observation, its components among them."""
    code = page.part("code")
    known = _loinc(code, wanted) if code else None
    parts = [(known, page)] if known else []
    for component in page.parts("component"):
        of_component = component.part("code")
        known = _loinc(of_component, wanted) if of_component else None
        if known:
            parts.append((known, component))
    if not parts:
        return
    status = page.status("status", STATUS)
    if status not in VALID:
        yield Aside(Why.ERROR if status == "entered-in-error" else Why.NOT_DONE)
        return
    when, on = _time(page)
    if on is not None and on > wanted.on:
        yield Aside(Why.LATER)
        return
    for loinc, part in parts:
        if loinc == PREGNANCY_STATUS:
            if "pregnant" in wanted.knowledge.facts:
                yield from _pregnancy(part, when, on)
        else:
            yield from _measured(part, wanted.loinc[loinc], wanted, when, on)


def _loinc(code: Page, wanted: Wanted) -> str | None:
    """The first code of these that can matter. A code without a system is taken for LOINC."""
    listed = code.fields.get("coding")
    for one in listed if isinstance(listed, list) else ():
        value = one.get("code") if isinstance(one, dict) else None
        if isinstance(value, str) and (value in wanted.loinc or value == PREGNANCY_STATUS):
            system = one.get("system") or LOINC[0]
            if isinstance(system, str) and system.rstrip("/").lower() in LOINC:
                return value
    return None


def _time(page: Page) -> tuple[str, date | None]:
    """When it was measured, as text to sort by and as a day. The end of a period counts."""
    effective = page.span("effective")
    day = effective.end or effective.start or page.day("issued")
    if day is None:
        return "", None
    written = page.fields.get("effectiveDateTime") or page.fields.get("effectiveInstant")
    if not written and isinstance(page.fields.get("effectivePeriod"), dict):
        written = page.fields["effectivePeriod"].get("end") or page.fields["effectivePeriod"].get("start")
    written = written or page.fields.get("issued")
    time = written[10:19] if isinstance(written, str) else ""
    return f"{day.first.isoformat()}{time}", day.first


def _measured(part: Page, measurement: str, wanted: Wanted, when: str, on: date | None) -> Iterator[Said]:
    quantity = part.part("valueQuantity")
    if quantity is None:
        value, unit = part.number("valueInteger"), NO_UNIT
        if value is None:
            if any(key.startswith("value") for key in part.fields):
                yield Trouble(part.origin, f"its value for {measurement} is not a number with a unit; it was left out")
            return
    else:
        value = quantity.number("value")
        if value is None:
            return
        value = _beyond(value, quantity.text("comparator"))
        unit = _unit(quantity, wanted.units[measurement])
    if unit == NO_UNIT and "1" in wanted.units[measurement]:
        unit = "1"
    yield Measured(measurement, value, unit, part.origin, when, on)


def _beyond(value: float, comparator: str | None) -> float:
    """“More than 3” is a little more than 3, so that a limit of 3 is passed."""
    if comparator in (">", "<"):
        return math.nextafter(value, math.inf if comparator == ">" else -math.inf)
    return value


def _unit(quantity: Page, known: frozenset[str]) -> str:
    """The unit as the measurement knows it; as it was written where it does not."""
    written = [one.strip() for one in (quantity.text("code"), quantity.text("unit")) if one and one.strip()]
    for one in written:
        if one in known:
            return one
    for one in written:
        for instead in _UNITS.get(one.lower(), ()):
            if instead in known:
                return instead
    return written[0] if written else NO_UNIT


def _pregnancy(part: Page, when: str, on: date | None) -> Iterator[Said]:
    answer = part.part("valueCodeableConcept")
    told: list[Truth] = []
    for one in answer.parts("coding") if answer else ():
        code = one.text("code")
        if code is not None and code in _PREGNANT:
            told.append(_PREGNANT[code])
    value = part.truth("valueBoolean")
    if value is not None:
        told.append(value)
    if not told:
        yield Trouble(part.origin, "its answer on pregnancy is none that we know; it was left out")
        return
    pregnant = True if True in told else None if None in told else False
    yield Replied("pregnant", pregnant, part.origin, when, on, form=False)
