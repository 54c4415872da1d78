"""The own account: password, passkeys, codes by an app, recovery codes."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from needlepoint.clinic.access.rights import MemberRequest, Right, may
from needlepoint.clinic.pages.settings import present


@may(Right.HOME)
@require_safe
def account(request: MemberRequest) -> HttpResponse:
    """How I sign in."""
    shown = present.account(request.member, settings.SECOND_FACTOR_REQUIRED, *_name_of(request))
    return render(request, "settings/account.html", {"account": shown})


def _name_of(request: HttpRequest) -> tuple[bool, str]:
    """Has this address a name? A passkey belongs to one: at an address of numbers a browser offers none. This machine is ``localhost``."""
    told = urlsplit(f"//{request.get_host()}")
    try:
        number = ip_address(told.hostname or "")
    except ValueError:
        return True, ""
    port = f":{told.port}" if told.port else ""
    return False, f"{request.scheme}://localhost{port}{request.path}" if number.is_loopback else ""
