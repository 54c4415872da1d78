"""The plan of one case, as JSON, in the terminal and on paper: the keys of the contract, and nothing that cannot be checked."""

import io
import re

import jsonschema
import orjson
import pytest
from rich.console import Console

from needlepoint.exchange.answers.plan import plan_answer
from needlepoint.exchange.answers.schema import schema
from needlepoint.exchange.case.read import read_document
from needlepoint.exchange.paper.plan import plan_html
from needlepoint.exchange.paper.plan_page import present_plan
from needlepoint.exchange.pictures.icons import icon_array
from needlepoint.exchange.planning import plan_case
from needlepoint.exchange.terminal.plan import print_plan
from needlepoint.exchange.told import InputError
from needlepoint.library import load_knowledge, load_plan_knowledge
from needlepoint.screen import Listener
from tests.unit.locate.people import DAY, locator

WELL = {
    "person": {"age": 40, "sex": "female", "height_cm": 168, "weight_kg": 66},
    "conditions": [],
    "medicines": [],
    "earlier": [],
}
SHOULDER = {**WELL, "proposed": [{"muscle": "upper trapezius", "side": "left"}]}


def planned(case):
    screen = load_knowledge()
    told = read_document(orjson.dumps({"needlepoint": 1, **case}), "case.json", screen, on=DAY, today=DAY)
    return plan_case(locator(), load_plan_knowledge(), told, told.answers(Listener(screen), on=DAY), on=DAY)


def answered(case):
    answer = plan_answer(planned(case), load_plan_knowledge())
    jsonschema.validate(orjson.loads(orjson.dumps(answer)), schema("plan"))
    return answer


def page_of(case):
    return plan_html(present_plan(planned(case), load_plan_knowledge(), "case.json"))


def text_of(case):
    out = io.StringIO()
    print_plan(planned(case), load_plan_knowledge(), "case.json", Console(file=out, width=100, soft_wrap=False))
    return " ".join(out.getvalue().split())


def test_the_keys_that_the_contract_names_are_there():
    answer = answered(SHOULDER)
    (site,) = answer["sites"]
    assert {
        "muscle",
        "side",
        "declined",
        "position",
        "approach",
        "direction",
        "needle",
        "stop_depth_mm",
        "depth_basis",
    } <= set(site)
    assert {"hazards", "dose", "warnings", "sources"} <= set(site)
    assert {"length_mm", "diameter_mm"} <= set(site["needle"])
    assert site["depth_basis"]["kind"] in ("measured", "published", "conservative")
    assert {"kind", "text", "population", "sources"} <= set(site["depth_basis"])
    assert {"structure", "why", "avoid_by"} <= set(site["hazards"][0])
    assert {"insertions_max", "dwell_minutes"} <= set(site["dose"])
    assert {"warnings", "order"} <= set(answer["session"])


@pytest.mark.parametrize(
    "case",
    [{}, {"proposed": [{"site": "wumpus"}]}, {"complaint": "thunderclap headache"}, {"proposed": [{"muscle": "hamstrings"}]},
     {"proposed": [{"site": "GB21, both sides"}]}, {"pain": [{"region": "left lateral elbow"}]}, {"proposed": [{"region": "breast"}]}],
)  # fmt: skip
def test_every_answer_fits_its_schema(case):
    answered(case)


def test_without_a_proposal_the_likeliest_muscles_are_planned_for():
    answer = answered({**WELL, "pain": [{"region": "left lateral elbow"}]})
    assert answer["suggested"]
    assert 1 <= len(answer["sites"]) <= 3
    assert {site["origin"] for site in answer["sites"]} == {"locate"}


def test_a_danger_sign_stops_every_plan():
    answer = answered(
        {**SHOULDER, "complaint": "back pain, I cannot hold my urine since yesterday, numb between the legs"}
    )
    assert answer["red_flags"]
    assert all(site["needle"] is None for site in answer["sites"])
    assert "danger sign" in answer["sites"][0]["declined"]


def test_the_needle_that_was_asked_for_does_not_make_the_place_worse_but_is_judged():
    asked = {**SHOULDER, "proposed": [{"muscle": "upper trapezius", "side": "left", "needle": {"length_mm": 75}}]}
    (site,) = answered(asked)["sites"]
    assert site["clearance"] == answered(SHOULDER)["sites"][0]["clearance"]
    assert site["asked"]["within"] is False


def test_the_stock_of_the_clinic_is_used():
    stock = [{"length_mm": 17, "diameter_mm": 0.22}, {"length_mm": 60, "diameter_mm": 0.3}]
    (site,) = answered({**SHOULDER, "stock": stock})["sites"]
    assert site["needle"] is None or site["needle"]["length_mm"] == 17


def test_where_a_place_is_refused_another_muscle_for_the_same_pain_is_named():
    case = {
        **WELL,
        "pain": [{"region": "left side of neck"}],
        "proposed": [{"muscle": "scalenus minimus", "side": "left"}],
    }
    (site,) = answered(case)["sites"]
    assert site["declined"]
    assert site["declined_more"]["instead"]
    assert site["declined_more"]["elsewhere"]


def test_what_was_needled_yesterday_waits():
    case = {
        **WELL,
        "earlier": [{"muscle": "soleus", "side": "left", "on": "2026-03-01"}],
        "proposed": [{"muscle": "soleus", "side": "left"}],
    }
    answer = answered(case)
    assert answer["session"]["later"][0]["site"] == 0
    assert answer["consent"] is None


def test_nothing_new_before_the_match_in_the_calendar():
    case = {
        **WELL,
        "calendar": [{"on": "2026-03-04", "what": "cup match"}],
        "proposed": [{"muscle": "soleus", "side": "left"}],
    }
    assert "competition" in answered(case)["session"]["later"][0]["reason"]


def test_a_word_of_the_calendar_that_nobody_understands_comes_back():
    answer = answered({**WELL, "calendar": [{"on": "2026-03-04", "what": "wumpus day"}]})
    assert any(one["from"] == "calendar[0].what" for one in answer["not_understood"])


def test_an_earlier_session_in_the_future_is_an_error_that_says_where():
    with pytest.raises(InputError, match=r"earlier\[0\]\.on"):
        planned({**WELL, "earlier": [{"muscle": "soleus", "on": "2030-01-01"}]})


def test_the_page_shows_the_sketch_to_scale_and_says_that_it_is_one():
    page = page_of(SHOULDER)
    assert 'class="np-section"' in page
    assert "not this person's anatomy" in page.replace("&#39;", "'")


def test_every_source_mark_of_the_page_leads_to_a_source():
    page = page_of(SHOULDER)
    marks = set(re.findall(r'href="#(plan-source-\d+)"', page))
    assert marks
    assert marks <= set(re.findall(r'id="(plan-source-\d+)"', page))


def test_no_id_stands_twice_on_the_page():
    both = {
        **WELL,
        "proposed": [{"muscle": "upper trapezius", "side": "left"}, {"muscle": "masseter", "side": "right"}],
    }
    ids = re.findall(r'\sid="([^"]+)"', page_of(both))
    assert len(ids) == len(set(ids))


def test_what_a_person_wrote_is_never_read_as_markup():
    page = page_of({**WELL, "proposed": [{"site": "<script>alert(1)</script>"}]})
    assert "<script>" not in page


def test_the_terminal_says_needle_stop_depth_and_reason_line_by_line():
    text = text_of(SHOULDER)
    assert re.search(r"Needle \d+ x 0\.\d+ mm, stop at", text)
    assert "Stop depth:" in text
    assert "CONSENT FOR THESE PLACES" in text
    assert "Not reviewed by a clinician yet." in text


def test_a_refusal_is_told_in_the_terminal_with_what_to_do_instead():
    text = text_of({**WELL, "proposed": [{"muscle": "longus colli", "side": "left"}]})
    assert "No needle here" in text
    assert "Instead:" in text


def test_icons_show_as_many_people_as_are_told():
    drawn = icon_array(9, 100, "9 in 100")
    assert drawn.count("np-icons__hit") == 9
    assert drawn.count("<circle") == 100


def test_on_paper_too_only_those_who_are_met_are_filled():
    drawn = icon_array(9, 100, "9 in 100")
    assert drawn.count('fill="none"') == 91
    assert drawn.count('class="np-icons__hit" fill="#17202a"') == 9
