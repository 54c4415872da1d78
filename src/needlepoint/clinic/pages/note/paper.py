"""A signed note as PDF."""

from typing import cast

from django.template.loader import render_to_string

from needlepoint.clinic.pages.note.present import NoteShown
from needlepoint.clinic.records.models import Note


def note_as_pdf(shown: NoteShown, note: Note) -> bytes:
    """The note on paper, tagged for screen readers; nothing is fetched from anywhere."""
    from weasyprint import CSS, HTML

    from needlepoint.exchange.paper.templating import style_sheet

    page = render_to_string("note/paper.html", {"note": shown, "signed": note})
    return cast(
        "bytes",
        HTML(string=page, base_url=None).write_pdf(stylesheets=[CSS(string=style_sheet())], pdf_variant="pdf/ua-1"),
    )
