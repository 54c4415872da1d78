"""A record that is deleted lawfully is gone, to the last word; the reason, the trail and the seals stay."""

import re
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session as SignIn
from django.db import connection
from django.test import Client

from needlepoint.clinic.keep.deleting import delete_person, what_there_is
from needlepoint.clinic.keep.verify import Deleted, Finding, verify
from needlepoint.clinic.records.models import AuditEntry, Course, Deletion, Note, Person, Seal, Visit
from needlepoint.clinic.records.scope import within
from tests.clinic.conftest import House
from tests.clinic.keep.conftest import NOW, Kept, fill

CANARY = "Kanarienvogel"


@pytest.fixture
def secret(kept: Kept) -> House:
    """Our house with a second person, in whose record one word stands wherever a person's words can."""
    ours = kept.house
    with within(ours.organisation.pk):
        person = Person.objects.create(
            given=f"{CANARY}given", family=f"{CANARY}family", birth_date=date(1971, 7, 7), number=f"{CANARY}7",
            phone=f"{CANARY}1", email=f"{CANARY}@example.org".lower(),
        )  # fmt: skip
        course = Course.objects.create(person=person, complaint=f"calf {CANARY}", opened_on=NOW.date())
        visit = Visit.objects.create(
            person=person, course=course, clinic=ours.clinic, clinician=ours.members["clinician"],
            state=Visit.State.OPEN, planned_at=NOW, on=NOW.date(),
        )  # fmt: skip
    second = House(ours.organisation, ours.clinic, ours.members, person, course, visit)
    fill(second, CANARY)
    return second


def everything(name: str) -> str:
    """All text of all tables, and on SQLite the bytes of the files themselves."""
    told = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            told += [repr(row) for row in cursor.fetchall()]
    told += [repr(one.get_decoded()) for one in SignIn.objects.all()]
    if connection.vendor == "sqlite":
        connection.close()
        told += [path.read_bytes().decode("latin-1") for path in (Path(name), Path(f"{name}-wal")) if path.exists()]
    return "\n".join(told)


def test_no_word_of_the_person_is_left_anywhere(kept: Kept, secret: House) -> None:
    assert len(re.findall(CANARY, everything(kept.name), re.IGNORECASE)) > 20
    with within(secret.organisation.pk):
        deletion = delete_person(secret.person, "Asked for in writing on 1 March.", secret.members["owner"])
        assert what_there_is(secret.person.pk) == {}
        assert deletion.counts["rows"]["note"] == 1 and len(deletion.counts["seals"]) == 7
    assert re.findall(f".{{30}}{CANARY}.{{30}}", everything(kept.name), re.IGNORECASE) == []


def test_verify_stays_sound_and_tells_the_reason(kept: Kept, secret: House) -> None:
    with within(secret.organisation.pk):
        delete_person(secret.person, "Asked for in writing on 1 March.", secret.members["owner"])
    told: list[Finding | Deleted] = []
    came = verify(told.append)
    assert came.findings == 0 and came.deleted == 7
    assert {type(one) for one in told} == {Deleted}
    assert all("Asked for in writing" in str(one) for one in told)
    assert sorted(one.kind for one in told) == [
        "addendum",
        "addendum",
        "attachment",
        "check-in",
        "consent",
        "late-event",
        "note",
    ]


def test_others_keep_their_record(kept: Kept, secret: House) -> None:
    with within(secret.organisation.pk):
        before = what_there_is(kept.house.person.pk)
        delete_person(secret.person, "Asked for in writing.", secret.members["owner"])
        assert what_there_is(kept.house.person.pk) == before
        assert Note.objects.count() == 1


def test_a_deletion_without_a_reason_or_with_the_name_in_it_deletes_nothing(kept: Kept, secret: House) -> None:
    with within(secret.organisation.pk):
        for reason in ("  ", f"{CANARY}family asked for it"):
            with pytest.raises(ValueError, match="reason"):
                delete_person(secret.person, reason, secret.members["owner"])
        assert not Deletion.objects.exists() and Person.objects.filter(pk=secret.person.pk).exists()
        assert not Seal.objects.filter(kind="deletion").exists()


def signed_in(house: House, role: str) -> Client:
    """A browser in which the member signed in with a password a moment ago."""
    client = house.client(role)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session.save()
    return client


def test_the_owner_deletes_in_the_browser_after_typing_the_number(kept: Kept, secret: House, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    client, address = signed_in(secret, "owner"), f"/people/{secret.person.pk}/delete/"
    page = client.get(address).content.decode()
    assert f"Type {CANARY}7" in page and "What stays" in page
    wrong = client.post(address, {"reason": "Asked for.", "confirmation": "somebody else"})
    assert wrong.status_code == 200 and "not the number or the name" in wrong.content.decode()
    with within(secret.organisation.pk):
        assert Person.objects.filter(pk=secret.person.pk).exists()
    answer = client.post(address, {"reason": "Asked for in writing.", "confirmation": f"{CANARY}7"})
    assert (answer.status_code, answer["Location"]) == (302, "/people/")
    with within(secret.organisation.pk):
        assert not Person.objects.filter(pk=secret.person.pk).exists()
        last = AuditEntry.objects.order_by("-number").first()
        assert (last.action, last.person) == ("deleted the record lawfully", secret.person.pk)
    assert client.get(address).status_code == 404
    assert re.findall(CANARY, everything(kept.name), re.IGNORECASE) == []


def test_who_signed_in_long_ago_is_asked_again(kept: Kept, secret: House, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    user = secret.members["owner"].user
    user.set_password("a long word of passage")
    user.save()
    answer = secret.client("owner").post(f"/people/{secret.person.pk}/delete/", {})
    assert answer.status_code == 302 and "reauthenticate" in answer["Location"]


@pytest.mark.parametrize("role", ["clinician", "assistant", "reader", "auditor"])
def test_only_an_owner_deletes(kept: Kept, role: str, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    client = signed_in(kept.house, role)
    assert client.post(f"/people/{kept.house.person.pk}/delete/", {"reason": "x"}).status_code == 403


def test_who_was_lawfully_deleted_is_not_written_down_again_by_an_old_form(
    kept: Kept, secret: House, settings: Any
) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    gone = secret.person.pk
    with within(secret.organisation.pk):
        delete_person(secret.person, "Asked for in writing.", secret.members["owner"])
    old = {"id": str(gone), "given": "The", "family": "Patient", "birth_date": "1985-04-02", "sex": ""}
    answer = secret.client("assistant").post("/people/new/", old)
    html = answer.content.decode()
    assert answer.status_code == 200 and "Nothing was written down" in html
    assert str(gone) not in html and "1985-04-02" not in html
    with within(secret.organisation.pk):
        assert not Person.objects.filter(pk=gone).exists()
