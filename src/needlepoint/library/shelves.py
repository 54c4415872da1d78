"""Reading the knowledge from its files: each file once, checked for its shape, every fault collected."""

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import yaml

from needlepoint.library.faults import Fault, line_of
from needlepoint.library.plain_yaml import load_yaml

Doc = dict[str, Any]


@dataclass(slots=True)
class Shelves:
    """All files by kind and id, as plain dictionaries of the right shape, with the file each came from."""

    root: Path
    sha256: str
    docs: dict[str, dict[str, Doc]]
    files: dict[tuple[str, str], str]
    faults: list[Fault] = field(default_factory=list)

    def fault(self, kind: str, id_: str, path: tuple[str | int, ...], what: str) -> None:
        """Note a fault of this document at this path of keys."""
        name = self.files.get((kind, id_), f"{kind} {id_}")
        self.faults.append(Fault(name, line_of(self.root / name, path), what))


def knowledge_root() -> Path:
    """Where the knowledge lies: inside the installed package, or beside the source tree. ``NEEDLEPOINT_KNOWLEDGE`` overrides it."""
    told = os.environ.get("NEEDLEPOINT_KNOWLEDGE")
    if told:
        return Path(told)
    package = Path(__file__).resolve().parents[1]
    inside = package / "knowledge"
    return inside if inside.is_dir() else package.parents[1] / "knowledge"


def knowledge_files(root: Path) -> tuple[Path, ...]:
    """All YAML files of the knowledge, in a fixed order."""
    return tuple(sorted(root.rglob("*.yaml")))


def fingerprint(root: Path, files: tuple[Path, ...]) -> str:
    """The SHA-256 of all files with their names: the same knowledge always has the same one."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.relative_to(root).as_posix().encode())
        digest.update(b"\0")
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def read_shelves(root: Path) -> Shelves:
    """Read every file. Faults of form are collected, and the files that have them are left out."""
    from needlepoint.library.models import SHELVES

    files = knowledge_files(root)
    shelves = Shelves(root, fingerprint(root, files), {kind: {} for kind, _, _ in SHELVES}, {})
    if not files:
        shelves.faults.append(Fault(str(root), 0, "there is no knowledge here: no YAML file was found"))
    for file in files:
        name = file.relative_to(root).as_posix()
        shelf = next(((kind, model) for kind, folder, model in SHELVES if name.startswith(f"{folder}/")), None)
        if shelf is None:
            shelves.faults.append(Fault(name, 0, "this folder holds nothing that is known; move or remove the file"))
            continue
        kind, model = shelf
        try:
            raw = load_yaml(file.read_text(encoding="utf-8"))
        except UnicodeDecodeError:
            shelves.faults.append(Fault(name, 0, "this is no UTF-8 text; save it as UTF-8"))
            continue
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            problem = getattr(error, "problem", None) or "not YAML"
            shelves.faults.append(Fault(name, mark.line + 1 if mark else 0, f"this is not readable as YAML: {problem}"))
            continue
        _shape(shelves, kind, model, file, name, raw)
    return shelves


def _shape(shelves: Shelves, kind: str, model: Any, file: Path, name: str, raw: object) -> None:
    from pydantic import ValidationError

    if not isinstance(raw, dict):
        shelves.faults.append(Fault(name, 1, "the file is empty or holds no keys"))
        return
    try:
        doc = model.model_validate(raw).model_dump(mode="json", exclude_none=True)
    except ValidationError as error:
        for one in error.errors(include_url=False):
            path = tuple(one["loc"])
            where = ".".join(map(str, path))
            shelves.faults.append(Fault(name, line_of(file, path), f"{where}: {_plain_message(one)}"))
        return
    id_ = doc["meridian"] if kind == "meridian" else doc["id"]
    if file.stem != id_:
        shelves.faults.append(
            Fault(name, line_of(file, ("id",)), f"the file is called {file.stem} but its id is {id_}")
        )
    if id_ in shelves.docs[kind]:
        shelves.faults.append(Fault(name, 1, f"the id {id_} is already taken by {shelves.files[kind, id_]}"))
        return
    shelves.docs[kind][id_] = doc
    shelves.files[kind, id_] = name


def _plain_message(error: Mapping[str, Any]) -> str:
    kind = error["type"]
    if kind == "extra_forbidden":
        return "this key is not known here"
    if kind == "missing":
        return "this key is missing"
    if kind == "too_short":
        return "this may not be empty"
    return str(error["msg"]).lower()


# A kept copy, so that one case file is answered in half a second


def kept_copy(root: Path) -> Path:
    """Where the parsed knowledge is kept between runs."""
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "needlepoint" / f"{hashlib.sha256(str(root).encode()).hexdigest()[:16]}.json"


def load_shelves(root: Path) -> Shelves:
    """Read the knowledge, from a kept copy when the files have not changed since."""
    version = _forms_version()
    sha256 = fingerprint(root, knowledge_files(root))
    copy = kept_copy(root)
    try:
        kept = orjson.loads(copy.read_bytes())
        if kept.get("sha256") == sha256 and kept.get("version") == version:
            files = {(kind, id_): name for kind, id_, name in kept["files"]}
            return Shelves(root, sha256, kept["docs"], files)
    except (OSError, orjson.JSONDecodeError, KeyError, TypeError, AttributeError, ValueError):
        pass
    shelves = read_shelves(root)
    if not shelves.faults:
        _keep(copy, {"version": version, "sha256": sha256, "docs": shelves.docs, "files": list(_file_rows(shelves))})
    return shelves


def _forms_version() -> str:
    """The release, and a fingerprint of the shapes of the files: a kept copy of another shape is not read."""
    from needlepoint import __version__

    forms = b"".join(file.read_bytes() for file in sorted(Path(__file__).parent.glob("models*.py")))
    return f"{__version__}-{hashlib.sha256(forms).hexdigest()[:12]}"


def _file_rows(shelves: Shelves) -> Iterator[tuple[str, str, str]]:
    for (kind, id_), name in shelves.files.items():
        yield kind, id_, name


def _keep(copy: Path, content: dict[str, object]) -> None:
    """Keep it if we can; a machine without a place for it just reads the files again."""
    try:
        copy.parent.mkdir(parents=True, exist_ok=True)
        fresh = copy.with_suffix(f".{os.getpid()}.new")
        fresh.write_bytes(orjson.dumps(content))
        fresh.replace(copy)
    except OSError:
        return


def day(text: str | None) -> date | None:
    """A date that was kept as text."""
    return date.fromisoformat(text) if text else None
