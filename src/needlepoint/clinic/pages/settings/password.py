"""A member sets a password by a one-time link."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from needlepoint.clinic.access.address import where_from
from needlepoint.clinic.access.forms import NewPassword
from needlepoint.clinic.access.one_time_link import use_link, user_of
from needlepoint.clinic.access.rights import anyone
from needlepoint.clinic.pages.settings.found import say

#: In the place of the token once the page is open, so that it does not stay in the browser's history.
_OPEN = "open"
_HELD = "set-password-token"


@anyone
def set_password(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """GET: the link was opened. POST: this is the password. It signs nobody in: the second factor is asked as ever."""
    if token != _OPEN:
        if user_of(uid, token) is None:
            return render(request, "settings/link_void.html", status=404)
        request.session[_HELD] = token
        return redirect("set-password", uid, _OPEN)
    user = user_of(uid, request.session.get(_HELD, ""))
    if user is None:
        return render(request, "settings/link_void.html", status=404)
    form = NewPassword(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        use_link(user, form.cleaned_data["password1"], request.session[_HELD], where_from(request))
        logout(request)
        say(request, _("The password is set. Sign in with it."))
        return redirect("account_login")
    return render(
        request,
        "settings/set_password.html",
        {"form": form, "email": user.email, "has_errors": bool(form.errors)},
        status=422 if form.errors else 200,
    )
