"""The list of a day: who comes, what changed, and what must not be forgotten."""

import re
import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from needlepoint.clinic.pages.people import saying
from needlepoint.clinic.records.keeping import Writer, keep
from needlepoint.clinic.records.models import AuditEntry, CheckIn, Clinic, Course, Person, Visit
from needlepoint.clinic.records.scope import within
from tests.clinic.conftest import House


def visit(house: House, name: str = "Anna Berg", *, ago: int = 0, **more: Any) -> Visit:
    """A visit of somebody new, so many days ago, at nine."""
    given_name, family = name.split(" ", 1)
    on = timezone.localdate() - timedelta(days=ago)
    with within(house.organisation.pk):
        person = more.pop("person", None) or Person.objects.create(
            given=given_name, family=family, birth_date=more.pop("born", date(1990, 5, 1))
        )
        course, _made = Course.objects.get_or_create(person=person, complaint="neck pain", defaults={"opened_on": on})
        return Visit.objects.create(
            **{
                "person": person, "course": course, "clinic": house.clinic, "clinician": house.members["clinician"], "on": on,
                "planned_at": timezone.make_aware(datetime(on.year, on.month, on.day, 9)), **more,
            }
        )  # fmt: skip


def write(house: House, where: Visit, field: str, value: Any) -> None:
    entry = {
        "id": str(uuid.uuid4()), "kind": "wrote", "at": datetime.now(UTC).isoformat(),
        "body": {"field": field, "value": value, "seen": None},
    }  # fmt: skip
    with within(house.organisation.pk):
        assert not keep(where.pk, Writer(member=house.members["clinician"]), [entry]).refused


def put_needle_in(house: House, where: Visit, minutes_ago: float, needle: str = "n1") -> None:
    body = {"needle": needle, "muscle": "upper-trapezius", "side": "left", "length_mm": 30, "diameter_mm": 0.25}
    at = datetime.now(UTC) - timedelta(minutes=minutes_ago)
    entry = {"id": str(uuid.uuid4()), "kind": "needle-in", "at": at.isoformat(), "body": body}
    with within(house.organisation.pk):
        assert not keep(where.pk, Writer(member=house.members["clinician"]), [entry]).refused


def page(house: House, query: str = "", role: str = "clinician", **more: Any) -> str:
    answer = house.client(role).get(f"/{query}", **more)
    assert answer.status_code == 200
    return str(answer.content.decode())


def lines(html: str) -> list[str]:
    return re.findall(r'<li class="person-line.*?</li>', html, re.DOTALL)


def test_the_clinician_sees_who_comes_today_in_the_order_of_time(ours: House) -> None:
    visit(ours, "Late Comer", planned_at=timezone.now().replace(hour=15))
    visit(ours, "Early Bird", planned_at=timezone.now().replace(hour=8))
    assert re.findall(r"Early Bird|Late Comer", "".join(lines(page(ours)))) == ["Early Bird", "Late Comer"]


def test_a_visit_of_which_not_everything_is_known_is_never_shown_as_clear(ours: House) -> None:
    visit(ours, "Half Known", level="clear", complete=False)
    visit(ours, "Never Asked", level="", complete=False)
    for line in lines(page(ours)):
        assert "Not yet cleared" in line
        assert "is-clear" not in line


def test_a_stop_is_a_stop_though_questions_are_open(ours: House) -> None:
    visit(ours, level="stop", complete=False)
    (line,) = lines(page(ours))
    assert "is-stop" in line
    assert "Not yet cleared" in line


def test_only_what_changed_since_the_last_visit_is_told(ours: House) -> None:
    before = visit(ours, ago=7)
    write(ours, before, "medicines", ["ibuprofen"])
    write(ours, before, "answers.pregnant", False)
    write(ours, before, "measurements.inr", 2.1)
    with within(ours.organisation.pk):
        person = Person.objects.get(pk=before.person_id)
    now = visit(ours, person=person)
    write(ours, now, "medicines", ["ibuprofen", {"text": "apixaban 5 mg"}])
    write(ours, now, "answers.pregnant", True)
    write(ours, now, "measurements.inr", 2.1)
    (line,) = lines(page(ours))
    assert "new medicine: apixaban 5 mg" in line
    assert "Pregnant: yes" in line
    assert "ibuprofen" not in line
    assert "2.1" not in line


def test_at_a_first_visit_nothing_has_changed(ours: House) -> None:
    write(ours, visit(ours), "medicines", ["warfarin"])
    (line,) = lines(page(ours))
    assert "warfarin" not in line
    assert "1st visit" in line


def test_what_changed_is_right_again_after_more_was_written(ours: House) -> None:
    before = visit(ours, ago=7)
    write(ours, before, "allergies", [])
    with within(ours.organisation.pk):
        person = Person.objects.get(pk=before.person_id)
    now = visit(ours, person=person)
    write(ours, now, "complaint", "neck pain")
    assert "latex" not in page(ours)
    write(ours, now, "allergies", ["latex"])
    assert "new allergy: latex" in page(ours)


def test_a_forgotten_needle_is_loud_on_the_list_of_every_clinic_and_day(ours: House) -> None:
    with within(ours.organisation.pk):
        other = Clinic.objects.create(name="Hill Street")
    put_needle_in(ours, visit(ours, "Bilal Aydin", ago=1, clinic=other), 60)
    html = page(ours)
    assert "A needle is in: Bilal Aydin, Upper trapezius, left" in html
    assert "Hill Street" in html
    assert 'role="alert"' in html
    assert "overdue" in html


def test_a_needle_that_went_in_just_now_runs_and_is_not_loud(ours: House) -> None:
    put_needle_in(ours, visit(ours), 1)
    html = page(ours)
    assert 'data-since="' in html
    assert 'data-minutes="10"' in html
    assert 'role="alert"' not in html
    assert "1 needle in" in html


def test_a_serious_event_stands_on_the_line(ours: House) -> None:
    visit(ours, serious=True)
    assert "Serious event" in page(ours)


def test_a_draft_of_an_earlier_day_is_not_forgotten_and_overdue_after_a_day(ours: House) -> None:
    visit(ours, "Yester Day", ago=1, state=Visit.State.OPEN)
    visit(ours, "Last Week", ago=7, state=Visit.State.OPEN)
    html = page(ours)
    drafts = html[html.index('id="drafts"') :]
    assert drafts.index("The Patient") < drafts.index("Last Week") < drafts.index("Yester Day")
    assert drafts.count("overdue") == 2


def test_a_cancelled_visit_is_counted_and_not_listed(ours: House) -> None:
    visit(ours, "Did Notcome", state=Visit.State.CANCELLED)
    html = page(ours)
    assert "Did Notcome" not in html
    assert "1 visit was cancelled." in html


def test_a_check_in_that_needs_a_look_is_looked_at_once(ours: House) -> None:
    with within(ours.organisation.pk):
        check_in = CheckIn.objects.create(
            person=ours.person, visit=ours.visit, due_on=date(2026, 3, 4), answered_at=datetime(2026, 3, 4, 8, tzinfo=UTC),
            answers={"pain": 8, "breath": True, "words": "short of breath <script>"}, needs_look=True,
        )  # fmt: skip
    assert "Check-ins that need a look" in page(ours)
    client = ours.client("clinician")
    opened = client.get(f"/check-ins/{check_in.pk}/").content.decode()
    assert "short of breath &lt;script&gt;" in opened
    assert ours.client("reader").post(f"/check-ins/{check_in.pk}/").status_code == 403
    for _click in range(2):
        assert client.post(f"/check-ins/{check_in.pk}/").status_code == 302
    assert "Check-ins that need a look" not in page(ours)
    with within(ours.organisation.pk):
        assert CheckIn.objects.get().looked_by == ours.members["clinician"]
        assert AuditEntry.objects.filter(action="looked at a check-in", changed=True).count() == 1


def test_only_mine_leaves_out_what_a_colleague_does(ours: House) -> None:
    visit(ours, "Mine Own")
    visit(ours, "Of Colleague", clinician=ours.members["owner"])
    html = page(ours, "?whose=mine")
    assert "Mine Own" in html
    assert "Of Colleague" not in html


def test_another_organisation_never_appears(ours: House, theirs: House) -> None:
    theirs_visit = visit(theirs, "Secret Person")
    put_needle_in(theirs, theirs_visit, 60)
    with within(theirs.organisation.pk):
        check_in = CheckIn.objects.create(
            person=theirs.person, visit=theirs.visit, due_on=date(2026, 3, 4), needs_look=True
        )
    for query in ("", f"?clinic={theirs.clinic.pk}", "?day=2026-03-02"):
        html = page(ours, query)
        assert "Secret Person" not in html
        assert "Theirs" not in html
    assert ours.client("owner").get(f"/check-ins/{check_in.pk}/").status_code == 404


def test_the_list_renews_itself_and_nothing_is_sent_when_nothing_changed(ours: House) -> None:
    put_needle_in(ours, visit(ours), 1)
    client = ours.client("clinician")
    seen = re.search(r"seen=(\w+)", page(ours))
    assert seen
    same = client.get(f"/?seen={seen[1]}", headers={"HX-Request": "true"})
    assert same.status_code == 204
    put_needle_in(ours, visit(ours, "New Comer"), 1, "n2")
    changed = client.get(f"/?seen={seen[1]}", headers={"HX-Request": "true"})
    assert changed.status_code == 200
    assert "New Comer" in changed.content.decode()
    assert "<html" not in changed.content.decode()


def test_looking_at_the_list_leaves_a_trail_once_and_renewing_leaves_none(ours: House) -> None:
    client = ours.client("reader")
    client.get("/")
    client.get("/?seen=x", headers={"HX-Request": "true"})
    with within(ours.organisation.pk):
        assert [one.action for one in AuditEntry.objects.filter(action__contains="list")] == [
            "looked at the list of a day"
        ]


def test_the_auditor_is_led_to_what_was_done_and_sees_nobody(ours: House) -> None:
    answer = ours.client("auditor").get("/")
    assert (answer.status_code, answer.url) == (302, "/lead/")


def test_a_person_born_today_has_an_age(ours: House) -> None:
    visit(ours, "New Born", born=timezone.localdate())
    assert "born today" in page(ours)


@pytest.mark.parametrize(
    ("born", "on", "words"),
    [
        (date(2026, 3, 2), date(2026, 3, 2), "born today"),
        (date(2026, 3, 1), date(2026, 3, 2), "1 day old"),
        (date(2026, 2, 2), date(2026, 3, 2), "4 weeks old"),
        (date(2025, 3, 3), date(2026, 3, 2), "11 months old"),
        (date(2024, 3, 3), date(2026, 3, 2), "23 months old"),
        (date(1986, 3, 3), date(2026, 3, 2), "39"),
        (date(2000, 2, 29), date(2026, 2, 28), "25"),
        (date(2026, 3, 3), date(2026, 3, 2), "not born yet"),
    ],
)
def test_an_age_is_said_as_people_say_it(born: date, on: date, words: str) -> None:
    assert saying.age(born, on) == words


def test_ten_times_as_many_visits_take_no_more_queries(ours: House) -> None:
    def asked() -> int:
        client = ours.client("clinician")
        # Each time the list concludes for one visit of which it knows answers only; then it knows all.
        for _ in range(12):
            client.get("/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/").status_code == 200
        return len(queries)

    def more(n: int) -> None:
        for k in range(n):
            before = visit(ours, f"Person Number{n}-{k}", ago=7, state=Visit.State.OPEN)
            write(ours, before, "medicines", ["ibuprofen"])
            with within(ours.organisation.pk):
                person = Person.objects.get(pk=before.person_id)
                CheckIn.objects.create(person=person, visit=before, due_on=before.on, needs_look=True)
            now = visit(ours, person=person)
            write(ours, now, "medicines", [f"medicine {k}"])
            put_needle_in(ours, now, 20)

    more(1)
    few = asked()
    more(9)
    assert asked() == few


texts = st.text(max_size=12) | st.sampled_from(["2026-03-02", "0001-01-01", "9999-12-31", "mine", "x" * 300, "\x00"])


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(day=texts, clinic=texts, whose=texts, seen=texts, by_itself=st.booleans())
def test_whatever_stands_in_the_address_a_list_is_shown(
    ours: House, day: str, clinic: str, whose: str, seen: str, by_itself: bool
) -> None:
    answer = ours.client("reader").get(
        "/",
        {"day": day, "clinic": clinic, "whose": whose, "seen": seen},
        headers={"HX-Request": "true"} if by_itself else {},
    )
    assert answer.status_code in (200, 204)
