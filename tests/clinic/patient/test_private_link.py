"""A private link opens one person's pages, after the date of birth, and nothing else."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from needlepoint.clinic.access.links import MOST_WRONG, Token, now_utc, read_token, withdraw
from needlepoint.clinic.access.signed_in import LINK
from needlepoint.clinic.records.models import AuditEntry, PrivateLink
from needlepoint.clinic.records.scope import within
from tests.clinic.conftest import House
from tests.clinic.patient.conftest import BORN, AtHome, linked

WRONG = {"day": "3", "month": "4", "year": "1985"}


def stored(invited: AtHome) -> PrivateLink:
    with within(invited.house.organisation.pk):
        return PrivateLink.objects.get(pk=invited.link.pk)


def change(invited: AtHome, **values: object) -> None:
    with within(invited.house.organisation.pk):
        PrivateLink.objects.filter(pk=invited.link.pk).update(**values)


def test_nothing_about_the_patient_is_shown_before_the_date_of_birth(invited: AtHome) -> None:
    page = invited.client.get(invited.address)
    assert page.status_code == 200
    assert "When were you born?" in page.text
    for word in (invited.house.person.family, invited.house.clinic.name, "neck"):
        assert word not in page.text


def test_the_right_date_of_birth_opens_and_the_secret_leaves_the_address(invited: AtHome) -> None:
    answer = invited.come_in()
    assert (answer.status_code, answer["Location"]) == (302, "/my/")
    page = invited.client.get("/my/")
    assert page.status_code == 200
    assert invited.token not in page.text
    assert page["Cache-Control"] == "no-store"


def test_no_other_request_names_the_secret_address(invited: AtHome) -> None:
    page = invited.client.get(invited.address)
    assert page["Referrer-Policy"] == "strict-origin"
    # The last one holds.
    assert page.text.rpartition('<meta name="referrer" content="')[2].startswith("strict-origin")
    assert page["Cache-Control"] == "no-store"


def test_only_the_hash_of_the_secret_is_kept(invited: AtHome) -> None:
    token = read_token(invited.token)
    assert token is not None
    kept = stored(invited)
    assert kept.secret_sha256 not in (token.secret.hex(), invited.token)
    assert token.secret.hex() not in str(kept.__dict__)
    assert token.secret.hex() not in repr(token)


def test_five_wrong_dates_lock_the_link_even_for_the_right_one(invited: AtHome) -> None:
    for n in range(MOST_WRONG - 1):
        page = invited.client.post(invited.address, WRONG)
        assert "not the date of birth" in page.text, n
    assert invited.client.post(invited.address, WRONG).status_code == 404
    assert invited.come_in().status_code == 404
    assert stored(invited).wrong_tries == MOST_WRONG


def test_a_slip_of_the_hand_is_forgotten_after_the_right_date(invited: AtHome) -> None:
    invited.client.post(invited.address, WRONG)
    invited.come_in()
    assert stored(invited).wrong_tries == 0
    assert stored(invited).last_used_at is not None


@pytest.mark.parametrize(
    "date", [{}, {"day": "31", "month": "2", "year": "1985"}, {"day": "x", "month": "4", "year": "1985"}]
)
def test_a_date_that_is_none_is_said_and_not_counted(invited: AtHome, date: dict[str, str]) -> None:
    assert "Something is missing" in invited.client.post(invited.address, date).text
    assert stored(invited).wrong_tries == 0


def test_unknown_expired_withdrawn_and_locked_links_are_answered_alike(invited: AtHome) -> None:
    token = read_token(invited.token)
    assert token is not None
    unknown = Token(token.organisation, uuid4(), token.secret).text
    elsewhere = Token(uuid4(), token.link, token.secret).text
    forged = Token(token.organisation, token.link, b"0" * 16).text
    answers = [Client().get(f"/p/{text}/") for text in (unknown, elsewhere, forged, "x", "A" * 64, "é")]
    change(invited, expires_at=now_utc() - timedelta(seconds=1))
    answers.append(Client().get(invited.address))
    change(invited, expires_at=now_utc() + timedelta(days=1), wrong_tries=MOST_WRONG)
    answers.append(Client().get(invited.address))
    change(invited, wrong_tries=0, withdrawn_at=now_utc())
    answers.append(Client().get(invited.address))
    answers.append(Client().post(invited.address, BORN))
    assert {one.status_code for one in answers} == {404}
    # But for the sign against forged forms, which is another one each time.
    assert len({re.sub(r"X-CSRFToken[^}]*", "", one.text) for one in answers}) == 1


def test_who_is_in_is_out_once_the_link_is_withdrawn(patient: AtHome) -> None:
    assert patient.client.get("/my/").status_code == 200
    with within(patient.house.organisation.pk):
        withdraw(patient.link, now_utc())
    assert patient.client.get("/my/").status_code == 403
    assert LINK not in patient.client.session


def test_without_a_link_there_are_no_pages(ours: House) -> None:
    for path in (
        "/my/",
        "/my/questions/",
        "/my/questions/now/",
        "/my/pain/",
        "/my/consent/",
        f"/my/check-in/{uuid4()}/",
    ):
        assert Client().get(path).status_code == 403, path
        assert ours.client("owner").get(path).status_code == 403, path


def test_a_patient_is_no_member(patient: AtHome, ours: House) -> None:
    for path in (f"/visits/{ours.visit.pk}/entries/", f"/visits/{ours.visit.pk}/link/"):
        answer = patient.client.get(path)
        assert answer.status_code == 302, path
        assert "/accounts/login/" in answer["Location"]


def test_a_member_who_opens_a_link_does_not_become_the_patient(invited: AtHome, ours: House) -> None:
    client = ours.client("clinician")
    assert client.get(invited.address).status_code == 403
    assert client.post(invited.address, BORN).status_code == 403
    assert LINK not in client.session
    assert stored(invited).last_used_at is None


def test_a_member_who_signs_in_where_a_patient_was_does_not_look_through_them(patient: AtHome, ours: House) -> None:
    patient.client.force_login(
        ours.members["owner"].user, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    assert patient.client.get("/my/").status_code == 403
    assert LINK not in patient.client.session


def test_coming_in_makes_a_new_session(invited: AtHome) -> None:
    before = invited.client.session
    before["planted"] = "by somebody else"
    before.save()
    invited.client.cookies["sessionid"] = before.session_key
    invited.come_in()
    assert invited.client.session.session_key != before.session_key
    assert "planted" not in invited.client.session


def test_the_link_of_another_organisation_opens_only_its_own(patient: AtHome, theirs: House) -> None:
    other = linked(theirs)
    other.come_in()
    assert other.client.get(f"/my/entries/{patient.link.visit_id}/").status_code == 404
    assert patient.client.get(f"/my/entries/{other.link.visit_id}/").status_code == 404


def test_a_session_that_names_another_organisation_finds_no_link(patient: AtHome, theirs: House) -> None:
    session = patient.client.session
    session[LINK] = {"organisation": str(theirs.organisation.pk), "link": str(patient.link.pk)}
    session.save()
    assert patient.client.get("/my/").status_code == 403


def test_a_telephone_left_alone_is_closed(patient: AtHome) -> None:
    session = patient.client.session
    session["patient-last-seen"] -= 3600
    session.save()
    assert patient.client.get("/my/").status_code == 403


def test_who_closes_the_pages_is_out(patient: AtHome) -> None:
    assert patient.client.post("/my/done/").status_code == 200
    assert patient.client.get("/my/").status_code == 403


def test_coming_in_leaves_a_trail(patient: AtHome) -> None:
    with within(patient.house.organisation.pk):
        assert [(one.action, one.who) for one in AuditEntry.objects.all()] == [
            ("came in by a private link", "the patient, by a private link")
        ]


def test_a_member_makes_a_link_and_sees_it_once(ours: House) -> None:
    client = ours.client("assistant")
    page = client.post(f"/visits/{ours.visit.pk}/link/", {"make": "yes"})
    assert page.status_code == 200
    assert '<img class="qr" src="data:image/svg+xml' in page.text and "style=" not in page.text
    address = page.text.partition('value="http://testserver')[2].partition('"')[0]
    assert Client().get(address).status_code == 200
    again = client.get(f"/visits/{ours.visit.pk}/link/")
    assert address not in again.text
    assert "not opened yet" in again.text
    with within(ours.organisation.pk):
        link = PrivateLink.objects.get()
    client.post(f"/visits/{ours.visit.pk}/link/", {"withdraw": str(link.pk)})
    assert Client().get(address).status_code == 404
    assert "Taken back" in client.get(f"/visits/{ours.visit.pk}/link/").text


@pytest.mark.parametrize("role", ["reader", "auditor"])
def test_who_may_not_write_makes_no_link(ours: House, role: str) -> None:
    assert ours.client(role).post(f"/visits/{ours.visit.pk}/link/", {"make": "yes"}).status_code == 403


def test_a_stranger_makes_no_link_to_our_visit(ours: House, theirs: House) -> None:
    client = theirs.client("owner")
    assert client.post(f"/visits/{ours.visit.pk}/link/", {"make": "yes"}).status_code == 404
    other = linked(ours)
    assert client.post(f"/visits/{theirs.visit.pk}/link/", {"withdraw": str(other.link.pk)}).status_code == 404
    assert client.post(f"/visits/{theirs.visit.pk}/link/", {"withdraw": "x"}).status_code == 404


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(token=st.text(min_size=1, max_size=90) | st.binary(max_size=60).map(lambda raw: raw.hex()), form=st.dictionaries(
    st.sampled_from(["day", "month", "year", "x"]), st.text(max_size=12) | st.integers().map(str), max_size=4))  # fmt: skip
def test_no_token_and_no_date_breaks_the_door(invited: AtHome, token: str, form: dict[str, str]) -> None:
    from urllib.parse import quote

    path = f"/p/{quote(token, safe='')}/"
    assert Client().get(path).status_code in (404, 301)
    assert Client().post(path, form).status_code in (404, 301)
    change(invited, wrong_tries=0)
    assert Client().post(invited.address, form).status_code in (200, 302)
