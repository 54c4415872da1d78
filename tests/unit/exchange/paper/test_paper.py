import re
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import pypdf
import pytest

from needlepoint.exchange.paper import index_html, present, screen_html, screen_pdf
from needlepoint.exchange.paper.page import ScreenPage
from needlepoint.screen import Clearance, NotUnderstood, ScreenKnowledge, SetAside

HOSTILE = "<script>alert('x')</script><img src=http://example.org/x onerror=alert(1)>"


def read(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(pdf))


def test_the_page_reads_from_the_answer_to_the_sources(page: ScreenPage) -> None:
    html = screen_html(page)
    order = [
        "STOP",
        "NOT YET CLEARED",
        "The 3 proposed places",
        'id="why"',
        'id="ask"',
        'id="not-understood"',
        'id="set-aside"',
        'id="notes"',
        'id="sources"',
        page.sha256,
    ]
    main = html[html.index("<main>") :]
    places = [main.index(words) for words in order]
    assert places == sorted(places)


def test_the_file_asks_nothing_of_anybody(page: ScreenPage) -> None:
    html = screen_html(page)
    assert "<script" not in html
    assert not re.search(r"""(src|href)=["'](?!#|data:|https://doi\.org/|https://pubmed\.)""", html)
    assert not re.search(r"@import|url\((?![\"']?data:)", html)
    assert "default-src 'none'" in html


def test_hostile_words_come_out_as_words(anna: Clearance, knowledge: ScreenKnowledge) -> None:
    finding = replace(anna.findings[0], title=HOSTILE, says=HOSTILE, advice=HOSTILE, disagreement=HOSTILE)
    hostile = replace(
        anna,
        findings=(finding, *anna.findings[1:]),
        not_understood=(NotUnderstood(HOSTILE, "conditions[1]", (HOSTILE,)),),
        set_aside=(SetAside(HOSTILE, HOSTILE, HOSTILE),),
    )
    page = present(hostile, knowledge, HOSTILE, (HOSTILE,))
    for html in (screen_html(page), index_html([(HOSTILE, "a.html", page)])):
        assert "<script" not in html
        assert "<img" not in html
        assert "&lt;script&gt;" in html


def test_the_page_says_its_language_its_title_and_its_headings_in_order(page: ScreenPage) -> None:
    html = screen_html(page)
    assert '<html lang="en-GB">' in html
    assert "<title>STOP, not yet cleared: anna.yaml, 2 March 2026 | Needlepoint screen</title>" in html
    levels = [int(level) for level in re.findall(r"<h([1-6])", html)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(next_ - last <= 1 for last, next_ in pairwise(levels))
    assert html.count('scope="col"') == 3
    assert html.count('scope="row"') == len(page.sites)


def test_ids_are_used_once(page: ScreenPage) -> None:
    ids = re.findall(r'\bid="([^"]+)"', screen_html(page))
    assert sorted(ids) == sorted(set(ids))


def test_every_level_is_a_word_wherever_it_is_a_colour(page: ScreenPage) -> None:
    html = screen_html(page)
    for level in ("STOP", "WEIGH", "ADAPT"):
        assert re.search(
            rf'class="level is-{level.lower()}"><span class="symbol" aria-hidden="true"></span>{level}<', html
        )


def test_a_person_without_questions_or_places_has_a_page_too(
    nobody_proposed: Clearance, knowledge: ScreenKnowledge
) -> None:
    empty = replace(nobody_proposed, sites=(), findings=())
    html = screen_html(present(empty, knowledge, "nobody"))
    assert "The whole body was looked at." in html
    assert "Questions to ask" not in html


def test_a_typical_case_is_one_sheet_of_paper(typical: ScreenPage) -> None:
    pdf = read(screen_pdf(typical))
    fonts = " ".join(str(font.get_object()["/BaseFont"]) for font in pdf.pages[0]["/Resources"]["/Font"].values())
    if not re.search("Liberation-?Sans|Arial|Helvetica", fonts):
        pytest.skip(f"the sheet is laid out for a font as wide as Arial, and this machine has {fonts}")
    assert len(pdf.pages) == 1


def test_the_paper_is_tagged_for_screen_readers(page: ScreenPage) -> None:
    pdf = read(screen_pdf(page))
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert "/StructTreeRoot" in root
    assert pdf.metadata is not None
    assert pdf.metadata.title == f"{page.title} | Needlepoint screen"
    assert b"pdfuaid" in root["/Metadata"].get_data()


def test_the_paper_has_room_for_a_pen_and_says_on_every_sheet_whose_it_is(page: ScreenPage) -> None:
    words = [sheet.extract_text() for sheet in read(screen_pdf(page)).pages]
    assert "Yes" in words[0]
    assert "No" in words[0]
    assert all(page.title in sheet for sheet in words)


def test_the_same_page_gives_the_same_paper(page: ScreenPage) -> None:
    assert screen_pdf(page) == screen_pdf(page)


def test_the_overview_links_every_person_with_the_answer(page: ScreenPage) -> None:
    html = index_html(
        [
            ("Anna", "anna.html", page),
            ("Ben", "ben.html", replace(page, level="clear", answer="CLEAR", not_yet_cleared=None)),
        ]
    )
    assert '<a href="anna.html">Anna</a>' in html
    assert "Not yet cleared: 2 questions open, 1 entry not understood" in html
    assert html.index("anna.html") < html.index("ben.html")
    assert html.count(page.sha256) == 1


@pytest.mark.parametrize("rows", [0, 1])
def test_an_overview_of_few_people_is_still_a_page(page: ScreenPage, rows: int) -> None:
    assert "<h1" in index_html([("Anna", "anna.html", page)] * rows)
