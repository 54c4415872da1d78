"""The overview: several people, each with the answer and the way to their own report."""

from dataclasses import dataclass

from needlepoint.exchange.paper.page import ScreenPage
from needlepoint.exchange.paper.templating import render


@dataclass(frozen=True, slots=True)
class _Row:
    label: str
    href: str
    page: ScreenPage


def index_html(rows: list[tuple[str, str, ScreenPage]]) -> str:
    """One page over all people, in the order given. Each row is a label, where the person's report lies, and the report."""
    people = [_Row(*row) for row in rows]
    releases = dict.fromkeys((row.page.release, row.page.sha256) for row in people)
    return render("index.html", rows=people, releases=releases)
