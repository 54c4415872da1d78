"""What a case tells around the session: what was needled before, and which days matter."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from needlepoint.body import PlacesNamed
from needlepoint.exchange.case.shape import CaseFile
from needlepoint.exchange.told import InputError, NeedledBefore

#: Words for a day on which an athlete has to give everything.
COMPETITIONS = frozenset({"competition", "match", "race", "game", "tournament", "fight", "event"})


@dataclass(frozen=True, slots=True)
class Around:
    """Reads the keys `earlier` and `calendar`; what is not understood goes back to the reader of the case."""

    case: CaseFile
    name: str
    day: date
    places: Callable[[str, str | None, str], PlacesNamed]
    miss: Callable[[str, str, tuple[str, ...]], None]

    def earlier(self) -> tuple[NeedledBefore, ...] | None:
        """The muscles that were needled before; ``None``: nobody told. Raises InputError for a day that has not come yet."""
        if self.case.earlier is None:
            return None
        found = []
        for n, one in enumerate(self.case.earlier):
            if one.on > self.day:
                raise InputError(
                    f"{self.name}: earlier[{n}].on: {one.on} is after the day of the visit, {self.day}; correct one of them"
                )
            sides = ["left", "right"] if one.side == "both" else [one.side]
            for side in sides:
                named = self.places(one.muscle, side, f"earlier[{n}].muscle")
                found += [
                    NeedledBefore(muscle, place.side, one.on) for place in named.places for muscle in place.muscles
                ]
        return tuple(dict.fromkeys(found))

    def competitions(self) -> tuple[date, ...]:
        """The days of competition."""
        found = []
        for n, one in enumerate(self.case.calendar or ()):
            if COMPETITIONS & set(one.what.lower().replace(",", " ").split()):
                found.append(one.on)
            else:
                self.miss(one.what, f"calendar[{n}].what", tuple(sorted(COMPETITIONS)))
        return tuple(found)
