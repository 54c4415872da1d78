"""The plan of one person in one file that a browser opens, and as a PDF."""

from needlepoint.exchange.paper.plan_page import PlanPage
from needlepoint.exchange.paper.screen import pdf_of
from needlepoint.exchange.paper.templating import render


def plan_html(needling: PlanPage) -> str:
    """The plan as one self-contained HTML file: no script, no outside request, light, dark and in print."""
    return render("plan.html", needling=needling, step="plan")


def plan_pdf(needling: PlanPage) -> bytes:
    """The same on A4 paper, tagged for screen readers (PDF/UA-1)."""
    return pdf_of(plan_html(needling))
