"""Django's name for this room."""

from django.apps import AppConfig


class KeepConfig(AppConfig):
    """The room ``keep``."""

    name = "needlepoint.clinic.keep"
    label = "keep"
