"""Settings: the owner adds clinics, members, needles and words, and cannot shut everybody out."""

from typing import Any

import pytest
from django.test import Client

from needlepoint.clinic.records.models import (
    AuditEntry,
    Clinic,
    Insertion,
    Member,
    NeedleLot,
    NoteTemplate,
    StockChange,
)
from needlepoint.clinic.records.scope import within
from tests.clinic.access.conftest import PASSWORD, give_password
from tests.clinic.access.everything import everything
from tests.clinic.conftest import House


def invited(house: House, **other: str) -> Any:
    told = {"name": "A New One", "email": "new@ours.example", "role": "clinician", "clinic": str(house.clinic.pk)}
    return house.client("owner").post("/settings/members/new/", {**told, **other})


def change(house: House, role: str, by: str = "owner", /, **other: str) -> Any:
    member = house.members[role]
    told = {"name": member.name, "role": member.role, "clinic": str(house.clinic.pk), "active": "on", **other}
    return house.client(by).post(f"/settings/members/{member.pk}/", {k: v for k, v in told.items() if v != ""})


def fresh(house: House, role: str) -> Member:
    with within(house.organisation.pk):
        return Member.objects.get(pk=house.members[role].pk)  # type: ignore[no-any-return]


def test_an_owner_invites_a_member_who_cannot_sign_in_before_setting_a_password(ours: House) -> None:
    page = invited(ours)
    assert page.status_code == 302
    with within(ours.organisation.pk):
        member = Member.objects.get(name="A New One")
    assert not member.user.has_usable_password()


def test_an_e_mail_that_signs_in_already_is_refused_whoever_has_it(ours: House, theirs: House) -> None:
    for taken in ("Clinician@Ours.example", "clinician@theirs.example"):
        assert "sign" in invited(ours, email=taken).content.decode()
    with within(ours.organisation.pk):
        assert not Member.objects.filter(name="A New One").exists()


def test_a_clinic_of_another_organisation_cannot_be_given(ours: House, theirs: House) -> None:
    assert invited(ours, clinic=str(theirs.clinic.pk)).status_code == 422


def test_who_leaves_is_signed_out_at_once_and_keeps_the_name(ours: House) -> None:
    client = ours.client("clinician")
    assert client.get("/account/").status_code == 200
    assert change(ours, "clinician", active="").status_code == 302
    assert client.get("/account/").status_code == 302
    assert fresh(ours, "clinician").name == "The clinician" and not fresh(ours, "clinician").active
    change(ours, "clinician")
    assert fresh(ours, "clinician").active and fresh(ours, "clinician").user.is_active


@pytest.mark.parametrize("other", [{"role": "reader"}, {"active": ""}])
def test_the_last_owner_cannot_lose_the_role(ours: House, other: dict[str, str]) -> None:
    assert change(ours, "owner", **other).status_code == 422
    assert fresh(ours, "owner").role == "owner" and fresh(ours, "owner").active
    change(ours, "clinician", role="owner")
    assert change(ours, "owner", **other).status_code == 302


def test_an_owner_who_left_is_not_counted_as_one(ours: House) -> None:
    change(ours, "clinician", role="owner")
    change(ours, "clinician", role="owner", active="")
    assert change(ours, "owner", role="reader").status_code == 422


def test_what_an_owner_changes_stands_in_the_trail(ours: House) -> None:
    change(ours, "assistant", role="reader")
    with within(ours.organisation.pk):
        entry = AuditEntry.objects.get()
    assert (entry.action, entry.changed, entry.who) == ("changed a role from assistant to reader", True, "The owner")


def test_a_new_role_holds_from_the_next_request(ours: House) -> None:
    client = ours.client("assistant")
    assert client.get("/settings/").status_code == 403
    change(ours, "assistant", role="owner")
    assert client.get("/settings/").status_code == 200


def test_a_clinic_is_added_and_renamed(ours: House) -> None:
    client = ours.client("owner")
    client.post("/settings/clinics/", {"name": "By the lake"})
    client.post(f"/settings/clinics/{ours.clinic.pk}/", {"name": "By the river"})
    assert client.post("/settings/clinics/", {"name": ""}).status_code == 422
    with within(ours.organisation.pk):
        assert set(Clinic.objects.values_list("name", flat=True)) == {"By the lake", "By the river"}


LOT = {
    "maker": "A maker",
    "number": "B7",
    "length_mm": "30",
    "diameter_mm": "0.25",
    "received": "100",
    "expires_on": "",
}


def test_needles_are_delivered_used_and_counted_anew(ours: House) -> None:
    client = ours.client("owner")
    assert client.post("/settings/stock/new/", {**LOT, "clinic": str(ours.clinic.pk)}).status_code == 302
    everything_there = everything(ours)
    with within(ours.organisation.pk):
        lot = NeedleLot.objects.get(received=100)
        needle = Insertion.objects.first()
        Insertion.objects.create(
            person=ours.person, session=needle.session, clinician=needle.clinician, on=needle.on, muscle="soleus", side="left",
            length_mm=30, diameter_mm=0.25, lot=lot, in_at=needle.in_at,
        )  # fmt: skip
    assert b"By the book 99 are left" in client.get(f"/settings/stock/{lot.pk}/").content
    client.post(f"/settings/stock/{lot.pk}/", {"there": "95", "reason": "four fell"})
    client.post(f"/settings/stock/{lot.pk}/", {"there": "95", "reason": "looked again"})
    with within(ours.organisation.pk):
        assert list(StockChange.objects.values_list("needles", "reason")) == [(-4, "four fell")]
    assert b"By the book 95 are left" in client.get(f"/settings/stock/{lot.pk}/").content
    assert everything_there.ids["lot"] != lot.pk


@pytest.mark.parametrize(
    "other", [{"length_mm": "0.25"}, {"diameter_mm": "30"}, {"diameter_mm": "nan"}, {"received": "-1"}]
)
def test_a_needle_that_cannot_be_is_refused(ours: House, other: dict[str, str]) -> None:
    told = {**LOT, "clinic": str(ours.clinic.pk), **other}
    assert ours.client("owner").post("/settings/stock/new/", told).status_code == 422


def test_a_lot_is_in_the_list_once(ours: House) -> None:
    told = {**LOT, "clinic": str(ours.clinic.pk)}
    client = ours.client("owner")
    assert [client.post("/settings/stock/new/", told).status_code for _ in range(2)] == [302, 422]


def test_the_list_asks_the_database_no_more_when_there_are_more_lots(
    ours: House, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, asked = ours.client("owner"), []
    client.get("/settings/stock/")
    for number in range(6):
        with within(ours.organisation.pk):
            NeedleLot.objects.create(clinic=ours.clinic, maker="M", number=str(number), length_mm=30, diameter_mm=0.25)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get("/settings/stock/")
            client.get("/settings/members/")
        asked.append(len(queries))
    assert len(set(asked[1:])) == 1


def test_words_for_notes_are_written_changed_and_removed(ours: House) -> None:
    client = ours.client("owner")
    client.post("/settings/words/new/", {"name": "After", "text": "Drink some water."})
    with within(ours.organisation.pk):
        one = NoteTemplate.objects.get()
    client.post(f"/settings/words/{one.pk}/", {"name": "After", "text": "Drink water."})
    assert b"Drink water." in client.get("/settings/words/").content
    client.post(f"/settings/words/{one.pk}/remove/")
    assert b"No words yet" in client.get("/settings/words/").content


def test_at_an_address_of_numbers_the_account_says_where_passkeys_work(ours: House) -> None:
    client = Client(headers={"host": "127.0.0.1:8000"})
    client.force_login(ours.members["owner"].user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert b"http://localhost:8000/account/" in client.get("/account/").content
    elsewhere = client.get("/account/", headers={"host": "192.0.2.4"}).content.decode()
    assert "whoever keeps the server" in elsewhere and "Add a passkey" not in elsewhere
    assert b"Add a passkey" in client.get("/account/", headers={"host": "clinic.example"}).content


def left_open(house: House) -> Client:
    """The browser of an owner who has a password and signed in long ago."""
    give_password(house, "owner")
    return house.client("owner")


def test_an_unlocked_tablet_makes_nobody_a_new_way_in(ours: House) -> None:
    client, member = left_open(ours), ours.members["clinician"]
    one, told = f"/settings/members/{member.pk}/", {"name": "A", "role": "owner", "clinic": str(ours.clinic.pk)}
    for address, form in (
        (f"{one}link/", {}),
        (f"{one}second-factor/", {}),
        (one, {**told, "active": "on"}),
        ("/settings/members/new/", {**told, "email": "new@ours.example"}),
    ):
        asked = client.post(address, form)
        assert (asked.status_code, asked.headers["Location"].partition("?")[0]) == (302, "/accounts/reauthenticate/")
    assert client.get(one).status_code == 302
    assert fresh(ours, "clinician").role == "clinician"
    with within(ours.organisation.pk):
        assert not Member.objects.filter(name="A").exists()
        assert not AuditEntry.objects.filter(changed=True).exists()


def test_after_the_password_is_told_again_the_link_is_made(ours: House) -> None:
    client, member = left_open(ours), ours.members["clinician"]
    asked = client.post(f"/settings/members/{member.pk}/link/")
    made = client.post(asked.headers["Location"], {"password": PASSWORD}, follow=True)
    assert "/password/" in made.content.decode()
    with within(ours.organisation.pk):
        assert AuditEntry.objects.filter(action="made a set-password link for The clinician").count() == 1
