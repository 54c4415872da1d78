"""Who and when, as FHIR R4: the person, the clinic and those who work there, courses and visits."""

from collections.abc import Iterator
from uuid import UUID

from needlepoint.clinic.keep.hand_out.gather import Record
from needlepoint.clinic.keep.hand_out.shape import TERMINOLOGY, Resource, coding, day, period, refer, resource
from needlepoint.clinic.records.models import Visit

#: Where a clinic gives no number of its own.
_OUR_IDS = "urn:ietf:rfc:3986"
_STATUS = {
    Visit.State.PLANNED: "planned",
    Visit.State.OPEN: "in-progress",
    Visit.State.SIGNED: "finished",
    Visit.State.CANCELLED: "cancelled",
}


def who(record: Record) -> Iterator[Resource]:
    """Patient, Organization, Location, Practitioner, EpisodeOfCare, Encounter."""
    yield _patient(record)
    organisation = record.organisation
    yield resource("Organization", organisation.pk, active=True, name=organisation.name)
    for clinic in record.clinics:
        managing = refer("Organization", organisation.pk)
        yield resource("Location", clinic.pk, status="active", name=clinic.name, managingOrganization=managing)
    for id_ in sorted(_named(record), key=str):
        yield resource(
            "Practitioner", id_, active=record.members[id_].active, name=[{"text": record.members[id_].name}]
        )
    for course in record.courses:
        yield resource(
            "EpisodeOfCare",
            course.pk,
            status="finished" if course.closed_on else "active",
            patient=refer("Patient", record.person.pk),
            managingOrganization=refer("Organization", organisation.pk),
            period=period(course.opened_on, course.closed_on),
        )
    for visit in record.visits:
        yield _encounter(record, visit)


def _patient(record: Record) -> Resource:
    person = record.person
    telecom = [
        {"system": system, "value": value}
        for system, value in (("phone", person.phone), ("email", person.email))
        if value
    ]
    identifier = [{"system": _OUR_IDS, "value": f"urn:uuid:{person.pk}"}]
    if person.number:
        identifier.append({"use": "usual", "value": person.number})
    return resource(
        "Patient",
        person.pk,
        identifier=identifier,
        active=True,
        name=[{"use": "official", "family": person.family, "given": person.given.split() or [person.given]}],
        telecom=telecom,
        gender=person.sex or "unknown",
        birthDate=day(person.birth_date),
        managingOrganization=refer("Organization", record.organisation.pk),
    )


def _encounter(record: Record, visit: Visit) -> Resource:
    read = record.read[visit.pk]
    times = [one.at for one in read.entries]
    done = visit.state in (Visit.State.OPEN, Visit.State.SIGNED)
    started = min(times, default=visit.planned_at) if done else visit.planned_at
    ended = max(times, default=started) if visit.state == Visit.State.SIGNED else None
    return resource(
        "Encounter",
        visit.pk,
        status=_STATUS[Visit.State(visit.state)],
        **{"class": coding(f"{TERMINOLOGY}/v3-ActCode", "AMB", "ambulatory")},
        subject=refer("Patient", record.person.pk),
        episodeOfCare=[refer("EpisodeOfCare", visit.course_id)],
        participant=[{"individual": refer("Practitioner", visit.clinician_id, visit.clinician.name)}],
        period=period(started, ended),
        reasonCode=[{"text": visit.course.complaint}] if visit.course.complaint else None,
        location=[{"location": refer("Location", visit.clinic_id, visit.clinic.name)}],
        serviceProvider=refer("Organization", record.organisation.pk),
    )


def _named(record: Record) -> set[UUID]:
    """Everybody whom the record names."""
    found: set[UUID | None] = {one.clinician_id for one in record.visits}
    found |= {one.signed_by_id for one in record.notes} | {one.by_id for one in record.addenda}
    found |= {one.witness_id for one in record.consents} | {one.by_id for one in record.attachments}
    found |= {one.clinician_id for one in record.sessions} | {one.clinician_id for one in record.insertions}
    found |= {one.clinician_id for one in record.events} | {one.reported_by_id for one in record.events}
    found |= {one.looked_by_id for one in record.check_ins} | {one.member_id for one in record.trail}
    found |= {entry.by_id for read in record.read.values() for entry in read.entries}
    return {one for one in found if one is not None and one in record.members}
