"""One page of the answer in plain, ready words. Paper and terminal print it as it stands; neither decides anything."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SiteLine:
    """One line of the places: where, the answer there, and why in a few words. Places with the same answer may share a line."""

    places: tuple[str, ...]
    plan: str | None
    level: str
    complete: bool
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BecauseLine:
    """One fact that matched, and where in the input it stands."""

    fact: str
    origin: str | None


@dataclass(frozen=True, slots=True)
class SourceMark:
    """The number of a source in the list at the end, and how far it was read for this statement."""

    number: int
    read: str


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One finding: what holds, where, what to do, why, and who says so."""

    id: str
    title: str
    where: str
    says: str
    advice: str
    because: tuple[BecauseLine, ...]
    disagreement: str | None
    choice: str | None
    sources: tuple[SourceMark, ...]


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """All findings of one level."""

    level: str
    heading: str
    findings: tuple[FindingLine, ...]


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """An open question, and what its answer could change. ``reply`` is how it is answered: ``yes-or-no``, ``number`` or ``words``."""

    id: str
    number: int
    text: str
    could_change: str
    reply: str


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """Questions that could change the answer in the same way, to ``level``."""

    level: str
    heading: str
    questions: tuple[QuestionLine, ...]


@dataclass(frozen=True, slots=True)
class UnknownLine:
    """A text that nobody understood, where it stands, and the known words nearest to it."""

    text: str
    origin: str
    nearest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AsideLine:
    """Something that was understood and does not count, and why."""

    text: str
    origin: str
    reason: str


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One source with its number; ``gists`` say in our words what was taken from it."""

    number: int
    citation: str
    link: str | None
    gists: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScreenPage:
    """The answer to *may this person be needled on this day, and where not?*, ready to be read from top to bottom."""

    label: str
    day: str
    level: str
    answer: str
    sentence: str
    not_yet_cleared: str | None
    sites_heading: str
    sites_note: str | None
    sites: tuple[SiteLine, ...]
    findings: tuple[FindingGroup, ...]
    questions: tuple[QuestionGroup, ...]
    not_understood: tuple[UnknownLine, ...]
    set_aside: tuple[AsideLine, ...]
    notes: tuple[str, ...]
    sources: tuple[SourceLine, ...]
    release: str
    sha256: str

    @property
    def title(self) -> str:
        """The answer in one line, as a window or a document calls itself."""
        cleared = f"{self.answer}, not yet cleared" if self.not_yet_cleared else self.answer
        return f"{cleared}: {self.label}, {self.day}"
