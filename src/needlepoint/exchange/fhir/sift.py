"""From files to what is said of whom: each resource read once, its person found, and all of it put on disk in order of the person."""

import marshal
import re
import struct
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from needlepoint.exchange.fhir.bundle import BUNDLES
from needlepoint.exchange.fhir.files import UNREADABLE, File, lines_of, never_read, whole
from needlepoint.exchange.fhir.packed import Packed, is_newer, measurement_of, pack, pack_concept
from needlepoint.exchange.fhir.page import Fields, named, reference_key
from needlepoint.exchange.fhir.resource import read_resource, subject_of
from needlepoint.exchange.fhir.said import Named, Trouble
from needlepoint.exchange.fhir.wanted import READ, Wanted, stands_beside

_LOINC = b'"system":"http://loinc.org","code":"'
_OBSERVATION = b'{"resourceType":"Observation"'
#: Kinds that have to be read in any case; an Observation only for its codes.
_READ = frozenset(kind.encode() for kind in READ - {"Observation"}) | {b"Bundle", b"Parameters"}
_KIND = re.compile(rb'"resourceType"\s*:\s*"(\w+)"')
#: So many things said are kept in memory before they are put on disk.
_MOST_SAID = 250_000
_MOST_PROBLEMS = 1_000
_TICK = 4_096


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something in an input that could not be used: in which file, on which line (0: the whole file), and what."""

    file: str
    line: int
    what: str


@dataclass(slots=True)
class Sifted:
    """What came of some files: how many resources they held, the sorted runs on disk, and the problems."""

    resources: int = 0
    runs: list[Path] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class Sift:
    """Reads files and keeps what they say, person by person. ``progress`` is told resources and bytes as they grow."""

    wanted: Wanted
    only: frozenset[str] | None
    folder: Path
    mark: str
    progress: Callable[[int, int], None]
    sifted: Sifted = field(default_factory=Sifted)
    _said: dict[str, list[Packed]] = field(default_factory=dict)
    _newest: dict[str, dict[str, Packed]] = field(default_factory=dict)
    _names: dict[str, Packed] = field(default_factory=dict)
    _kept: int = 0
    _bytes: int = 0
    _codes: re.Pattern[bytes] = field(init=False)
    _wanted_codes: frozenset[bytes] = field(init=False)

    def __post_init__(self) -> None:
        self._wanted_codes = frozenset(code.encode() for code in self.wanted.codes)
        self._codes = re.compile(rb'"(?:' + b"|".join(re.escape(code) for code in sorted(self._wanted_codes)) + rb')"')

    def read(self, files: Iterable[File]) -> Sifted:
        """Read these files to their ends, and put on disk what is left."""
        for file in files:
            before = len(self.sifted.problems)
            try:
                if file.by_lines:
                    self._read_lines(file)
                else:
                    self._read_document(file)
            except UNREADABLE as error:
                self._problem(file.name, 0, f"it cannot be read to its end: {error}")
            self._not_too_many(file, before)
            self._bytes += file.size
            self.progress(self.sifted.resources, self._bytes)
        self._put_on_disk()
        return self.sifted

    def _read_lines(self, file: File) -> None:
        if never_read(file):
            return
        begun = self._bytes

        def progress(read: int) -> None:
            self.progress(self.sifted.resources, begun + read)

        for number, line in lines_of(file, progress):
            if self._cannot_matter(line):
                self.sifted.resources += 1
                continue
            try:
                document = orjson.loads(line)
            except orjson.JSONDecodeError as error:
                self._problem(file.name, number, f"this line is not JSON: {error}")
                continue
            self._document(document, file.name, number)

    def _read_document(self, file: File) -> None:
        try:
            document = orjson.loads(whole(file))
        except orjson.JSONDecodeError as error:
            self._problem(file.name, 0, f"this file is not JSON: {error}")
            return
        self._document(document, file.name, 0)

    def _cannot_matter(self, line: bytes) -> bool:
        """Can this line be passed over unread? Only when it is plainly one resource, of a kind or code that is never used."""
        if line.count(b'"resourceType"') != 1 or b"\\u00" in line:
            return False
        if line.startswith(_OBSERVATION):
            return self._codes_cannot_matter(line)
        found = _KIND.search(line)
        if found is None or found[1] in _READ:
            return False
        return self._codes_cannot_matter(line) if found[1] == b"Observation" else True

    def _codes_cannot_matter(self, line: bytes) -> bool:
        """Is none of the codes of this observation used? Most have one LOINC code, written as all programs write it."""
        at = line.find(_LOINC)
        if at >= 0 and line.count(b"loinc.org") == 1 and b'"component"' not in line:
            begin = at + len(_LOINC)
            return line[begin : line.find(b'"', begin)] not in self._wanted_codes
        return self._codes.search(line) is None

    def _document(self, document: Any, file: str, line: int) -> None:
        """A resource, or a Bundle of them."""
        kind = document.get("resourceType") if isinstance(document, dict) else None
        where = f"{file}:{line}" if line else file
        if not isinstance(kind, str):
            self._problem(file, line, "this is no FHIR resource: it has no resourceType")
        elif kind == "Bundle":
            self._bundle(document, where, (file, line))
        else:
            self._resource(document, where, (file, line), _person_of(document, {}))

    def _bundle(self, bundle: Fields, where: str, at: tuple[str, int]) -> None:
        listed = bundle.get("entry", [])
        if not isinstance(listed, list):
            self._problem(*at, "the Bundle's entry should be a list of resources")
            return
        if bundle.get("type") not in (None, *BUNDLES):
            self._problem(*at, f"a Bundle of this type is not read; give one of {', '.join(BUNDLES)}")
            return
        people = _people_in(listed)
        ids = set(people.values())
        alone = next(iter(ids)) if len(ids) == 1 else None
        for n, entry in enumerate(listed):
            resource = entry.get("resource") if isinstance(entry, dict) else None
            if isinstance(resource, dict):
                person = _person_of(resource, people) or (None if _about_a_thing(resource) else alone)
                full_url = entry.get("fullUrl")
                key = reference_key(full_url) if isinstance(full_url, str) else None
                self._resource(resource, f"{where} Bundle.entry[{n}]", at, person, key)

    def _resource(
        self, resource: Fields, where: str, at: tuple[str, int], person: str | None, key: str | None = None
    ) -> None:
        """One resource of a person, or of nobody: then it can only give a name to what others point to."""
        self.sifted.resources += 1
        kind = resource.get("resourceType")
        if kind not in READ:
            return
        wanted = person is not None and (self.only is None or person in self.only)
        if not wanted and kind not in ("Medication", "Device"):
            if person is None and not _about_a_thing(resource):
                self._problem(*at, f"{named(resource, where)}: it does not say about whom it is")
            return
        said = self._said.setdefault(person, []) if person is not None and wanted else None
        for one in read_resource(resource, named(resource, where), self.wanted):
            if isinstance(one, Trouble):
                self._problem(*at, f"{one.origin}: {one.what}")
            elif isinstance(one, Named):
                self._names[one.key] = self._names[key or one.key] = pack_concept(one.concept)
            elif said is not None and person is not None:
                self._keep(person, said, pack(one))
        if self._kept >= _MOST_SAID:
            self._put_on_disk()

    def _keep(self, person: str, said: list[Packed], packed: Packed | None) -> None:
        if packed is None:
            return
        measurement = measurement_of(packed)
        if measurement is None:
            said.append(packed)
            self._kept += 1
            return
        newest = self._newest.setdefault(person, {})
        known = newest.get(measurement)
        if known is None or is_newer(packed, known):
            newest[measurement] = packed
            self._kept += known is None

    def _put_on_disk(self) -> None:
        """Put a sorted run on disk: each person once, with all that was said."""
        if self._said:
            path = self.folder / f"said-{self.mark}-{len(self.sifted.runs)}"
            with path.open("wb") as out:
                for person in sorted(self._said):
                    said = [*self._said[person], *self._newest.get(person, {}).values()]
                    write_record(out, person, marshal.dumps(said))
            self.sifted.runs.append(path)
        if self._names:
            with (self.folder / f"names-{self.mark}-{len(self.sifted.runs)}").open("wb") as out:
                marshal.dump(self._names, out)
        self._said, self._newest, self._names, self._kept = {}, {}, {}, 0

    def _problem(self, file: str, line: int, what: str) -> None:
        self.sifted.problems.append(Problem(file, line, what))

    def _not_too_many(self, file: File, before: int) -> None:
        """A file whose every line is broken is told of once, and not a million times."""
        found = len(self.sifted.problems) - before
        if found > _MOST_PROBLEMS:
            del self.sifted.problems[before + _MOST_PROBLEMS :]
            self._problem(file.name, 0, f"… and {found - _MOST_PROBLEMS} more problems in this file")


def _people_in(entries: list[Any]) -> dict[str, str]:
    """The addresses of the Patients of a Bundle, with their ids."""
    people: dict[str, str] = {}
    for entry in entries:
        resource = entry.get("resource") if isinstance(entry, dict) else None
        if isinstance(resource, dict) and resource.get("resourceType") == "Patient":
            id_, full_url = resource.get("id"), entry.get("fullUrl")
            if isinstance(id_, str) and id_:
                people[f"Patient/{id_}"] = id_
                if isinstance(full_url, str):
                    people[reference_key(full_url)] = id_
    return people


def _person_of(resource: Fields, people: dict[str, str]) -> str | None:
    """The id of the person that a resource is about."""
    if resource.get("resourceType") == "Patient":
        id_ = resource.get("id")
        return id_ if isinstance(id_, str) and id_ else None
    about = subject_of(resource)
    if about is None:
        return None
    known = people.get(about)
    if known is not None:
        return known
    if about.startswith("Patient/"):
        return about[8:] or None
    return about.removeprefix("urn:uuid:") if about.startswith("urn:uuid:") else None


def _about_a_thing(resource: Fields) -> bool:
    about = subject_of(resource)
    return about is not None and "/" in about and stands_beside(about.split("/", 1)[0])


# Runs on disk

_HEAD = struct.Struct("<II")


def write_record(out: BinaryIO, person: str, said: bytes) -> None:
    """One person and what was said of them, packed."""
    name = person.encode("utf-8", "replace")
    out.write(_HEAD.pack(len(name), len(said)) + name + said)


def records_of(path: Path) -> Iterator[tuple[str, bytes]]:
    """The people of a run in their order, each with what was said, still packed."""
    with path.open("rb") as run:
        while head := run.read(_HEAD.size):
            name, content = _HEAD.unpack(head)
            yield run.read(name).decode(), run.read(content)
