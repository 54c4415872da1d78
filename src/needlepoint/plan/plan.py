"""What we conclude: a plan for every place, and one for the session."""

from dataclasses import dataclass

from needlepoint.body import Place
from needlepoint.plan.approach import Lies, Way
from needlepoint.plan.reach import Chosen
from needlepoint.plan.shallowest import Shallowest
from needlepoint.terms import Level, Side, Statement


@dataclass(frozen=True, slots=True)
class HazardShown:
    """A structure near the place: why, what avoids it, and the depth that is kept from it where one is known."""

    structure: str
    title: str
    worst: str
    why: str
    avoid_by: str
    in_path: bool
    depth: Shallowest | None


@dataclass(frozen=True, slots=True)
class DepthBasis:
    """On what a stop depth rests: measured, published or conservative; in words; for whom; and from where."""

    kind: str
    text: str
    population: str
    outside: tuple[str, ...]
    sources: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A needle that was asked for: what it could reach, and which structures it could pass."""

    length_mm: float
    reach_mm: float
    to_hub_mm: float
    could_pass: tuple[str, ...]
    within: bool


@dataclass(frozen=True, slots=True)
class NeedlePlan:
    """How one muscle is needled: the way, the stop depth and what it rests on, the needle, the dose."""

    way: Way
    position: str
    stop_depth_mm: float
    basis: DepthBasis
    chosen: Chosen
    reaches_muscle: bool | None
    insertions_max: int
    dwell_minutes: float
    safer_than: str | None


@dataclass(frozen=True, slots=True)
class Declined:
    """Why no needle goes here, what would change that, and what may be done instead."""

    reason: str
    would_change: tuple[str, ...]
    instead: str | None


@dataclass(frozen=True, slots=True)
class SitePlan:
    """The plan of one place, or a reasoned refusal: just one of ``needle`` and ``declined`` is there."""

    place: Place | None
    text: str
    origin: str
    muscle: str | None
    side: Side | None
    level: Level
    complete: bool
    needle: NeedlePlan | None
    declined: Declined | None
    lies: Lies | None
    hazards: tuple[HazardShown, ...]
    asked: Asked | None
    elsewhere: tuple[tuple[str, Side], ...]
    warnings: tuple[str, ...]
    unreviewed: bool
    disagreements: tuple[str, ...]
    sources: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One position of the session, and the sites (numbers in the list of sites) that are needled in it, in order."""

    position: str
    sites: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Later:
    """A site that waits for another day, and why."""

    site: int
    reason: str


@dataclass(frozen=True, slots=True)
class Signs:
    """Warning signs that belong to the sites of a session, from when to when, and what to do."""

    title: str
    from_hours: float
    to_hours: float
    clinician: tuple[str, ...]
    patient: tuple[str, ...]
    act_clinician: str
    act_patient: str
    sources: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """The session: positions in order, what waits, how long to stay, warning signs."""

    steps: tuple[Step, ...]
    later: tuple[Later, ...]
    insertions: tuple[tuple[int, int], ...]
    first: bool | None
    stay_minutes: float
    warnings: tuple[str, ...]
    signs: tuple[Signs, ...]
    reasons: tuple[str, ...]

    @property
    def today(self) -> tuple[int, ...]:
        """The sites that are needled today, as numbers in the list of sites."""
        return tuple(n for n, _ in self.insertions)


@dataclass(frozen=True, slots=True)
class Plan:
    """Which needle, where, how deep, and how not: every place, and the session."""

    sites: tuple[SitePlan, ...]
    session: SessionPlan
    release: str
    sha256: str
