"""Clearance, ranking and plan of one person in one file that a browser opens, and as a PDF."""

from needlepoint.exchange.paper.locate_page import LocatePage
from needlepoint.exchange.paper.page import ScreenPage
from needlepoint.exchange.paper.plan_page import PlanPage
from needlepoint.exchange.paper.screen import pdf_of
from needlepoint.exchange.paper.templating import render


def assess_html(page: ScreenPage, located: LocatePage, needling: PlanPage) -> str:
    """The assessment as one self-contained HTML file: no script, no outside request, light, dark and in print."""
    return render("assess.html", page=page, located=located, needling=needling, step="assess")


def assess_pdf(page: ScreenPage, located: LocatePage, needling: PlanPage) -> bytes:
    """The same on A4 paper, tagged for screen readers (PDF/UA-1)."""
    return pdf_of(assess_html(page, located, needling))
