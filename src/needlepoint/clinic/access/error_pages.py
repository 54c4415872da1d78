"""What a client reads when something cannot be done: a page of ours, a piece for HTMX, or JSON. It never says more than the page does."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from needlepoint.clinic.access.asked import wants_a_piece, wants_json


def error_pages(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: an error that would be answered by a page is answered by JSON or by a piece where that was asked for."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if response.status_code < 400 or not _is_page(response):
            return response
        if wants_json(request):
            return JsonResponse({"why": why(response.status_code)}, status=response.status_code)
        if wants_a_piece(request) and response.status_code in _reasons():
            return _piece(why(response.status_code), response.status_code)
        return response

    return answer


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that does not carry our sign: sent by another page, or left open while somebody signed in anew."""
    if wants_json(request):
        # Without a reason: scripts take it for being signed out, keep what they have, and send it again after the next sign-in.
        return JsonResponse({"signed_out": True}, status=403)
    if wants_a_piece(request):
        return _piece(_("Load the page again, then try once more."), 403)
    return render(request, "errors/forged.html", status=403)


def why(status: int) -> str:
    """What went wrong, in words for whoever asked."""
    return _reasons().get(status, _("that could not be done"))


def _piece(words: str, status: int) -> HttpResponse:
    """Without the request: what broke may be the very thing that a page asks for, and here no organisation is open any more."""
    return HttpResponse(render_to_string("errors/piece.html", {"why": words}), status=status)


def _reasons() -> dict[int, str]:
    return {
        400: _("the request could not be read"),
        403: _("you may not do that"),
        404: _("there is no such record here"),
        405: _("that cannot be done here"),
        413: _("that is too large"),
        429: _("too many tries; wait some minutes"),
        500: _("something went wrong with us; what was kept is kept"),
    }


def _is_page(response: HttpResponseBase) -> bool:
    return response.headers.get("Content-Type", "").startswith("text/html")
