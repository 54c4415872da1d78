"""The answer for one person as a file that a browser opens, and as a PDF."""

from needlepoint.exchange.paper.page import ScreenPage
from needlepoint.exchange.paper.templating import render


def screen_html(page: ScreenPage) -> str:
    """The page as one self-contained HTML file: no script, no outside request, light, dark and in print."""
    return render("screen.html", page=page)


def screen_pdf(page: ScreenPage) -> bytes:
    """The same page on A4 paper, tagged for screen readers (PDF/UA-1)."""
    return pdf_of(screen_html(page))


def pdf_of(html: str) -> bytes:
    """A page as a tagged PDF. Nothing outside of the page is fetched."""
    from weasyprint import HTML  # slow to import, and only paper needs it
    from weasyprint.urls import URLFetcher

    drawn_inside = URLFetcher(allowed_protocols=("data",))
    pdf: bytes = HTML(string=html, url_fetcher=drawn_inside).write_pdf(pdf_variant="pdf/ua-1")
    return pdf
