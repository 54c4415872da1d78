"""Django's name for this room."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The room ``demo``."""

    name = "needlepoint.clinic.demo"
    label = "demo"
