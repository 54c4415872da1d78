"""What was done and what came of it, as FHIR R4: a Procedure for each needle, its lot, twitches, reactions, adverse events."""

from collections.abc import Iterator

from needlepoint.clinic import asking
from needlepoint.clinic.keep.hand_out.gather import Record
from needlepoint.clinic.keep.hand_out.shape import (
    TERMINOLOGY,
    Resource,
    coding,
    concept,
    day,
    made_id,
    period,
    refer,
    resource,
    when,
)
from needlepoint.clinic.records.models import AdverseEvent, Insertion, Reaction

_SEVERITY = {"mild": "mild", "significant": "moderate", "serious": "severe"}


def done(record: Record) -> Iterator[Resource]:
    """Device (a lot of needles), Procedure, Observation, AdverseEvent."""
    lots = {one.lot.pk: one.lot for one in record.insertions if one.lot is not None}
    for lot in sorted(lots.values(), key=lambda one: str(one.pk)):
        yield resource(
            "Device", lot.pk, manufacturer=lot.maker, lotNumber=lot.number,
            expirationDate=day(lot.expires_on) if lot.expires_on else None,
            deviceName=[{"name": f"needle {lot.length_mm:g} × {lot.diameter_mm:g} mm", "type": "user-friendly-name"}],
        )  # fmt: skip
    for needle in record.insertions:
        yield _procedure(record, needle)
        if needle.twitches:
            yield _twitches(record, needle)
    for reaction in record.reactions:
        yield _reaction(record, reaction)
    for event in record.events:
        yield _event(record, event)


def _where(muscle: str, side: str) -> dict[str, str]:
    known = asking.known().treat.atlas.muscles.get(muscle)
    name = known.title.lower() if known else muscle.replace("-", " ")
    return {"text": f"{side} {name}" if side in ("left", "right") else name}


def _procedure(record: Record, needle: Insertion) -> Resource:
    used = concept(f"needle {needle.length_mm:g} × {needle.diameter_mm:g} mm")
    return resource(
        "Procedure", needle.pk, status="completed" if needle.out_at else "in-progress", code=concept("Dry needling"),
        subject=refer("Patient", record.person.pk), encounter=refer("Encounter", needle.session.visit_id),
        performedPeriod=period(needle.in_at, needle.out_at),
        performer=[{"actor": refer("Practitioner", needle.clinician_id, record.members[needle.clinician_id].name)}],
        bodySite=[_where(needle.muscle, needle.side)],
        usedReference=[refer("Device", needle.lot_id)] if needle.lot_id else None, usedCode=[used],
    )  # fmt: skip


def _twitches(record: Record, needle: Insertion) -> Resource:
    return resource(
        "Observation", made_id(needle.pk, "twitches"), status="final", code=concept("Local twitch responses"),
        partOf=[refer("Procedure", needle.pk)], subject=refer("Patient", record.person.pk),
        encounter=refer("Encounter", needle.session.visit_id), effectiveDateTime=when(needle.in_at),
        bodySite=_where(needle.muscle, needle.side), valueInteger=needle.twitches,
    )  # fmt: skip


def _reaction(record: Record, reaction: Reaction) -> Resource:
    known = asking.known().treat.reactions.get(reaction.kind)
    return resource(
        "Observation", made_id(reaction.session_id, "reaction", reaction.pk), status="final",
        code=concept("Expected reaction to needling"), subject=refer("Patient", record.person.pk),
        encounter=refer("Encounter", reaction.session.visit_id), effectiveDateTime=day(reaction.session.on),
        bodySite=_where(reaction.muscle, reaction.side) if reaction.muscle else None,
        valueString=known.title if known else reaction.kind,
    )  # fmt: skip


def _event(record: Record, event: AdverseEvent) -> Resource:
    known = asking.known().treat.events.get(event.kind)
    title = known.title if known else event.kind
    where = f", {_where(event.muscle, event.side)['text']}" if event.muscle else ""
    said = f": {event.text}" if event.text else ""
    serious = "serious" if event.grade == "serious" else "non-serious"
    return resource(
        "AdverseEvent", event.pk, actuality="actual", event=concept(f"{title}{where}{said}"),
        subject=refer("Patient", record.person.pk), encounter=refer("Encounter", event.visit_id), date=day(event.on),
        recordedDate=when(event.reported_at),
        seriousness={"coding": [coding(f"{TERMINOLOGY}/adverse-event-seriousness", serious)], "text": f"graded {event.grade}"},
        severity={"coding": [coding(f"{TERMINOLOGY}/adverse-event-severity", _SEVERITY[event.grade])]},
        recorder=refer("Practitioner", event.reported_by_id, record.members[event.reported_by_id].name),
        suspectEntity=[{"instance": refer("Procedure", event.insertion_id)}] if event.insertion_id else None,
    )  # fmt: skip
