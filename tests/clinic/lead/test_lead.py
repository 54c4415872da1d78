"""What was done and what went wrong: counted within one organisation, and never without what it was counted among."""

import csv
import re
import uuid
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from needlepoint.clinic.pages.lead.counts import counted
from needlepoint.clinic.pages.lead.period import Period, a_year_before, period_of
from needlepoint.clinic.pages.lead.rates import FEWEST, asked_rate, in_words
from needlepoint.clinic.records.counting import count_anew, counts_anew, uncount_person
from needlepoint.clinic.records.models import (
    Addendum,
    AdverseEvent,
    AuditEntry,
    Clinic,
    Insertion,
    MonthCount,
    NeedleLot,
    Person,
    Session,
    StockChange,
    Visit,
)
from needlepoint.clinic.records.scope import within
from tests.clinic.conftest import House
from tests.clinic.people.test_person import event, signed
from tests.clinic.today.test_today import visit


def many(house: House, n: int, *, muscle: str = "soleus", ago: int = 30) -> None:
    """So many sessions of one needle each."""
    on = timezone.localdate() - timedelta(days=ago)
    shared = {
        "organisation": house.organisation,
        "person": house.person,
        "clinician": house.members["clinician"],
        "on": on,
    }
    with within(house.organisation.pk):
        at = house.visit.planned_at
        visits = Visit.objects.bulk_create(
            Visit(**shared, course=house.course, clinic=house.clinic, planned_at=at, state="signed") for _n in range(n)
        )
        sessions = Session.objects.bulk_create(
            Session(**shared, visit=one, clinic=house.clinic, insertions=1) for one in visits
        )
        Insertion.objects.bulk_create(
            Insertion(**shared, session=one, muscle=muscle, side="left", length_mm=30, diameter_mm=0.25, in_at=at)
            for one in sessions
        )
        count_anew()


def lot(house: House, **more: Any) -> NeedleLot:
    with within(house.organisation.pk):
        return NeedleLot.objects.create(
            **{
                "clinic": house.clinic,
                "maker": "Maker",
                "number": "A-1",
                "length_mm": 30,
                "diameter_mm": 0.25,
                "received": 100,
                **more,
            }
        )


def page(house: House, query: str = "", role: str = "owner") -> str:
    answer = house.client(role).get(f"/lead/{query}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_rate_is_never_told_without_what_it_was_counted_among(ours: House) -> None:
    many(ours, FEWEST + 20)
    event(ours, signed(ours, ago=10))
    html = page(ours)
    assert "1 in 121 insertions" in html
    assert "1 in 121 sessions" in html
    assert "8.3" in html
    assert "0.21 to 45" in html


def test_below_a_hundred_it_is_too_few_to_say(ours: House) -> None:
    event(ours, signed(ours, ago=10))
    html = page(ours)
    assert "1 in 1 insertion" in html
    assert "too few to say" in html
    assert 'class="interval"' not in html
    assert asked_rate(0, FEWEST - 1, "insertions") is None
    assert asked_rate(0, FEWEST, "insertions") is not None


def test_of_more_events_than_sessions_no_share_is_made() -> None:
    words = in_words(300, 200, "sessions", asked_rate(300, 200, "sessions"), 1.0)
    assert words.per_1000 == ""
    assert "more events" in words.interval


def test_events_are_counted_by_grade_muscle_and_clinician_within_the_period_and_the_clinic(ours: House) -> None:
    session = signed(ours, ago=10)
    event(ours, session, grade="serious")
    event(ours, session, grade="mild", muscle="", side="")
    event(ours, signed(ours, ago=500), grade="serious")
    today = timezone.localdate()
    with within(ours.organisation.pk):
        other = Clinic.objects.create(name="Hill Street")
        here, elsewhere, ever = (
            counted(Period(first, today, clinic))
            for first, clinic in (
                (a_year_before(today), ours.clinic),
                (a_year_before(today), other),
                (date(2000, 1, 1), None),
            )
        )
    assert (here.sessions, here.insertions, here.events) == (1, 1, 2)
    assert here.events_by_grade == {"serious": 1, "mild": 1}
    assert here.events_by_muscle == {"upper-trapezius": 1, "": 1}
    assert here.by_muscle == {"upper-trapezius": 1}
    assert (elsewhere.sessions, elsewhere.insertions, elsewhere.events) == (0, 0, 0)
    assert (ever.sessions, ever.events) == (2, 3)


def test_a_session_without_a_needle_is_no_denominator(ours: House) -> None:
    where = visit(ours, ago=3)
    with within(ours.organisation.pk):
        Session.objects.create(
            person=where.person,
            visit=where,
            clinic=ours.clinic,
            clinician=where.clinician,
            on=where.on,
            not_done="afraid",
        )
        assert counted(Period(where.on, where.on, None)).sessions == 0


def test_another_organisation_is_never_counted_or_opened(ours: House, theirs: House) -> None:
    their_lot = lot(theirs, number="SECRET")
    their_event = event(theirs, signed(theirs, ago=5, lot=their_lot), grade="serious")
    for query in ("", f"?clinic={theirs.clinic.pk}", "events/", "stock/", "trail/"):
        html = page(ours, query)
        assert "Theirs" not in html
        assert "SECRET" not in html
    assert ">0<" in page(ours)
    client = ours.client("owner")
    for address in (f"events/{their_event.pk}/", f"stock/{their_lot.pk}/", f"stock/{their_lot.pk}/everyone.csv"):
        assert client.get(f"/lead/{address}").status_code == 404
    assert client.post(f"/lead/stock/{their_lot.pk}/", {"act": "recall"}).status_code == 404
    assert client.get(f"/visits/{their_event.visit_id}/late-event/").status_code == 404


def test_an_auditor_counts_and_reads_nobody_s_name(ours: House) -> None:
    a_lot = lot(ours)
    found = event(ours, signed(ours, ago=10, lot=a_lot), text="told by The Patient at home")
    for address in ("", "events/", f"events/{found.pk}/", "stock/", f"stock/{a_lot.pk}/", "trail/"):
        html = page(ours, address, role="auditor")
        assert "The Patient" not in html, address
    assert ours.client("auditor").get(f"/lead/stock/{a_lot.pk}/everyone.csv").status_code == 403
    assert ours.client("auditor").post(f"/lead/stock/{a_lot.pk}/", {"act": "recall"}).status_code == 403


@pytest.mark.parametrize("role", ["assistant", "reader"])
def test_who_does_not_lead_sees_none_of_it(ours: House, role: str) -> None:
    for address in ("", "events/", "stock/", "trail/"):
        assert ours.client(role).get(f"/lead/{address}").status_code == 403


def test_overdue_notes_are_told_whatever_the_period(ours: House) -> None:
    html = page(ours)
    assert "The Patient" in html[html.index('id="overdue"') :]


def test_an_event_is_opened_with_what_its_grade_means_and_every_step(ours: House) -> None:
    steps = [{"at": "2026-03-02T09:30:00+00:00", "step": "press", "done": True, "why": None},
             {"at": None, "step": "gone-since", "done": False, "why": "nobody was there"}]  # fmt: skip
    found = event(ours, signed(ours, ago=10), grade="serious", text="A swelling that grew.", steps=steps)
    html = page(ours, f"events/{found.pk}/")
    assert "A stay in hospital or a longer one" in html
    assert "A swelling that grew." in html
    assert "not answered" in html
    assert "not done: nobody was there" in html


def late(house: House, session: Session, **more: Any) -> tuple[str, dict[str, Any]]:
    told = {
        "id": str(uuid.uuid4()), "kind": "bleeding", "grade": "significant", "on": timezone.localdate().isoformat(),
        "place": "upper-trapezius/left", "text": "It grew at night.", **more,
    }  # fmt: skip
    return f"/visits/{session.visit_id}/late-event/", told


def test_a_late_event_is_counted_once_and_told_beside_the_note(ours: House) -> None:
    session = signed(ours, ago=3)
    client, (address, told) = ours.client("clinician"), late(ours, session)
    assert "Bleeding" in client.get(address).content.decode()
    assert "It is counted" in client.get(f"{address}?kind=bleeding").content.decode()
    for _click in range(2):
        assert client.post(address, told).url == f"/lead/events/{told['id']}/"
    with within(ours.organisation.pk):
        found, addendum = AdverseEvent.objects.get(), Addendum.objects.get()
        assert (found.grade, found.muscle, found.on) == ("significant", "upper-trapezius", timezone.localdate())
        assert addendum.note.visit_id == session.visit_id
        assert "It grew at night." in addendum.text
        assert told["id"] in addendum.text
        assert AuditEntry.objects.filter(action="reported a late event", person=ours.person.pk).count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"grade": "awful"},
        {"on": "1999-01-01"},
        {"on": "2999-01-01"},
        {"text": " "},
        {"place": "x/left"},
        {"steps": ["x"]},
    ],
)
def test_a_late_event_that_cannot_be_is_told(ours: House, wrong: dict[str, Any]) -> None:
    address, told = late(ours, signed(ours, ago=3), **wrong)
    assert 'id="errors"' in ours.client("clinician").post(address, told).content.decode()
    with within(ours.organisation.pk):
        assert not AdverseEvent.objects.exists()
        assert not Addendum.objects.exists()


def test_what_happens_before_signing_is_told_in_the_session(ours: House) -> None:
    assert ours.client("clinician").get(f"/visits/{ours.visit.pk}/late-event/").status_code == 404
    assert ours.client("reader").get(f"/visits/{ours.visit.pk}/late-event/").status_code == 403


def test_what_is_left_of_a_lot_is_received_less_used_with_changes(ours: House) -> None:
    today = timezone.localdate()
    a_lot = lot(ours, received=30, expires_on=today + timedelta(days=10))
    lot(ours, number="OLD", expires_on=today - timedelta(days=1))
    with within(ours.organisation.pk):
        StockChange.objects.create(lot=a_lot, needles=-5, reason="bent", by=ours.members["owner"])
    for ago in (3, 5):
        signed(ours, ago=ago, lot=a_lot)
    html = page(ours, "stock/")
    assert 'data-name="Left">23</td>' in html
    assert "expires soon" in html
    assert "expired" in html


def test_a_recall_finds_everyone_touched_with_dates(ours: House) -> None:
    a_lot, other = lot(ours), lot(ours, number="B-2")
    with within(ours.organisation.pk):
        anna = Person.objects.create(given="=cmd()", family="Berg", birth_date=date(1990, 1, 1), phone="+49 1")
        bea = Person.objects.create(given="Bea", family="Untouched", birth_date=date(1990, 1, 1))
    for ago in (3, 9):
        signed(ours, ago=ago, person=anna, lot=a_lot)
    signed(ours, ago=4, person=bea, lot=other)
    client, address = ours.client("clinician"), f"/lead/stock/{a_lot.pk}/"
    assert client.post(address, {"act": "recall", "why": "unsterile"}).status_code == 302
    html = client.get(address).content.decode()
    assert "Recalled" in html
    assert "1 person, 2 needles" in html
    assert "Untouched" not in html
    rows = list(csv.reader(StringIO(client.get(f"{address}everyone.csv").content.decode("utf-8-sig"))))
    today = timezone.localdate()
    assert len(rows) == 2
    assert rows[1][:2] == ["Berg", "'=cmd()"]
    assert rows[1][4] == "'+49 1"
    assert rows[1][7].split() == [(today - timedelta(days=n)).isoformat() for n in (9, 3)]
    with within(ours.organisation.pk):
        assert NeedleLot.objects.get(pk=a_lot.pk).recalled
        assert StockChange.objects.get().reason == "recalled: unsterile"
        assert AuditEntry.objects.filter(person=anna.pk, action="listed everyone a lot touched").count() == 1


def test_a_recall_is_taken_back_only_by_who_keeps_the_stock(ours: House) -> None:
    a_lot = lot(ours, recalled=True)
    assert ours.client("clinician").post(f"/lead/stock/{a_lot.pk}/", {"act": "take-back"}).status_code == 403
    for _click in range(2):
        assert ours.client("owner").post(f"/lead/stock/{a_lot.pk}/", {"act": "take-back"}).status_code == 302
    with within(ours.organisation.pk):
        assert not NeedleLot.objects.get().recalled
        assert StockChange.objects.count() == 1


def test_the_trail_of_the_organisation_shows_who_saw_whom(ours: House) -> None:
    ours.client("reader").get(f"/people/{ours.person.pk}/")
    html = page(ours, "trail/")
    assert "The reader" in html
    assert "The Patient" in html
    assert "opened the page of a person" not in page(ours, f"trail/?member={ours.members['assistant'].pk}")
    assert "opened the page of a person" not in page(ours, "trail/?changed=yes")
    assert ours.client("clinician").get("/lead/trail/").status_code == 403


def test_more_sessions_events_and_lots_take_no_more_queries(ours: House) -> None:
    a_lot = lot(ours)

    def asked() -> list[int]:
        client, counts = ours.client("owner"), []
        for address in ("", "events/", "stock/", f"stock/{a_lot.pk}/", "trail/"):
            client.get(f"/lead/{address}")
            with CaptureQueriesContext(connection) as queries:
                assert client.get(f"/lead/{address}").status_code == 200
            counts.append(len(queries))
        return counts

    def more(n: int) -> None:
        for k in range(n):
            where = visit(ours, f"Anna Number{n}-{k}", ago=9, state="open")
            with within(ours.organisation.pk):
                person = Person.objects.get(pk=where.person_id)
            event(ours, signed(ours, ago=5, person=person, lot=a_lot))
            lot(ours, number=f"{n}-{k}")

    more(2)
    few = asked()
    more(8)
    assert asked() == few


def test_events_page_by_key_to_the_last(ours: House) -> None:
    session = signed(ours, ago=10)
    for n in range(120):
        event(ours, session, on=session.on + timedelta(days=n % 5))
    seen, address = [], "events/"
    for _turn in range(4):
        html = page(ours, address)
        seen += re.findall(r'href="/lead/events/([0-9a-f-]{36})/"', html)
        further = re.search(r'rel="next" href="(.*?)"', html)
        if not further:
            break
        address = f"events/{further[1].replace('&amp;', '&')}"
    assert len(seen) == len(set(seen)) == 120


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("", date(2025, 4, 1), date(2026, 3, 31)), ("to=2024-12", date(2024, 1, 1), date(2024, 12, 31)), ("from=2024-02&to=2024-02", date(2024, 2, 1), date(2024, 2, 29)),
     ("to=0001-06", date.min, date(1, 6, 30)), ("from=9999-12&to=9999-12", date(9999, 12, 1), date.max), ("from=2027-01", date(2025, 4, 1), date(2026, 3, 31))],
)  # fmt: skip
def test_a_period_is_whole_months_twelve_of_them_unless_asked(asked: str, first: date, last: date) -> None:
    found = period_of(QueryDict(asked), date(2026, 3, 2), [])
    assert (found.first, found.last) == (first, last)


def test_a_period_that_is_none_is_the_last_twelve_months() -> None:
    today = date(2026, 3, 2)
    for query in ("", "from=x&to=y", "from=2030-01-01", "clinic=x"):
        found = period_of(QueryDict(query), today, [])
        assert (found.first, found.last) == (date(2025, 4, 1), date(2026, 3, 31))


texts = st.text(max_size=12) | st.sampled_from(["2026-03", "0001-01", "9999-12", "\x00", str(uuid.uuid4())])


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=st.dictionaries(st.sampled_from(["from", "to", "clinic", "after", "member", "changed", "before"]), texts))
def test_whatever_stands_in_the_address_a_page_is_shown(ours: House, told: dict[str, str]) -> None:
    client = ours.client("owner")
    for address in ("", "events/", "stock/", "trail/"):
        assert client.get(f"/lead/{address}", told).status_code == 200


def test_what_is_kept_counted_is_what_the_rows_say(ours: House) -> None:
    for ago in (1, 3, 40, 400):
        signed(ours, ago=ago)
    signed(ours, ago=3, muscle="soleus")
    with within(ours.organisation.pk):
        kept = {
            (one.month, one.clinic_id, one.clinician_id, one.muscle): (one.sessions, one.insertions)
            for one in MonthCount.objects.all()
        }
        assert kept == counts_anew()
        count_anew()
        assert MonthCount.objects.count() == len(kept)


def test_a_person_who_was_deleted_is_no_longer_counted(ours: House) -> None:
    signed(ours, ago=3)
    with within(ours.organisation.pk):
        uncount_person(ours.person.pk)
        assert not MonthCount.objects.exists()
