"""Which acts stand, and which were taken back: an act stands unless an undo of it stands.

So an undo of an undo brings the act back, and an act that was taken back twice, on two devices, comes back only when both are taken back.
Nothing here asks in which order acts arrived, nor what the clocks said.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from needlepoint.treat.acts import Act, Undone

MOVED = "the same id was used for something else"
NOTHING = "it takes back something that is not there"
CIRCLE = "it takes itself back, by way of others or at once"


@dataclass(frozen=True, slots=True)
class Odd:
    """An act that makes no sense as it stands, and why. It is kept; somebody has to look at it."""

    act: Act
    reason: str


@dataclass(frozen=True, slots=True)
class Sorted:
    """All acts in order: those that stand, those that were taken back, and those of which not even that is clear."""

    standing: tuple[Act, ...]
    undone: tuple[Act, ...]
    odd: tuple[Odd, ...]


def sort_out(acts: Iterable[Act]) -> Sorted:
    """Which of these acts stand? Doubles count once; what comes twice under one id with different words is odd.

    Everything odd can be mended: whatever is taken back is odd no longer.
    """
    by_id: dict[str, Act] = {}
    moved: list[Act] = []
    for act in sorted(set(acts), key=lambda one: (*one.order, repr(one.what))):
        if by_id.setdefault(act.id, act) is not act:
            moved.append(act)
    targets = {act.id: act.what.act for act in by_id.values() if isinstance(act.what, Undone)}
    circles = frozenset(one for one in targets if _comes_back(one, targets))
    gone = _gone(targets, circles)
    standing = [act for act in by_id.values() if act.id not in gone]
    odd = [Odd(act, MOVED) for act in moved if act.id not in gone]
    odd += [Odd(act, CIRCLE) for act in standing if act.id in circles]
    odd += [Odd(act, NOTHING) for act in standing if targets.get(act.id, act.id) not in by_id]
    return Sorted(
        tuple(act for act in standing if act.id not in circles),
        tuple(act for act in (*by_id.values(), *moved) if act.id in gone),
        tuple(odd),
    )


def _comes_back(start: str, targets: Mapping[str, str]) -> bool:
    """Does following what each takes back lead to where it began?"""
    seen: set[str] = set()
    at = targets[start]
    while at in targets and at not in seen:
        if at == start:
            return True
        seen.add(at)
        at = targets[at]
    return False


def _gone(targets: Mapping[str, str], circles: frozenset[str]) -> frozenset[str]:
    """Ids of acts that a standing undo takes back. Judged from the outermost undo inwards; what goes round in a circle takes nothing back."""
    gone: set[str] = set()
    for undo in sorted(targets, key=lambda one: -_depth(one, targets, circles)):
        if undo not in gone and undo not in circles:
            gone.add(targets[undo])
    return frozenset(gone)


def _depth(undo: str, targets: Mapping[str, str], circles: frozenset[str]) -> int:
    """How many acts lie between this undo and what it finally speaks of?"""
    steps = 0
    while undo in targets and undo not in circles:
        undo = targets[undo]
        steps += 1
    return steps
