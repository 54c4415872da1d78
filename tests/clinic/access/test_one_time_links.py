"""A link by which a member sets a password: once, for three days, and it signs nobody in."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from needlepoint.clinic.access.members import take_factors_away
from needlepoint.clinic.access.one_time_link import one_time_link
from needlepoint.clinic.records.models import AuditEntry
from needlepoint.clinic.records.scope import within
from tests.clinic.access.conftest import give_password, sign_in
from tests.clinic.conftest import House

NEW = "another four words: teapot"


def set_by(client: Client, link: str, password: str = NEW) -> Any:
    opened = client.get(link)
    if opened.status_code != 302:
        return opened
    return client.post(opened.headers["Location"], {"password1": password, "password2": password})


def test_the_owner_makes_a_link_and_the_member_sets_a_password(ours: House) -> None:
    owner, member = ours.client("owner"), ours.members["clinician"]
    made = owner.post(f"/settings/members/{member.pk}/link/")
    page = owner.get(made.headers["Location"]).content.decode()
    link = re.search(r"http://testserver(/password/[^\"]+/)", page)
    assert link is not None
    assert "/password/" not in owner.get(made.headers["Location"]).content.decode(), "it is shown once"
    client = Client()
    assert set_by(client, link[1]).headers["Location"] == "/accounts/login/"
    assert client.get("/account/").status_code == 302, "it signs nobody in"
    assert sign_in(client, member.user.email, NEW).status_code == 302
    with within(ours.organisation.pk):
        made, used = AuditEntry.objects.filter(changed=True).order_by("number")
    assert (made.action, made.who) == ("made a set-password link for The clinician", "The owner")
    # Which link it was: the one that was made at that moment.
    soon = made.at + timedelta(seconds=2)
    assert used.action in {f"set a password by the link of {at:%Y-%m-%d %H:%M} UTC" for at in (made.at, soon)}
    assert (used.who, used.where) == ("The clinician", "127.0.0.1")


def test_a_link_works_once(ours: House) -> None:
    link = one_time_link(ours.members["clinician"])
    assert set_by(Client(), link).status_code == 302
    assert set_by(Client(), link, "a third and longer one").status_code == 404
    assert sign_in(Client(), ours.members["clinician"].user.email, NEW).status_code == 302


def test_a_link_is_void_after_three_days(ours: House, monkeypatch: pytest.MonkeyPatch) -> None:
    link = one_time_link(ours.members["clinician"])
    monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda self: datetime.now() + timedelta(days=3, seconds=5))
    assert Client().get(link).status_code == 404


def test_a_link_is_void_after_a_sign_in_and_for_who_left(ours: House) -> None:
    email = give_password(ours, "clinician")
    link = one_time_link(ours.members["clinician"])
    sign_in(Client(), email)
    assert Client().get(link).status_code == 404
    member = ours.members["reader"]
    link = one_time_link(member)
    with within(ours.organisation.pk):
        member.active = False
        member.save()
    assert Client().get(link).status_code == 404


def test_the_token_leaves_the_address_at_once(ours: House) -> None:
    link = one_time_link(ours.members["clinician"])
    token = link.rstrip("/").rpartition("/")[2]
    assert token not in Client().get(link).headers["Location"]


def test_a_weak_password_is_refused_and_the_link_still_works(ours: House) -> None:
    link, client = one_time_link(ours.members["clinician"]), Client()
    assert set_by(client, link, "short").status_code == 422
    assert set_by(client, link).status_code == 302


def test_a_forgotten_password_ends_the_sessions_of_whoever_had_it(ours: House) -> None:
    email, other = give_password(ours, "clinician"), Client()
    sign_in(other, email)
    ours.members["clinician"].user.refresh_from_db()
    set_by(Client(), one_time_link(ours.members["clinician"]))
    assert other.get("/account/").status_code == 302


@pytest.mark.parametrize(
    "link",
    ["/password/MQ/open/", "/password/%00/x/", "/password/ÄÖ/x/", "/password/OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5/a-b/"],
)
def test_a_link_that_is_none_is_void(link: str, ours: House) -> None:
    assert Client().get(link).status_code == 404


def test_whoever_keeps_the_server_helps_the_only_owner(ours: House, capsys: pytest.CaptureFixture[str]) -> None:
    member = ours.members["owner"]
    if connection.vendor == "postgresql":
        # Whoever keeps the server is not behind the walls.
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
    call_command("sign_in_link", member.user.email, "--lost-factor")
    assert set_by(Client(), capsys.readouterr().out.strip()).status_code == 302
    with pytest.raises(CommandError, match="no active member"):
        call_command("sign_in_link", "nobody@ours.example")


def test_a_lost_telephone_is_taken_off_and_its_holder_signed_out(ours: House) -> None:
    from tests.clinic.access.test_sign_in import codes_for

    codes_for(ours, "clinician")
    client = ours.client("clinician")
    with within(ours.organisation.pk):
        assert take_factors_away(ours.members["clinician"]) == 1
    assert client.get("/account/").status_code == 302
