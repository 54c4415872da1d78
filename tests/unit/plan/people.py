"""A small knowledge with one muscle over the lung, and the people who are planned for with it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache

from needlepoint.library import load_knowledge, load_plan_knowledge
from needlepoint.plan import Circumstances, Person, Plan, PlanKnowledge, StockNeedle, propose
from needlepoint.plan.approach import Approach, Hazard, Lies, Way
from needlepoint.plan.depths import Depth, Figure, People
from needlepoint.screen import Answers, Clearance, Needle, Proposal, assess
from needlepoint.terms import Side

DAY = date(2026, 3, 2)
ORDINARY = Person(age=40, sex="male", bmi=24.0, height_cm=178, weight_kg=76, slim=False, faints=False, pregnant=False)


def way(**told) -> Way:
    """One way: flat, thirty degrees from straight in, at most 20 mm deep."""
    kept = {
        "name": "Flat", "technique": "deep", "positions": ("prone",), "position": "Prone.", "hands": "One hand marks the band.", "grip": "none",
        "direction": "Outwards.", "angle_deg": 30.0, "at_most_mm": 20.0, "at_most_because": "Our cap.", "lifted": False, "clear_of": (), "diameter_mm": 0.25,
        "insertions_max": 4, "dwell_minutes": 0.0, "warnings": (), "sources": (),
    }  # fmt: skip
    return Way(**{**kept, **told})


def approach(
    *ways: Way, muscle: str = "rhomboid-major", hazards: Iterable[str] = ("pleura",), lies=(6.0, 14.0)
) -> Approach:
    """How a muscle is needled."""
    where = Lies(*lies, "in an ordinary build", ()) if lies else None
    told = tuple(Hazard(one, "It lies there.", "Keep away.") for one in hazards)
    return Approach(muscle, where, told, ways or (way(),), "Treat it by hand.", None, None, False, ())


def depth(*figures: Figure, to: str = "pleura", muscles=("rhomboid-major",), regions=(), **told) -> Depth:
    """Distances that one work published."""
    kept = {
        "id": "a-study", "title": "A study", "spot": "beside the shoulder blade", "limits": True, "why_only_shown": None, "method": "ultrasound",
        "posture": "prone", "breathing": None, "path": "straight down", "people": People("fifty adults", n=50), "equations": (), "disagreement": None,
        "note": None, "sources": (),
    }  # fmt: skip
    return Depth(to=to, muscles=muscles, regions=regions, figures=figures, **{**kept, **told})


@cache
def shipped() -> PlanKnowledge:
    """The knowledge that Needlepoint ships with."""
    return load_plan_knowledge()


def knowing(*approaches: Approach, depths: Iterable[Depth] = ()) -> PlanKnowledge:
    """The shipped numbers and body, with these approaches and depths alone."""
    return replace(shipped(), approaches={one.muscle: one for one in approaches}, depths=tuple(depths))


def cleared(
    muscle: str = "rhomboid-major", side: Side | None = Side.LEFT, answers: Answers | None = None, **told
) -> Clearance:
    """The clearance of one muscle alone, for someone of whom these answers are known."""
    screen = load_knowledge()
    place = screen.atlas.place_of_muscle(muscle, side)
    proposal = Proposal(place, place.label, "proposed[0]", **{"needle": Needle(8.0), **told})
    return assess(answers or Answers(), (proposal,), screen, on=DAY)


def planned(
    *places: Clearance, person: Person = ORDINARY, knowledge: PlanKnowledge | None = None, told: Circumstances | None = None,
    stock: tuple[StockNeedle, ...] = (), **more,
) -> Plan:  # fmt: skip
    """The plan for these places."""
    told = told or Circumstances(earlier=())
    return propose(person, places or (cleared(),), knowledge or shipped(), on=DAY, stock=stock, told=told, **more)
