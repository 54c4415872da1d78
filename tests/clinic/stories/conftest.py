"""One clinic and one browser for all stories of a run; devices that are put away at the end of a story."""

import contextlib
from collections.abc import Callable, Generator, Iterator

import pytest
from playwright.sync_api import Browser, Error, sync_playwright

from tests.clinic.keep.places import address_of, drop_place, new_place, on_postgresql
from tests.clinic.stories.device import CHROMIUM, FLAGS, Device
from tests.clinic.stories.served import Served, serving

MakeDevice = Callable[..., Device]
FAILED = pytest.StashKey[bool]()


@pytest.fixture(scope="session")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A real server: SQLite in a folder of its own, or a database of its own beside ``DATABASE_URL``."""
    home = tmp_path_factory.mktemp("stories")
    place = new_place(home) if on_postgresql() else None
    try:
        with serving(home, address_of(place) if place else None) as server:
            yield server
    finally:
        if place:
            drop_place(place)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A device has to know how its story ended."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


@pytest.fixture
def device(browser: Browser, clinic: Served, request: pytest.FixtureRequest) -> Iterator[MakeDevice]:
    """Hands out devices: ``device(story, kind)``. Where a story broke off, a picture shows it."""
    out: list[Device] = []

    def make(story: str, kind: str, **how: object) -> Device:
        out.append(Device(browser, clinic, story, kind, **how))  # type: ignore[arg-type]
        return out[-1]

    yield make
    failed = request.node.stash.get(FAILED, False)
    for one in out:
        if failed:
            with contextlib.suppress(Error):
                one.picture("broke-off")
                one.keep_page("broke-off")
                print(f"{one.story}, {one.kind}: broke off at {one.page.url}; {one.faults}")
    for one in out:
        one.close(complain=not failed)
