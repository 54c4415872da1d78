"""Building the demo clinic through the same doors as a real one: entries are kept, notes are signed and sealed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction

from needlepoint.clinic import asking
from needlepoint.clinic.demo.paint import painted
from needlepoint.clinic.demo.stories import STORIES, Story
from needlepoint.clinic.pages.visit.concluded import page_of
from needlepoint.clinic.records.checking_in import answer_check_in
from needlepoint.clinic.records.consenting import sign_consent
from needlepoint.clinic.records.keeping import Writer, keep
from needlepoint.clinic.records.models import (
    CheckIn,
    Clinic,
    Course,
    Member,
    NeedleLot,
    NoteTemplate,
    Organisation,
    Person,
    Visit,
)
from needlepoint.clinic.records.organisation import Role
from needlepoint.clinic.records.reading import read_visit
from needlepoint.clinic.records.scope import within
from needlepoint.clinic.records.signing import sign
from needlepoint.exchange.answers.questionnaire import asked_facts
from needlepoint.treat import advice_for

PASSWORD = "needlepoint-demo"  # noqa: S105 - printed on the screen; only invented people are behind it
_MEMBERS = (("owner", "Demo Owner"), ("clinician", "Demo Clinician"), ("assistant", "Demo Assistant"))
#: Ids are made from this and a name, so that a demo is the same each time.
_SPACE = UUID("6f1d2c52-53a7-4b0e-9d1f-6c1f7f6d3a10")


@dataclass(frozen=True, slots=True)
class Demo:
    """Who can sign in."""

    email: str
    password: str
    role: str


def email(role: str) -> str:
    """The address that a demo member signs in with."""
    return f"{role}@demo.example"


def build(*, today: date, say: Callable[[str], None]) -> tuple[Demo, ...]:
    """Build the demo clinic. Raises RuntimeError when there is a clinic already: the demo never mixes with real people."""
    if Organisation.objects.exists():
        raise RuntimeError("there is a clinic in this folder already; the demo wants an empty one")
    organisation = Organisation.objects.create(name="Demo practice (invented people)", demo=True)
    with within(organisation.pk):
        members = _members()
        lots = _lots(members["owner"].clinic)
        NoteTemplate.objects.create(name="Calm session", text="Well tolerated. Home programme went through.")
        for story in STORIES:
            say(story.name)
            with transaction.atomic():
                _Builder(story, members, lots, today).build()
    return tuple(Demo(email(role), PASSWORD, role) for role, _ in _MEMBERS)


def _members() -> dict[str, Member]:
    clinic = Clinic.objects.create(name="Demo clinic")
    members = {}
    for role, name in _MEMBERS:
        user = get_user_model().objects.create_user(email(role), email=email(role), password=PASSWORD)
        members[role] = Member.objects.create(user=user, clinic=clinic, name=name, role=Role(role))
    return members


def _lots(clinic: Clinic) -> dict[tuple[float, float], NeedleLot]:
    return {
        (length, diameter): NeedleLot.objects.create(
            clinic=clinic, maker="Demo needles", number=f"D{length:g}-{round(diameter * 100)}", length_mm=length,
            diameter_mm=diameter, received=500, expires_on=date(2029, 6, 30),
        )
        for length, diameter in ((one.length_mm, one.diameter_mm) for one in asking.known().plan.stock)
    }  # fmt: skip


class _Builder:
    """Builds one person, their course, the visits that were and the one of today."""

    def __init__(
        self, story: Story, members: dict[str, Member], lots: dict[tuple[float, float], NeedleLot], today: date
    ) -> None:
        self.story, self.members, self.lots, self.today = story, members, lots, today
        self.clinician = members["clinician"]
        self.count = 0

    def build(self) -> None:
        """All of it."""
        story, first = self.story, self.today - timedelta(days=max(self.story.days_ago, default=0))
        birth = date(self.today.year - story.age, 3, 1 + len(story.name))
        self.person = Person.objects.create(
            given="Demo", family=story.name, birth_date=birth, sex=story.sex,
            number=f"DEMO-{1 + STORIES.index(story):03}",
        )  # fmt: skip
        self.course = Course.objects.create(person=self.person, complaint=story.complaint[:300], opened_on=first)
        for n, days in enumerate(story.days_ago):
            self._visit_that_was(n, self.today - timedelta(days=days))
        if story.today != "none":
            self._visit_of_today()
        self._check_ins()

    def _visit(self, on: date, hour: int, state: str) -> Visit:
        at = datetime.combine(on, time(hour, 30 * (len(self.story.name) % 2)), ZoneInfo(settings.TIME_ZONE))
        return Visit.objects.create(
            person=self.person, course=self.course, clinic=self.clinician.clinic, clinician=self.clinician,
            planned_at=at, on=on, state=state,
        )  # fmt: skip

    def _visit_that_was(self, n: int, on: date) -> None:
        visit = self._visit(on, 9 + n % 6, Visit.State.OPEN)
        self._keep(visit, 0, *self._told(n))
        self._keep(visit, 8, *(self._wrote(f"proposed.{m}/{s}", {}) for m, s in self.story.muscles))
        read = read_visit(visit)
        planned = asking.ask(visit, read).planned
        with_needle = [planned.plan.sites[n] for n in planned.plan.session.today if planned.plan.sites[n].needle]
        if not with_needle:
            self._keep(
                visit, 10, ("not-done", {"reason": "The plan declined every place; advice and exercise instead."})
            )
        else:
            sign_consent(
                visit,
                planned,
                name=f"Demo {self.story.name}",
                agreed=True,
                witness=self.clinician,
                now=visit.planned_at.astimezone(UTC) + timedelta(minutes=9),
            )
            self._needle(visit, n, with_needle)
        sign(visit.pk, self.clinician, now=visit.planned_at.astimezone(UTC) + timedelta(minutes=35))

    def _needle(self, visit: Visit, n: int, sites: list[Any]) -> None:
        before, after = self.story.pain[n], max(self.story.pain[n] - 2, 0)
        acts: list[tuple[str, dict[str, Any]]] = [
            ("positioned", {"position": sites[0].needle.position}),
            ("prepared", {"skin": "wiped with alcohol"}),
            ("pain", {"value": before, "when": "before"}),
        ]
        outs = []
        for k, site in enumerate(sites):
            needle, size = f"{n}-{k}", site.needle.chosen.needle
            lot = self.lots.get((size.length_mm, size.diameter_mm))
            body = {
                "needle": needle, "muscle": site.muscle, "side": site.side.value, "length_mm": size.length_mm,
                "diameter_mm": size.diameter_mm, "lot": lot.number if lot else None,
            }  # fmt: skip
            acts += [("needle-in", body), ("twitch", {"needle": needle, "count": 1 + (n + k) % 3})]
            outs.append(("needle-out", {"needle": needle, "intact": True}))
        acts += outs
        acts.append(("pain", {"value": after, "when": "after"}))
        acts.append(("reacted", {"reaction": "r1", "kind": "soreness"}) if n % 2 else ("no-reaction", {}))
        if event := self._event(n, sites[0]):
            acts += event
        self._keep(visit, 10, *acts)
        session = read_visit(visit).session
        told = [one.id for one in advice_for(session, asking.known().treat)]
        self._keep(
            visit,
            30,
            ("advised", {"what": told}),
            self._wrote("note.text", "Well tolerated. Home programme went through."),
        )

    def _event(self, n: int, site: Any) -> list[tuple[str, dict[str, Any]]]:
        if n not in self.story.events:
            return []
        kind, grade = self.story.events[n]
        found = asking.known().treat.events.get(kind)
        if found is None:
            return []
        body = {
            "event": "e1",
            "kind": kind,
            "grade": grade,
            "muscle": site.muscle,
            "side": site.side.value,
            "text": "Seen when the needle came out.",
        }
        steps = [("step-taken", {"event": "e1", "step": one.id}) for one in found.now]
        return [("happened", body), *steps]

    def _visit_of_today(self) -> None:
        story = self.story
        visit = self._visit(self.today, 9 + STORIES.index(story) % 8, Visit.State.PLANNED)
        if story.today in ("answered", "open"):
            self._keep(visit, -30, *self._told(len(story.days_ago)))
        if story.today == "open":
            self._keep(visit, 2, *(self._wrote(f"proposed.{m}/{s}", {}) for m, s in story.muscles))
        elif story.today == "answered":
            self._keep(visit, -5, *(self._wrote(f"proposed.{m}/{s}", {}) for m, s in story.muscles))
        if story.today != "planned":
            page_of(visit, read_visit(visit))

    def _told(self, n: int) -> Iterator[tuple[str, dict[str, Any]]]:
        story = self.story
        yield self._wrote("complaint", story.complaint)
        yield self._wrote("person.height_cm", story.height_cm)
        yield self._wrote("person.weight_kg", story.weight_kg)
        for name in ("conditions", "medicines", "allergies", "implants"):
            yield self._wrote(name, list(story.lists.get(name, ())))
        yes = {
            "consents",
            "practitioner-trained-for-site",
            "can-consent",
            "anticoagulant-tolerated-before",
            "diabetes-well-controlled",
            *story.answers,
        }
        for fact in asked_facts(asking.known().screen):
            told = story.answers.get(fact.id, fact.id in yes)
            if fact.id in self._told_by_lists():
                continue
            yield self._wrote(f"answers.{fact.id}", told)
        if story.pain[n]:
            yield self._wrote("painting", painted(story.hurts, story.pain[n]))

    def _told_by_lists(self) -> frozenset[str]:
        """Questions that a list of this person answers with yes: answering them with no would contradict it."""
        by_list = {
            "apixaban 5 mg": ("antithrombotic",),
            "atrial fibrillation": (),
            "type 2 diabetes": ("diabetes",),
            "metformin": (),
        }
        return frozenset(one for told in self.story.lists.values() for word in told for one in by_list.get(word, ()))

    def _check_ins(self) -> None:
        """The answers that came back; one of them wants a look."""
        for n, check_in in enumerate(
            CheckIn.objects.filter(person=self.person, due_on__lt=self.today).order_by("due_on")
        ):
            if self.story.name == "Siskin" and n == 7:
                continue
            bruised = self.story.name == "Avocet" and n == 0
            answers: dict[str, Any] = {
                "pain_now": 5 if bruised else max(self.story.pain[min(n // 2, len(self.story.pain) - 1)] - 1, 0),
                "reactions": [],
                "warning_signs": [],
                "may_be": [],
                "in_own_words": "The bruise is larger than my hand." if bruised else "",
                "wants_a_call": bruised,
            }
            answer_check_in(
                check_in.pk, answers, needs_look=bruised, now=datetime.combine(check_in.due_on, time(18), UTC)
            )

    def _wrote(self, name: str, value: Any) -> tuple[str, dict[str, Any]]:
        return "wrote", {"field": name, "value": value, "seen": None}

    def _keep(self, visit: Visit, minute: int, *entries: tuple[str, dict[str, Any]]) -> None:
        start = visit.planned_at.astimezone(UTC) + timedelta(minutes=minute)
        listed = []
        for n, (kind, body) in enumerate(entries):
            self.count += 1
            at = start + timedelta(seconds=4 * n if kind != "wrote" else 0)
            at = min(at, datetime.now(UTC)) if visit.on >= self.today else at
            listed.append(
                {
                    "id": str(uuid5(_SPACE, f"{self.story.name}/{self.count}")),
                    "kind": kind,
                    "at": at.isoformat(),
                    "body": body,
                }
            )
        kept = keep(visit.pk, Writer(member=self.clinician, device="demo"), listed)
        if kept.refused:
            raise RuntimeError(f"the demo is wrong about {self.story.name}: {kept.refused[0].why}")
