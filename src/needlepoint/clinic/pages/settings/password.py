"""A member sets a password by a one-time link."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from needlepoint.clinic.access.forms import NewPassword
from needlepoint.clinic.access.members import end_sessions
from needlepoint.clinic.access.one_time_link import user_of
from needlepoint.clinic.access.rights import anyone
from needlepoint.clinic.pages.settings.found import say
from needlepoint.clinic.records.models import AuditEntry, Member
from needlepoint.clinic.records.scope import signing_in, within

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
        user.set_password(form.cleaned_data["password1"])
        user.save(update_fields=["password"])
        with signing_in(user.pk):
            member = Member.everywhere.get(user=user)
        with within(member.organisation_id):
            AuditEntry.objects.create(member=member, who=member.name, action="set a password by a link", changed=True)
        end_sessions(member)
        logout(request)
        say(request, _("The password is set. Sign in with it."))
        return redirect("account_login")
    return render(
        request,
        "settings/set_password.html",
        {"form": form, "email": user.email, "has_errors": bool(form.errors)},
        status=422 if form.errors else 200,
    )
