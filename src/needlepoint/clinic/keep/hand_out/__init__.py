"""Handing out one person's whole record: for machines, for reading, and the pictures, in one ZIP file."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from needlepoint.clinic.keep.hand_out.bundle import bundle
from needlepoint.clinic.keep.hand_out.gather import Record
from needlepoint.clinic.keep.hand_out.paper import paper_pdf
from needlepoint.clinic.keep.hand_out.signed import picture_name
from needlepoint.clinic.keep.plain import to_json
from needlepoint.clinic.records.models import AuditEntry, Person
from needlepoint.clinic.records.scope import within
from needlepoint.clinic.spreadsheet import plain_cell
from needlepoint.exchange.told import InputError
from needlepoint.exchange.whole_file import write_whole

__all__ = ["Record", "hand_out", "hand_out_at_the_terminal", "parts"]

#: What opens a door is not handed out, not even its hash.
_NOT_THEIRS = frozenset({"secret_sha256"})
_READ_ME = """\
This is the whole record of one person, as {organisation} holds it on {day}.

record.pdf        to read
record.json       for another record system: a FHIR R4 Bundle
needlepoint.json  every row that is kept, whole, as Needlepoint keeps it
trail.csv         who saw or changed the record, and when
documents/        pictures and documents, as they were added
sha256.txt        the hash of each file

Treat it as what it is: private. Whoever has this file can read it.
"""


def hand_out(record: Record, *, at: datetime) -> bytes:
    """The ZIP. The same record at the same moment gives the same files."""
    packed = io.BytesIO()
    hashes = []
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts(record, at=at):
            hashes.append(f"{hashlib.sha256(content).hexdigest()}  {name}\n")
            _put(file, name, content, at)
        _put(file, "sha256.txt", "".join(hashes).encode(), at)
    return packed.getvalue()


def parts(record: Record, *, at: datetime) -> Iterator[tuple[str, bytes]]:
    """Every file of it, with its name."""
    yield "README.txt", _READ_ME.format(organisation=record.organisation.name, day=f"{at:%Y-%m-%d}").encode()
    yield "record.pdf", paper_pdf(record, at=at)
    yield "record.json", _json(bundle(record, at=at))
    yield "needlepoint.json", _json(_rows(record))
    yield "trail.csv", _trail(record)
    for one in record.attachments:
        yield picture_name(one), record.content(one)


def hand_out_at_the_terminal(person: UUID, path: Path) -> None:
    """The same for whoever runs the server; it leaves its trail, too. Raises InputError when there is no such person."""
    found = Person.everywhere.filter(pk=person).first()
    if found is None:
        raise InputError(f"{person}: there is no such person here; the id stands in the address of the person's page")
    if path.exists():
        raise InputError(f"{path}: is there already; choose another name")
    with within(found.organisation_id):
        AuditEntry.objects.create(
            organisation_id=found.organisation_id, who="whoever runs the server", person=found.pk,
            action="handed out the whole record", where="the terminal of the server",
        )  # fmt: skip
        write_whole(path, hand_out(Record(found), at=datetime.now(UTC)))
    path.chmod(0o600)


def _rows(record: Record) -> dict[str, object]:
    return {
        "needlepoint_record": 1,
        "person": str(record.person.pk),
        "tables": {
            model._meta.model_name or "": [
                {name: to_json(value) for name, value in row.items() if name not in _NOT_THEIRS} for row in rows
            ]
            for model, rows in record.rows()
        },
        "seals": [
            {
                "kind": one.kind, "subject": str(one.subject), "number": one.number, "at": to_json(one.at),
                "content_sha256": one.content_sha256, "previous_sha256": one.previous_sha256, "sha256": one.sha256,
            }
            for one in sorted(record.seals.values(), key=lambda one: one.number)
        ],
    }  # fmt: skip


def _trail(record: Record) -> bytes:
    text = io.StringIO()
    write = csv.writer(text)
    write.writerow(("when", "who", "what", "changed", "from where"))
    for one in record.trail:
        words = map(plain_cell, (one.who, one.action, "yes" if one.changed else "no", one.where))
        write.writerow((to_json(one.at), *words))
    return text.getvalue().encode()


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=False).encode() + b"\n"


def _put(file: zipfile.ZipFile, name: str, content: bytes, at: datetime) -> None:
    about = zipfile.ZipInfo(name, at.astimezone(UTC).timetuple()[:6])
    about.compress_type, about.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
    file.writestr(about, content)
