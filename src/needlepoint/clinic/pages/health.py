"""Is the server alive, and can it keep something? For whoever watches it; nothing of a person is told."""

import shutil
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponseBase, JsonResponse

#: With less the database soon keeps nothing more: told while there is still time to make room. Our own choice.
LEAST_FREE_BYTES = 200_000_000


def health(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware, before sessions: ``/health/live`` answers when the process does, ``/health/ready`` when something can be kept, too."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.path == "/health/live":
            return JsonResponse({"alive": True})
        if request.path == "/health/ready":
            return _ready()
        return get_response(request)

    return answer


def _ready() -> JsonResponse:
    try:
        _ask_database()
    except DatabaseError:
        return _not_yet("the database does not answer, or has not been set up")
    if shutil.disk_usage(settings.HOME).free < LEAST_FREE_BYTES:
        return _not_yet("the disk of the clinic's folder is nearly full")
    return JsonResponse({"ready": True})


def _ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM records_organisation LIMIT 1")


def _not_yet(why: str) -> JsonResponse:
    return JsonResponse({"ready": False, "why": why}, status=503)
