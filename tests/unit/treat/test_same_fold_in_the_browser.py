"""The page and the server see the same session: both read the stories in web/tests/fixtures/acts."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from needlepoint.exchange.treating import read_act, session_answer
from needlepoint.treat import fold, session_of, undo

STORIES = sorted((Path(__file__).resolve().parents[3] / "web/tests/fixtures/acts").glob("*.json"))
REASONS = {
    undo.MOVED: "moved",
    undo.NOTHING: "nothing",
    undo.CIRCLE: "circle",
    fold.NEVER_IN: "never-in",
    fold.IN_TWICE: "in-twice",
    fold.OUT_TWICE: "out-twice",
    fold.OUT_BEFORE_IN: "out-before-in",
    fold.NO_EVENT: "no-event",
    fold.YET_NEEDLED: "yet-needled",
}


def told(acts: list[dict[str, Any]]) -> dict[str, Any]:
    session = session_of(map(read_act, acts))
    answer = session_answer(session)
    keys = (
        "needle",
        "muscle",
        "side",
        "in_at",
        "out_at",
        "intact",
        "length_mm",
        "diameter_mm",
        "lot",
        "depth_mm",
        "twitches",
        "stays_minutes",
    )
    return {
        "needles": [{key: one[key] for key in keys} for one in answer["needles"]],
        "still_in": answer["still_in"],
        "pain": answer["pain"],
        "position": answer["position"],
        "preparation": answer["preparation"],
        "reactions": answer["reactions"],
        "none_seen": session.none_seen,
        "events": [
            {**one, "steps": list(dict.fromkeys(step["step"] for step in one["steps"]))} for one in answer["events"]
        ],
        "advised": answer["advised"],
        "not_done": answer["not_done"],
        "undone": sorted(answer["undone"]),
        "odd": sorted([one["act"]["id"], REASONS[one["reason"]]] for one in answer["odd"]),
    }


def moments(value: Any) -> Any:
    """Times as moments, whatever their zone and digits."""
    if isinstance(value, dict):
        return {
            key: datetime.fromisoformat(one) if key in ("at", "in_at", "out_at") and one else moments(one)
            for key, one in value.items()
        }
    return [moments(one) for one in value] if isinstance(value, list) else value


@pytest.mark.parametrize("story", STORIES, ids=lambda one: one.stem)
def test_the_page_and_the_server_see_the_same_session(story: Path) -> None:
    written = json.loads(story.read_text(encoding="utf-8"))
    assert moments(told(written["acts"])) == moments(written["session"]), written["story"]


def test_there_are_stories() -> None:
    assert len(STORIES) > 9
