"""How does a client want its answer: as a page, as a piece of one, or as JSON?"""

from django.http import HttpRequest


def wants_json(request: HttpRequest) -> bool:
    """A script asks: it sends JSON, or says that it reads JSON."""
    return (
        request.headers.get("Accept", "").startswith("application/json") or request.content_type == "application/json"
    )


def wants_a_piece(request: HttpRequest) -> bool:
    """HTMX asks for a piece of a page."""
    return request.headers.get("HX-Request") == "true"
