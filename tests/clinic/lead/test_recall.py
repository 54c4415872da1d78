"""A recall reaches everybody: also whose note is not signed yet, and whose needle was written down another way."""

import csv
import uuid
from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from needlepoint.clinic.pages.lead.recall import beyond, folded
from needlepoint.clinic.records.keeping import Writer, keep
from needlepoint.clinic.records.models import AuditEntry, Clinic, Insertion, NeedleLot, Visit
from needlepoint.clinic.records.scope import within
from needlepoint.clinic.records.signing import sign
from tests.clinic.conftest import House
from tests.clinic.lead.test_lead import lot
from tests.clinic.test_signing import NOW, a_whole_session
from tests.clinic.today.test_today import visit


@pytest.fixture
def a_lot(ours: House) -> NeedleLot:
    """In stock since before the needles of these tests, and recalled."""
    made = lot(ours, number="A12", recalled=True)
    with within(ours.organisation.pk):
        NeedleLot.objects.filter(pk=made.pk).update(created_at=datetime(2026, 1, 1, tzinfo=UTC))
        return NeedleLot.objects.get(pk=made.pk)


def needled(
    house: House, name: str, *, number: str, signed: bool = False, where: Clinic | None = None, **needle: Any
) -> Visit:
    """Somebody into whose calf a needle with this number went, as it was typed."""
    made = visit(house, name, state="open", on=NOW.date(), planned_at=NOW, **({"clinic": where} if where else {}))
    with within(house.organisation.pk):
        entries = a_whole_session(house, lot=number)
        for one in entries:
            if one["kind"] == "needle-in":
                one["body"] |= needle
        assert not keep(made.pk, Writer(member=house.members["clinician"]), entries).refused
        if signed:
            sign(made.pk, house.members["clinician"], now=NOW)
    return made


def page(house: House, of: NeedleLot, role: str = "clinician") -> str:
    answer = house.client(role).get(f"/lead/stock/{of.pk}/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def part(html: str, id_: str) -> str:
    """One of the lists of the page."""
    return html[html.index(f'id="{id_}"') :].partition("</table>")[0]


def test_a_recall_reaches_somebody_whose_note_is_not_signed_yet(ours: House, a_lot: NeedleLot) -> None:
    open_ = needled(ours, "Anna Open", number="A12")
    needled(ours, "Signed Already", number="A12", signed=True)
    needled(ours, "Other Lot", number="B7")
    html = page(ours, a_lot)
    assert "Signed, Already" not in html and "Already, Signed" in part(html, "touched")
    assert "Open, Anna" in part(html, "unsigned") and "not signed yet" in part(html, "unsigned")
    assert "Already" not in part(html, "unsigned")
    assert "Lot, Other" not in html and 'id="perhaps"' not in html
    assert "1 person in notes not signed yet" in html
    with within(ours.organisation.pk):
        assert AuditEntry.objects.filter(person=open_.person_id, action="was listed under a lot").exists()
        sign(open_.pk, ours.members["clinician"], now=NOW)
    assert "Open, Anna" in part(page(ours, a_lot), "touched")


def test_a_needle_that_was_taken_back_as_a_slip_reaches_nobody_unless_it_is_brought_back(
    ours: House, a_lot: NeedleLot
) -> None:
    made = needled(ours, "Anna Slip", number="A12")

    def take_back(act: str) -> str:
        id_ = str(uuid.uuid4())
        back = {"id": id_, "kind": "undone", "at": datetime.now(UTC).isoformat(), "body": {"act": act}}
        with within(ours.organisation.pk):
            assert keep(made.pk, Writer(member=ours.members["clinician"]), [back]).kept
        return id_

    with within(ours.organisation.pk):
        needle = str(made.entries.get(kind="needle-in").id)
    slip = take_back(needle)
    assert "Slip" not in page(ours, a_lot)
    take_back(slip)
    assert "Slip, Anna" in part(page(ours, a_lot), "unsigned")


@pytest.mark.parametrize("typed", ["a12", "A12 ", "A 12", "A-12", "a‑12", "Ａ12"])
@pytest.mark.parametrize("signed", [True, False])
def test_a_number_that_was_written_another_way_is_found(
    ours: House, a_lot: NeedleLot, typed: str, signed: bool
) -> None:
    needled(ours, "Anna Spelled", number=typed, signed=signed)
    told = part(page(ours, a_lot), "perhaps" if signed else "unsigned")
    assert "Spelled, Anna" in told and f"written “{typed}”" in told


def test_another_size_and_another_clinic_are_told_apart_from_the_lot_itself(ours: House, a_lot: NeedleLot) -> None:
    with within(ours.organisation.pk):
        hill = Clinic.objects.create(name="Hill Street")
    needled(ours, "Anna Longer", number="A12", signed=True, length_mm=40)
    needled(ours, "Bea Elsewhere", number="A12", signed=True, where=hill)
    html = page(ours, a_lot)
    told = part(html, "perhaps")
    assert "Longer, Anna" in told and "40 × 0.25 mm" in told
    assert "Elsewhere, Bea" in told and "at Hill Street" in told
    assert 'id="touched"' not in html and "2 people who may also have had it" in html


def test_the_list_to_call_from_holds_all_of_them_and_how_it_is_known(ours: House, a_lot: NeedleLot) -> None:
    needled(ours, "Anna Signed", number="A12", signed=True)
    needled(ours, "Bea Open", number="A12")
    needled(ours, "Cleo Spelled", number="=a12", signed=True)
    needled(ours, "Dora Spelled", number="a12", signed=True)
    sent = ours.client("clinician").get(f"/lead/stock/{a_lot.pk}/everyone.csv").content.decode("utf-8-sig")
    rows = {one[0]: one[-1] for one in csv.reader(StringIO(sent))}
    assert rows == {
        "family name": "how it is known",
        "Signed": "signed with this lot",
        "Open": "the note is not signed yet",
        "Spelled": "may also have had it: written “a12”",
    }


def test_an_auditor_learns_how_many_and_no_name(ours: House, a_lot: NeedleLot) -> None:
    needled(ours, "Anna Open", number="A12")
    html = page(ours, a_lot, "auditor")
    assert "1 person in notes not signed yet" in html and "Anna" not in html


def test_another_organisation_is_not_reached(ours: House, theirs: House, a_lot: NeedleLot) -> None:
    needled(theirs, "Theirs Anna", number="A12")
    assert "Theirs" not in page(ours, a_lot)


def test_a_needle_that_was_linked_is_in_one_list_only(ours: House, a_lot: NeedleLot) -> None:
    needled(ours, "Anna Signed", number="A12", signed=True)
    with within(ours.organisation.pk):
        assert Insertion.objects.get().lot == a_lot
        assert beyond(a_lot).perhaps == beyond(a_lot).unsigned == ()


def test_more_needles_take_no_more_queries(ours: House, a_lot: NeedleLot) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            page(ours, a_lot)
        return len(queries)

    for n in range(2):
        needled(ours, f"Anna Open{n}", number="A12")
        needled(ours, f"Anna Spelled{n}", number="a 12", signed=True)
    page(ours, a_lot)
    few = asked()
    for n in range(2, 6):
        needled(ours, f"Anna Open{n}", number="A 12")
        needled(ours, f"Anna Spelled{n}", number="a-12", signed=True)
    assert asked() == few


def test_numbers_that_differ_stay_apart() -> None:
    assert len({folded(one) for one in ("A12", "A-12 ", " a 12", "A–12")}) == 1
    assert len({folded(one) for one in ("A12", "A1", "A.12", "A12B", "AI2")}) == 5
