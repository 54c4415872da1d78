"""Every worked case: a person or a situation, and what must be concluded."""

from datetime import date
from pathlib import Path

import orjson
import pytest

from needlepoint.exchange.answers import screen_answer
from needlepoint.exchange.case import read_case
from needlepoint.library import load_knowledge
from needlepoint.library.cases import CaseFileShelf, Expectation, SiteExpectation, WorkedCase
from needlepoint.screen import Clearance, Listener, SiteClearance, assess
from needlepoint.terms import Level

FOLDER = Path(__file__).resolve().parents[2] / "cases"
SHELF = CaseFileShelf.read(FOLDER)
TODAY = date(2026, 3, 2)


def test_every_case_file_is_readable() -> None:
    assert SHELF.faults == []
    assert len(SHELF.cases) > 300


@pytest.fixture(scope="session")
def listener() -> Listener:
    return Listener(load_knowledge())


def concluded(case: WorkedCase, listener: Listener, name: str) -> Clearance:
    told = read_case(dict(case.case), "", name, listener.knowledge, on=None, today=TODAY)
    day = told.on or TODAY
    return assess(told.answers(listener, on=day), told.proposed, listener.knowledge, on=day)


@pytest.mark.parametrize(
    "name", sorted(SHELF.cases), ids=lambda name: name.removeprefix("cases/").removesuffix(".yaml")
)
def test_the_case_is_concluded_as_expected(name: str, listener: Listener) -> None:
    case = SHELF.cases[name]
    clearance = concluded(case, listener, name)
    wrong = [
        *of_person(case.expect, clearance),
        *(one for site in case.expect.sites for one in of_site(site, clearance)),
    ]
    assert wrong == [], f"{case.about}"
    orjson.dumps(screen_answer(clearance))


def of_person(expect: Expectation, clearance: Clearance) -> list[str]:
    """What is wrong with the answer about the person, in words."""
    found = {finding.id for finding in clearance.findings}
    wrong = of_level(expect, clearance.clearance, "the person")
    if expect.complete is not None and clearance.complete is not expect.complete:
        wrong.append(f"complete is {clearance.complete}; open: {[q.id for q in clearance.questions]}")
    wrong += [f"'{one}' was not found" for one in expect.findings if one not in found]
    wrong += [f"'{one}' was found" for one in expect.not_findings if one in found]
    asked = {question.id for question in clearance.questions}
    wrong += [f"'{one}' is not asked" for one in expect.questions if one not in asked]
    if expect.not_understood is not None:
        missed = sorted(one.text for one in clearance.not_understood)
        if missed != sorted(expect.not_understood):
            wrong.append(f"not understood: {missed}")
    return wrong


def of_site(expect: SiteExpectation, clearance: Clearance) -> list[str]:
    """What is wrong with the answer about one place, in words."""
    if expect.at >= len(clearance.sites):
        return [f"there is no place {expect.at}"]
    site: SiteClearance = clearance.sites[expect.at]
    where = f"place {expect.at} ({site.proposal.text})"
    place = site.proposal.place
    found = set(site.findings)
    wrong = of_level(expect, site.clearance, where)
    wrong += [f"{where}: '{one}' was not found" for one in expect.findings if one not in found]
    wrong += [f"{where}: '{one}' was found" for one in expect.not_findings if one in found]
    if expect.muscle and (place is None or place.muscle != expect.muscle):
        wrong.append(f"{where} is {place.muscle if place else None}, not {expect.muscle}")
    if expect.side and (place is None or place.side != expect.side):
        wrong.append(f"{where} is {place.side if place else None}, not {expect.side}")
    return wrong


def of_level(expect: Expectation | SiteExpectation, level: Level, who: str) -> list[str]:
    """What is wrong with a level, in words."""
    wrong = []
    if expect.clearance and level is not Level.from_word(expect.clearance):
        wrong.append(f"{who}: {level.word}, not {expect.clearance}")
    if expect.at_least and level < Level.from_word(expect.at_least):
        wrong.append(f"{who}: {level.word}, not at least {expect.at_least}")
    if expect.at_most and level > Level.from_word(expect.at_most):
        wrong.append(f"{who}: {level.word}, not at most {expect.at_most}")
    return wrong
