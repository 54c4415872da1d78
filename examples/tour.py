"""What `make run` shows: a written case and a few synthetic FHIR patients, screened; a headache, located and planned for; with a report each."""

import argparse
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.progress import track

from needlepoint.exchange.assessing import Assessment
from needlepoint.exchange.case import read_document
from needlepoint.exchange.locating import Locator
from needlepoint.exchange.paper.assess import assess_html, assess_pdf
from needlepoint.exchange.paper.index import index_html
from needlepoint.exchange.paper.locate_page import present_located
from needlepoint.exchange.paper.page import ScreenPage
from needlepoint.exchange.paper.plan_page import present_plan
from needlepoint.exchange.paper.presenter import present
from needlepoint.exchange.paper.screen import screen_html, screen_pdf
from needlepoint.exchange.planning import plan_case
from needlepoint.exchange.terminal.screen import print_screen
from needlepoint.exchange.whole_file import write_whole
from needlepoint.library import load_knowledge, load_locate_knowledge, load_plan_knowledge
from needlepoint.screen import Listener, assess

HERE = Path(__file__).parent
#: The day of the visit: the records of the synthetic patients end in March 2021.
PATIENTS_ON = date(2021, 6, 1)
#: This patient's record ends earlier than the others.
OTHER_DAYS = {"knee-replacement": date(2010, 6, 1)}
#: So many muscles are shown here; the report has them all, with every reason.
FIRST = 5


def main() -> None:
    """Screen them all, locate the headache and plan for it, print the written cases, and leave the reports."""
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--reports", type=Path, default=Path("reports"))
    reports: Path = told.parse_args().reports
    reports.mkdir(parents=True, exist_ok=True)
    console = Console()
    knowledge = load_knowledge()
    listener = Listener(knowledge)

    def page_of(file: Path, on: date | None) -> ScreenPage:
        told = read_document(file.read_bytes(), file.name, knowledge, on=on, today=date.today())
        day = on or told.on or date.today()
        clearance = assess(told.answers(listener, on=day), told.proposed, knowledge, on=day)
        return present(clearance, knowledge, label_of(file), told.notes)

    case = page_of(HERE / "case.yaml", None)
    print_screen(case, console)

    locator = Locator(knowledge, load_locate_knowledge())
    file = HERE / "headache.yaml"
    told = read_document(file.read_bytes(), file.name, knowledge, on=None, today=date.today())
    day = told.on or date.today()
    planning = load_plan_knowledge()
    planned = plan_case(locator, planning, told, told.answers(listener, on=day), on=day)
    assessment = planned.assessment
    headache = present(assessment.clearance, knowledge, label_of(file), told.notes)
    located = present_located(assessment, locator.knowledge)
    needling = present_plan(planned, planning, label_of(file))
    print_muscles(assessment, console)

    pages = [(HERE / "case.yaml", case)]
    patients = sorted((HERE / "synthea").glob("*.json.gz"))
    for file in track(patients, description="Screening synthetic FHIR patients", console=console):
        pages.append((file, page_of(file, OTHER_DAYS.get(file.name.split(".")[0], PATIENTS_ON))))
    rows = []
    for file, page in track(pages, description="Writing reports", console=console):
        name = file.name.split(".")[0]
        write_whole(reports / f"{name}.html", screen_html(page).encode())
        rows.append((page.label, f"{name}.html", page))
    write_whole(reports / "case.pdf", screen_pdf(case))
    write_whole(reports / "headache.html", assess_html(headache, located, needling).encode())
    write_whole(reports / "headache.pdf", assess_pdf(headache, located, needling))
    rows.insert(1, ("headache, located and planned for", "headache.html", headache))
    write_whole(reports / "index.html", index_html(rows).encode())

    console.print()
    for label, _, page in rows:
        still_open = f"  ({page.not_yet_cleared.lower()})" if page.not_yet_cleared else ""
        console.print(f"{page.answer:<7}{label}{still_open}", highlight=False)
    console.print(
        f"\nOpen {reports / 'index.html'} in a browser, or {reports / 'headache.pdf'} on paper.", highlight=False
    )
    console.print(
        "To paint a pain yourself: needlepoint chart (in this folder: .venv/bin/needlepoint chart)", highlight=False
    )


def label_of(file: Path) -> str:
    """The name of a file as people read it."""
    return file.name.split(".")[0].replace("-", " ")


def print_muscles(assessment: Assessment, console: Console) -> None:
    """The first muscles that could explain the headache, in a line each; dangers would stand above them."""
    found = assessment.located
    console.print("\nWhich muscles could explain the headache?", style="bold", highlight=False)
    for flag in found.red_flags:
        console.print(f"  DANGER: {flag.title}. {flag.action}", highlight=False)
    for one in found.candidates[:FIRST]:
        there = assessment.needled_there[one.muscle, one.side].clearance.word
        console.print(f"  {one.probability:>4.0%}  {one.title}, {one.side}  (needling there: {there})", highlight=False)
    for one in found.palpate_next[:1]:
        console.print(f"  palpate next: {one.title}, {one.side}", highlight=False)
    console.print(
        f"  {len(found.questions)} questions and {len(found.look_alikes)} look-alikes stand in the report\n",
        highlight=False,
    )


if __name__ == "__main__":
    main()
