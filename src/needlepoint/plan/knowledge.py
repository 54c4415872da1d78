"""All that the plan step knows, as one frozen value."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from needlepoint.body import Atlas
from needlepoint.plan.approach import Approach
from needlepoint.plan.depths import Depth
from needlepoint.plan.numbers import Numbers
from needlepoint.plan.reach import StockNeedle
from needlepoint.terms import Statement

#: A needle that does not pass the first has not passed what lies behind it: the rib before the lung, the lining of the belly before its organs.
BEFORE: Mapping[str, tuple[str, ...]] = {
    "pleura": ("rib",),
    "heart": ("pleura",),
    **dict.fromkeys(
        ("bowel", "liver", "spleen", "gallbladder", "bladder", "uterus", "abdominal-aorta"), ("peritoneum",)
    ),
}


@dataclass(frozen=True, slots=True)
class Risk:
    """Something that may happen, how often, in words for the person who is needled."""

    id: str
    title: str
    words: str
    structures: frozenset[str]
    happened: float | None
    among: float | None
    unit: str
    interval: tuple[float, float] | None
    group: str
    uncertain: str | None
    disagreement: str | None
    sources: tuple[Statement, ...]

    @property
    def for_everyone(self) -> bool:
        """Does it bear on every place?"""
        return not self.structures


@dataclass(frozen=True, slots=True)
class Watch:
    """The warning signs after needling near some structures, between how many hours, and what to do."""

    id: str
    title: str
    structures: frozenset[str]
    from_hours: float
    to_hours: float
    clinician: tuple[str, ...]
    patient: tuple[str, ...]
    act_clinician: str
    act_patient: str
    stay_minutes: float
    sources: tuple[Statement, ...]


@dataclass(frozen=True)
class PlanKnowledge:
    """Depths, approaches, numbers, risks, warning signs and the usual stock, with the body they speak of."""

    atlas: Atlas
    depths: tuple[Depth, ...]
    approaches: Mapping[str, Approach]
    numbers: Numbers
    risks: tuple[Risk, ...]
    watches: tuple[Watch, ...]
    stock: tuple[StockNeedle, ...]
    release: str
    sha256: str

    @cached_property
    def _by_structure(self) -> Mapping[str, tuple[Depth, ...]]:
        found: dict[str, list[Depth]] = {}
        for depth in self.depths:
            found.setdefault(depth.to, []).append(depth)
        return {to: tuple(depths) for to, depths in found.items()}

    def depths_to(self, structure: str) -> tuple[Depth, ...]:
        """Every work that measured the distance to this structure, or to what lies before it."""
        by = self._by_structure
        return tuple(depth for to in (structure, *BEFORE.get(structure, ())) for depth in by.get(to, ()))

    @cached_property
    def _near(self) -> dict[tuple[str, str], tuple[tuple[Depth, ...], tuple[Depth, ...]]]:
        return {}

    def depths_near(self, structure: str, muscle: str) -> tuple[tuple[Depth, ...], tuple[Depth, ...]]:
        """The works that measured this distance at this muscle; and those that did only in a region of it."""
        key = (structure, muscle)
        known = self._near.get(key)
        if known is None:
            regions = set(self.atlas.muscles[muscle].regions) if muscle in self.atlas.muscles else set()
            every = self.depths_to(structure)
            here = tuple(one for one in every if muscle in one.muscles)
            around = tuple(one for one in every if muscle not in one.muscles and regions & set(one.regions))
            known = self._near[key] = (here, around)
        return known

    def title(self, structure: str) -> str:
        """What a structure is called."""
        found = self.atlas.structures.get(structure)
        return found.title if found else structure.replace("-", " ")

    def worst(self, structure: str) -> str:
        """How badly a hurt of this structure can end."""
        found = self.atlas.structures.get(structure)
        return found.worst if found else "life-threatening"
