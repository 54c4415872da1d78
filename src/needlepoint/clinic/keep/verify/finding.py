"""What verify finds: which record, and what is wrong with it, in words."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it was sealed. ``kind`` and ``id`` name the record; ``visit`` and ``on`` say of which visit it is."""

    kind: str
    id: str
    what: str
    visit: UUID | str | None = None
    on: date | str | None = None

    def __str__(self) -> str:
        of = f", visit {self.visit}" if self.visit else ""
        of += f" of {self.on}" if self.on else ""
        return f"{self.kind} {self.id}{of}: {self.what}"


@dataclass(frozen=True, slots=True)
class Deleted:
    """A record that was deleted lawfully: its seal, and why."""

    seal: int
    kind: str
    id: str
    reason: str
    on: date

    def __str__(self) -> str:
        return f"{self.kind} {self.id} (seal {self.seal}): lawfully deleted on {self.on}; the reason: {self.reason}"


@dataclass(slots=True)
class Verified:
    """What came of it. ``heads``: organisation → its name, how many seals, and the last hash. ``seen``: where a hash told before was found."""

    heads: dict[str, tuple[str, int, str]] = field(default_factory=dict)
    findings: int = 0
    deleted: int = 0
    notes: int = 0
    seen: str = ""
