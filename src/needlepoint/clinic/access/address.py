"""Which address did a request come from?"""

from django.conf import settings
from django.http import HttpRequest


def where_from(request: HttpRequest) -> str:
    """The address that a request came from. Behind our own proxies (``NEEDLEPOINT_PROXIES``) it is what the outermost of them saw;
    what a client writes into the header itself stands further left and is not believed."""
    seen = str(request.META.get("REMOTE_ADDR", ""))
    told = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",") if one.strip()]
    if settings.PROXIES and told:
        seen = told[-min(settings.PROXIES, len(told))]
    return seen[:60]
