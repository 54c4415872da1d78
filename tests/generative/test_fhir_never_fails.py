"""Whatever is broken in a record, it is read or refused with a reason, and never fails otherwise."""

import copy
import gzip
import json
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from needlepoint.exchange.fhir import read_bundle
from needlepoint.exchange.fhir.bulk import read_people
from needlepoint.exchange.told import InputError
from needlepoint.screen import Listener
from tests.unit.exchange.fhir.records import (
    coded,
    condition,
    knowledge,
    listener,
    mara,
    observation,
    of_mara,
    request,
    status,
)

ON = date(2021, 6, 1)
SYNTHEA = Path(__file__).parents[2] / "examples" / "synthea"
SETTINGS = settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])

HAND_MADE: list[dict[str, Any]] = [
    mara(deceasedDateTime="2030-01-01"),
    condition(
        clinicalStatus=status("active"), bodySite=[coded("left thigh")], onsetPeriod={"start": "2019", "end": "2020"}
    ),
    request(dosageInstruction=[{"timing": {"repeat": {"boundsDuration": {"value": 2, "code": "wk"}, "count": 1}}}]),
    of_mara(
        "MedicationStatement",
        status="active",
        medicationReference={"reference": "#m"},
        contained=[{"id": "m", "code": coded("x")}],
    ),
    of_mara(
        "MedicationAdministration",
        status="completed",
        medicationReference={"reference": "Medication/1"},
        effectiveDateTime="2021",
    ),
    of_mara(
        "AllergyIntolerance", code=coded("nickel"), reaction=[{"substance": coded("nickel")}], recordedDate="2020-01-01"
    ),
    of_mara("Procedure", status="completed", code=coded("surgery"), performedPeriod={"start": "2021-05-01"}),
    of_mara("Device", status="active", type=coded("pacemaker"), deviceName=[{"name": "pacemaker"}]),
    of_mara(
        "DeviceUseStatement",
        status="active",
        device={"reference": "Device/1"},
        bodySite=coded("thigh"),
        timingPeriod={"end": "2022"},
    ),
    of_mara(
        "Observation",
        status="final",
        code=coded(None, ("http://loinc.org", "82810-3")),
        valueCodeableConcept=coded(None, ("http://loinc.org", "LA26683-5")),
    ),
    observation("6301-6", 2.5, "1"),
    of_mara(
        "QuestionnaireResponse",
        status="completed",
        authored="2021-06-01",
        item=[
            {"linkId": "inr", "answer": [{"valueDecimal": 1.5}]},
            {"linkId": "g", "item": [{"linkId": "steroid", "answer": [{"valueCoding": {"code": "yes"}}]}]},
        ],
    ),
]


def real_resources() -> list[dict[str, Any]]:
    """Some of each kind from the synthetic patients."""
    found: dict[str, list[dict[str, Any]]] = {}
    for file in sorted(SYNTHEA.glob("*.json.gz")):
        for entry in orjson.loads(gzip.decompress(file.read_bytes()))["entry"]:
            kind = found.setdefault(entry["resource"]["resourceType"], [])
            if len(kind) < 12:
                kind.append(entry["resource"])
    return [one for kind in found.values() for one in kind]


RESOURCES = HAND_MADE + real_resources()
ODD = [
    "2021-02-30", "20211", "Patient/other", "#", "urn:uuid:", "active", "http://loinc.org", "\ud800", "none", "💉",
    10**400, "9999-12-31", "0001",
]  # fmt: skip
KEYS = st.sampled_from(["coding", "text", "code", "start", "value", "item", "reference"])
JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=12)
    | st.sampled_from(ODD),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=5,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place inside a resource that can be broken."""
    found = [path] if path else []
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        found += places(inner, (*path, key))
    return found


@st.composite
def broken(draw: st.DrawFn) -> dict[str, Any]:
    """A resource with a few of its parts dropped, exchanged, or doubled."""
    resource = copy.deepcopy(draw(st.sampled_from(RESOURCES)))
    for _ in range(draw(st.integers(1, 4))):
        every = places(resource)
        if not every:
            break
        *way, last = draw(st.sampled_from(every))
        parent = resource
        for key in way:
            parent = parent[key]
        match draw(st.sampled_from(["drop", "junk", "list"])):
            case "drop":
                del parent[last]
            case "junk":
                parent[last] = draw(JUNK)
            case _:
                parent[last] = [parent[last], parent[last]]
    return resource


def read(document: Any) -> None:
    told = read_bundle(document, label="record", on=ON, knowledge=knowledge())
    heard = told.answers(LISTENER, on=ON)
    assert told.asked <= heard.asked <= told.asked, "nothing but a plain statement makes a list whole"
    assert all(note.strip() for note in told.notes)


LISTENER: Listener = listener()


@SETTINGS
@given(st.lists(broken(), max_size=4), st.booleans())
def test_a_broken_record_is_read_or_refused_with_a_reason(resources: list[dict[str, Any]], with_mara: bool) -> None:
    entries = [{"resource": one} for one in ([mara(), *resources] if with_mara else resources)]
    try:
        read({"resourceType": "Bundle", "type": "collection", "entry": entries})
    except InputError as refusal:
        assert refusal.lines and all(line.strip() for line in refusal.lines)


@SETTINGS
@given(JUNK)
def test_anything_at_all_is_read_or_refused_with_a_reason(document: Any) -> None:
    for one in (
        document,
        {"resourceType": "Bundle", "type": "collection", "entry": document},
        {"resourceType": "Patient", "birthDate": document},
    ):
        try:
            read(one)
        except InputError as refusal:
            assert refusal.lines


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(broken(), min_size=1, max_size=12))
def test_a_folder_of_broken_resources_never_fails(resources: list[dict[str, Any]]) -> None:
    try:
        text = "\n".join(json.dumps(one) for one in [mara(), *resources]).encode()
    except (ValueError, UnicodeEncodeError):
        assume(False)
    with TemporaryDirectory() as name:
        (Path(name) / "all.ndjson").write_bytes(text)
        done = read_people(Path(name), knowledge(), on=ON, out=Path(name) / "out.parquet")
    assert done.people >= 1
    assert all(one.what.strip() for one in done.problems)


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda one: str(one["resourceType"]))
def test_real_resources_have_no_troubles(resource: dict[str, Any]) -> None:
    document = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": resource}]}
    told = read_bundle(document, label="record", on=date(2030, 1, 1), knowledge=knowledge())
    assert not [
        note for note in told.notes if "left out" in note or "it has no" in note or "none that FHIR knows" in note
    ]
