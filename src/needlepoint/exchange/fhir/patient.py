"""Who it is: age and sex from a Patient."""

from collections.abc import Iterator

from needlepoint.exchange.fhir.page import Page
from needlepoint.exchange.fhir.said import Person, Said
from needlepoint.exchange.fhir.wanted import Wanted


def read_patient(page: Page, wanted: Wanted) -> Iterator[Said]:
    """Birth date, sex, and whether the person had died by the day of the visit. Names, addresses are not looked at."""
    born = page.day("birthDate")
    gender = page.text("gender")
    died_on = page.day("deceasedDateTime")
    died = page.truth("deceasedBoolean") is True or (died_on is not None and not died_on.after(wanted.on))
    yield Person(
        page.origin,
        (born.first, born.last) if born else None,
        gender if gender in ("male", "female") else None,
        died,
    )
