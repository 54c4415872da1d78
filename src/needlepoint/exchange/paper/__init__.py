"""The answer on paper: one file that a browser opens and a printer prints.

The presenter turns an answer into plain words; the page, the overview and the PDF show them in one visual language (``needlepoint.css``).
"""

from needlepoint.exchange.paper.index import index_html
from needlepoint.exchange.paper.page import ScreenPage
from needlepoint.exchange.paper.presenter import present
from needlepoint.exchange.paper.screen import screen_html, screen_pdf

__all__ = ["ScreenPage", "index_html", "present", "screen_html", "screen_pdf"]
