"""Clearance and ranking of one person together, as JSON, in the terminal and on paper."""

import io
import re

import jsonschema
import orjson
import pytest
from rich.console import Console

from needlepoint.exchange.answers.assess import assess_answer
from needlepoint.exchange.answers.locate import locate_answer
from needlepoint.exchange.answers.schema import schema
from needlepoint.exchange.assessing import assess_case, missed_by_both
from needlepoint.exchange.case.read import read_document
from needlepoint.exchange.paper.assess import assess_html
from needlepoint.exchange.paper.locate_page import present_located
from needlepoint.exchange.paper.plan_page import present_plan
from needlepoint.exchange.paper.presenter import present
from needlepoint.exchange.planning import plan_case
from needlepoint.exchange.terminal.locate import print_locate
from needlepoint.library import load_knowledge, load_plan_knowledge
from needlepoint.screen import Listener
from tests.unit.locate.people import DAY, located, locator

HEADACHE = {
    "person": {"age": 31, "sex": "female"},
    "complaint": "left sided neck pain going into the left temple, stiff neck, burning",
    "pain": [{"region": "left temple", "intensity": 6, "quality": ["aching"]}],
    "medicines": ["apixaban 5 mg"],
}


def assessed(case):
    screen = load_knowledge()
    told = read_document(orjson.dumps({"needlepoint": 1, **case}), "case.json", screen, on=DAY, today=DAY)
    return assess_case(locator(), told, told.answers(Listener(screen), on=DAY), on=DAY)


def html_of(case):
    screen = load_knowledge()
    told = read_document(orjson.dumps({"needlepoint": 1, **case}), "case.json", screen, on=DAY, today=DAY)
    planned = plan_case(locator(), load_plan_knowledge(), told, told.answers(Listener(screen), on=DAY), on=DAY)
    page = present(planned.assessment.clearance, screen, "case.json", ())
    ranking = present_located(planned.assessment, locator().knowledge)
    return assess_html(page, ranking, present_plan(planned, load_plan_knowledge(), "case.json"))


def test_the_answer_fits_its_schema():
    answer = assess_answer(assessed(HEADACHE))
    jsonschema.validate(orjson.loads(orjson.dumps(answer)), schema("assess"))
    jsonschema.validate(orjson.loads(orjson.dumps(answer["locate"])), schema("locate"))


@pytest.mark.parametrize("case", [{}, {"complaint": "thunderclap headache"}, {"pain": [{"region": "nowhere"}]}])
def test_every_answer_fits_its_schema(case):
    jsonschema.validate(orjson.loads(orjson.dumps(assess_answer(assessed(case)))), schema("assess"))


def test_the_keys_that_the_contract_names_are_there():
    answer = locate_answer(located(**HEADACHE))
    assert {"candidates", "red_flags", "look_alikes", "questions", "not_understood"} <= set(answer)
    first = answer["candidates"][0]
    assert {"muscle", "side", "probability", "because", "sources", "read"} <= set(first)
    assert {"region", "zone", "effect"} <= set(first["because"][0])
    assert {"name", "why"} <= set(answer["look_alikes"][0])


def test_the_first_muscles_say_whether_they_may_be_needled():
    assessment = assessed(HEADACHE)
    first = assessment.located.candidates[0]
    site = assessment.needled_there[first.muscle, first.side]
    assert site.clearance.word in ("adapt", "weigh", "stop")
    assert not site.complete


def test_a_word_of_the_pain_is_no_unknown_word_of_the_screen():
    texts = [
        one.text
        for one in assessed(
            {**HEADACHE, "complaint": "throbbing at the left temple, jaw claudication"}
        ).clearance.not_understood
    ]
    assert texts == []


def test_a_word_that_nobody_understands_comes_back_once():
    missed = [one.text for one in missed_by_both(assessed({**HEADACHE, "complaint": "zorbled temple on the left"}))]
    assert missed.count("zorbled") == 1


def test_an_answer_about_the_pain_is_no_unknown_answer_of_the_screen():
    assert assessed({**HEADACHE, "answers": {"red-painful-eye": False}}).clearance.not_understood == ()
    strange = assessed({**HEADACHE, "answers": {"zorbled": False}}).clearance.not_understood
    assert [one.origin for one in strange] == ["answers.zorbled"]


def test_a_quality_that_nobody_knows_comes_back_from_a_painting():
    painting = {"needlepoint": 1, "topology": "np-adult-1", "layers": [{"quality": "zorbled", "values": "ADIF"}]}
    found = assessed({"painting": painting}).located
    assert ("zorbled", "painting") in [(one.text, one.origin) for one in found.not_understood]


def test_a_danger_stands_above_everything_on_the_page():
    html = html_of({"complaint": "thunderclap headache at the left temple"})
    assert html.index("Sudden, worst headache") < html.index('<section class="sites')
    assert "No muscles are ranked until this is settled" in html


def test_the_page_shows_where_it_hurts_and_each_muscle_with_its_picture_and_its_sources():
    html = html_of(HEADACHE)
    assert "Where it hurts" in html
    assert html.count('class="np-body"') >= 3
    assert re.findall(r'id="pattern-\d+"', html)
    for number in re.findall(r'href="#(pattern-\d+)"', html):
        assert f'id="{number}"' in html


def test_what_a_person_wrote_is_escaped_on_the_page():
    html = html_of({"complaint": "<script>alert(1)</script> at the left temple"})
    assert "<script>alert" not in html


def test_the_terminal_shows_reasons_and_no_control_characters():
    console = Console(file=io.StringIO(), width=90)
    print_locate(
        located(complaint="zorb\x1b[31mled pain at the left temple", pain=[{"region": "left temple"}]),
        "a case",
        console,
    )
    text = console.file.getvalue()
    assert "MUSCLES THAT COULD EXPLAIN IT" in text
    assert "\x1b[31m" not in text
    assert "×" in text
