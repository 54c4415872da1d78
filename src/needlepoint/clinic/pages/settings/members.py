"""Who works here: invited, given a role, and (when they leave) closed out. Nobody is deleted: their name stays under what they signed.

Every way in that is made or changed here asks an owner for the password or the second factor once more: a tablet that was left open makes none.
"""

from typing import Any
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from needlepoint.clinic.access.members import (
    Details,
    EmailIsTaken,
    LastOwner,
    add_member,
    change_member,
    take_factors_away,
)
from needlepoint.clinic.access.one_time_link import one_time_link
from needlepoint.clinic.access.rights import MemberRequest, Right, has, may
from needlepoint.clinic.access.trail import leave_trail
from needlepoint.clinic.pages.settings.found import found, say
from needlepoint.clinic.pages.settings.present import lines, role_words
from needlepoint.clinic.records.models import Clinic, Member
from needlepoint.clinic.records.organisation import Role

#: A link that was just made is shown once; it lies in the owner's own session until then.
_MADE = "made-link"


class MemberForm(forms.Form):
    """What an owner says about a member."""

    name = forms.CharField(label=gettext_lazy("Name, as it stands under notes"), max_length=200)
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role.choices, widget=forms.RadioSelect)
    clinic: Any = forms.ModelChoiceField(None, label=gettext_lazy("Clinic"), empty_label=None)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["clinic"].queryset = Clinic.objects.order_by("name")  # type: ignore[attr-defined]
        self.fields["role"].choices = role_words()  # type: ignore[attr-defined]

    def details(self) -> Details:
        """As values."""
        told = self.cleaned_data
        return Details(told["name"], told["role"], told["clinic"], told.get("active", True))


class NewMemberForm(MemberForm):
    """The same, with the e-mail by which they sign in."""

    email = forms.EmailField(label=gettext_lazy("E-mail, for signing in"), max_length=150)
    field_order = ["name", "email", "role", "clinic"]


class ChangeMemberForm(MemberForm):
    """The same, and whether they may sign in."""

    active = forms.BooleanField(
        label=gettext_lazy("May sign in"),
        required=False,
        help_text=gettext_lazy(
            "Who leaves keeps the name under what they wrote, and is signed out everywhere at once."
        ),
    )


@may(Right.SETTINGS)
def members(request: MemberRequest) -> HttpResponse:
    """Everybody who works or worked here."""
    return render(request, "settings/members.html", {"lines": lines(request.member)})


@may(Right.SETTINGS)
@reauthentication_required  # type: ignore[untyped-decorator]
def new_member(request: MemberRequest) -> HttpResponse:
    """Invite somebody: they set their own password by a one-time link."""
    form = NewMemberForm(request.POST or None, initial={"clinic": request.member.clinic_id})
    if request.method == "POST" and form.is_valid():
        try:
            member = add_member(form.cleaned_data["email"], form.details())
        except EmailIsTaken:
            form.add_error("email", _("Somebody signs in with this e-mail already; take another."))
        else:
            leave_trail(request, _of("invited", member), None, changed=True)
            request.session[_MADE] = [str(member.pk), one_time_link(member)]
            return redirect("settings-member", member.pk)
    about = {"title": _("Invite a member"), "form": form, "act": _("Invite"), "back": "settings-members"}
    return render(
        request, "settings/form.html", {**about, "has_errors": bool(form.errors)}, status=422 if form.errors else 200
    )


@may(Right.SETTINGS)
@reauthentication_required  # type: ignore[untyped-decorator]
def member(request: MemberRequest, id_: UUID) -> HttpResponse:
    """One of them: name, role, clinic; may they sign in?"""
    one = found(Member, id_, "user", "clinic")
    form = ChangeMemberForm(
        request.POST or None,
        initial={"name": one.name, "role": one.role, "clinic": one.clinic_id, "active": one.active},
    )
    if request.method == "POST" and form.is_valid():
        try:
            changed = change_member(one, form.details())
        except LastOwner:
            form.add_error(None, _("This is the only owner. Make somebody else an owner first."))
        else:
            _trail_of_change(request, one, changed)
            if changed.pk == request.member.pk and not changed.active:
                return _out(request)
            say(request, _("What you changed holds from now on."))
            return redirect(
                "settings-members" if has(changed, Right.SETTINGS) or changed.pk != request.member.pk else "today"
            )
    made = request.session.get(_MADE)
    if request.method == "GET" and made and made[0] == str(one.pk):
        del request.session[_MADE]
        link = request.build_absolute_uri(made[1])
    else:
        link = ""
    return render(
        request,
        "settings/member.html",
        {"one": one, "form": form, "link": link, "has_errors": bool(form.errors)},
        status=422 if form.errors else 200,
    )


def _of(done: str, to: Member) -> str:
    return f"{done} {to.name}"[:60]


def _out(request: MemberRequest) -> HttpResponse:
    """Who closed out themselves, or took off their own second factor, signs in anew."""
    logout(request)
    return redirect("account_login")


def _trail_of_change(request: MemberRequest, before: Member, after: Member) -> None:
    if before.role != after.role:
        leave_trail(request, f"changed a role from {before.role} to {after.role}", None, changed=True)
    if before.active != after.active:
        leave_trail(request, "let a member in again" if after.active else "closed a member out", None, changed=True)
    if (before.name, before.clinic_id) != (after.name, after.clinic_id):
        leave_trail(request, "changed a member's name or clinic", None, changed=True)


@may(Right.SETTINGS)
@reauthentication_required  # type: ignore[untyped-decorator]
@require_POST
def member_link(request: MemberRequest, id_: UUID) -> HttpResponse:
    """A link by which this member sets a password anew; shown once."""
    one = found(Member, id_, "user")
    if not one.active:
        return redirect("settings-member", one.pk)
    leave_trail(request, _of("made a set-password link for", one), None, changed=True)
    request.session[_MADE] = [str(one.pk), one_time_link(one)]
    return redirect("settings-member", one.pk)


@may(Right.SETTINGS)
@reauthentication_required  # type: ignore[untyped-decorator]
@require_POST
def member_factors(request: MemberRequest, id_: UUID) -> HttpResponse:
    """A telephone was lost: the member sets up a new second factor at the next sign-in."""
    one = found(Member, id_, "user")
    take_factors_away(one)
    leave_trail(request, _of("took the second factor off", one), None, changed=True)
    if one.pk == request.member.pk:
        return _out(request)
    say(request, _("At the next sign-in a new second factor is set up."))
    return redirect("settings-member", one.pk)
