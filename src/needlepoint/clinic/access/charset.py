"""Everything that is sent to us is UTF-8."""

import codecs
from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase


def utf8_only(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: a request in another encoding is no request of a page of ours.

    Some encodings (``raw_unicode_escape``, UTF-7) can spell half a character, which no hash and no other program takes. In UTF-8 there is none: what
    is broken becomes the sign for a lost character before anybody reads it.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        # Django tells an encoding here only when the request named one that Python knows.
        if request.encoding is not None and codecs.lookup(request.encoding).name != "utf-8":
            raise BadRequest("everything is sent in UTF-8")
        return get_response(request)

    return answer
