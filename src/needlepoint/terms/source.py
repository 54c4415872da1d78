"""Who says so, and how far we read it."""

from dataclasses import dataclass
from enum import StrEnum


class Read(StrEnum):
    """How far a statement was seen in its source, from best to weakest."""

    FULL = "full"
    ABSTRACT = "abstract"
    SECONDARY = "secondary"
    RECALL = "recall"


@dataclass(frozen=True, slots=True)
class Source:
    """One published work, or one honest judgement of our own."""

    id: str
    citation: str
    year: int | None
    kind: str
    locator: str | None
    read: Read


@dataclass(frozen=True, slots=True)
class Statement:
    """That a source supports a statement: which, how far it was read for this, and its gist in our words."""

    source: Source
    read: Read
    gist: str | None = None
