"""How a person lies: which positions suit them, and the fewest turns for a session."""

from collections.abc import Sequence
from itertools import combinations

from needlepoint.plan.person import Person
from needlepoint.terms import Side

#: From this week of a pregnancy nobody lies flat on the back for long.
LATE_WEEKS = 20
ORDER = ("prone", "supine", "left side up", "right side up", "sitting")


def possible_positions(positions: Sequence[str], person: Person) -> tuple[str, ...]:
    """Which of these positions suit this person?

    Nobody pregnant lies prone, nor supine once the pregnancy is late or its weeks are not known; nobody who faints sits, and sitting is
    left for when nothing else serves.
    """
    kept = [one for one in positions if not (person.pregnant and one == "prone")]
    if person.pregnant and (person.gestation_weeks is None or person.gestation_weeks >= LATE_WEEKS):
        kept = [one for one in kept if one != "supine"]
    lying = [one for one in kept if one != "sitting"]
    if lying or person.faints is not False:
        return tuple(lying)
    return tuple(kept)


def turned(position: str, side: Side | None) -> tuple[str, ...]:
    """How a person lies for a position and the side that is treated. A side that was not told may be either."""
    if position not in ("side-lying", "lying-on-it"):
        return (position,)
    if side not in (Side.LEFT, Side.RIGHT):
        return ("left side up", "right side up")
    up = side if position == "side-lying" else side.other
    return (f"{up.value} side up",)


def fewest_turns(choices: Sequence[frozenset[str]]) -> tuple[str, ...]:
    """The smallest set of positions that serves every place, each of which may be needled in any of its own.

    Of sets of one size, the first in the customary order. Few enough positions that all sets can be looked at.
    """
    if not choices:
        return ()
    for size in range(1, len(ORDER) + 1):
        for chosen in combinations(ORDER, size):
            if all(one & set(chosen) for one in choices):
                return chosen
    raise ValueError("a place has no position")
