"""What of a record can matter at all: which resources are read, and which measurements have which LOINC codes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from needlepoint.screen import ScreenKnowledge

#: LOINC 82810-3, *pregnancy status*.
PREGNANCY_STATUS = "82810-3"
AGE, HEIGHT, WEIGHT, BMI = "age-years", "height-cm", "weight-kg", "bmi"

#: Resources that tell of a person what the screen step can use. All others are only counted.
READ = frozenset(
    {
        "AllergyIntolerance", "Condition", "Device", "DeviceUseStatement", "Medication", "MedicationAdministration",
        "MedicationRequest", "MedicationStatement", "Observation", "Patient", "Procedure", "QuestionnaireResponse",
    }
)  # fmt: skip
#: Resources that stand for no person, so that a record may hold any number of them.
_BESIDE_THE_PERSON = frozenset(
    {"Group", "Device", "Location", "Practitioner", "Organization", "Substance", "Medication", "Procedure"}
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one knowledge can use, and the day of the visit."""

    knowledge: ScreenKnowledge
    on: date
    loinc: Mapping[str, str]
    units: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, knowledge: ScreenKnowledge, on: date) -> "Wanted":
        """What this knowledge can use on this day."""
        loinc = {code: one.id for one in knowledge.measurements.values() for code in one.loinc}
        units = {
            one.id: frozenset((one.unit, *(unit for unit, _ in one.other_units)))
            for one in knowledge.measurements.values()
        }
        return cls(knowledge, on, loinc, units)

    @property
    def codes(self) -> frozenset[str]:
        """All LOINC codes that can matter."""
        return frozenset(self.loinc) | {PREGNANCY_STATUS}


def stands_beside(kind: str) -> bool:
    """Is this a kind of thing, or of helper, that can be the subject of a resource without being a patient?"""
    return kind in _BESIDE_THE_PERSON
