"""A clinic with a whole record in a database of its own: these tests change it from outside, back it up, restore it."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from needlepoint.clinic import asking
from needlepoint.clinic.keep.migrating import migrate
from needlepoint.clinic.pages.visit.concluded import page_of
from needlepoint.clinic.records.checking_in import answer_check_in
from needlepoint.clinic.records.consenting import sign_consent
from needlepoint.clinic.records.keeping import Writer, keep
from needlepoint.clinic.records.late import report_late
from needlepoint.clinic.records.models import (
    AdverseEvent,
    CheckIn,
    Course,
    NeedleLot,
    Note,
    Person,
    Visit,
)
from needlepoint.clinic.records.papers import keep_attachment
from needlepoint.clinic.records.reading import read_visit
from needlepoint.clinic.records.scope import within
from needlepoint.clinic.records.seal import sha256
from needlepoint.clinic.records.signing import add_addendum, sign
from tests.clinic.conftest import House, house
from tests.clinic.keep.places import drop_place, new_place, working_in

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


@pytest.fixture(scope="session")
def set_up_place(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[str]:
    """A database that was migrated and holds nothing."""
    name = new_place(tmp_path_factory.mktemp("set-up"))
    with django_db_blocker.unblock(), working_in(name):
        migrate()
    yield name
    drop_place(name)


@pytest.fixture(scope="session")
def filled_place(
    set_up_place: str, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any
) -> Iterator[tuple[str, House]]:
    """A database with two organisations, each with a signed visit and everything that can be beside it."""
    name = new_place(tmp_path_factory.mktemp("filled"), set_up_place)
    with django_db_blocker.unblock(), working_in(name) as connection:
        ours = house("Ours")
        fill(ours)
        fill(house("Theirs"))
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                # Copies are made of the one file.
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    yield name, ours
    drop_place(name)


@dataclass
class Kept:
    """A clinic in a database of its own."""

    name: str
    house: House
    folder: Path


@pytest.fixture
def kept(filled_place: tuple[str, House], tmp_path: Path, django_db_blocker: Any) -> Iterator[Kept]:
    """A clinic with a whole record, of which a test may do as it likes."""
    like, ours = filled_place
    name = new_place(tmp_path, like)
    with django_db_blocker.unblock(), working_in(name):
        # A test may open another visit: the house of the others stays as it is.
        yield Kept(name, replace(ours), tmp_path)
    drop_place(name)


@pytest.fixture
def empty_place(tmp_path: Path) -> Iterator[str]:
    """A database in which nothing is, not even tables."""
    name = new_place(tmp_path, empty_name="empty")
    yield name
    drop_place(name)


def entry(what: str, minute: int, /, **body: Any) -> dict[str, Any]:
    return {"id": str(uuid.uuid4()), "kind": what, "at": f"2026-03-02T09:{minute:02}:00+00:00", "body": body}


def wrote(field: str, value: Any, minute: int = 0) -> dict[str, Any]:
    return entry("wrote", minute, field=field, value=value, seen=None)


def a_whole_session(words: str = "") -> list[dict[str, Any]]:
    """Two needles, twitches, a reaction, an event with its steps, and advice; ``words`` are put wherever a person's words go."""
    treat = asking.known().treat
    needle = {"muscle": "soleus", "side": "left", "length_mm": 30, "diameter_mm": 0.25}
    reaction = next(iter(treat.reactions))
    return [
        wrote("complaint", f"tight calf {words}".strip()),
        wrote("proposed.soleus/left", {"needle": {"length_mm": 30, "diameter_mm": 0.25}}),
        wrote("answers.consents", True),
        wrote("note.text", f"Felt well. {words}".strip()),
        wrote("note.consent", f"Agreed by word of mouth. {words}".strip()),
        wrote("note.against-plan", f"Needled as last year. {words}".strip()),
        entry("pain", 1, value=6, when="before"),
        entry("needle-in", 10, needle="n1", lot="A12", **needle),
        entry("needle-in", 11, needle="n2", **needle),
        entry("twitch", 12, needle="n1", count=2),
        entry("needle-out", 13, needle="n1", intact=True),
        entry("needle-out", 14, needle="n2", intact=True),
        entry("pain", 20, value=3, when="after"),
        entry("reacted", 21, reaction="r1", kind=reaction, muscle="soleus", side="left"),
        entry("happened", 22, event="e1", kind="faint", grade="mild", muscle="soleus", side="left", needle="n1", text=f"pale {words}".strip()),
        *[entry("step-taken", 23, event="e1", step=one.id) for one in treat.events["faint"].now],
        entry("advised", 24, what=[one.id for one in treat.advice]),
    ]  # fmt: skip


def fill(house: House, words: str = "") -> Note:
    """Sign a visit with everything, and write an addendum and a consent and a picture beside it."""
    with within(house.organisation.pk):
        clinician = house.members["clinician"]
        NeedleLot.objects.get_or_create(
            clinic=house.clinic, maker="A maker", number="A12", length_mm=30, diameter_mm=0.25
        )
        # It was in stock before.
        NeedleLot.objects.update(created_at=NOW - timedelta(days=30))
        answer = keep(house.visit.pk, Writer(member=clinician, device="tablet"), a_whole_session(words))
        assert not answer.refused, answer.refused
        planned = asking.ask(house.visit, read_visit(house.visit)).planned
        sign_consent(house.visit, planned, name=f"The Patient {words}".strip(), agreed=True, witness=clinician)
        page_of(house.visit, read_visit(house.visit), keep=("clearance",))
        note = sign(house.visit.pk, clinician, now=NOW)
        add_addendum(note, f"It was cold that day. {words}".strip(), clinician, now=NOW)
        late = AdverseEvent(
            pk=uuid.uuid4(), person_id=note.person_id, visit=house.visit, clinician=clinician, on=NOW.date(), kind="bleeding",
            grade="mild", muscle="soleus", side="left", text=f"A bruise. {words}".strip(), reported_by=clinician,
            steps=[{"at": None, "step": "press", "done": True, "why": None}],
        )  # fmt: skip
        report_late(late, note, f"A bruise showed. {words}".strip(), clinician, now=NOW)
        keep_attachment(
            PIXEL, person=house.person, visit=house.visit, kind="photo", title=f"calf {words}".strip(),
            media_type="image/png", size=len(PIXEL), sha256=sha256_of(PIXEL), by=clinician,
        )  # fmt: skip
        first, _second = CheckIn.objects.filter(visit=house.visit).order_by("due_on")
        answer_check_in(first.pk, {"pain_now": 2, "in_own_words": words}, needs_look=False, now=NOW)
        return note


def sha256_of(content: bytes) -> str:
    import hashlib

    return hashlib.sha256(content).hexdigest()


def another_visit(house: House, *, of: Person | None = None) -> Visit:
    """An open visit more."""
    with within(house.organisation.pk):
        person = of or house.person
        course = Course.objects.create(person=person, complaint="calf", opened_on=NOW.date())
        return Visit.objects.create(
            person=person, course=course, clinic=house.clinic, clinician=house.members["clinician"],
            state=Visit.State.OPEN, planned_at=NOW, on=NOW.date(),
        )  # fmt: skip


__all__ = ["sha256"]
