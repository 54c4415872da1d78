"""The page ``today``: who comes, what changed, and what must not be forgotten."""

from django.urls import URLPattern, path

from needlepoint.clinic.pages.today.views import check_in, today

urls: list[URLPattern] = [
    path("", today, name="today"),
    path("check-ins/<uuid:id_>/", check_in, name="check-in"),
]
