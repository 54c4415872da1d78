"""Where on the body a resource says that something is, and on which side."""

from needlepoint.exchange.fhir.page import Page
from needlepoint.terms import Side


def body_site(page: Page) -> tuple[Side | None, str | None]:
    """The side and the place under ``bodySite``, which is a list in some resources and a single thing in others."""
    value = page.fields.get("bodySite")
    if value is None:
        return None, None
    sites = (
        [page.concept("bodySite")] if isinstance(value, dict) else [one.as_concept() for one in page.parts("bodySite")]
    )
    sides: dict[Side, None] = {}
    places: dict[str, None] = {}
    for site in sites:
        if site is None:
            continue
        if site.side:
            sides[site.side] = None
        if site.text and site.text.lower() not in ("left", "right"):
            places[site.text] = None
    place = " and ".join(places) or None
    if len(sides) == 2 and place:
        return None, f"{place}, both sides"
    return (next(iter(sides)) if len(sides) == 1 else None), place
