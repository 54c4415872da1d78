"""Finding people, writing them down, planning their visits."""

import re
import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from needlepoint.clinic.pages.people.sought import A_PAGE, _along, find, read_sought
from needlepoint.clinic.records.models import AuditEntry, Course, Person, PersonChange, Visit
from needlepoint.clinic.records.scope import within
from needlepoint.clinic.records.walls import WEB_ROLE
from tests.clinic.conftest import House
from tests.clinic.today.test_today import put_needle_in


def person(house: House, given_names: str, family: str, **more: Any) -> Person:
    with within(house.organisation.pk):
        return Person.objects.create(**{"given": given_names, "family": family, "birth_date": date(1985, 4, 2), **more})


def found(house: House, words: str) -> list[str]:
    """The names on the first page when somebody looks for these words."""
    client = house.client("reader")
    answer = client.post("/people/", {"q": words}, follow=True)
    assert answer.status_code == 200
    return re.findall(r'<th scope="row"><a [^>]*>(.*?)</a>', answer.content.decode())


def details(**more: str) -> dict[str, str]:
    return {
        "given": "Anna",
        "family": "Berg",
        "birth_date": "1991-04-02",
        "sex": "female",
        "id": str(uuid.uuid4()),
        **more,
    }


def test_somebody_is_found_by_the_beginning_of_either_name_of_both_and_of_the_number(ours: House) -> None:
    person(ours, "Anna", "Berg", number="R-17")
    person(ours, "Bernd", "Aydin")
    assert found(ours, "ber") == ["Berg, Anna", "Aydin, Bernd"]
    assert found(ours, "anna be") == ["Berg, Anna"]
    assert found(ours, "Berg, Anna") == ["Berg, Anna"]
    assert found(ours, "R-1") == ["Berg, Anna"]
    assert found(ours, "erg") == []


@pytest.mark.parametrize("typed", ["2.4.1985", "1985-04-02", "02/04/1985"])
def test_somebody_is_found_by_the_date_of_birth(ours: House, typed: str) -> None:
    person(ours, "Anna", "Berg")
    person(ours, "Anna", "Burg", birth_date=date(1985, 2, 4))
    assert "Berg, Anna" in found(ours, typed)
    assert found(ours, f"anna {typed}") == ["Berg, Anna"]


@pytest.mark.parametrize(
    ("family", "typed"),
    [("Müller", "MÜL"), ("Müller", "Mu\u0308l"), ("Straße", "STRASSE"), ("Ökten", "ök"), ("O'Brien", "o'b"), ("D%_\\", "d%_\\"),
     ("Iğdır", "iğ"), ("李", "李"), ("Ångström", "a\u030ang"), ("Σάββας", "σάββας")],
)  # fmt: skip
def test_odd_letters_are_found_however_they_are_typed(ours: House, family: str, typed: str) -> None:
    person(ours, "A", family)
    person(ours, "A", "Zzz")
    assert len(found(ours, typed)) == 1


def test_a_percent_sign_does_not_find_everybody(ours: House) -> None:
    assert found(ours, "%") == found(ours, "_") == []


def test_what_somebody_looks_for_never_stands_in_an_address(ours: House) -> None:
    person(ours, "Anna", "Berg")
    answer = ours.client("reader").post("/people/", {"q": "Berg"})
    assert answer.status_code == 302
    assert "erg" not in answer.url.lower().removeprefix("/people/")


def test_pages_by_key_show_everybody_once_also_when_somebody_is_added_meanwhile(ours: House) -> None:
    for n in range(2 * A_PAGE):
        person(ours, f"Ann{n % 7}", f"Ann{n:03d}")
    client = ours.client("reader")
    address, seen = "/people/", []
    for turn in range(5):
        html = client.get(address).content.decode()
        seen += re.findall(r'<th scope="row"><a [^>]*>(.*?)</a>', html)
        person(ours, "Aaa", f"Aaa{turn}")
        further = re.search(r'rel="next" href="([^"]*)"', html)
        if not further:
            break
        address = f"/people/{further[1].replace('&amp;', '&')}"
    assert len(seen) == len(set(seen)) == 2 * A_PAGE + 1


def test_a_search_goes_on_from_one_list_into_the_next_and_tells_nobody_twice(ours: House) -> None:
    for n in range(A_PAGE - 1):
        person(ours, "Zoe", f"Anna{n:03d}")
    for n in range(5):
        person(ours, f"Anna{n}", f"Zz{n}")
    person(ours, "Annabel", "Annabel", number="anna")
    with within(ours.organisation.pk):
        sought = read_sought("anna")
        first = find(sought)
        assert first.further
        second = find(sought, first.further)
        assert not second.further
        everybody = [one.pk for one in (*first.people, *second.people)]
        assert len(everybody) == len(set(everybody)) == A_PAGE + 5


def test_the_search_reads_along_an_index(ours: House) -> None:
    with within(ours.organisation.pk):
        Person.objects.bulk_create(
            Person(
                organisation=ours.organisation, given=f"G{n}", family=f"F{n}", birth_date=date(1985, 4, 2),
                sought_family=f"f{n} g{n}", sought_given=f"g{n} f{n}",
            )
            for n in range(3000)
        )  # fmt: skip
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                # Only an owner may count rows for the planner; the question itself is asked as pages ask it.
                cursor.execute("RESET ROLE")
                cursor.execute("ANALYZE records_person")
                cursor.execute(f"SET LOCAL ROLE {WEB_ROLE}")
        for words, along, index in (
            ("f17", "family", "person_by_family"),
            ("g17", "given", "person_by_given"),
            ("", "family", "person_by_family"),
        ):
            explained = _along(read_sought(words), along, None)[: A_PAGE + 1].explain()
            assert index in explained, explained
        last = Person.objects.get(sought_family__startswith="f2500 ")
        explained = _along(read_sought(""), "family", last)[: A_PAGE + 1].explain()
        assert "person_by_family" in explained, explained


def test_more_people_take_no_more_queries(ours: House) -> None:
    def asked() -> int:
        client = ours.client("reader")
        client.post("/people/", {"q": "anna"}, follow=True)
        with CaptureQueriesContext(connection) as queries:
            client.get("/people/")
        return len(queries)

    person(ours, "Anna", "Berg")
    few = asked()
    for n in range(30):
        person(ours, f"Anna {n}", "Berg")
    assert asked() == few


def test_another_organisation_is_never_found(ours: House, theirs: House) -> None:
    stranger = person(theirs, "Secret", "Person", number="S1")
    assert found(ours, "Secret") == found(ours, "S1") == []
    client = ours.client("owner")
    for address in ("", "edit/", "visits/new/", "trail/", "documents/"):
        assert client.get(f"/people/{stranger.pk}/{address}").status_code == 404
    assert client.get(f"/people/?along=family&after={stranger.pk}").status_code == 200
    assert client.post(f"/visits/{theirs.visit.pk}/cancel/").status_code == 404


def test_a_double_click_writes_down_one_person(ours: House) -> None:
    told, client = details(), ours.client("assistant")
    first, second = client.post("/people/new/", told), client.post("/people/new/", told)
    assert first.url == second.url == f"/people/{told['id']}/"
    with within(ours.organisation.pk):
        assert Person.objects.filter(family="Berg").count() == 1


@pytest.mark.parametrize(
    ("given_names", "family"), [("Ana", "Berg"), ("Berg", "Anna"), ("Ánna", "Bérg"), ("anna", "berg")]
)
def test_who_may_be_written_down_already_is_shown_first(ours: House, given_names: str, family: str) -> None:
    there = person(ours, "Anna", "Berg", birth_date=date(1991, 4, 2))
    client, told = ours.client("assistant"), details(given=given_names, family=family)
    asked = client.post("/people/new/", told)
    assert asked.status_code == 200
    assert str(there.pk) in asked.content.decode()
    assert client.post("/people/new/", {**told, "another": "yes"}).status_code == 302


def test_twins_with_other_names_are_not_asked_about(ours: House) -> None:
    person(ours, "Klaus", "Berg-Ohlsson", birth_date=date(1991, 4, 2))
    assert ours.client("assistant").post("/people/new/", details(given="Ida", family="Marx")).status_code == 302


def test_a_name_of_a_hundred_letters_is_kept_whole(ours: House) -> None:
    told = details(given="ä" * 100, family="Ö" * 100)
    assert ours.client("assistant").post("/people/new/", told).status_code == 302
    with within(ours.organisation.pk):
        assert Person.objects.get(pk=told["id"]).family == "Ö" * 100
    assert ours.client("reader").get(f"/people/{told['id']}/").status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [{"given": "ß" * 100, "family": "ß" * 100}, {"given": "x" * 101}, {"given": " "}, {"family": "..."}, {"birth_date": "1800-01-01"},
     {"birth_date": "2999-01-01"}, {"birth_date": "31.02.1990"}, {"email": "nobody"}, {"sex": "?"}, {"given": "a\x00b"}],
)  # fmt: skip
def test_what_cannot_be_kept_is_told_and_nothing_is_written_down(ours: House, wrong: dict[str, str]) -> None:
    answer = ours.client("assistant").post("/people/new/", details(**wrong))
    assert answer.status_code == 200
    assert 'id="errors"' in answer.content.decode()
    with within(ours.organisation.pk):
        assert Person.objects.count() == 1


def test_a_baby_born_today_is_written_down_and_shown(ours: House) -> None:
    told = details(birth_date=timezone.localdate().isoformat())
    client = ours.client("assistant")
    assert client.post("/people/new/", told).status_code == 302
    assert "born today" in client.get(f"/people/{told['id']}/").content.decode()


def test_earlier_details_stay(ours: House) -> None:
    client = ours.client("assistant")
    address = f"/people/{ours.person.pk}/edit/"
    seen = re.search(r'name="seen" value="(\w+)"', client.get(address).content.decode())
    assert seen
    told = details(given="The", family="Married", birth_date="1985-04-02", seen=seen[1])
    assert client.post(address, told).status_code == 302
    with within(ours.organisation.pk):
        change = PersonChange.objects.get()
        assert (change.before["family"], change.by.name) == ("Patient", "The assistant")
        assert Person.objects.get().sought_family == "married the"
        assert AuditEntry.objects.filter(person=ours.person.pk, changed=True).count() == 1


def test_a_colleague_is_not_overwritten_unseen(ours: House) -> None:
    client = ours.client("assistant")
    address = f"/people/{ours.person.pk}/edit/"
    seen = re.search(r'name="seen" value="(\w+)"', client.get(address).content.decode())
    assert seen
    with within(ours.organisation.pk):
        Person.objects.get().save()
        Person.objects.filter(pk=ours.person.pk).update(phone="0123")
    answer = client.post(address, details(given="The", family="Other", birth_date="1985-04-02", seen=seen[1]))
    assert "A colleague changed these details" in answer.content.decode()
    with within(ours.organisation.pk):
        assert Person.objects.get().family == "Patient"


def visit_told(house: House, **more: str) -> dict[str, str]:
    return {
        "id": str(uuid.uuid4()), "course": "new", "complaint": "headache", "day": timezone.localdate().isoformat(), "time": "10:30",
        "clinic": str(house.clinic.pk), "clinician": str(house.members["clinician"].pk), **more,
    }  # fmt: skip


def test_a_visit_for_a_new_complaint_opens_a_course_once(ours: House) -> None:
    told, client = visit_told(ours), ours.client("assistant")
    for _click in range(2):
        answer = client.post(f"/people/{ours.person.pk}/visits/new/", told)
        assert answer.url == f"/visits/{told['id']}/"
    with within(ours.organisation.pk):
        made = Visit.objects.get(pk=told["id"])
        assert (made.course.complaint, made.state, made.on) == ("headache", "planned", timezone.localdate())
        assert timezone.localtime(made.planned_at).strftime("%H:%M") == "10:30"
        assert Course.objects.count() == 2


def test_a_visit_goes_on_with_the_course_that_is_open(ours: House) -> None:
    later = (timezone.localdate() + timedelta(days=7)).isoformat()
    told = visit_told(ours, course=str(ours.course.pk), day=later)
    answer = ours.client("assistant").post(f"/people/{ours.person.pk}/visits/new/", told)
    assert answer.url == f"/people/{ours.person.pk}/"
    with within(ours.organisation.pk):
        assert Visit.objects.get(pk=told["id"]).course == ours.course
        assert Course.objects.count() == 1


@pytest.mark.parametrize("wrong", ["course", "clinic", "clinician"])
def test_a_visit_cannot_be_planned_into_another_organisation(ours: House, theirs: House, wrong: str) -> None:
    strangers = {"course": theirs.course.pk, "clinic": theirs.clinic.pk, "clinician": theirs.members["clinician"].pk}
    answer = ours.client("assistant").post(
        f"/people/{ours.person.pk}/visits/new/", visit_told(ours, **{wrong: str(strangers[wrong])})
    )
    assert 'id="errors"' in answer.content.decode()


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-13-01", "1999-01-01", ""])
def test_a_visit_on_a_day_that_cannot_be_is_refused(ours: House, day: str) -> None:
    answer = ours.client("assistant").post(f"/people/{ours.person.pk}/visits/new/", visit_told(ours, day=day))
    assert 'id="errors"' in answer.content.decode()


def test_an_auditor_or_reader_does_not_treat(ours: House) -> None:
    told = visit_told(ours, clinician=str(ours.members["reader"].pk))
    assert (
        'id="errors"' in ours.client("assistant").post(f"/people/{ours.person.pk}/visits/new/", told).content.decode()
    )


def test_a_visit_is_cancelled_once_asked_twice(ours: House) -> None:
    client, address = ours.client("assistant"), f"/visits/{ours.visit.pk}/cancel/"
    assert "Cancel this visit?" in client.get(address).content.decode()
    assert client.post(address).status_code == 302
    with within(ours.organisation.pk):
        assert Visit.objects.get(pk=ours.visit.pk).state == "cancelled"


def test_a_visit_in_which_something_was_done_is_signed_and_not_cancelled(ours: House) -> None:
    put_needle_in(ours, ours.visit, 1)
    ours.client("assistant").post(f"/visits/{ours.visit.pk}/cancel/")
    with within(ours.organisation.pk):
        assert Visit.objects.get(pk=ours.visit.pk).state == "open"


def test_a_signed_visit_is_not_cancelled(ours: House) -> None:
    with within(ours.organisation.pk):
        Visit.objects.filter(pk=ours.visit.pk).update(state="signed")
    assert ours.client("assistant").post(f"/visits/{ours.visit.pk}/cancel/").status_code == 302
    with within(ours.organisation.pk):
        assert Visit.objects.get(pk=ours.visit.pk).state == "signed"


@pytest.mark.parametrize("address", ["new/", "{person}/edit/", "{person}/visits/new/", "{person}/documents/"])
def test_a_reader_reads_and_does_not_write(ours: House, address: str) -> None:
    client = ours.client("reader")
    assert client.get(f"/people/{ours.person.pk}/").status_code == 200
    assert client.get(f"/people/{address.format(person=ours.person.pk)}").status_code == 403


def test_an_auditor_reads_no_record_but_who_saw_it(ours: House) -> None:
    client = ours.client("auditor")
    assert client.get("/people/").status_code == 403
    assert client.get(f"/people/{ours.person.pk}/").status_code == 403
    trail = client.get(f"/people/{ours.person.pk}/trail/")
    assert trail.status_code == 200
    assert "The Patient" not in trail.content.decode()


junk = st.text(max_size=30) | st.sampled_from(
    ["\x00", "x" * 5000, "00000000-0000-0000-0000-000000000000", "1985-04-02 1.1.1", "9.9.9999"]
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(q=junk, s=junk, along=junk | st.sampled_from(["family", "given", "number"]), after=junk)
def test_whatever_is_looked_for_a_page_is_shown(ours: House, q: str, s: str, along: str, after: str) -> None:
    client = ours.client("reader")
    assert client.post("/people/", {"q": q}, follow=True).status_code == 200
    assert client.get("/people/", {"s": s, "along": along, "after": after}).status_code == 200
    assert client.get(f"/people/{ours.person.pk}/", {"chart": q}).status_code == 200


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    told=st.dictionaries(
        st.sampled_from(
            [*details(), *["course", "complaint", "day", "time", "clinic", "clinician", "another", "seen"]]
        ),
        junk,
    )
)
def test_whatever_a_form_is_sent_it_is_kept_or_told_what_is_wrong(ours: House, told: dict[str, str]) -> None:
    client = ours.client("assistant")
    for address in ("/people/new/", f"/people/{ours.person.pk}/edit/", f"/people/{ours.person.pk}/visits/new/"):
        assert client.post(address, told).status_code in (200, 302)
