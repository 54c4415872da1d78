"""An AllergyIntolerance as an entry, or as the statement that there is none."""

from collections.abc import Iterator

from needlepoint.exchange.fhir.page import Page
from needlepoint.exchange.fhir.said import Aside, NoneKnown, Said, Trouble, Why
from needlepoint.exchange.fhir.wanted import Wanted
from needlepoint.screen import Asked, Entry

CLINICAL = frozenset({"active", "inactive", "resolved"})
VERIFICATION = frozenset({"unconfirmed", "presumed", "confirmed", "refuted", "entered-in-error"})


def read_allergy(page: Page, wanted: Wanted) -> Iterator[Said]:
    """An allergy as it stands on the day of the visit. Where it has no code, the substance of a reaction stands in."""
    verified = page.status("verificationStatus", VERIFICATION)
    if verified == "entered-in-error":
        yield Aside(Why.ERROR)
        return
    concept = page.concept("code")
    if concept is None:
        substances = [one.concept("substance") for one in page.parts("reaction")]
        concept = next((one for one in substances if one), None)
    if concept is None:
        yield Trouble(page.origin, "it has no code and no text that say what the allergy is to")
        return
    recorded, onset = page.day("recordedDate"), page.span("onset").start
    if (recorded and recorded.after(wanted.on)) or (onset and onset.after(wanted.on)):
        yield Aside(Why.LATER)
        return
    clinical = page.status("clinicalStatus", CLINICAL)
    if concept.is_statement or concept.names_nothing:
        said = concept.says_none if concept.is_statement else Asked.ALLERGIES
        if said and verified in (None, "confirmed", "unconfirmed", "presumed") and clinical in (None, "active"):
            yield NoneKnown(said, page.origin)
        return
    since = onset or recorded
    yield Entry(
        Asked.ALLERGIES,
        concept.text,
        page.origin,
        codes=concept.codes,
        active=None if clinical is None else clinical == "active",
        confirmed=None if verified == "unconfirmed" else verified != "refuted",
        since=since.since(wanted.on) if since else None,
    )
