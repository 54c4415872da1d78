"""Medicines: ordered (MedicationRequest), told to be taken (MedicationStatement), given (MedicationAdministration)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from needlepoint.exchange.fhir.concept import Concept
from needlepoint.exchange.fhir.day import Day
from needlepoint.exchange.fhir.lasting import EVENT, lasts
from needlepoint.exchange.fhir.page import Page, reference_key
from needlepoint.exchange.fhir.said import Aside, Named, NoneKnown, Pointing, Said, Trouble, Why
from needlepoint.exchange.fhir.wanted import Wanted
from needlepoint.screen import Asked, Entry
from needlepoint.terms import Truth

REQUEST = frozenset({"active", "on-hold", "cancelled", "completed", "entered-in-error", "stopped", "draft", "unknown"})
STATEMENT = frozenset(
    {"active", "completed", "entered-in-error", "intended", "stopped", "on-hold", "unknown", "not-taken"}
)
ADMINISTRATION = frozenset(
    {"in-progress", "not-done", "on-hold", "completed", "entered-in-error", "stopped", "unknown"}
)
INTENT = frozenset(
    {"proposal", "plan", "order", "original-order", "reflex-order", "filler-order", "instance-order", "option"}
)
TAKEN = frozenset({"active", "in-progress"})
OPEN = frozenset({"unknown"})
_PERIODS = {"s": 1 / 86_400, "min": 1 / 1_440, "h": 1 / 24, "d": 1, "wk": 7, "mo": 31, "a": 366}


def read_medication(page: Page, wanted: Wanted) -> Iterator[Said]:
    """The name of a medicine, for those that point to it."""
    concept = page.concept("code")
    if concept is None:
        yield Trouble(page.origin, "it has no code and no text that say which medicine it is")
    else:
        yield Named(page.origin, concept)


def read_request(page: Page, wanted: Wanted) -> Iterator[Said]:
    """An order. It counts as taken while it is active and says of no end that has passed."""
    status = page.status("status", REQUEST)
    if status == "entered-in-error":
        yield Aside(Why.ERROR)
        return
    if page.truth("doNotPerform"):
        yield Aside(Why.NOT_DONE)
        return
    authored = page.day("authoredOn")
    if authored and authored.after(wanted.on):
        yield Aside(Why.LATER)
        return
    intent = page.status("intent", INTENT)
    active: Truth = True if status in TAKEN else None if status in OPEN or status is None else False
    if active is not False and _course_is_over(page, authored, wanted.on):
        active = False
    since = authored.since(wanted.on) if authored else None
    yield from _entries(page, wanted, active, since, confirmed=None if intent in ("proposal", "option") else True)


def read_statement(page: Page, wanted: Wanted) -> Iterator[Said]:
    """What somebody says that the person takes."""
    status = page.status("status", STATEMENT)
    if status == "entered-in-error":
        yield Aside(Why.ERROR)
        return
    effective, asserted = page.span("effective"), page.day("dateAsserted")
    start = effective.start or asserted
    if start and start.after(wanted.on):
        yield Aside(Why.LATER)
        return
    active: Truth = True if status in TAKEN else None if status in OPEN | {"intended"} or status is None else False
    period = "effectivePeriod" in page.fields
    if period and effective.end and effective.end.last < wanted.on:
        active = False
    elif period and effective.end and effective.end.after(wanted.on) and status in ("completed", "stopped"):
        active = None  # it ended later than the day that is asked about
    yield from _entries(
        page,
        wanted,
        active,
        start.since(wanted.on) if start else None,
        confirmed=None if status == "intended" else True,
    )


def read_administration(page: Page, wanted: Wanted) -> Iterator[Said]:
    """A dose that was given. One given long ago is no longer taken."""
    status = page.status("status", ADMINISTRATION)
    if status in ("entered-in-error", "not-done"):
        yield Aside(Why.ERROR if status == "entered-in-error" else Why.NOT_DONE)
        return
    effective = page.span("effective")
    if effective.start and effective.start.after(wanted.on):
        yield Aside(Why.LATER)
        return
    end = effective.end or effective.start
    given = min(end.last, wanted.on) if end else None
    active: Truth = True if status in TAKEN else None
    if status not in TAKEN and given is not None and not lasts(given, EVENT, wanted.on):
        active = False
    yield from _entries(page, wanted, active, given, confirmed=None if status == "on-hold" else True)


def _entries(page: Page, wanted: Wanted, active: Truth, since: date | None, *, confirmed: Truth) -> Iterator[Said]:
    """The entry of this medicine; or one that points to the resource that names it."""
    entry = Entry(Asked.MEDICINES, "", page.origin, active=active, confirmed=confirmed, since=since)
    concept = page.concept("medicationCodeableConcept")
    if concept is None:
        pointed = page.part("medicationReference")
        reference = pointed.text("reference") if pointed else None
        if reference and reference.startswith("#"):
            concept = _contained(page, reference)
            reference = None if concept else reference
        shown = pointed.text("display") if pointed else None
        if concept is None and reference:
            yield Pointing(
                replace(entry, text=shown or f"medicine named in {reference_key(reference)}"), reference_key(reference)
            )
            return
        concept = concept or (Concept((), shown) if shown else None)
    if concept is None or concept.names_nothing:
        yield Trouble(page.origin, "it has no code and no text that say which medicine it is")
    elif concept.is_statement:
        if concept.says_none and active is not False and confirmed:
            yield NoneKnown(concept.says_none, page.origin)
    else:
        yield replace(entry, text=concept.text, codes=concept.codes)


def _contained(page: Page, reference: str) -> Concept | None:
    for one in page.parts("contained"):
        if one.fields.get("id") == reference[1:]:
            return one.concept("code")
    return None


def _course_is_over(page: Page, authored: Day | None, on: date) -> bool:
    """Does every dosage of this order say of an end, and has the last of them passed?"""
    ends = [_end_of_dosage(one, authored) for one in page.parts("dosageInstruction")]
    return bool(ends) and all(end is not None and end < on for end in ends)


def _end_of_dosage(dosage: Page, authored: Day | None) -> date | None:
    timing = dosage.part("timing")
    repeat = timing.part("repeat") if timing else None
    if repeat is None:
        return None
    period = repeat.part("boundsPeriod")
    end = period.day("end") if period else None
    if end:
        return end.last
    if authored is None:
        return None
    duration = repeat.part("boundsDuration")
    if duration:
        value, unit = duration.number("value"), duration.text("code") or duration.text("unit")
        days = (value or 0) * _PERIODS.get(unit or "", 0)
        return _later(authored.last, timedelta(days=days)) if 0 < days < 36_600 else None
    if repeat.number("count") == 1 and repeat.number("countMax") in (None, 1):
        return _later(authored.last, EVENT)
    return None


def _later(day: date, by: timedelta) -> date:
    return day + by if day < date.max - by else date.max
