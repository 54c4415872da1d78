"""The files of an export: which to read, and their lines, packed or not, each with its number."""

import gzip
import zlib
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from needlepoint.exchange.fhir.wanted import READ
from needlepoint.exchange.told import InputError

LINES, WHOLE = (".ndjson", ".ndjson.gz", ".jsonl", ".jsonl.gz"), (".json", ".json.gz")
#: Kinds of resources that exports name their files after and that are never read.
_NEVER = frozenset(
    {
        "Account", "Appointment", "Binary", "CarePlan", "CareTeam", "Claim", "ClaimResponse", "Communication", "Coverage",
        "DiagnosticReport", "DocumentReference", "Encounter", "EpisodeOfCare", "ExplanationOfBenefit", "FamilyMemberHistory",
        "Goal", "ImagingStudy", "Immunization", "Location", "Media", "MedicationDispense", "Organization", "Practitioner",
        "PractitionerRole", "Provenance", "RelatedPerson", "Schedule", "ServiceRequest", "Slot", "Specimen", "Task",
    }
)  # fmt: skip
assert not _NEVER & READ
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class File:
    """A file to read: where it is, how a reader names it, how many bytes it has on disk."""

    path: Path
    name: str
    size: int

    @property
    def packed(self) -> bool:
        """Is it packed with gzip?"""
        return self.name.lower().endswith(".gz")

    @property
    def by_lines(self) -> bool:
        """Is it one resource a line?"""
        return self.name.lower().endswith(LINES)


def files_in(path: Path) -> tuple[File, ...]:
    """The files of a folder, or the file itself, in a fixed order. Raises ``InputError`` when there is nothing to read."""
    if path.is_file():
        if not path.name.lower().endswith((*LINES, *WHOLE)):
            raise InputError(
                f"{path}: this is no FHIR file: its name should end in .ndjson or .json, with .gz or without"
            )
        return (File(path, path.name, path.stat().st_size),)
    if not path.is_dir():
        raise InputError(f"{path}: there is no such file or folder")
    found = sorted(one for one in path.rglob("*") if one.is_file() and one.name.lower().endswith((*LINES, *WHOLE)))
    if not found:
        raise InputError(
            f"{path}: this folder holds no FHIR files, whose names end in .ndjson or .json, with .gz or without"
        )
    return tuple(File(one, one.relative_to(path).as_posix(), one.stat().st_size) for one in found)


def never_read(file: File) -> bool:
    """Is this a file of resources that are never read? Its name hints at it, and its first line has to agree."""
    kind = file.path.name.split(".", 1)[0].split("-", 1)[0].split("_", 1)[0]
    if kind not in _NEVER or not file.by_lines:
        return False
    try:
        first = next((line for _, line in lines_of(file, lambda _: None)), b"")
    except UNREADABLE:
        return False
    return first[:400].replace(b" ", b"").find(f'"resourceType":"{kind}"'.encode()) >= 0


#: What reading a damaged file may raise.
UNREADABLE = (OSError, EOFError, zlib.error)


def lines_of(file: File, progress: Callable[[int], None]) -> Iterator[tuple[int, bytes]]:
    """The lines of a file with their numbers. ``progress`` is told how many bytes on disk were read so far. Raises ``UNREADABLE``."""
    number, rest = 0, b""
    with file.path.open("rb") as raw:
        read = gzip.GzipFile(fileobj=raw).read if file.packed else raw.read
        while piece := read(_PIECE):
            progress(raw.tell())
            lines = (rest + piece if rest or number else piece.removeprefix(BOM_UTF8)).split(b"\n")
            rest = lines.pop()
            for line in lines:
                number += 1
                if line and not line.isspace():
                    yield number, line
    if rest and not rest.isspace():
        yield number + 1, rest


def whole(file: File) -> bytes:
    """All that a file holds. Raises ``UNREADABLE``."""
    with file.path.open("rb") as raw:
        content = gzip.GzipFile(fileobj=raw).read() if file.packed else raw.read()
    return content.removeprefix(BOM_UTF8)
