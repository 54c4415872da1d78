"""Django's name for this room."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """The room ``pages``."""

    name = "needlepoint.clinic.pages"
    label = "pages"
