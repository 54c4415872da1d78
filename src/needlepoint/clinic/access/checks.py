"""What is wrong with how this clinic was set up, told at start."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, register


@register()
def organisation_sign_in(**_: Any) -> list[Error]:
    """A server for signing in elsewhere needs an address and the domains that it vouches for."""
    providers: Any = settings.SOCIALACCOUNT_PROVIDERS
    apps = providers.get("openid_connect", {}).get("APPS", [])
    found = []
    if apps and not apps[0]["settings"]["server_url"]:
        found.append(
            Error(
                "NEEDLEPOINT_OIDC_CLIENT_ID is set, but not NEEDLEPOINT_OIDC_SERVER.",
                hint="Name its address.",
                id="needlepoint.E001",
            )
        )
    if apps and not settings.OIDC_DOMAINS:
        found.append(
            Error(
                "NEEDLEPOINT_OIDC_CLIENT_ID is set, but not NEEDLEPOINT_OIDC_DOMAINS.",
                hint="Name the e-mail domains that this server vouches for, with commas between; others are not let in through it.",
                id="needlepoint.E002",
            )
        )
    return found
