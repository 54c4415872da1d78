"""A Condition as an entry: what it is, whether it is so, and whether it is still so."""

from collections.abc import Iterator

from needlepoint.exchange.fhir.body_site import body_site
from needlepoint.exchange.fhir.lasting import DENIAL, lasts
from needlepoint.exchange.fhir.page import Page
from needlepoint.exchange.fhir.said import Aside, NoneKnown, Said, Trouble, Why
from needlepoint.exchange.fhir.wanted import Wanted
from needlepoint.screen import Asked, Entry
from needlepoint.terms import Truth

NOW = frozenset({"active", "recurrence", "relapse"})
PAST = frozenset({"inactive", "remission", "resolved"})
DOUBTED = frozenset({"unconfirmed", "provisional", "differential"})
VERIFICATION = frozenset({"confirmed", "refuted", "entered-in-error"}) | DOUBTED
_HISTORY = ("history of", "past history", "personal history", "past medical history", "h/o ", "status post")


def read_condition(page: Page, wanted: Wanted) -> Iterator[Said]:
    """A condition as it stands on the day of the visit."""
    verified = page.status("verificationStatus", VERIFICATION)
    if verified == "entered-in-error":
        yield Aside(Why.ERROR)
        return
    concept = page.concept("code")
    if concept is None or concept.names_nothing:
        yield Trouble(page.origin, "it has no code and no text that say what it is")
        return
    onset, recorded = page.span("onset"), page.day("recordedDate")
    if (onset.start and onset.start.after(wanted.on)) or (recorded and recorded.after(wanted.on)):
        yield Aside(Why.LATER)
        return
    if concept.is_statement:
        if concept.says_none and verified in (None, "confirmed"):
            yield NoneKnown(concept.says_none, page.origin)
        return
    since = onset.start.since(wanted.on) if onset.start else None
    told = recorded.since(wanted.on) if recorded else since
    if verified == "refuted" and told is not None and not lasts(told, DENIAL, wanted.on):
        yield Aside(Why.OLD)
        return
    side, place = body_site(page)
    yield Entry(
        Asked.CONDITIONS,
        concept.text,
        page.origin,
        codes=concept.codes,
        side=side,
        place=place,
        active=_active(page, concept.text, wanted),
        confirmed=None if verified in DOUBTED else verified != "refuted",
        since=since,
    )


def _active(page: Page, text: str, wanted: Wanted) -> Truth:
    """Is it still so? What a record says for today does not hold for an earlier day on which it had not yet ended."""
    status = page.status("clinicalStatus", NOW | PAST | {"unknown"})
    abated = page.span("abatement")
    end = abated.end or abated.start
    if end is not None and end.after(wanted.on):
        return True
    over = (end.before_or(wanted.on) if end else True) if abated.told else False
    if status in NOW:
        if over and status == "active":
            page.troubles.append("it is called active and yet has an end; it counts as still so")
        # “History of a heart attack” stays true; it is the history that is active, not the heart attack.
        return None if over or text.lower().startswith(_HISTORY) else True
    return False if over or status in PAST else None
