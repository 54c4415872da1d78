"""How long a full plan for eight places takes once everything is loaded, beside the screen of the same eight places.

Usage: plan.py RESULT.json
"""

import json
import platform
import statistics
import sys
import time
from datetime import date
from pathlib import Path

from needlepoint.library import load_knowledge, load_plan_knowledge
from needlepoint.plan import Circumstances, Person, propose
from needlepoint.plan.consent import consent
from needlepoint.screen import Answers, Needle, Proposal, assess
from needlepoint.terms import Side

DAY = date(2026, 11, 26)
MUSCLES = (
    "upper-trapezius", "levator-scapulae", "infraspinatus", "rhomboid-major", "lumbar-multifidus", "gluteus-medius", "soleus",
    "vastus-lateralis",
)  # fmt: skip
ROUNDS = 200


def timed(action, rounds=ROUNDS):
    """The median and the 95th percentile in milliseconds."""
    action()
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        action()
        times.append((time.perf_counter() - started) * 1000)
    times.sort()
    return {"median_ms": statistics.median(times), "p95_ms": times[int(0.95 * len(times))]}


def main():
    screen, knowledge = load_knowledge(), load_plan_knowledge()
    places = [screen.atlas.place_of_muscle(one, Side.LEFT) for one in MUSCLES]
    proposals = [Proposal(place, place.label, f"proposed[{n}]", Needle(13.0)) for n, place in enumerate(places)]
    person = Person(age=40, sex="female", bmi=24.0, slim=False)
    told = Circumstances(earlier=())

    def screened():
        return [assess(Answers(), (one,), screen, on=DAY) for one in proposals]

    cleared = screened()

    def planned():
        plan = propose(person, cleared, knowledge, on=DAY, told=told)
        consent(plan, knowledge)
        return plan

    result = {
        "places": len(MUSCLES),
        "rounds": ROUNDS,
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "plan": timed(planned),
        "screen": timed(screened),
    }
    result["plan_to_screen"] = result["plan"]["median_ms"] / result["screen"]["median_ms"]
    Path(sys.argv[1]).write_text(json.dumps(result, indent=2))
    print(f"### A plan for {result['places']} places, with its consent\n")
    print("| | median, ms | 95th percentile, ms |\n|---|---|---|")
    for name in ("plan", "screen"):
        print(f"| {name} | {result[name]['median_ms']:.2f} | {result[name]['p95_ms']:.2f} |")
    print(
        f"\nThe plan takes {result['plan_to_screen']:.2f} times as long as the screen of the same places. {result['machine']}."
    )


main()
