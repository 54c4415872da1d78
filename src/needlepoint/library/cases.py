"""The worked cases: people and situations, and what must be concluded about them."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from needlepoint.library.faults import Fault, line_of
from needlepoint.library.plain_yaml import load_yaml

LevelWord = Literal["clear", "adapt", "weigh", "stop"]


class Strict(BaseModel):
    """Refuses keys that it does not know."""

    model_config = ConfigDict(extra="forbid")


class SiteExpectation(Strict):
    """What must come out for one proposed place, counted from 0."""

    at: Annotated[int, Field(ge=0)]
    clearance: LevelWord | None = None
    at_least: LevelWord | None = None
    at_most: LevelWord | None = None
    findings: list[str] = []
    not_findings: list[str] = []
    muscle: str | None = None
    side: Literal["left", "right", "midline"] | None = None


class Expectation(Strict):
    """What must come out for the person."""

    clearance: LevelWord | None = None
    at_least: LevelWord | None = None
    at_most: LevelWord | None = None
    complete: bool | None = None
    findings: list[str] = []
    not_findings: list[str] = []
    sites: list[SiteExpectation] = []
    questions: list[str] = []
    not_understood: list[str] | None = None


class WorkedCase(Strict):
    """One situation, written as someone who knows only the case file's shape would write it."""

    about: str
    published: str | None = None
    case: dict[str, Any]
    expect: Expectation


@dataclass(slots=True)
class CaseFileShelf:
    """All worked cases of a folder, by file, and the faults of those that are not readable."""

    cases: dict[str, WorkedCase] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    @classmethod
    def read(cls, folder: Path) -> "CaseFileShelf":
        """Read every worked case: below ``screen`` in this folder, or below the folder itself when it has none."""
        shelf = cls()
        worked = folder / "screen" if (folder / "screen").is_dir() else folder
        for file in sorted(worked.rglob("*.yaml")):
            name = f"cases/{file.relative_to(folder).as_posix()}"
            try:
                shelf.cases[name] = WorkedCase.model_validate(load_yaml(file.read_text(encoding="utf-8")))
            except (yaml.YAMLError, UnicodeDecodeError) as error:
                shelf.faults.append(Fault(name, 0, f"not readable: {error}"))
            except ValidationError as error:
                for one in error.errors(include_url=False):
                    path = tuple(one["loc"])
                    shelf.faults.append(
                        Fault(name, line_of(file, path), f"{'.'.join(map(str, path))}: {one['msg'].lower()}")
                    )
        return shelf

    def expected_findings(self) -> dict[str, list[str]]:
        """Which rule does which file expect?"""
        found: dict[str, list[str]] = {}
        for name, case in self.cases.items():
            for finding in (*case.expect.findings, *(one for site in case.expect.sites for one in site.findings)):
                found.setdefault(finding, []).append(name)
        return found
