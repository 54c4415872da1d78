"""A cast for the tests of `locate`: people with a pain, told as a case file tells it."""

from datetime import date
from functools import cache

from needlepoint.exchange.case.read import read_document
from needlepoint.exchange.locating import Locator
from needlepoint.library import load_knowledge, load_locate_knowledge
from needlepoint.locate import Candidates, Told
from needlepoint.screen import Listener

DAY = date(2026, 3, 2)


@cache
def locator() -> Locator:
    return Locator(load_knowledge(), load_locate_knowledge())


def told(**case: object) -> Told:
    return _read(case)[0]


def located(**case: object) -> Candidates:
    """What comes out for a person with this case."""
    return locator().find(*_read(case))


def _read(case):
    import orjson

    screen = load_knowledge()
    read = read_document(orjson.dumps({"needlepoint": 1, **case}), "case.json", screen, on=DAY, today=DAY)
    return locator().told(read, read.answers(Listener(screen), on=DAY))


def names(found: Candidates, first: int = 5) -> list[str]:
    return [f"{one.muscle} {one.side}" for one in found.candidates[:first]]


def chance(found: Candidates, muscle: str, side: str) -> float:
    return next(one.probability for one in found.candidates if (one.muscle, one.side) == (muscle, side))
