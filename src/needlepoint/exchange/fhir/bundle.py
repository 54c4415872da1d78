"""One person's FHIR record, as a Bundle or as a Patient alone: what it tells."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from needlepoint.exchange.fhir.concept import Concept
from needlepoint.exchange.fhir.gather import Gathered, gather
from needlepoint.exchange.fhir.page import Fields, named, reference_key
from needlepoint.exchange.fhir.resource import read_resource, subject_of
from needlepoint.exchange.fhir.said import Named, Person, Said, Trouble, Why
from needlepoint.exchange.fhir.wanted import READ, Wanted, stands_beside
from needlepoint.exchange.told import InputError, Told
from needlepoint.screen import ScreenKnowledge

BUNDLES = ("collection", "searchset", "transaction", "batch", "document")
_MOST_NOTES = 20


def read_bundle(document: object, *, label: str, on: date, knowledge: ScreenKnowledge) -> Told:
    """What does this record tell of its one person on this day?

    Raises ``InputError`` when it is no FHIR R4 Bundle or Patient, when it holds several people or nobody, and when the
    person is not yet born. A record is never a whole list, so nothing counts as asked but what is stated to be empty.
    """
    entries, notes = _entries_of(document, label)
    one_person = _OnePerson(label)
    one_person.look_for_patients(entries)
    wanted = Wanted.of(knowledge, on)
    said: list[Said] = []
    names: dict[str, Concept] = {}
    unread: Counter[str] = Counter()
    for resource, full_url, where in entries:
        origin = named(resource, where)
        kind = resource.get("resourceType")
        if not isinstance(kind, str):
            said.append(Trouble(origin, "it has no resourceType, so nobody knows what it is"))
            continue
        if not one_person.is_meant_by(resource, origin):
            unread[f"{kind} about something else"] += 1
            continue
        if kind not in READ:
            unread[kind] += 1
            continue
        told = list(read_resource(resource, origin, wanted))
        if not told and kind == "Observation":
            unread["Observation of another kind"] += 1
        for one in told:
            if isinstance(one, Named):
                names[origin] = names[full_url or origin] = one.concept
        said.extend(told)
    if one_person.nobody:
        raise InputError(f"{label}: this Bundle holds no person: put the Patient and what is recorded of them into it")
    gathered = gather(said, wanted, names.get)
    _refuse_the_unborn(gathered, said, label, on)
    return Told(
        label=label,
        on=on,
        entries=gathered.entries,
        replies=gathered.replies,
        readings=gathered.readings,
        asked=gathered.asked,
        notes=(*notes, *_notes(gathered, unread)),
    )


def _entries_of(document: object, label: str) -> tuple[list[tuple[Fields, str | None, str]], list[str]]:
    """The resources with their full addresses and where they stand, and notes on what was none."""
    if not isinstance(document, dict):
        raise InputError(
            f"{label}: this is no FHIR record: it should be an object with a resourceType, a Bundle or a Patient"
        )
    kind = document.get("resourceType")
    if kind == "Patient":
        return [(document, None, "Patient")], []
    if not isinstance(kind, str):
        raise InputError(f"{label}: this is no FHIR record: it has no resourceType; give a Bundle or a Patient")
    if kind != "Bundle":
        raise InputError(f"{label}: this is a {kind[:60]} alone; put it into a Bundle together with its Patient")
    notes: list[str] = []
    form = document.get("type")
    if form is None:
        notes.append("The Bundle does not say of which type it is; it was read as a collection.")
    elif form not in BUNDLES:
        raise InputError(f"{label}: a Bundle of type “{str(form)[:60]}” is not read; give one of {', '.join(BUNDLES)}")
    listed = document.get("entry", [])
    if not isinstance(listed, list):
        raise InputError(f"{label}: the Bundle's entry should be a list of resources")
    entries: list[tuple[Fields, str | None, str]] = []
    for n, entry in enumerate(listed):
        where = f"Bundle.entry[{n}]"
        resource = entry.get("resource") if isinstance(entry, dict) else None
        if isinstance(resource, dict):
            full_url = entry.get("fullUrl")
            entries.append((resource, full_url if isinstance(full_url, str) else None, where))
        elif not (isinstance(entry, dict) and "resource" not in entry and "request" in entry):
            notes.append(f"{where}: it holds no resource; it was left out.")
    return entries, notes


class _OnePerson:
    """Who the record is about, and whether everything in it is about them."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.names: set[str] = set()
        self.identifiers: set[str] = set()
        self.others: dict[str, str] = {}
        self.is_named = False
        self.nobody = True

    def look_for_patients(self, entries: list[tuple[Fields, str | None, str]]) -> None:
        """Find the Patient; two different ones are too many."""
        ids: set[str] = set()
        for resource, full_url, where in entries:
            kind, id_ = resource.get("resourceType"), resource.get("id")
            if kind != "Patient":
                if full_url and isinstance(kind, str):
                    self.others[reference_key(full_url)] = kind
                continue
            name = id_ if isinstance(id_, str) and id_ else (full_url or where)
            ids.add(name)
            self.names.update((f"Patient/{name}", f"urn:uuid:{name}", reference_key(full_url or f"Patient/{name}")))
            self.is_named = self.is_named or bool(full_url) or name == id_
            listed = resource.get("identifier")
            for one in listed if isinstance(listed, list) else ():
                if isinstance(one, dict) and isinstance(one.get("value"), str):
                    self.identifiers.add(one["value"])
        if len(ids) > 1:
            self._refuse(f"this Bundle holds {len(ids)} Patients")
        self.nobody = not ids

    def is_meant_by(self, resource: Fields, origin: str) -> bool:
        """Is this resource about the person? ``False``: about a thing. ``InputError``: about somebody else."""
        if resource.get("resourceType") == "Patient":
            return True
        about = subject_of(resource)
        if about is None:
            return True
        kind = self.others.get(about) or (
            about.split("/")[0] if "/" in about and not about.startswith("urn:") else "Patient"
        )
        if stands_beside(kind):
            return False
        self.nobody = False
        if "?" in about:
            if self.identifiers and about.rpartition("|")[2].rpartition("=")[2] not in self.identifiers:
                self._refuse(f"{origin} is about “{about[:80]}”, who is not the Patient of this Bundle")
            return True
        if not self.is_named:
            self.names, self.is_named = {about}, True
        if about not in self.names:
            self._refuse(f"{origin} is about {about[:80]}, who is not the person of this Bundle")
        return True

    def _refuse(self, what: str) -> None:
        raise InputError(
            f"{self.label}: {what}: it holds several people",
            "Give one Bundle a person, or screen a folder of them: needlepoint screen FOLDER --out RESULT.parquet",
        )


def _refuse_the_unborn(gathered: Gathered, said: list[Said], label: str, on: date) -> None:
    if gathered.born_later:
        born = next(one for one in said if isinstance(one, Person) and one.born)
        day = born.born[0].isoformat() if born.born else ""
        raise InputError(
            f"{label}: {born.origin}.birthDate is {day}, after the day of the visit, {on}",
            "Mend the date, or choose another day",
        )


def _notes(gathered: Gathered, unread: Counter[str]) -> Iterator[str]:
    """What could not be told, for the reader."""
    if not gathered.known_who:
        yield "The record holds no Patient, so age and sex are not known."
    if gathered.died:
        yield "The record says that this person has died."
    for why in Why:
        if gathered.aside[why]:
            yield f"Set aside, {why.value}: {gathered.aside[why]}."
    if gathered.repeated:
        yield f"Written more than once and told once, with the newest date: {gathered.repeated}."
    yield from gathered.notes
    for trouble in gathered.troubles[:_MOST_NOTES]:
        yield f"{trouble.origin}: {trouble.what}."
    if len(gathered.troubles) > _MOST_NOTES:
        yield f"… and {len(gathered.troubles) - _MOST_NOTES} more that could not be read."
    if unread:
        yield f"Not read: {', '.join(f'{number} {kind}' for kind, number in sorted(unread.items()))}."
