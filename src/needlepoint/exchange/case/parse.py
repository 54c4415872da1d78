"""From bytes to a checked document: YAML, JSON or gzip; every fault with its place and how to mend it."""

import gzip
import json
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError
from rapidfuzz import fuzz, process

from needlepoint.exchange.case.shape import CaseFile
from needlepoint.exchange.told import InputError
from needlepoint.library.faults import line_in
from needlepoint.library.plain_yaml import load_yaml

#: Larger than any record of one person that we have met, small enough to be read at once.
MOST_BYTES = 200_000_000


def read_bytes(source: str, stdin: Any) -> bytes:
    """The bytes of a file, or of standard input for ``-``. Raises InputError when there are none to read."""
    if source == "-":
        return bytes(stdin.read())
    path = Path(source)
    if path.is_dir():
        raise InputError(
            f"{source}: this is a folder; to screen a folder of people, name a result: --out RESULT.parquet"
        )
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{source}: there is no such file; check the name, or use - for standard input") from None
    except OSError as error:
        raise InputError(f"{source}: the file cannot be read ({error.strerror}); check its permissions") from None


def parse_document(raw: bytes, name: str) -> dict[str, Any]:
    """The mapping that these bytes hold. Raises InputError when they hold none."""
    text = _text(raw, name)
    if text.lstrip()[:1] in ("{", "["):
        document = _json_or_flow(text, name)
    else:
        document = _yaml(text, name)
    if document is None:
        return {}
    if not isinstance(document, dict):
        raise InputError(
            f"{name}, line 1: a case file is a list of keys such as `conditions:`; this is {_what(document)}"
        )
    return document


def parse_case(document: dict[str, Any], text: str, name: str) -> CaseFile:
    """The checked case file. Raises InputError with a line for every fault."""
    try:
        return CaseFile.model_validate(document)
    except ValidationError as error:
        lines = []
        found = error.errors(include_url=False)
        for one in found:
            if one["type"] == "string_type" and isinstance(one.get("input"), dict) and len(found) > 1:
                continue  # the other way to write an entry was meant, and its own fault is named
            path = tuple(step for step in one["loc"] if not _is_a_branch(step))
            line = line_in(text, path)
            where = _dotted(path)
            lines.append(f"{name}{f', line {line}' if line else ''}: {where}: {_mend(one, path)}")
        raise InputError(*dict.fromkeys(lines)) from None


def _json_or_flow(text: str, name: str) -> object:
    """JSON; or YAML in braces, as in ``{conditions: [AF]}``."""
    try:
        return json.loads(text, object_pairs_hook=_each_key_once)
    except json.JSONDecodeError as error:
        if not name.endswith((".json", ".json.gz")):
            with suppress(InputError):
                return _yaml(text, name)
        raise InputError(
            f"{name}, line {error.lineno}, column {error.colno}: this is not readable as JSON: {error.msg.lower()}"
        ) from None
    except _TwiceError as error:
        raise InputError(f"{name}: the key '{error}' stands in one place twice; keep one of them") from None
    except RecursionError:
        raise InputError(f"{name}: this is nested too deeply to be a case file or a FHIR bundle") from None


def _is_a_branch(step: str | int) -> bool:
    """Pydantic names the branch of a union in its path; a reader of the file has no use for it."""
    return isinstance(step, str) and (
        step
        in ("str", "bool", "EntryPart", "MeasuredPart", "float", "CodePart", "constrained-str", "constrained-float")
        or "[" in step
    )


def _dotted(path: tuple[str | int, ...]) -> str:
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else str(step)
    return text or "the file"


def _mend(error: Any, path: tuple[str | int, ...]) -> str:
    kind = error["type"]
    given = error.get("input")
    if kind == "extra_forbidden":
        known = _keys_at(path[:-1])
        near = process.extractOne(str(path[-1]), known, scorer=fuzz.ratio, score_cutoff=55)
        hint = f"did you mean `{near[0]}`?" if near else f"known keys are {', '.join(known)}"
        return f"this key is not known; {hint}"
    if kind == "missing":
        return "this key is missing here"
    if kind in ("string_type", "model_type", "list_type", "dict_type") and isinstance(given, bool):
        return "this was read as yes or no; put the word in quotes, and write [] for none"
    if kind == "list_type":
        return 'this wants a list: ["one", "two"], or [] for none'
    if kind == "literal_error":
        return f"{given!r} is not possible; use {error['ctx']['expected']}"
    if kind in ("date_from_datetime_parsing", "date_parsing", "date_type", "date_from_datetime_inexact"):
        return f"{given!r} is no date; write it as 2026-03-02"
    if kind == "bool_parsing":
        return f"{given!r} is neither yes nor no; use yes, no or unknown"
    return f"{error['msg'].lower()} (it was {given!r})"


def _keys_at(path: tuple[str | int, ...]) -> list[str]:
    from needlepoint.exchange.case import shape

    parts: dict[str, type[shape.Strict]] = {
        "person": shape.PersonPart,
        "conditions": shape.EntryPart,
        "medicines": shape.EntryPart,
        "allergies": shape.EntryPart,
        "implants": shape.EntryPart,
        "pain": shape.PainPart,
        "examination": shape.ExaminationPart,
        "proposed": shape.ProposedPart,
        "measurements": shape.MeasuredPart,
    }
    if path and path[-1] == "needle":
        return list(shape.NeedlePart.model_fields)
    if path and path[-1] == "code":
        return list(shape.CodePart.model_fields)
    model = parts.get(str(path[0]), CaseFile) if path else CaseFile
    return list(model.model_fields)


def _text(raw: bytes, name: str) -> str:
    if raw[:2] == b"\x1f\x8b":
        try:
            raw = gzip.decompress(raw)
        except (OSError, EOFError, zlib.error):
            raise InputError(f"{name}: the gzip file is damaged; copy it again") from None
    if len(raw) > MOST_BYTES:
        raise InputError(f"{name}: {len(raw):,} bytes are too many for one person; screen a folder instead")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: byte {error.start} is not UTF-8; save the file as UTF-8 text") from None


def document_text(raw: bytes, name: str) -> str:
    """The text of a file, unpacked."""
    return _text(raw, name)


def _yaml(text: str, name: str) -> object:
    try:
        return load_yaml(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        problem = getattr(error, "problem", None) or "check indentation, quotes and brackets"
        raise InputError(f"{name}{where}: this is not readable as YAML: {problem}") from None
    except (RecursionError, ValueError) as error:
        raise InputError(f"{name}: this is not readable as YAML: {error}") from None


class _TwiceError(Exception):
    """A key that stands in one JSON object twice."""


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _TwiceError(key)
        found[key] = value
    return found


def _what(document: object) -> str:
    return {list: "a list", str: "a piece of text", bool: "yes or no", int: "a number", float: "a number"}.get(
        type(document), "something else"
    )
