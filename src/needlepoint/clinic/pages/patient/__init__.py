"""The page ``patient``: what somebody sees who comes by a private link. One thing at a time, in plain words."""

from django.urls import URLPattern, path

from needlepoint.clinic.pages.patient.check_in import check_in
from needlepoint.clinic.pages.patient.complaint import complaint
from needlepoint.clinic.pages.patient.consent import consent
from needlepoint.clinic.pages.patient.enter import done, private_link
from needlepoint.clinic.pages.patient.entries import my_entries
from needlepoint.clinic.pages.patient.overview import overview
from needlepoint.clinic.pages.patient.pain import pain, pain_in_words
from needlepoint.clinic.pages.patient.questions import in_detail, more, question_group, questions
from needlepoint.clinic.pages.visit.link import make_link_page

urls: list[URLPattern] = [
    path("visits/<uuid:id_>/link/", make_link_page, name="make-link"),
    path("p/<str:token>/", private_link, name="private-link"),
    path("my/", overview, name="my"),
    path("my/questions/", questions, name="my-questions"),
    path("my/questions/more/", more, name="my-more"),
    path("my/questions/<slug:group>/", question_group, name="my-question-group"),
    path("my/questions/<slug:group>/detail/", in_detail, name="my-detail"),
    path("my/pain/", pain, name="my-pain"),
    path("my/pain/in-words/", pain_in_words, name="my-pain-in-words"),
    path("my/complaint/", complaint, name="my-complaint"),
    path("my/consent/", consent, name="my-consent"),
    path("my/check-in/<uuid:id_>/", check_in, name="my-check-in"),
    path("my/entries/<uuid:visit>/", my_entries, name="my-entries"),
    path("my/done/", done, name="my-done"),
]
