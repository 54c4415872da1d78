"""The two addresses that the frame around a page links to."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def nothing(request: HttpRequest) -> HttpResponse:
    """Nobody goes there from the gallery."""
    return HttpResponse()


urlpatterns = [path("sign-out/", nothing, name="account_logout"), path("account/", nothing, name="account")]
