"""Members come, change and leave. An organisation always keeps an owner who can sign in."""

from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db import transaction

from needlepoint.clinic.records.models import Clinic, Member
from needlepoint.clinic.records.organisation import Role


class EmailIsTaken(Exception):
    """Somebody signs in with this e-mail already."""


class LastOwner(Exception):
    """Without this owner nobody could change members, clinics and stock any more."""


@dataclass(frozen=True, slots=True)
class Details:
    """What an owner may say about a member."""

    name: str
    role: str
    clinic: Clinic
    active: bool = True


def add_member(email: str, details: Details, password: str | None = None) -> Member:
    """A new member; without a password they set their own by a one-time link. Raises EmailIsTaken."""
    users: Any = get_user_model().objects
    email = email.strip().lower()
    with transaction.atomic():
        if users.filter(email__iexact=email).exists() or users.filter(username=email).exists():
            raise EmailIsTaken
        user = users.create_user(email, email=email, password=password)
        # The owner vouches for the address; no mail is ever sent.
        EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
        member: Member = Member.objects.create(
            user=user, name=details.name, role=details.role, clinic=details.clinic, active=details.active
        )
        return member


def change_member(member: Member, details: Details) -> Member:
    """The member with these details. Who is no longer active is signed out everywhere. Raises LastOwner."""
    with transaction.atomic():
        # Two owners who take the role from each other at the same moment wait for each other here.
        owners = list(
            Member.objects.select_for_update().filter(role=Role.OWNER, active=True).values_list("pk", flat=True)
        )
        if owners == [member.pk] and not (details.active and details.role == Role.OWNER):
            raise LastOwner
        held: Member = Member.objects.select_for_update().select_related("user").get(pk=member.pk)
        held.name, held.role, held.clinic, held.active = details.name, details.role, details.clinic, details.active
        held.save()
        if held.user.is_active != held.active:
            held.user.is_active = held.active
            held.user.save(update_fields=["is_active"])
        if not held.active:
            end_sessions(held)
        return held


def take_factors_away(member: Member) -> int:
    """A lost telephone: how many passkeys and codes were taken away. At the next sign-in the member sets up new ones."""
    count: int = Authenticator.objects.filter(user=member.user).exclude(type=Authenticator.Type.RECOVERY_CODES).count()
    Authenticator.objects.filter(user=member.user).delete()
    end_sessions(member)
    return count


def end_sessions(member: Member) -> None:
    """Sign a member out everywhere. There are few sessions at a time, so that looking through them is quick enough."""
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") == str(member.user_id):
            session.delete()
