"""How a muscle may be needled: the ways, the hazards, and where the muscle itself lies."""

from dataclasses import dataclass

from needlepoint.terms import Statement


@dataclass(frozen=True, slots=True)
class Clear:
    """A structure that one way of needling cannot meet, and why that is believed."""

    structure: str
    because: str
    sources: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """One way to needle a muscle.

    ``angle_deg``: between the needle and the line straight into the body (0 straight in, 90 along the skin). ``at_most_mm``: the greatest
    depth straight beneath the skin without imaging; in a lifted fold, the greatest depth into the fold.
    """

    name: str
    technique: str
    positions: tuple[str, ...]
    position: str
    hands: str
    grip: str
    direction: str
    angle_deg: float
    at_most_mm: float
    at_most_because: str
    lifted: bool
    clear_of: tuple[Clear, ...]
    diameter_mm: float
    insertions_max: int
    dwell_minutes: float
    warnings: tuple[str, ...]
    sources: tuple[Statement, ...]

    @property
    def excludes(self) -> frozenset[str]:
        """The structures that this way cannot meet."""
        return frozenset(one.structure for one in self.clear_of)


@dataclass(frozen=True, slots=True)
class Hazard:
    """A structure near a muscle: why it is a hazard, and what avoids it."""

    structure: str
    why: str
    avoid_by: str


@dataclass(frozen=True, slots=True)
class Lies:
    """From how deep to how deep a muscle lies beneath the skin in an adult of ordinary build, in mm."""

    starts: float
    ends: float
    words: str
    sources: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Approach:
    """All that is known of needling one muscle; no ways: it is not needled here."""

    muscle: str
    lies: Lies | None
    hazards: tuple[Hazard, ...]
    ways: tuple[Way, ...]
    instead: str | None
    choice: str | None
    disagreement: str | None
    reviewed: bool
    sources: tuple[Statement, ...]
