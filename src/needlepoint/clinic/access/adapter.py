"""Sign-in is for members only: nobody makes an account for themselves."""

import logging
from io import BytesIO
from typing import Any

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from qrcode.image.svg import SvgFillImage

from needlepoint.clinic.access.address import where_from
from needlepoint.clinic.records.models import AuditEntry, Member
from needlepoint.clinic.records.scope import signing_in, within

log = logging.getLogger("needlepoint.sign-in")


class MembersOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by an owner, under Settings."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up by themselves."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address by which attempts are counted: the same that stands in the trail."""
        return where_from(request) or "unknown"

    def pre_login(self, request: HttpRequest, user: Any, **about: Any) -> HttpResponse | None:
        """Who left is not let in, however they prove who they are."""
        if not user.is_active or not _is_member(user):
            return redirect("account_inactive")
        return super().pre_login(request, user, **about)  # type: ignore[no-any-return]

    def post_login(self, request: HttpRequest, user: Any, **about: Any) -> HttpResponse:
        """Every sign-in stands in the trail, with where it came from."""
        with signing_in(user.pk):
            member = Member.everywhere.get(user=user)
        with within(member.organisation_id):
            AuditEntry.objects.create(member=member, who=member.name, action="signed in", where=where_from(request))
        if not is_mfa_enabled(user):
            # Who has just come in and is about to set up the first second factor is not asked for the password once more.
            record_authentication(request, user, "password", reauthenticated=True)
        return super().post_login(request, user, **about)  # type: ignore[no-any-return]

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Somebody tried: that it happened is logged, not who."""
        log.warning("a sign-in failed")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the own account."""
        return "/account/"


def _is_member(user: Any) -> bool:
    with signing_in(user.pk):
        return Member.everywhere.filter(user=user, active=True).exists()


class MembersOnlyElsewhere(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """An organisation's own sign-in lets in those who are members here already, by their confirmed e-mail."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Nobody signs up by themselves."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """For signing in, and nothing else: no account is connected to another."""
        if sociallogin.state.get("process") != "login":
            raise ImmediateHttpResponse(redirect("account"))

    def can_authenticate_by_email(self, login: Any, email: str) -> bool:
        """Only for the domains that this server vouches for: one organisation's server must not sign in the members of another."""
        return email.rpartition("@")[2].lower() in settings.OIDC_DOMAINS


class Factors(DefaultMFAAdapter):  # type: ignore[misc]
    """Passkeys, codes and recovery codes."""

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        """How a device shows whose passkey it is: by the name that colleagues see."""
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        with signing_in(user.pk):
            member = Member.everywhere.filter(user=user).first()
        return {**entity, "display_name": member.name} if member else entity

    def build_totp_svg(self, url: str) -> str:
        """The picture for the app, on white: telephones do not read it from a dark page."""
        drawn = BytesIO()
        qrcode.make(url, image_factory=SvgFillImage).save(drawn)
        return drawn.getvalue().decode()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """A name to start from; the member says which device it is."""
        return _("This device")
