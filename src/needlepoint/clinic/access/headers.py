"""Headers that every answer carries: what is about a person is never kept by a browser or a proxy."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase


def headers(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: no caching of pages, and no sensors that a page does not use (the microphone is for voice input)."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault(
            "Permissions-Policy",
            "camera=(), geolocation=(), microphone=(self), payment=(), usb=(), publickey-credentials-get=(self)",
        )
        return response

    return answer
