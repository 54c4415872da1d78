"""All addresses of the clinic. The same word stands in address, view, template and test."""

from django.urls import URLPattern, URLResolver

from needlepoint.clinic.keep.pages import urls as keep_urls
from needlepoint.clinic.pages import entries, lead, note, patient, people, settings, today, visit

urlpatterns: list[URLPattern | URLResolver] = [
    *today.urls,
    *people.urls,
    *visit.urls,
    *entries.urls,
    *note.urls,
    *keep_urls,
    *lead.urls,
    *settings.urls,
    *patient.urls,
]
