"""One resource: what it says. The kinds that are read, each with its reader."""

from collections.abc import Callable, Iterator, Mapping

from needlepoint.exchange.fhir.allergy import read_allergy
from needlepoint.exchange.fhir.condition import read_condition
from needlepoint.exchange.fhir.device import read_device, read_device_use
from needlepoint.exchange.fhir.medicine import read_administration, read_medication, read_request, read_statement
from needlepoint.exchange.fhir.observation import read_observation
from needlepoint.exchange.fhir.page import Fields, Page, reference_key
from needlepoint.exchange.fhir.patient import read_patient
from needlepoint.exchange.fhir.procedure import read_procedure
from needlepoint.exchange.fhir.questionnaire import read_questionnaire
from needlepoint.exchange.fhir.said import Said, Trouble
from needlepoint.exchange.fhir.wanted import READ, Wanted

_READERS: Mapping[str, Callable[[Page, Wanted], Iterator[Said]]] = {
    "AllergyIntolerance": read_allergy,
    "Condition": read_condition,
    "Device": read_device,
    "DeviceUseStatement": read_device_use,
    "Medication": read_medication,
    "MedicationAdministration": read_administration,
    "MedicationRequest": read_request,
    "MedicationStatement": read_statement,
    "Observation": read_observation,
    "Patient": read_patient,
    "Procedure": read_procedure,
    "QuestionnaireResponse": read_questionnaire,
}
assert frozenset(_READERS) == READ


def read_resource(resource: Fields, origin: str, wanted: Wanted) -> Iterator[Said]:
    """What does this resource say? Nothing, when its kind is not read. It never fails: what is wrong in it is told."""
    kind = resource.get("resourceType")
    reader = _READERS.get(kind) if isinstance(kind, str) else None
    if reader is None:
        return
    page = Page(resource, origin)
    yield from reader(page, wanted)
    for what in page.troubles:
        yield Trouble(origin, what)


def subject_of(resource: Fields) -> str | None:
    """Whom is this resource about? The reference in one form; ``None`` when it does not say."""
    about = resource.get("subject") or resource.get("patient")
    reference = about.get("reference") if isinstance(about, dict) else None
    if isinstance(reference, str) and reference and not reference.startswith("#"):
        return reference_key(reference)
    return None
