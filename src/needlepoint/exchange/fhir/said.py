"""What one FHIR resource says of a person, before it is weighed against the others."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from needlepoint.exchange.fhir.concept import Concept
from needlepoint.screen import Asked, Entry
from needlepoint.terms import Truth


class Why(StrEnum):
    """Why something that was read does not count on this day."""

    LATER = "dated after the day of the visit"
    ERROR = "entered in error"
    NOT_DONE = "not done, or not meant for this person"
    OLD = "too old to say anything of the day of the visit"


@dataclass(frozen=True, slots=True)
class Person:
    """Who it is: the first and last day on which they can have been born, and sex as *male* or *female*, where told."""

    origin: str
    born: tuple[date, date] | None = None
    sex: str | None = None
    died: bool = False


@dataclass(frozen=True, slots=True)
class Pointing:
    """An entry whose name is in another resource (a Medication, a Device)."""

    entry: Entry
    reference: str


@dataclass(frozen=True, slots=True)
class Named:
    """A resource that gives a name to others which point to it."""

    key: str
    concept: Concept


@dataclass(frozen=True, slots=True)
class Measured:
    """A measurement, and when: the newest counts. ``when`` sorts by time; it is empty when no time was told."""

    id: str
    value: float
    unit: str | None
    origin: str
    when: str
    on: date | None


@dataclass(frozen=True, slots=True)
class Replied:
    """An answer to a question, and when. ``form``: given in a form, rather than recorded by a clinician."""

    id: str
    value: Truth | float | str
    origin: str
    when: str
    on: date | None
    form: bool


@dataclass(frozen=True, slots=True)
class NoneKnown:
    """It is stated that this list is empty."""

    asked: Asked
    origin: str


@dataclass(frozen=True, slots=True)
class Aside:
    """Something that does not count, and why."""

    why: Why


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that could not be read."""

    origin: str
    what: str


Said = Entry | Person | Pointing | Named | Measured | Replied | NoneKnown | Aside | Trouble
