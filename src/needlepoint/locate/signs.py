"""Signs of danger as small trees of yes, no and not known."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from needlepoint.terms import Truth, all_of, any_of


@dataclass(frozen=True, slots=True)
class Has:
    """Is this symptom told?"""

    symptom: str


@dataclass(frozen=True, slots=True)
class PainIn:
    """Does the pain lie in one of these regions?"""

    regions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OlderThan:
    """Is the person older than this, in years?"""

    years: float


@dataclass(frozen=True, slots=True)
class YoungerThan:
    """Is the person younger than this, in years?"""

    years: float


@dataclass(frozen=True, slots=True)
class Known:
    """Did the screen find that this fact is so?"""

    fact: str


@dataclass(frozen=True, slots=True)
class IsSex:
    """Is the person of this sex?"""

    sex: str


@dataclass(frozen=True, slots=True)
class Every:
    """Are all of these so?"""

    parts: tuple["Sign", ...]


@dataclass(frozen=True, slots=True)
class Some:
    """Is any of these so?"""

    parts: tuple["Sign", ...]


Leaf = Has | PainIn | OlderThan | YoungerThan | Known | IsSex
Sign = Leaf | Every | Some


def holds(sign: Sign, asks: Callable[[Leaf], Truth]) -> Truth:
    """Is it so? ``asks`` answers the leaves."""
    match sign:
        case Every(parts):
            return all_of(holds(one, asks) for one in parts)
        case Some(parts):
            return any_of(holds(one, asks) for one in parts)
        case _:
            return asks(sign)


def leaves(sign: Sign) -> Iterator[Leaf]:
    """All leaves of a sign."""
    if isinstance(sign, Every | Some):
        for part in sign.parts:
            yield from leaves(part)
    else:
        yield sign
