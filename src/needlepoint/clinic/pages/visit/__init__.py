"""The page ``visit``: everything of one visit, step by step."""

from django.urls import URLPattern, path, register_converter

from needlepoint.clinic.pages.visit.consent import visit_consent
from needlepoint.clinic.pages.visit.pictures import icons, place_of_muscle
from needlepoint.clinic.pages.visit.rail import STEPS
from needlepoint.clinic.pages.visit.views import visit, visit_step


class StepConverter:
    """A step in an address: one of the seven, so that other addresses of a visit stay free."""

    regex = "|".join(STEPS)

    def to_python(self, value: str) -> str:
        """The step."""
        return value

    def to_url(self, value: str) -> str:
        """The step."""
        return value


register_converter(StepConverter, "visit_step")

urls: list[URLPattern] = [
    path("visits/<uuid:id_>/", visit, name="visit"),
    path("visits/<uuid:id_>/consent/sign/", visit_consent, name="visit-consent"),
    path("visits/<uuid:id_>/<visit_step:step>/", visit_step, name="visit-step"),
    path("pictures/place/<slug:muscle>/<slug:side>/", place_of_muscle, name="visit-place-picture"),
    path("pictures/icons/<int:people>/<int:crowd>/", icons, name="visit-icons"),
]
