"""The depth question: for this person, at this muscle, what is the shallowest distance to a structure that evidence supports?"""

from collections.abc import Mapping
from dataclasses import dataclass

from needlepoint.plan.depths import Floor, by_depth, floors, outside
from needlepoint.plan.knowledge import PlanKnowledge
from needlepoint.plan.person import Person
from needlepoint.terms import Level, Statement


@dataclass(frozen=True, slots=True)
class Shallowest:
    """The answer for one structure.

    ``kind`` is measured (on this person), published (at this muscle) or conservative (only known around it, or the person is unlike those
    who were measured). ``mm`` is the distance, ``margin_mm`` what is kept before it, ``limit_mm`` the depth that no tip may pass.
    ``others`` are all figures that apply, the shallowest first; they are shown and never averaged.
    """

    structure: str
    kind: str
    mm: float
    margin_mm: float
    limit_mm: float
    text: str
    population: str
    outside: tuple[str, ...]
    others: tuple[Floor, ...]
    sources: tuple[Statement, ...]


def shallowest(
    structure: str,
    muscle: str,
    person: Person,
    knowledge: PlanKnowledge,
    *,
    measured_mm: Mapping[str, float],
    level: Level = Level.CLEAR,
    lifted: bool = False,
) -> Shallowest | None:
    """How deep does this structure lie at the least? ``None``: nothing measured and nothing published.

    What was measured on the person goes before what was published, and what was published of this muscle before what was of its region; of
    the region only what has a spread or a least counts, since a bare mean of another spot says nothing here.
    ``level`` is the clearance of the place: a worse one keeps more
    distance. In a ``lifted`` fold the needle does not point at the structure, and the shallowest middle counts instead of the floor.
    """
    numbers = knowledge.numbers
    further = numbers["margin-weigh"] if level >= Level.WEIGH else 0.0
    if structure in measured_mm:
        mm = measured_mm[structure]
        margin = numbers["margin-measured"] + further
        text = f"{mm:g} mm, measured on this person, less {margin:g} mm"
        return Shallowest(structure, "measured", mm, margin, max(mm - margin, 0.0), text, "this person", (), (), ())
    here, around = knowledge.depths_near(structure, muscle)
    found = [one for depth in here if depth.limits for one in floors(depth, person, numbers)]
    kind = "published"
    if not found:
        found = [one for depth in around if depth.limits for one in floors(depth, person, numbers) if not one.bare]
        kind = "conservative"
    if not found:
        return None
    ranked = sorted(found, key=lambda one: (one.centre if lifted else one.mm, one.depth.id, one.what))
    ruling = ranked[0]
    slim = person.may_be_slim(numbers)
    # What lies before the structure, as the rib does before the lung, is a margin by itself.
    base = numbers["margin"] if ruling.depth.to == structure else 0.0
    margin = base + further + (numbers["margin-slim"] if slim else 0.0)
    mm = ruling.centre if lifted else ruling.mm
    unlike = outside(ruling.depth, person, numbers["adult-age"])
    how = (
        "the shallowest middle of what was published; in a lifted fold the needle does not point there"
        if lifted
        else ruling.how
    )
    kept = f"less a margin of {margin:g} mm" if margin else "where the rib still lies before it"
    text = f"{mm:.1f} mm ({ruling.what}: {how}), {kept}"
    return Shallowest(
        structure,
        "conservative" if unlike else kind,
        mm,
        margin,
        max(mm - margin, 0.0),
        text,
        ruling.depth.people.words,
        unlike,
        by_depth(found),
        ruling.depth.sources,
    )
