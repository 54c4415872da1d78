"""One person over time: pain, drawings, needles, what went wrong, and who saw it."""

import re
import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from needlepoint.clinic.pages.people.pain_over_time import pain_over_time
from needlepoint.clinic.records.counting import count_session
from needlepoint.clinic.records.models import (
    AdverseEvent,
    AuditEntry,
    Consent,
    Insertion,
    NeedleLot,
    Note,
    Person,
    PersonChange,
    Reaction,
    Session,
    Visit,
)
from needlepoint.clinic.records.scope import within
from needlepoint.clinic.records.seal import seal
from tests.clinic.conftest import House
from tests.clinic.today.test_today import visit, write

PAINTING = {"needlepoint": 1, "topology": "np-adult-1", "layers": [{"quality": "aching", "values": "rAIKBQ"}]}


def signed(house: House, *, ago: int, before: int | None = 6, after: int | None = 3, **more: Any) -> Session:
    """A visit of the patient with a signed note and a session of one needle, so many days ago."""
    person = more.pop("person", house.person)
    where, lot = visit(house, ago=ago, person=person), more.pop("lot", None)
    with within(house.organisation.pk):
        at, id_, who = where.planned_at, uuid.uuid4(), house.members["clinician"]
        Note.objects.create(
            id=id_, person=person, visit=where, clinic=house.clinic, body="{}", signed_at=at, signed_by=who,
            signed_name=who.name, seal=seal("note", id_, "{}", at),
        )  # fmt: skip
        session = Session.objects.create(
            person=person, visit=where, clinic=where.clinic, clinician=where.clinician, on=where.on,
            insertions=1, pain_before=before, pain_after=after,
        )  # fmt: skip
        Insertion.objects.create(
            person=person, session=session, clinician=where.clinician, on=where.on, lot=lot, in_at=at, out_at=at,
            **{"muscle": "upper-trapezius", "side": "left", "length_mm": 30, "diameter_mm": 0.25, "twitches": 2, **more},
        )  # fmt: skip
        Visit.objects.filter(pk=where.pk).update(state="signed")
        count_session(session, [str(more.get("muscle", "upper-trapezius"))])
    return session


def event(house: House, session: Session, **more: Any) -> AdverseEvent:
    with within(house.organisation.pk):
        return AdverseEvent.objects.create(
            **{
                "person": session.person, "visit": session.visit, "clinician": session.clinician, "on": session.on, "kind": "bleeding",
                "grade": "mild", "muscle": "upper-trapezius", "side": "left", "reported_by": house.members["clinician"], **more,
            }
        )  # fmt: skip


def page(house: House, query: str = "", role: str = "clinician") -> str:
    answer = house.client(role).get(f"/people/{house.person.pk}/{query}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_new_person_has_a_page_without_a_visit(ours: House) -> None:
    with within(ours.organisation.pk):
        Visit.objects.update(state="cancelled")
    assert "No visit yet" in page(ours)


def test_pain_before_and_after_stands_in_a_drawing_and_in_a_table(ours: House) -> None:
    signed(ours, ago=14, before=8, after=5)
    signed(ours, ago=7, before=6, after=None)
    html = page(ours)
    assert html.count("<circle") == 3
    assert re.search(r'<td class="is-number">6</td><td class="is-number">not told</td>', html)


def test_no_drawing_pretends_a_pain_that_nobody_told(ours: House) -> None:
    signed(ours, ago=7, before=None, after=None)
    assert "Pain over time" not in page(ours)


def test_places_of_the_drawing_keep_within_it_and_follow_the_pain() -> None:
    sessions = [
        Session(on=date(2026, 3, 2) + timedelta(days=n), pain_before=10 - n % 11, pain_after=n % 5) for n in range(40)
    ]
    drawn = pain_over_time(sessions, "–")
    assert drawn
    assert all(drawn.left < one.x < drawn.right for one in drawn.spots)
    assert [one.x for one in drawn.spots] == sorted({one.x for one in drawn.spots})
    assert drawn.spots[0].before is not None
    assert drawn.spots[1].before is not None
    assert drawn.spots[0].before < drawn.spots[1].before
    assert sum(bool(one.label) for one in drawn.spots) <= 6


def test_the_body_shows_the_first_and_the_latest_drawing_oldest_first(ours: House) -> None:
    for ago in (21, 14, 7):
        write(ours, visit(ours, person=ours.person, ago=ago), "painting", PAINTING)
    html = page(ours)
    assert "<body-chart" in html
    labels = re.findall(r"&quot;label&quot;:&quot;(.*?)&quot;", html)
    today = timezone.localdate()
    assert [datetime.strptime(one, "%d %b %Y").date() for one in labels] == [
        today - timedelta(days=n) for n in (21, 14, 7)
    ]


def test_where_needles_went_can_be_shown_on_the_body_and_is_counted_in_a_table(ours: House) -> None:
    signed(ours, ago=7)
    signed(ours, ago=3)
    html = page(ours, "?chart=needles")
    assert "&quot;muscles&quot;" in html
    assert "Upper trapezius, left</th>" in html
    assert 'data-name="Needles">2</td>' in html


def test_what_went_wrong_and_what_was_expected_stand_apart(ours: House) -> None:
    session = signed(ours, ago=7)
    event(ours, session, grade="serious", text="<b>breathless</b>")
    with within(ours.organisation.pk):
        Reaction.objects.create(person=ours.person, session=session, kind="drop-of-blood")
    html = page(ours)
    assert html.index("Adverse events") < html.index("Expected reactions")
    assert "(serious)" in html
    assert "&lt;b&gt;breathless" in html
    assert "A drop of blood" in html


def test_consents_notes_and_earlier_details_are_at_hand(ours: House) -> None:
    signed(ours, ago=7)
    with within(ours.organisation.pk):
        now, id_ = datetime.now(UTC), uuid.uuid4()
        Consent.objects.create(
            id=id_, person=ours.person, visit=ours.visit, agreed=False, name="The Patient", wording={}, wording_sha256="", signed_at=now, seal=seal("consent", id_, "{}", now),
        )  # fmt: skip
        PersonChange.objects.create(person=ours.person, before={"family": "Maiden"}, by=ours.members["owner"])
    html = page(ours)
    assert "Consent refused" in html
    assert "Note of " in html
    assert "Maiden" in html


def test_a_person_of_a_hundred_letters_and_odd_ones_is_shown(ours: House) -> None:
    with within(ours.organisation.pk):
        ours.person.given, ours.person.family = "<script>alert(1)</script>" + "x" * 75, "'\"&" * 33
        ours.person.save()
    html = page(ours)
    assert "<script>alert" not in html


def test_opening_a_person_leaves_one_entry_in_the_trail(ours: House) -> None:
    page(ours, role="reader")
    with within(ours.organisation.pk):
        assert [(one.who, one.action) for one in AuditEntry.objects.filter(person=ours.person.pk)] == [
            ("The reader", "opened the page of a person")
        ]


def test_the_person_can_be_shown_everyone_who_saw_the_record(ours: House) -> None:
    with within(ours.organisation.pk):
        AuditEntry.objects.bulk_create(
            AuditEntry(
                organisation=ours.organisation,
                who=f"Looker {n:03d}",
                person=ours.person.pk,
                action="looked",
                where="::1",
            )
            for n in range(120)
        )
    client, address = ours.client("owner"), f"/people/{ours.person.pk}/trail/"
    first = client.get(address).content.decode()
    assert "Looker 119" in first
    assert "Looker 000" not in first
    older = re.search(r'href="(\?before=\d+)"', first)
    assert older
    assert "Looker 000" in client.get(address + older[1]).content.decode()
    whole = client.get(f"{address}?whole=yes").content.decode()
    assert "Looker 000" in whole
    assert "Looker 119" in whole
    for wrong in ("²", "-1", "1e9", "9" * 40):
        assert client.get(address, {"before": wrong}).status_code == 200


def test_who_does_not_lead_sees_no_trail(ours: House) -> None:
    for role in ("clinician", "assistant", "reader"):
        assert ours.client(role).get(f"/people/{ours.person.pk}/trail/").status_code == 403


def test_a_long_course_takes_no_more_queries(ours: House) -> None:
    def asked() -> int:
        client = ours.client("clinician")
        client.get(f"/people/{ours.person.pk}/")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/people/{ours.person.pk}/")
        return len(queries)

    def more(agos: range) -> None:
        with within(ours.organisation.pk):
            lot, _made = NeedleLot.objects.get_or_create(
                clinic=ours.clinic, maker="M", number="1", length_mm=30, diameter_mm=0.25
            )
        for ago in agos:
            session = signed(ours, ago=ago, lot=lot)
            event(ours, session)
            with within(ours.organisation.pk):
                Reaction.objects.create(person=ours.person, session=session, kind="drop-of-blood")
            write(ours, visit(ours, ago=ago, person=ours.person), "painting", PAINTING)

    more(range(3, 4))
    few = asked()
    more(range(10, 22))
    assert asked() == few


def test_another_person_s_needles_never_appear(ours: House) -> None:
    with within(ours.organisation.pk):
        other = Person.objects.create(given="Other", family="Person", birth_date=date(1970, 1, 1))
    signed(ours, ago=7, person=other, muscle="soleus")
    assert "Soleus" not in page(ours)
