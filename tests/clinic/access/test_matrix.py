"""Every address of the clinic, for everybody who might ask: what they may, and nothing else. New addresses are found by themselves."""

import uuid
from collections import Counter

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client

from needlepoint.clinic.access.members import Details, change_member
from needlepoint.clinic.access.rights import RIGHTS, Right
from needlepoint.clinic.records.models import AuditEntry
from needlepoint.clinic.records.organisation import Role
from needlepoint.clinic.records.scope import OfOrganisation, within
from tests.clinic.access.everything import NAMED, OF_A_PERSON, Address, Everything, addresses, everything
from tests.clinic.conftest import House

pytestmark = pytest.mark.django_db

#: The views of allauth that are used; each asks for the sign-in, the step before, or nothing.
ALLAUTH = {
    "account_login", "account_logout", "account_inactive", "account_reauthenticate", "account_change_password",
    "account_set_password", "mfa_authenticate", "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp",
    "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes", "mfa_add_webauthn",
    "mfa_login_webauthn", "mfa_reauthenticate_webauthn", "mfa_remove_webauthn", "mfa_edit_webauthn",
    "openid_connect_callback", "socialaccount_login_cancelled", "socialaccount_login_error",
}  # fmt: skip
ROLES = list(Role.values)


@pytest.fixture
def ours_full(ours: House) -> Everything:
    return everything(ours)


@pytest.fixture
def theirs_full(theirs: House) -> Everything:
    return everything(theirs)


def of_members() -> list[Address]:
    return [one for one in addresses() if one.needs not in (None, Right.ANYONE, Right.PATIENT)]


def nowhere() -> dict[str, uuid.UUID]:
    """Ids that nothing has."""
    return {kind: uuid.uuid4() for kind in NAMED.values()}


def ask(client: Client, method: str, path: str, **headers: str) -> tuple[int, str]:
    answer = client.generic(method, path, b"", "application/x-www-form-urlencoded", headers=headers)
    return answer.status_code, answer.headers.get("Location", "")


def test_every_view_says_what_it_needs() -> None:
    silent = [one.route for one in addresses() if one.needs is None and one.name not in ALLAUTH]
    assert silent == []
    assert {one.name for one in addresses() if one.of_allauth} == ALLAUTH


@pytest.mark.parametrize("role", ROLES)
def test_a_member_reaches_what_the_role_may_and_nothing_of_others(
    role: str, ours_full: Everything, theirs_full: Everything
) -> None:
    client, wrong = ours_full.as_member(role), []
    for one in of_members():
        may = one.needs in RIGHTS[role]
        for method in ("GET", "POST") if not may else ("GET",):
            got, to = ask(client, method, one.path(ours_full.ids))
            refused = got == 403 or (method == "GET" and got == 405)
            if may and (got in (401, 403, 404) or got >= 500 or "/accounts/login" in to):
                wrong.append(f"{role} may, but {method} {one.route} answers {got} {to}")
            if not may and not refused:
                wrong.append(f"{role} may not, but {method} {one.route} answers {got}")
        if not one.kinds:
            continue
        of_others = {}
        for method in ("GET", "POST"):
            theirs, _ = ask(client, method, one.path(theirs_full.ids))
            none, _ = ask(client, method, one.path(nowhere()))
            of_others[method] = theirs
            if theirs != none:
                wrong.append(f"{role}: {method} {one.route} tells that it exists: {theirs}, else {none}")
            # A view that reads for some and writes for others refuses the writing before it looks.
            if theirs not in ((404, 405, 403) if may and method == "POST" else (404, 405) if may else (403, 405)):
                wrong.append(f"{role}: {method} {one.route} of others answers {theirs}")
        if may and 404 not in of_others.values():
            wrong.append(f"{role}: {one.route} of others is never 404")
    assert wrong == []


def _outside(client: Client, full: Everything) -> list[str]:
    wrong = []
    for one in of_members():
        for method in ("GET", "POST"):
            path = one.path(full.ids)
            got, to = ask(client, method, path)
            if not (got == 302 and to.startswith("/accounts/login/")) and not (method == "GET" and got == 405):
                wrong.append(f"{method} {one.route} answers {got} {to}")
            got, _ = ask(client, method, path, accept="application/json")
            if got not in (401, 405):
                wrong.append(f"{method} {one.route} as JSON answers {got}")
    return wrong


def test_who_is_not_signed_in_is_asked_to(ours_full: Everything) -> None:
    assert _outside(Client(raise_request_exception=False), ours_full) == []


def test_a_patient_by_link_is_nobody_on_the_pages_of_members(ours_full: Everything) -> None:
    assert _outside(ours_full.as_patient(), ours_full) == []


def test_who_left_is_nobody(ours_full: Everything) -> None:
    client, member = ours_full.as_member("clinician"), ours_full.house.members["clinician"]
    with within(member.organisation_id):
        change_member(member, Details(member.name, member.role, member.clinic, active=False))
    assert _outside(client, ours_full) == []


def test_who_left_is_nobody_even_while_their_user_still_lives(ours_full: Everything) -> None:
    client, member = ours_full.as_member("clinician"), ours_full.house.members["clinician"]
    with within(member.organisation_id):
        member.active = False
        member.save()
    assert client.get("/").status_code == 302
    assert "_auth_user_id" not in client.session
    assert client.get("/accounts/login/").status_code == 200


def test_the_pages_of_patients_are_for_patients(ours_full: Everything, theirs_full: Everything) -> None:
    patient, wrong = ours_full.as_patient(), []
    pages = [one for one in addresses() if one.needs == Right.PATIENT]
    for one in pages:
        for who in [Client(), *(ours_full.as_member(role) for role in ROLES)]:
            got, _ = ask(who, "GET", one.path(ours_full.ids))
            if got not in (401, 403, 404, 405):
                wrong.append(f"{one.route} for others: {got}")
        got, _ = ask(patient, "GET", one.path(ours_full.ids))
        if got in (401, 403) or got >= 500:
            wrong.append(f"{one.route} for the patient: {got}")
        for method in ("GET", "POST") if one.kinds else ():
            theirs, _ = ask(patient, method, one.path(theirs_full.ids))
            none, _ = ask(patient, method, one.path(nowhere()))
            if theirs != none or theirs not in (404, 405):
                wrong.append(f"{method} {one.route} of others: {theirs}, else {none}")
    assert wrong == []


def test_the_pages_of_anyone_break_for_nobody(ours_full: Everything) -> None:
    whoever = [Client(raise_request_exception=False), ours_full.as_patient(), ours_full.as_member("owner")]
    wrong = []
    for one in addresses():
        if one.needs is None or one.needs == Right.ANYONE:
            for who in whoever:
                for method in ("GET", "POST"):
                    point = transaction.savepoint()
                    got, _ = ask(who, method, one.path(ours_full.ids))
                    transaction.savepoint_rollback(point)
                    if got >= 500:
                        wrong.append(f"{method} {one.route} answers {got}")
    assert wrong == []


def test_looking_changes_nothing_but_the_trail(ours_full: Everything) -> None:
    client = ours_full.as_member("owner")
    with within(ours_full.house.organisation.pk):
        for one in of_members():
            before = _rows()
            ask(client, "GET", one.path(ours_full.ids))
            after = _rows()
            changed = {name for name in before if before[name] != after[name]} - {"Conclusion"}
            assert not changed, f"GET {one.route} changes {changed}"


def _rows() -> Counter[str]:
    kinds = [one for one in apps.get_app_config("records").get_models() if issubclass(one, OfOrganisation)]
    return Counter({one.__name__: one.objects.count() for one in kinds if one is not AuditEntry})


def test_a_form_without_our_sign_changes_nothing(ours_full: Everything) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(
        ours_full.house.members["owner"].user, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    assert [one.route for one in addresses() if ask(client, "POST", one.path(ours_full.ids))[0] != 403] == []


def test_an_empty_form_breaks_nothing(ours_full: Everything) -> None:
    wrong = []
    for one in of_members():
        point = transaction.savepoint()
        got, _ = ask(ours_full.as_member("owner"), "POST", one.path(ours_full.ids))
        transaction.savepoint_rollback(point)
        if got >= 500 or got in (401, 403, 404):
            wrong.append(f"POST {one.route} answers {got}")
    assert wrong == []


def test_whoever_opens_something_of_a_person_leaves_a_trail(ours_full: Everything) -> None:
    client, silent = ours_full.as_member("owner"), []
    person = ours_full.house.person.pk
    with within(ours_full.house.organisation.pk):
        for one in of_members():
            if not set(one.kinds) & OF_A_PERSON:
                continue
            before = AuditEntry.objects.filter(person=person).count()
            point = transaction.savepoint()
            got, _ = ask(client, "GET", one.path(ours_full.ids))
            if got == 405:
                got, _ = ask(client, "POST", one.path(ours_full.ids))
            if AuditEntry.objects.filter(person=person).count() == before:
                silent.append(f"{one.route} ({got})")
            transaction.savepoint_rollback(point)
    assert silent == []
