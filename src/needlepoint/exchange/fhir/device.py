"""Devices of a person: what is in or on the body."""

from collections.abc import Iterator
from dataclasses import replace

from needlepoint.exchange.fhir.body_site import body_site
from needlepoint.exchange.fhir.concept import Concept, concept_of
from needlepoint.exchange.fhir.page import Page, reference_key
from needlepoint.exchange.fhir.said import Aside, Named, NoneKnown, Pointing, Said, Trouble, Why
from needlepoint.exchange.fhir.wanted import Wanted
from needlepoint.screen import Asked, Entry
from needlepoint.terms import Truth

DEVICE = frozenset({"active", "inactive", "entered-in-error", "unknown"})
USE = frozenset({"active", "completed", "entered-in-error", "intended", "stopped", "on-hold", "unknown"})


def read_device(page: Page, wanted: Wanted) -> Iterator[Said]:
    """A device. It counts by itself when it belongs to a patient; else only where a DeviceUseStatement points to it."""
    status = page.status("status", DEVICE)
    if status == "entered-in-error":
        yield Aside(Why.ERROR)
        return
    concept = page.concept("type") or _by_its_names(page)
    if concept is not None:
        yield Named(page.origin, concept)
    if "patient" not in page.fields:
        return
    if concept is None or concept.names_nothing:
        yield Trouble(page.origin, "it has no type and no name that say which device it is")
    elif concept.is_statement:
        if concept.says_none:
            yield NoneKnown(concept.says_none, page.origin)
    else:
        active: Truth = None if status in (None, "unknown") else status == "active"
        yield Entry(Asked.IMPLANTS, concept.text, page.origin, codes=concept.codes, active=active)


def read_device_use(page: Page, wanted: Wanted) -> Iterator[Said]:
    """That a person uses a device, since when, and where on the body."""
    status = page.status("status", USE)
    if status == "entered-in-error":
        yield Aside(Why.ERROR)
        return
    timing = page.span("timing")
    if timing.start and timing.start.after(wanted.on):
        yield Aside(Why.LATER)
        return
    active: Truth = True if status == "active" else False if status in ("completed", "stopped") else None
    if timing.end and timing.end is not timing.start and timing.end.last < wanted.on:
        active = False
    side, place = body_site(page)
    pointed = page.part("device")
    reference, shown = (pointed.text("reference"), pointed.text("display")) if pointed else (None, None)
    entry = Entry(
        Asked.IMPLANTS,
        "",
        page.origin,
        side=side,
        place=place,
        active=active,
        confirmed=None if status == "intended" else True,
        since=timing.start.since(wanted.on) if timing.start else None,
    )
    contained = _contained(page, reference) if reference and reference.startswith("#") else None
    if contained:
        yield replace(entry, text=contained.text, codes=contained.codes)
    elif reference:
        yield Pointing(
            replace(entry, text=shown or f"device named in {reference_key(reference)}"), reference_key(reference)
        )
    elif shown:
        yield replace(entry, text=shown)
    else:
        yield Trouble(page.origin, "it does not say which device is used")


def _by_its_names(page: Page) -> Concept | None:
    names = [one.text("name") for one in page.parts("deviceName")]
    return concept_of(None, tuple((None, None, name) for name in names if name))


def _contained(page: Page, reference: str) -> Concept | None:
    for one in page.parts("contained"):
        if one.fields.get("id") == reference[1:]:
            return one.concept("type") or _by_its_names(one)
    return None
