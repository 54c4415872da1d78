"""A tab that somebody left open writes nothing in the name of who signed in after them, and loses nothing either."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from needlepoint.clinic.access.links import make_link
from needlepoint.clinic.records.models import Entry, Member
from needlepoint.clinic.records.scope import within
from tests.clinic.conftest import House
from tests.clinic.entries.sending import patient_of, send, send_as_patient, values, wrote

PASSWORD = "correct horse battery 77"


def sign_in(browser: Client, member: Member) -> None:
    """By e-mail and password, as people do."""
    member.user.set_password(PASSWORD)
    member.user.save()
    EmailAddress.objects.get_or_create(
        user=member.user, email=member.user.email, defaults={"primary": True, "verified": True}
    )
    browser.get("/accounts/login/")
    told = {"login": member.user.email, "password": PASSWORD, "csrfmiddlewaretoken": sign_of(browser)}
    assert browser.post("/accounts/login/", told).status_code == 302


def sign_of(browser: Client) -> str:
    """The cookie against forged requests, which every tab of a browser reads."""
    return browser.cookies["csrftoken"].value


def told_by(page: str, key: str) -> str:
    """What a page tells its script."""
    return page.split(f'{key}="')[1].split('"', maxsplit=1)[0]


def test_a_tab_that_somebody_else_left_open_writes_nothing_in_my_name(ours: House) -> None:
    tablet = Client(enforce_csrf_checks=True)
    sign_in(tablet, ours.members["clinician"])
    page = tablet.get(f"/visits/{ours.visit.pk}/sign/").content.decode()
    who, typed = told_by(page, "data-member"), wrote("note.text", "typed by the clinician")

    def send_from_the_open_tab() -> Any:
        told = {"device": "tablet", "who": who, "entries": [typed]}
        return tablet.post(
            told_by(page, "data-entries"), json.dumps(told), "application/json", headers={"X-CSRFToken": sign_of(tablet), "Origin": "http://testserver"},
        )  # fmt: skip

    tablet.post("/accounts/logout/", {"csrfmiddlewaretoken": sign_of(tablet)})
    sign_in(tablet, ours.members["owner"])
    answer = send_from_the_open_tab()
    assert answer.status_code == 401 and "waits on this device" in answer.json()["why"]
    assert values(ours, "note.text") == []

    tablet.post("/accounts/logout/", {"csrfmiddlewaretoken": sign_of(tablet)})
    sign_in(tablet, ours.members["clinician"])
    assert send_from_the_open_tab().json()["kept"] == [typed["id"]]
    with within(ours.organisation.pk):
        assert Entry.objects.get().by == ours.members["clinician"]


def test_it_waits_even_where_the_one_who_signed_in_may_not_write_or_is_of_another_organisation(
    ours: House, theirs: House
) -> None:
    who = str(ours.members["clinician"].pk)
    for browser in (ours.client("reader"), theirs.client("owner")):
        # Not 403 or 404, after which a device sets entries aside.
        assert send(browser, ours, wrote(), who=who).status_code == 401


@pytest.mark.parametrize("who", [None, "", "unnamed", 5, ["x"], {}], ids=json.dumps)
def test_a_page_that_says_nothing_of_use_about_whose_it_is_waits(ours: House, who: Any) -> None:
    assert send(ours.client("clinician"), ours, wrote(), who=who).status_code == 401
    assert values(ours) == []


@pytest.mark.parametrize("header", [{"Origin": "http://testserver"}, {"Sec-Fetch-Site": "same-origin"}], ids=str)
def test_a_page_has_to_say_whose_it_is_and_a_program_with_its_own_session_need_not(
    ours: House, header: dict[str, str]
) -> None:
    program = ours.client("clinician")
    told = json.dumps({"device": "old page", "entries": [wrote()]})
    path = f"/visits/{ours.visit.pk}/entries/"
    assert program.post(path, told, "application/json", headers=header).status_code == 401
    assert program.post(path, told, "application/json").status_code == 200


def test_what_one_patient_left_on_a_borrowed_telephone_is_not_sent_as_another(ours: House) -> None:
    from needlepoint.clinic.records.models import Person, Visit

    first, _link = patient_of(ours)
    page = first.get("/my/pain/").content.decode()
    who = told_by(page, "data-member")
    assert send_as_patient(first, ours, wrote(), who=who).status_code == 200
    with within(ours.organisation.pk):
        other = Person.objects.create(given="An", family="Other", birth_date=ours.person.birth_date)
        visit = Visit.objects.create(
            person=other, course=ours.course, clinic=ours.clinic, clinician=ours.members["clinician"], state="open",
            planned_at=ours.visit.planned_at, on=ours.visit.on,
        )  # fmt: skip
        _link, token = make_link(visit, ours.members["owner"], datetime.now(UTC))
    assert first.post(f"/p/{token}/", {"day": "2", "month": "4", "year": "1985"}).status_code == 302
    for address in (f"/my/entries/{visit.pk}/", f"/my/entries/{ours.visit.pk}/"):
        told = json.dumps({"device": "phone", "who": who, "entries": [wrote("complaint", "of the first")]})
        assert first.post(address, told, "application/json").status_code == 401
    assert values(ours) == ["neck pain"]
