"""The page of the entries: everything that the code takes stands on it, and everything that it shows is taken."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from needlepoint.clinic.records import holdable, keeping
from needlepoint.exchange.treating import KINDS
from needlepoint.journey import case
from tests.clinic.conftest import House, house

JSON = re.compile(r"^```json\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PAGE = Path(__file__).resolve().parents[2] / "docs/reference/entries.md"


@pytest.fixture
def page() -> str:
    return PAGE.read_text(encoding="utf-8")


@pytest.fixture
def shown(page: str) -> list[dict[str, Any]]:
    return [json.loads(text) for text in JSON.findall(page)]


@pytest.fixture
def clinic(db: None, settings: Any) -> House:
    settings.SECOND_FACTOR_REQUIRED = False
    return house("Ours")


def send(clinic: House, told: Any) -> Any:
    answer = clinic.client("clinician").post(
        f"/visits/{clinic.visit.pk}/entries/", json.dumps(told), "application/json"
    )
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_every_kind_of_entry_stands_on_the_page(page: str) -> None:
    assert [kind for kind in (keeping.WROTE, *KINDS) if f"`{kind}`" not in page] == []


def test_every_field_of_a_visit_stands_on_the_page(page: str) -> None:
    assert sorted(name for name in case.WHOLE if f"`{name}`" not in page) == []
    groups = {*case.GROUPS, *case.PLACES, case.NOTE}
    assert sorted(name for name in groups if f"`{name}.<" not in page) == []


def test_no_field_on_the_page_is_refused(page: str) -> None:
    rows = page.split("| field | holds |")[1].split("\n\n", 1)[0]
    named = re.findall(r"`([a-z_]+(?:\.<[^`]+)?)`", "\n".join(row.split("|")[1] for row in rows.splitlines()[2:]))
    assert len(named) > 12
    assert [
        one for one in named if not case.is_field(re.sub(r"<side>", "left", one).replace("<muscle>", "soleus"))
    ] == []


def test_the_limits_on_the_page_are_those_of_the_code(page: str) -> None:
    hours = int(keeping.MOST_AHEAD.total_seconds() // 3600)
    for words in (f"{holdable.MOST_BYTES:,} bytes", f"{keeping.MOST_AT_ONCE} entries", f"{hours} hours"):
        assert words in page, words


def test_every_entry_on_the_page_is_kept(shown: list[dict[str, Any]], clinic: House) -> None:
    entries = [one for one in shown if "kind" in one]
    assert len(entries) > 3
    came = send(clinic, {"device": "reader", "entries": entries})
    assert came["refused"] == []
    assert came["kept"] == [one["id"] for one in entries]


def test_what_the_page_sends_is_answered_and_read_as_it_says(shown: list[dict[str, Any]], clinic: House) -> None:
    sent, answered, read = (one for one in shown if "kind" not in one)
    came = send(clinic, sent)
    assert [came["kept"], came["refused"]] == [answered["kept"], answered["refused"]]
    found = clinic.client("clinician").get(f"/visits/{clinic.visit.pk}/entries/?after=0").json()
    for one in (*read["entries"], *found["entries"]):
        one.pop("number")
    assert found["entries"] == read["entries"]
    assert found.keys() == read.keys()


def test_the_codes_on_the_page_are_those_that_are_answered(page: str) -> None:
    import inspect

    from needlepoint.clinic.access import rights
    from needlepoint.clinic.pages.entries import views

    said = set(re.findall(r"status=(\d+)", inspect.getsource(views) + inspect.getsource(rights))) | {"200", "404"}
    codes = page.split("## Status codes")[1]
    assert sorted(code for code in said if f"| {code} |" not in codes) == []
