"""One person's whole record as a FHIR R4 Bundle."""

from datetime import datetime
from typing import Any

from needlepoint.clinic.keep.hand_out.done import done
from needlepoint.clinic.keep.hand_out.gather import Record
from needlepoint.clinic.keep.hand_out.shape import Resource, when
from needlepoint.clinic.keep.hand_out.signed import signed
from needlepoint.clinic.keep.hand_out.told import told
from needlepoint.clinic.keep.hand_out.who import who


def bundle(record: Record, *, at: datetime) -> Resource:
    """A collection of all resources; each refers to the others by ``urn:uuid``, so that it can be read anywhere."""
    resources = [*who(record), *told(record), *done(record), *signed(record)]
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": when(at),
        "entry": [{"fullUrl": f"urn:uuid:{_urn(one)}", "resource": _refer_by_urn(one)} for one in resources],
    }


def _urn(one: Resource) -> str:
    return str(one["id"])


def _refer_by_urn(value: Any) -> Any:
    """Within a bundle that no server holds, a reference is the full address of its entry."""
    if isinstance(value, dict):
        return {
            key: f"urn:uuid:{told.partition('/')[2]}"
            if key == "reference" and isinstance(told, str)
            else _refer_by_urn(told)
            for key, told in value.items()
        }
    if isinstance(value, list):
        return [_refer_by_urn(one) for one in value]
    return value
