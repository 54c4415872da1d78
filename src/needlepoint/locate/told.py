"""What we are told of a pain: the drawing, the complaint as it was heard, and what the fingers found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from needlepoint.body import PatchPainted, Place, Skin
from needlepoint.terms import Side, Truth


@dataclass(frozen=True, slots=True)
class Mark:
    """One marked place: which cells of the skin, how much of each (0 to 1), how strong (0 to 10, if told), and how it was named.

    ``named``: a place in words is somewhere within its cells; a ``painted`` one is exactly there, and counts by its size.
    """

    named: str
    origin: str
    cells: Mapping[int, float]
    side: Side | None
    strength: float | None = None
    qualities: tuple[str, ...] = ()
    painted: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """Where it hurts. ``percent_of_skin`` is known when the pain was painted, else it is reckoned from the marked cells."""

    marks: tuple[Mark, ...] = ()
    percent_of_skin: float | None = None

    def __bool__(self) -> bool:
        return any(mark.cells for mark in self.marks)

    @property
    def cells(self) -> Mapping[int, float]:
        """How much of each cell is marked; the most where marks overlap."""
        shares: dict[int, float] = {}
        for mark in self.marks:
            for cell, share in mark.cells.items():
                shares[cell] = max(share, shares.get(cell, 0.0))
        return MappingProxyType(shares)


@dataclass(frozen=True, slots=True)
class Palpation:
    """What the fingers found at one muscle. ``None``: it was not looked for."""

    muscle: str
    side: Side | None
    origin: str
    recognised_pain: Truth = None
    referred_pain: Truth = None
    tenderness: Truth = None
    taut_band: Truth = None
    twitch: Truth = None


@dataclass(frozen=True, slots=True)
class Heard:
    """Something that the complaint says: which, whether it is so, in which words."""

    id: str
    so: Truth
    words: str


@dataclass(frozen=True, slots=True)
class Complaint:
    """The complaint, understood: places, sides, symptoms, qualities, problems, since when (days); and the words that nobody understood."""

    text: str = ""
    places: tuple[Place, ...] = ()
    sides: tuple[Side, ...] = ()
    symptoms: tuple[Heard, ...] = ()
    qualities: tuple[Heard, ...] = ()
    problems: tuple[Heard, ...] = ()
    days: int | None = None
    left_over: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that ``find`` needs to know. ``facts`` are conclusions of the screen by their id: yes or no; what is missing is not known."""

    drawing: Drawing = Drawing()
    complaint: Complaint = Complaint()
    palpation: tuple[Palpation, ...] = ()
    age: float | None = None
    sex: str | None = None
    facts: Mapping[str, bool] = field(default_factory=lambda: MappingProxyType({}))
    problems: tuple[Heard, ...] = ()


def mark_of_place(
    place: Place, skin: Skin, origin: str, strength: float | None = None, qualities: Sequence[str] = ()
) -> Mark:
    """A place that was named in words, as a mark. A place whose side was not told lies on both, and says so by ``side`` being ``None``."""
    cells: dict[int, float] = {}
    for region in place.regions:
        for cell in skin.cells_of(region, place.side):
            cells[cell] = 1.0
    return Mark(place.label, origin, MappingProxyType(cells), place.side, strength, tuple(qualities))


def mark_of_painting(
    painted: Sequence[PatchPainted], skin: Skin, origin: str, qualities: Sequence[str] = ()
) -> tuple[Mark, ...]:
    """What was painted, as one mark for each patch that it touches."""
    return tuple(
        Mark(
            f"{one.patch.side} {one.patch.title.lower()}",
            origin,
            MappingProxyType(dict.fromkeys(skin.cells_of(one.patch.id, one.patch.side)[:1], one.share)),
            one.patch.side,
            one.strength,
            tuple(qualities),
            painted=True,
        )
        for one in painted
    )
