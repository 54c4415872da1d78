"""A Procedure as an entry, dated by the day on which it was done."""

from collections.abc import Iterator

from needlepoint.exchange.fhir.body_site import body_site
from needlepoint.exchange.fhir.lasting import EVENT, lasts
from needlepoint.exchange.fhir.page import Page
from needlepoint.exchange.fhir.said import Aside, NoneKnown, Said, Trouble, Why
from needlepoint.exchange.fhir.wanted import Wanted
from needlepoint.screen import Asked, Entry

DONE = frozenset({"completed", "in-progress"})
NOT_DONE = frozenset({"preparation", "not-done", "on-hold"})
STATUS = DONE | NOT_DONE | {"stopped", "entered-in-error", "unknown"}


def read_procedure(page: Page, wanted: Wanted) -> Iterator[Said]:
    """What was done. After a while only what it leaves behind counts: a new hip, not the anaesthetic."""
    status = page.status("status", STATUS)
    if status == "entered-in-error" or status in NOT_DONE:
        yield Aside(Why.ERROR if status == "entered-in-error" else Why.NOT_DONE)
        return
    concept = page.concept("code")
    if concept is None or concept.names_nothing:
        yield Trouble(page.origin, "it has no code and no text that say what was done")
        return
    performed = page.span("performed")
    if performed.start and performed.start.after(wanted.on):
        yield Aside(Why.LATER)
        return
    if concept.is_statement:
        if concept.says_none:
            yield NoneKnown(concept.says_none, page.origin)
        return
    end = performed.end or performed.start
    done = end.since(wanted.on) if end else None
    if done is None and end and performed.start:
        done = performed.start.since(wanted.on)
    side, place = body_site(page)
    yield Entry(
        Asked.CONDITIONS,
        concept.text,
        page.origin,
        codes=concept.codes,
        side=side,
        place=place,
        active=False if done is not None and not lasts(done, EVENT, wanted.on) else None,
        confirmed=True if status in DONE else None,
        since=done,
    )
