"""What is said beside a ranking, so that nobody takes it for more than it is."""

import io
from pathlib import Path

from rich.console import Console

from needlepoint.exchange.paper.assess import assess_html
from needlepoint.exchange.paper.locate_page import present_located
from needlepoint.exchange.paper.plan_page import present_plan
from needlepoint.exchange.paper.presenter import present
from needlepoint.exchange.terminal.locate import print_locate
from needlepoint.library import load_knowledge, load_plan_knowledge
from tests.unit.exchange.test_planning import planned
from tests.unit.locate.people import located, locator

ELBOW = {"pain": [{"region": "left lateral elbow"}]}
PAGE = Path(__file__).parents[3] / "web/src/page/results.ts"


def printed(case):
    console = Console(file=io.StringIO(), width=160)
    print_locate(located(**case), "an elbow", console)
    return console.file.getvalue()


def on_paper(case):
    made = planned(case)
    page = present(made.assessment.clearance, load_knowledge(), "an elbow", ())
    needling = present_plan(made, load_plan_knowledge(), "an elbow")
    return assess_html(page, present_located(made.assessment, locator().knowledge), needling)


def test_wherever_muscles_are_ranked_it_is_said_what_the_figure_means():
    assert "Each figure is the chance that the muscle contributes" in printed(ELBOW)
    paper = on_paper(ELBOW)
    assert "the chance that the muscle contributes to the pain, not a diagnosis" in paper
    assert paper.index("not a diagnosis") < paper.index('class="candidate__chance"')
    assert "the chance that the muscle contributes, not a diagnosis" in PAGE.read_text(encoding="utf-8")
