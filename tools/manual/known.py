"""What the generated pages are made of: the knowledge with its files, the worked cases, and the names of all tests."""

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from needlepoint.library import load_knowledge, load_locate_knowledge
from needlepoint.library.cases import CaseFileShelf
from needlepoint.library.shelves import Doc, Shelves, knowledge_root, load_shelves
from needlepoint.locate import LocateKnowledge
from needlepoint.screen import ScreenKnowledge

ROOT = Path(__file__).resolve().parents[2]
#: The kinds of files that state something.
SPEAKING = (
    *("rule", "fact", "unremarkable", "measurement", "muscle", "region", "structure", "meridian"),
    *("symptom", "quality", "problem", "customary", "red_flag", "look_alike", "weight"),
    *("depth", "approach", "number", "risk", "watch", "stock"),
    *("grade", "reaction", "event", "advice", "bound"),
)


@dataclass(frozen=True, slots=True)
class Use:
    """One statement that leans on a source: what kind of thing says so, which, and how far the source was read for it."""

    kind: str
    id: str
    title: str
    read: str
    gist: str | None


@dataclass
class Known:
    """All of it, read once."""

    shelves: Shelves
    knowledge: ScreenKnowledge
    cases: CaseFileShelf
    tests: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls) -> "Known":
        """Read the knowledge, the cases and the tests of this repository. Raises ``KnowledgeFaultsError`` when there are faults."""
        root = knowledge_root()
        return cls(
            load_shelves(root),
            load_knowledge(root),
            CaseFileShelf.read(ROOT / "cases"),
            dict(test_names(ROOT / "tests")),
        )

    @cached_property
    def locate(self) -> LocateKnowledge:
        """What the second step knows."""
        return load_locate_knowledge(knowledge_root())

    def place(self, name: str) -> str:
        """The title of a region or a patch of the skin."""
        if name in self.shelves.docs["region"]:
            return str(self.shelves.docs["region"][name]["title"])
        return self._patches[name]

    @cached_property
    def _patches(self) -> Mapping[str, str]:
        return {one["id"]: one["title"] for part in self.shelves.docs["skin"].values() for one in part["patches"]}

    def docs(self, kind: str) -> dict[str, Doc]:
        """All files of this kind, by id, in the order of the alphabet."""
        return dict(sorted(self.shelves.docs[kind].items()))

    @cached_property
    def cases_of(self) -> Mapping[str, list[str]]:
        """Which cases expect each finding?"""
        return {finding: sorted(set(files)) for finding, files in self.cases.expected_findings().items()}

    @cached_property
    def not_cases_of(self) -> Mapping[str, list[str]]:
        """Which cases expect each finding to stay away?"""
        found: dict[str, list[str]] = defaultdict(list)
        for name, case in self.cases.cases.items():
            for one in (*case.expect.not_findings, *(f for site in case.expect.sites for f in site.not_findings)):
                found[one].append(name)
        return found

    @cached_property
    def uses(self) -> Mapping[str, list[Use]]:
        """For each source, the statements that lean on it."""
        found: dict[str, list[Use]] = defaultdict(list)
        for kind in SPEAKING:
            for id_, doc in self.docs(kind).items():
                for cited in all_cited(doc):
                    title = doc.get("title") or doc.get("name") or id_
                    found[cited["id"]].append(Use(kind, id_, title, cited["read"], cited.get("gist")))
        return found


def all_cited(doc: Doc) -> Iterator[Doc]:
    """The sources of a statement, and of the distances, studies, zones, ways and steps in it."""
    yield from doc.get("sources", [])
    ways = doc.get("ways", [])
    inner = (
        *doc.get("distances", []),
        *doc.get("studies", []),
        *doc.get("now", []),
        *ways,
        *(one for way in ways for one in way["clear_of"]),
    )
    for part in (*inner, doc.get("referral", {}), doc.get("lies", {})):
        yield from part.get("sources", [])


def test_names(folder: Path) -> Iterator[tuple[str, str]]:
    """Every test of this folder, with the file that holds it."""
    for file in sorted(folder.rglob("test_*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                yield node.name, file.relative_to(folder.parent).as_posix()
