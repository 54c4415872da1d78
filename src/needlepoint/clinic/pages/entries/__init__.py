"""Entries of a visit, to and from devices."""

from django.urls import URLPattern, path

from needlepoint.clinic.pages.entries.views import entries

urls: list[URLPattern] = [path("visits/<uuid:id_>/entries/", entries, name="entries")]
