"""The named parts of a body: areas, structures, regions, muscles, points, and the words that stand for several."""

from dataclasses import dataclass

from needlepoint.body.outline import Mark, Outline
from needlepoint.terms import Statement

#: What may be said of a place beside what lies beneath it.
FEATURES = frozenset(
    {
        "deep", "non-compressible", "confined", "over-joint", "over-bone-gap", "distal-limb", "head", "pregnancy-caution", "breast",
        "intimate", "moist-skin",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Area:
    """A cell of the coarse grid on which conditions lie: "left knee", "right chest"."""

    id: str
    title: str
    paired: bool
    names: tuple[str, ...]
    part_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Structure:
    """Something beneath the skin that a needle can hurt, and how badly that could end."""

    id: str
    title: str
    harm: str
    worst: str
    warning_signs: tuple[str, ...]
    sources: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Region:
    """A named place of the skin and what lies beneath it."""

    id: str
    title: str
    paired: bool
    area: str
    names: tuple[str, ...]
    beneath: frozenset[str]
    features: frozenset[str]
    barred: str | None
    sources: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Distance:
    """A published distance from the skin to a structure, in mm, for the people it was measured in."""

    structure: str
    mm: float
    what: str
    people: str
    sources: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Zone:
    """One region or patch to which a muscle sends pain. ``side`` is same, other or both; ``weight`` only where a source tells it."""

    region: str
    main: bool
    side: str = "same"
    weight: float | None = None


@dataclass(frozen=True, slots=True)
class Referral:
    """Where a muscle is said to send pain, who says so, and where they differ."""

    zones: tuple[Zone, ...]
    sources: tuple[Statement, ...]
    disagreement: str | None = None


@dataclass(frozen=True, slots=True)
class TriggerPoint:
    """Where a trigger point is often found: its name, and the mark on the left side of the neutral body."""

    name: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Muscle:
    """A muscle: where it lies, what lies beneath it, how it is reached, and where it sends pain."""

    id: str
    title: str
    latin: str | None
    names: tuple[str, ...]
    regions: tuple[str, ...]
    depth: str
    beneath: frozenset[str]
    features: frozenset[str]
    barred: str | None
    nerve: str | None
    roots: tuple[str, ...]
    position: str | None
    approach: str | None
    distances: tuple[Distance, ...]
    sources: tuple[Statement, ...]
    fma: str | None = None
    uberon: str | None = None
    origin: str | None = None
    insertion: str | None = None
    action: str | None = None
    referral: Referral | None = None
    symptoms: tuple[str, ...] = ()
    footprint: tuple[Outline, ...] = ()
    trigger_points: tuple[TriggerPoint, ...] = ()


@dataclass(frozen=True, slots=True)
class Point:
    """An acupuncture point, as a name of a place. ``features`` are its own, beside those of what lies there."""

    code: str
    name: str
    paired: bool
    muscles: tuple[str, ...]
    regions: tuple[str, ...]
    note: str | None
    features: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Coarse:
    """A word that stands for several regions or muscles: "back", "hamstrings"."""

    id: str
    names: tuple[str, ...]
    regions: tuple[str, ...]
    muscles: tuple[str, ...]
