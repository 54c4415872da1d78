"""Ready words for the pages of the settings."""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from needlepoint.clinic.records.models import Member
from needlepoint.clinic.records.organisation import Role


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member in the list."""

    id: object
    name: str
    email: str
    role: str
    clinic: str
    active: bool
    factor: str
    last: str
    me: bool


def lines(me: Member) -> tuple[MemberLine, ...]:
    """All members: those who work here first, by name."""
    found = Member.objects.select_related("user", "clinic").order_by("-active", "name")
    factors = set(
        Authenticator.objects.filter(user__in=[one.user_id for one in found])
        .exclude(type=Authenticator.Type.RECOVERY_CODES)
        .values_list("user_id", flat=True)
    )
    return tuple(
        MemberLine(
            one.pk,
            one.name,
            one.user.email,
            str(Role(one.role).label),
            one.clinic.name,
            one.active,
            _("second factor set up") if one.user_id in factors else _("no second factor yet"),
            date_format(one.user.last_login, "SHORT_DATE_FORMAT") if one.user.last_login else _("never yet"),
            one.pk == me.pk,
        )
        for one in found
    )


def role_words() -> list[tuple[str, str]]:
    """Each role, and what it may do."""
    return [
        (Role.OWNER, _("Owner: everything, and these settings")),
        (Role.CLINICIAN, _("Clinician: treats and signs")),
        (Role.ASSISTANT, _("Assistant: prepares a visit, records no needle, signs nothing")),
        (Role.READER, _("Reader: looks, writes nothing")),
        (Role.AUDITOR, _("Auditor: numbers and the trail, no records")),
    ]


@dataclass(frozen=True, slots=True)
class Factor:
    """A passkey in the list of the own account."""

    pk: int
    name: str
    says: str


@dataclass(frozen=True, slots=True)
class Account:
    """How somebody signs in."""

    name: str
    email: str
    role: str
    has_password: bool
    codes: bool
    passkeys: tuple[Factor, ...]
    recovery: str
    has_recovery: bool
    must_set_up: bool
    has_name: bool
    by_name: str


def account(member: Member, required: bool, has_name: bool, by_name: str) -> Account:
    """The own account in words. ``has_name``: was the page reached by a name? ``by_name``: else, where that can be done."""
    factors = list(Authenticator.objects.filter(user=member.user).order_by("created_at"))
    codes = any(one.type == Authenticator.Type.TOTP for one in factors)
    passkeys = tuple(
        Factor(one.pk, str(one.wrap()), _factor_says(one)) for one in factors if one.type == Authenticator.Type.WEBAUTHN
    )
    recovery = next((one for one in factors if one.type == Authenticator.Type.RECOVERY_CODES), None)
    left = len(recovery.wrap().get_unused_codes()) if recovery else 0
    return Account(
        member.name,
        member.user.email,
        str(Role(member.role).label),
        member.user.has_usable_password(),
        codes,
        passkeys,
        ngettext("%d code left", "%d codes left", left) % left if recovery else _("none yet"),
        recovery is not None,
        required and not (codes or passkeys),
        has_name,
        by_name,
    )


def _factor_says(one: Authenticator) -> str:
    added = _("added %s") % date_format(one.created_at, "SHORT_DATE_FORMAT")
    used = (
        _("last used %s") % date_format(one.last_used_at, "SHORT_DATE_FORMAT")
        if one.last_used_at
        else _("not used yet")
    )
    return f"{added}, {used}"
