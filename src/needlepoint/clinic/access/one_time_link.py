"""A link by which a member sets a password, once: for an invitation, and when a password was forgotten.

A laptop has no mail server, so an owner makes the link and hands it over. Django's token holds a hash over the password so far and the last
sign-in: whichever comes first, a new password, a sign-in or the end of ``PASSWORD_RESET_TIMEOUT``, the link is void.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import base36_to_int, urlsafe_base64_decode, urlsafe_base64_encode

from needlepoint.clinic.access.members import end_sessions
from needlepoint.clinic.records.models import AuditEntry, Member
from needlepoint.clinic.records.scope import signing_in, within


def one_time_link(member: Member) -> str:
    """The path of a new link for this member."""
    user = member.user
    return reverse(
        "set-password", args=[urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)]
    )


def user_of(uid: str, token: str) -> Any | None:
    """Whose link is this? None when it is void, or when its member has left."""
    try:
        pk = int(urlsafe_base64_decode(uid))
    except (ValueError, OverflowError):
        return None
    user = get_user_model().objects.filter(pk=pk, is_active=True).first()
    if user is None or not default_token_generator.check_token(user, token):
        return None
    with signing_in(pk):
        return user if Member.everywhere.filter(user=user, active=True).exists() else None


def _made(token: str) -> str:
    """When a link was made, as its token says; Django counts the seconds from 2001, in the time of this machine."""
    made = datetime(2001, 1, 1) + timedelta(seconds=base36_to_int(token.partition("-")[0]))
    return f"{made.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def use_link(user: Any, password: str, token: str, where: str) -> None:
    """This is the password from now on. Whoever was signed in with the one before is signed out.

    The trail keeps that it was set, from where, and by which link: the moment at which that was made stands in its token, and beside the name of
    whoever made it in the trail.
    """
    user.set_password(password)
    user.save(update_fields=["password"])
    with signing_in(user.pk):
        member = Member.everywhere.get(user=user)
    with within(member.organisation_id):
        AuditEntry.objects.create(
            member=member,
            who=member.name,
            action=f"set a password by the link of {_made(token)}",
            changed=True,
            where=where,
        )
    end_sessions(member)
