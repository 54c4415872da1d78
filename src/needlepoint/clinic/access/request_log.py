"""One line for every request: which view, how it went, how long it took. No address, no name, no token: they are about people."""

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

log = logging.getLogger("needlepoint.requests")


def request_log(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware, outermost."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        response = get_response(request)
        found = request.resolver_match
        log.info(
            "request",
            extra={
                "view": (found.view_name or "unnamed") if found else "none",
                "method": request.method if request.method in _METHODS else "other",
                "status": response.status_code,
                "milliseconds": round((time.perf_counter() - began) * 1000, 1),
            },
        )
        return response

    return answer


_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
