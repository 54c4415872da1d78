"""The addresses of sign-in: those parts of allauth that a clinic wants, and no others. Nobody signs up, and no mail is sent."""

import logging

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkey
from allauth.socialaccount import views as elsewhere
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from requests import RequestException

from needlepoint.clinic.access.rights import anyone

log = logging.getLogger("needlepoint.sign-in")


@anyone
def forgotten(request: HttpRequest) -> HttpResponse:
    """What to do when a password was forgotten."""
    return render(request, "account/password_reset.html")


@anyone
def to_account(request: HttpRequest) -> HttpResponse:
    """Where allauth means its own list of factors, ours is shown."""
    return redirect("account")


@anyone
def sign_in_elsewhere(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """On the way to the organisation's own server. A page leads there: the form that asked may only be sent to ourselves (``form-action``),
    and browsers count the answer's redirect as sending it on."""
    try:
        answer: HttpResponseBase = openid_connect.login(request, provider_id)
    except RequestException as error:
        log.warning("the organisation's server for signing in: %s", type(error).__name__)
        return render(request, "socialaccount/authentication_error.html", status=503)
    if request.method == "POST" and answer.status_code == 302:
        return render(request, "socialaccount/login_redirect.html", {"redirect_to": answer.headers["Location"]})
    return answer


@anyone
def nothing_here(request: HttpRequest, rest: str) -> HttpResponse:
    """Every other address of allauth: signing up, changing e-mails, connecting accounts."""
    raise Http404


urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", forgotten, name="account_reset_password"),
    path("2fa/", to_account, name="mfa_index"),
    path("2fa/authenticate/", factor.authenticate, name="mfa_authenticate"),
    path("2fa/reauthenticate/", factor.reauthenticate, name="mfa_reauthenticate"),
    path("2fa/totp/activate/", totp.activate_totp, name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/generate/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("2fa/recovery-codes/download/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("2fa/webauthn/", to_account, name="mfa_list_webauthn"),
    path("2fa/webauthn/add/", passkey.add_webauthn, name="mfa_add_webauthn"),
    path("2fa/webauthn/login/", passkey.login_webauthn, name="mfa_login_webauthn"),
    path("2fa/webauthn/reauthenticate/", passkey.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("2fa/webauthn/keys/<int:pk>/remove/", passkey.remove_webauthn, name="mfa_remove_webauthn"),
    path("2fa/webauthn/keys/<int:pk>/edit/", passkey.edit_webauthn, name="mfa_edit_webauthn"),
    path("oidc/<slug:provider_id>/login/", sign_in_elsewhere, name="openid_connect_login"),
    path("oidc/<slug:provider_id>/login/callback/", openid_connect.callback, name="openid_connect_callback"),
    path("3rdparty/login/cancelled/", elsewhere.login_cancelled, name="socialaccount_login_cancelled"),
    path("3rdparty/login/error/", elsewhere.login_error, name="socialaccount_login_error"),
    path("<path:rest>", nothing_here),
]
