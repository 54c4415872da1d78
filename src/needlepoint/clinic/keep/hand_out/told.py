"""What a person told, and what was measured, as FHIR R4. What was asked and is not so is told as such; what was not asked is left out."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from needlepoint.clinic import asking
from needlepoint.clinic.keep.hand_out.gather import Record
from needlepoint.clinic.keep.hand_out.shape import (
    LOINC,
    TERMINOLOGY,
    Resource,
    coding,
    concept,
    day,
    made_id,
    refer,
    resource,
    when,
)
from needlepoint.clinic.records.models import CheckIn, Visit
from needlepoint.clinic.records.seal import canonical

#: LOINC's *Pain severity - 0-10 verbal numeric rating [Score] - Reported*.
_PAIN = (LOINC, "72514-3")
_ABSENT = "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips"


def told(record: Record) -> Iterator[Resource]:
    """Of every visit: answers, conditions, medicines, allergies, implants, measurements, pain, and what was found."""
    for visit in record.visits:
        yield from _OfVisit(record, visit).all()
    for check_in in record.check_ins:
        if check_in.answered_at is not None:
            yield _check_in(record, check_in)


class _OfVisit:
    """What one visit holds."""

    def __init__(self, record: Record, visit: Visit) -> None:
        self.record, self.visit, self.read = record, visit, record.read[visit.pk]
        self.known = dict(self.read.written.known)
        self.patient = refer("Patient", record.person.pk)
        self.encounter = refer("Encounter", visit.pk)
        self.signed = visit.state == Visit.State.SIGNED

    def all(self) -> Iterator[Resource]:
        yield from self._answers()
        for key, make in (
            ("conditions", self._condition),
            ("medicines", self._medicine),
            ("allergies", self._allergy),
            ("implants", self._implant),
        ):
            if key in self.known:
                listed = self.known[key] if isinstance(self.known[key], list) else [self.known[key]]
                for n, one in enumerate(listed or [None]):
                    yield make(made_id(self.visit.pk, key, n), _named(one), self._at(key))
        yield from self._observations()

    def _at(self, field: str) -> datetime:
        return self.read.written.fields[field][0].at

    def _answers(self) -> Iterator[Resource]:
        facts = asking.known().screen.facts
        items = []
        for field in sorted(one for one in self.read.written.fields if one.startswith("answers.")):
            id_, values = field.removeprefix("answers."), self.read.written.fields[field]
            given = [one.value for one in values if one.value is not None]
            if given:
                question = facts[id_].question if id_ in facts else None
                items.append(
                    {
                        "linkId": id_,
                        "text": question or id_.replace("-", " "),
                        # Two that did not see each other's answer: both are handed out.
                        "answer": [_answer(one) for one in given],
                    }
                )
        if items:
            written = [
                value.at
                for field, values in self.read.written.fields.items()
                if field.startswith("answers.")
                for value in values
            ]
            yield resource(
                "QuestionnaireResponse", made_id(self.visit.pk, "answers"), status="completed" if self.signed else "in-progress",
                subject=self.patient, encounter=self.encounter, authored=when(max(written)), item=items,
            )  # fmt: skip

    def _condition(self, id_: Any, one: dict[str, Any] | None, at: datetime) -> Resource:
        shared = {"subject": self.patient, "encounter": self.encounter, "recordedDate": when(at)}
        if one is None:
            return resource(
                "Condition", id_, code=concept("No known problems", (_ABSENT, "no-known-problems")), **shared
            )
        active = one.get("active", True)
        # FHIR has no word for *not known whether it is still so*: then nothing is said.
        clinical = {True: "active", False: "inactive"}.get(active)
        return resource(
            "Condition", id_,
            clinicalStatus={"coding": [coding(f"{TERMINOLOGY}/condition-clinical", clinical)]} if clinical else None,
            verificationStatus={"coding": [coding(f"{TERMINOLOGY}/condition-ver-status", "confirmed")]},
            code=concept(one["text"], *_codes(one)), bodySite=[{"text": one["side"]}] if one.get("side") else None,
            onsetString=str(one["since"]) if one.get("since") else None, **shared,
        )  # fmt: skip

    def _medicine(self, id_: Any, one: dict[str, Any] | None, at: datetime) -> Resource:
        shared = {
            "subject": self.patient,
            "context": self.encounter,
            "dateAsserted": when(at),
            "informationSource": self.patient,
        }
        if one is None:
            none = concept("No known medications", (_ABSENT, "no-known-medications"))
            return resource("MedicationStatement", id_, status="unknown", medicationCodeableConcept=none, **shared)
        active = one.get("active", True)
        status = "unknown" if active is None else "active" if active else "stopped"
        return resource(
            "MedicationStatement",
            id_,
            status=status,
            medicationCodeableConcept=concept(one["text"], *_codes(one)),
            **shared,
        )

    def _allergy(self, id_: Any, one: dict[str, Any] | None, at: datetime) -> Resource:
        shared = {"patient": self.patient, "encounter": self.encounter, "recordedDate": when(at)}
        status = {"coding": [coding(f"{TERMINOLOGY}/allergyintolerance-clinical", "active")]}
        code = (
            concept(one["text"], *_codes(one))
            if one
            else concept("No known allergies", (_ABSENT, "no-known-allergies"))
        )
        return resource("AllergyIntolerance", id_, clinicalStatus=status, code=code, **shared)

    def _implant(self, id_: Any, one: dict[str, Any] | None, at: datetime) -> Resource:
        words = one["text"] if one else "none"
        return self._observation(id_, concept("Implant, as told"), at, valueString=words)

    def _observation(self, id_: Any, code: dict[str, Any], at: datetime | str, **value: Any) -> Resource:
        status = "final" if self.signed else "preliminary"
        told_at = at if isinstance(at, str) else when(at)
        return resource(
            "Observation", id_, status=status, code=code, subject=self.patient, encounter=self.encounter,
            effectiveDateTime=told_at, **value,
        )  # fmt: skip

    def _observations(self) -> Iterator[Resource]:
        measurements = {one.key: one for one in asking.known().screen.measurements.values()}
        for field, value in sorted(self.known.items()):
            id_, group, key = made_id(self.visit.pk, field), *_parted(field)
            if group == "measurements" and isinstance(value, int | float):
                known = measurements.get(key)
                code = concept(known.title, *[(LOINC, one) for one in known.loinc[:1]]) if known else concept(key)
                quantity = {"value": value, **({"unit": known.unit} if known else {})}
                yield self._observation(id_, code, self._at(field), valueQuantity=quantity)
            elif field not in _AS_RESOURCES and group not in ("answers", "note"):
                # Kept as it was written: FHIR has no resource for a painting of pain, or for a taut band.
                text = value if isinstance(value, str) else canonical(value)
                yield self._observation(id_, concept(field.replace("-", " ")), self._at(field), valueString=text)
        for n, pain in enumerate(self.read.session.pain):
            at = next((act.at for act in self.read.session.acts if act.what == pain), self.visit.planned_at)
            where = f", {pain.muscle}, {pain.side}" if pain.muscle else ""
            code = concept(f"Pain, 0 to 10, {pain.when} needling{where}", _PAIN)
            value = {"valueInteger": int(pain.value)} if pain.value is not None and pain.value == int(pain.value) else (
                {"valueQuantity": {"value": pain.value}} if pain.value is not None else
                {"dataAbsentReason": {"coding": [coding(f"{TERMINOLOGY}/data-absent-reason", "asked-unknown")]}}
            )  # fmt: skip
            yield self._observation(made_id(self.visit.pk, "pain", n), code, at, **value)


#: Fields of a visit that have resources of their own.
_AS_RESOURCES = frozenset({"conditions", "medicines", "allergies", "implants"})


def _parted(field: str) -> tuple[str, str]:
    group, _, key = field.partition(".")
    return group, key


def _named(one: Any) -> dict[str, Any] | None:
    """A condition, a medicine, an allergy: words alone, or an object with more."""
    if one is None:
        return None
    told = dict(one) if isinstance(one, dict) else {"text": str(one)}
    return {**told, "text": str(told.get("text") or canonical(told))}


def _codes(one: dict[str, Any]) -> list[tuple[str, str]]:
    code = one.get("code")
    if not isinstance(code, dict) or not code.get("code"):
        return []
    return [(_SYSTEMS.get(str(code.get("system")), f"urn:needlepoint:{code.get('system')}"), str(code["code"]))]


#: The systems that a case file names in short.
_SYSTEMS = {
    "icd10": "http://hl7.org/fhir/sid/icd-10",
    "icd10cm": "http://hl7.org/fhir/sid/icd-10-cm",
    "snomed": "http://snomed.info/sct",
    "rxnorm": "http://www.nlm.nih.gov/research/umls/rxnorm",
    "atc": "http://www.whocc.no/atc",
    "loinc": LOINC,
}


def _answer(value: Any) -> dict[str, Any]:
    match value:
        case bool():
            return {"valueBoolean": value}
        case int():
            return {"valueInteger": value}
        case float():
            return {"valueDecimal": value}
        case str():
            return {"valueString": value}
    return {"valueString": canonical(value)}


def _check_in(record: Record, check_in: CheckIn) -> Resource:
    answers = check_in.answers if isinstance(check_in.answers, dict) else {"answers": check_in.answers}
    return resource(
        "QuestionnaireResponse", check_in.pk, status="completed", subject=refer("Patient", record.person.pk),
        encounter=refer("Encounter", check_in.visit_id), authored=when(check_in.answered_at or record.person.created_at),
        item=[
            {"linkId": str(key), "text": str(key).replace("-", " "), "answer": [_answer(value)]}
            for key, value in sorted(answers.items()) if value is not None
        ] or [{"linkId": "day", "text": f"Asked for {day(check_in.due_on)}"}],
    )  # fmt: skip
