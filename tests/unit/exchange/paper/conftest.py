import pytest

from needlepoint.exchange.paper.page import ScreenPage
from needlepoint.screen import Clearance, ScreenKnowledge
from tests.unit.exchange.paper import anna as cast


@pytest.fixture(scope="session")
def knowledge() -> ScreenKnowledge:
    return cast.small_body()


@pytest.fixture
def anna(knowledge: ScreenKnowledge) -> Clearance:
    return cast.anna(knowledge)


@pytest.fixture
def page(knowledge: ScreenKnowledge) -> ScreenPage:
    return cast.anna_page(knowledge)


@pytest.fixture
def typical(knowledge: ScreenKnowledge) -> ScreenPage:
    return cast.typical_page(knowledge)


@pytest.fixture
def nobody_proposed(knowledge: ScreenKnowledge) -> Clearance:
    return cast.nobody_proposed(knowledge)
