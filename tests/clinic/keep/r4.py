"""What FHIR R4 demands of the resources that are handed out: the elements that must be there, those that may, and the closed lists of codes.

Written from the pages of the resources on hl7.org/fhir/R4, for these resources only.
"""

from typing import Any

_CONCEPT = {
    "type": "object",
    "minProperties": 1,
    "additionalProperties": False,
    "properties": {"coding": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/coding"}}, "text": {"type": "string", "minLength": 1}},
}  # fmt: skip
DEFS: dict[str, Any] = {
    "concept": _CONCEPT,
    "concepts": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/concept"}},
    "coding": {
        "type": "object", "required": ["system", "code"], "additionalProperties": False,
        "properties": {"system": {"type": "string", "pattern": r"^\S+$"}, "code": {"type": "string", "pattern": r"^\S+( \S+)*$"}, "display": {"type": "string"}},
    },
    "reference": {
        "type": "object", "required": ["reference"], "additionalProperties": False,
        "properties": {"reference": {"type": "string", "pattern": "^urn:uuid:[0-9a-f-]{36}$"}, "display": {"type": "string", "minLength": 1}},
    },
    "references": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/reference"}},
    "instant": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$"},
    "dateTime": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d\.\d{3}Z)?$"},
    "date": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"},
    "period": {"type": "object", "minProperties": 1, "additionalProperties": False, "properties": {"start": {"$ref": "#/$defs/dateTime"}, "end": {"$ref": "#/$defs/dateTime"}}},
    "attachment": {
        "type": "object", "required": ["contentType"], "additionalProperties": False,
        "properties": {name: {} for name in ("contentType", "data", "url", "size", "hash", "title", "creation")},
        "oneOf": [{"required": ["data"]}, {"required": ["url"]}],
    },
    "string": {"type": "string", "minLength": 1},
    "any": {},
}  # fmt: skip


def _r(name: str) -> dict[str, str]:
    return {"$ref": f"#/$defs/{name}"}


def _code(*codes: str) -> dict[str, Any]:
    return {"enum": list(codes)}


#: Kind → (elements that must be there, all elements that we may use). ``value[x]`` and the like are written out.
RESOURCES: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = {
    "Patient": ((), {
        "identifier": _r("any"), "active": {"type": "boolean"}, "name": _r("any"), "telecom": _r("any"), "birthDate": _r("date"),
        "gender": _code("male", "female", "other", "unknown"), "managingOrganization": _r("reference"),
    }),
    "Organization": ((), {"active": {"type": "boolean"}, "name": _r("string")}),
    "Location": ((), {"status": _code("active", "suspended", "inactive"), "name": _r("string"), "managingOrganization": _r("reference")}),
    "Practitioner": ((), {"active": {"type": "boolean"}, "name": _r("any")}),
    "EpisodeOfCare": (("status", "patient"), {
        "status": _code("planned", "waitlist", "active", "onhold", "finished", "cancelled", "entered-in-error"), "patient": _r("reference"),
        "managingOrganization": _r("reference"), "period": _r("period"),
    }),
    "Encounter": (("status", "class"), {
        "status": _code("planned", "arrived", "triaged", "in-progress", "onleave", "finished", "cancelled", "entered-in-error", "unknown"),
        "class": _r("coding"), "subject": _r("reference"), "episodeOfCare": _r("references"), "participant": _r("any"), "period": _r("period"),
        "reasonCode": _r("concepts"), "location": _r("any"), "serviceProvider": _r("reference"),
    }),
    "QuestionnaireResponse": (("status",), {
        "status": _code("in-progress", "completed", "amended", "entered-in-error", "stopped"), "subject": _r("reference"),
        "encounter": _r("reference"), "authored": _r("dateTime"), "item": {"type": "array", "minItems": 1, "items": {"type": "object", "required": ["linkId"]}},
    }),
    "Observation": (("status", "code"), {
        "status": _code("registered", "preliminary", "final", "amended", "corrected", "cancelled", "entered-in-error", "unknown"),
        "code": _r("concept"), "partOf": _r("references"), "subject": _r("reference"), "encounter": _r("reference"),
        "effectiveDateTime": _r("dateTime"), "bodySite": _r("concept"), "valueInteger": {"type": "integer"}, "valueString": _r("string"),
        "valueQuantity": {"type": "object", "required": ["value"]}, "dataAbsentReason": _r("concept"),
    }),
    "Condition": (("subject",), {
        "clinicalStatus": _r("concept"), "verificationStatus": _r("concept"), "code": _r("concept"), "bodySite": _r("concepts"),
        "subject": _r("reference"), "encounter": _r("reference"), "onsetString": _r("string"), "recordedDate": _r("dateTime"),
    }),
    "MedicationStatement": (("status", "medicationCodeableConcept", "subject"), {
        "status": _code("active", "completed", "entered-in-error", "intended", "stopped", "on-hold", "unknown", "not-taken"),
        "medicationCodeableConcept": _r("concept"), "subject": _r("reference"), "context": _r("reference"), "dateAsserted": _r("dateTime"),
        "informationSource": _r("reference"),
    }),
    "AllergyIntolerance": (("patient",), {
        "clinicalStatus": _r("concept"), "code": _r("concept"), "patient": _r("reference"), "encounter": _r("reference"), "recordedDate": _r("dateTime"),
    }),
    "Device": ((), {"manufacturer": _r("string"), "lotNumber": _r("string"), "expirationDate": _r("date"), "deviceName": _r("any")}),
    "Procedure": (("status", "subject"), {
        "status": _code("preparation", "in-progress", "not-done", "on-hold", "stopped", "completed", "entered-in-error", "unknown"),
        "code": _r("concept"), "subject": _r("reference"), "encounter": _r("reference"), "performedPeriod": _r("period"),
        "performer": {"type": "array", "items": {"type": "object", "required": ["actor"]}}, "bodySite": _r("concepts"),
        "usedReference": _r("references"), "usedCode": _r("concepts"),
    }),
    "AdverseEvent": (("actuality", "subject"), {
        "actuality": _code("actual", "potential"), "event": _r("concept"), "subject": _r("reference"), "encounter": _r("reference"),
        "date": _r("dateTime"), "recordedDate": _r("dateTime"), "seriousness": _r("concept"), "severity": _r("concept"), "recorder": _r("reference"),
        "suspectEntity": {"type": "array", "items": {"type": "object", "required": ["instance"]}},
    }),
    "Consent": (("status", "scope", "category", "policyRule"), {
        "status": _code("draft", "proposed", "active", "rejected", "inactive", "entered-in-error"), "scope": _r("concept"), "category": _r("concepts"),
        "patient": _r("reference"), "dateTime": _r("dateTime"), "performer": _r("references"), "organization": _r("references"),
        "sourceAttachment": _r("attachment"), "policyRule": _r("concept"),
        "provision": {"type": "object", "properties": {"type": _code("deny", "permit")}, "additionalProperties": False},
    }),
    "DocumentReference": (("status", "content"), {
        "status": _code("current", "superseded", "entered-in-error"), "docStatus": _code("preliminary", "final", "amended", "entered-in-error"),
        "type": _r("concept"), "subject": _r("reference"), "date": _r("instant"), "author": _r("references"), "custodian": _r("reference"),
        "relatesTo": {"type": "array", "items": {"type": "object", "required": ["code", "target"], "properties": {"code": _code("replaces", "transforms", "signs", "appends")}}},
        "content": {"type": "array", "minItems": 1, "items": {"type": "object", "required": ["attachment"], "properties": {"attachment": _r("attachment")}}},
        "context": {"type": "object", "minProperties": 1},
    }),
    "Provenance": (("target", "recorded", "agent"), {
        "target": _r("references"), "recorded": _r("instant"), "agent": {"type": "array", "minItems": 1, "items": {"type": "object", "required": ["who"]}},
        "signature": {"type": "array", "items": {"type": "object", "required": ["type", "when", "who"]}},
    }),
    "AuditEvent": (("type", "recorded", "agent", "source"), {
        "type": _r("coding"), "action": _code("C", "R", "U", "D", "E"), "recorded": _r("instant"), "outcome": _code("0", "4", "8", "12"),
        "outcomeDesc": _r("string"), "agent": {"type": "array", "minItems": 1, "items": {"type": "object", "required": ["requestor"]}},
        "source": {"type": "object", "required": ["observer"]}, "entity": _r("any"),
    }),
}  # fmt: skip


def schema_of(kind: str) -> dict[str, Any]:
    """The JSON Schema of one resource."""
    required, properties = RESOURCES[kind]
    return {
        "$defs": DEFS,
        "type": "object",
        "required": ["resourceType", "id", *required],
        "additionalProperties": False,
        "properties": {
            "resourceType": {"const": kind},
            "id": {"type": "string", "pattern": "^[A-Za-z0-9.-]{1,64}$"},
            **properties,
        },
    }
