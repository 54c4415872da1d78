"""The session as it is done, and the note that is signed."""

from django.urls import URLPattern, path

from needlepoint.clinic.pages.note.act import treat_act
from needlepoint.clinic.pages.note.views import addendum, note, note_pdf, sign

urls: list[URLPattern] = [
    path("visits/<uuid:id_>/treat/act/", treat_act, name="treat-act"),
    path("visits/<uuid:id_>/sign/now/", sign, name="sign"),
    path("notes/<uuid:id_>/", note, name="note"),
    path("notes/<uuid:id_>/addendum/", addendum, name="addendum"),
    path("notes/<uuid:id_>/pdf/", note_pdf, name="note-pdf"),
]
