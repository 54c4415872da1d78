"""Situations of a session, and what must be missing, graded and still in."""

from datetime import timedelta
from pathlib import Path

import pytest

from needlepoint.exchange.treating import read_act
from needlepoint.library import load_treat_knowledge
from needlepoint.library.plain_yaml import load_yaml
from needlepoint.treat import Act, Session, advice_for, missing, retained, session_of
from tests.unit.treat.people import TEN

CASES = sorted((Path(__file__).resolve().parents[2] / "cases" / "treat").glob("*.yaml"))
EXPECTED = {"missing", "insertions", "twitches", "still_in", "overdue", "steps", "events", "advice"}


def read(file: Path) -> tuple[dict, list[Act]]:
    case = load_yaml(file.read_text(encoding="utf-8"))
    assert set(case) == {"about", "acts", "now", "expect"}, file.name
    assert set(case["expect"]) <= EXPECTED, file.name
    acts: list[Act] = []
    for n, told in enumerate(case["acts"]):
        ((kind, body),) = ((key, value) for key, value in told.items() if key != "at")
        if body == "everything":
            body = {"what": [one.id for one in advice_for(session_of(acts), load_treat_knowledge())]}
        at = (TEN + timedelta(minutes=told["at"])).isoformat()
        acts.append(read_act({"id": f"act-{n}", "kind": kind, "at": at, "body": body}))
    return case, acts


def came_out(session: Session, now) -> dict[str, object]:
    known = load_treat_knowledge()
    lacking = missing(session, known, now=now)
    steps = {
        step.id
        for event in session.events
        for step in known.events[event.kind].now
        if step.must(event.grade) and step.id not in event.answered
    }
    return {
        # However much is still to be told, `advice` stands once; what it is stands under the key of that name.
        "missing": [
            one.id for n, one in enumerate(lacking) if one.id != "advice" or n == 0 or lacking[n - 1].id != "advice"
        ],
        "insertions": session.insertions,
        "twitches": {f"{one.muscle}/{one.side}": one.twitches for one in session.sites},
        "still_in": [one.needle for one in session.still_in],
        "overdue": [one.needle for one in retained(session, known, now=now) if one.overdue],
        "steps": sorted(steps),
        "events": {one.id: one.grade for one in session.events},
        "advice": sorted(one.id for one in advice_for(session, known) if one.id not in session.advised),
    }


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_what_comes_out_is_what_the_case_expects(file):
    case, acts = read(file)
    came = came_out(session_of(acts), TEN + timedelta(minutes=case["now"]))
    for key, expected in case["expect"].items():
        assert came[key] == (sorted(expected) if key in ("steps", "advice") else expected), key


def test_there_are_cases_for_what_the_note_must_not_be_signed_with():
    told = {one for file in CASES for one in read(file)[0]["expect"]["missing"]}
    assert told >= {
        "still-in",
        "step",
        "grade",
        "broken",
        "whole",
        "size",
        "advice",
        "reactions",
        "event-place",
        "odd",
        "time",
    }
