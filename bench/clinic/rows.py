"""Rows of an invented chain of clinics, in the order in which a database takes them."""

import hashlib
import json
import random
import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

MUSCLES = (
    "soleus",
    "gastrocnemius-medial",
    "infraspinatus",
    "gluteus-medius",
    "vastus-lateralis",
    "upper-trapezius",
    "brachioradialis",
)
EVENTS = (("bleeding", "mild"), ("nerve-symptom", "mild"), ("faint", "significant"))
#: People have between one and nineteen visits, ten in the middle: a million sessions of a hundred thousand people.
MOST_VISITS = 19


@dataclass(frozen=True)
class House:
    """The organisation that the rows belong to: its id, its clinics, and the clinicians of each."""

    organisation: uuid.UUID
    clinics: tuple[uuid.UUID, ...]
    clinicians: tuple[tuple[uuid.UUID, ...], ...]


class Chain:
    """People with courses of care over three years. ``of(n)`` gives all rows of the n-th person, by table; seals are numbered on."""

    def __init__(
        self, house: House, people: int, sessions: int, today: date, entries_of: float = 1.0, seed: int = 20261126
    ) -> None:
        self.house, self.people, self.today, self.entries_of = house, people, today, entries_of
        self.per_person = sessions / people
        self.chance = random.Random(seed)
        self.seal, self.before = 0, "0" * 64

    def _id(self) -> uuid.UUID:
        return uuid.UUID(int=self.chance.getrandbits(128), version=4)

    def of(self, n: int) -> dict[str, list[tuple]]:
        """The rows of one person."""
        chance, house = self.chance, self.house
        rows: dict[str, list[tuple]] = {}
        person, course = self._id(), self._id()
        where = n % len(house.clinics)
        family, given = f"Bench {n % 977:03}", f"Person {n:06}"
        born = date(1940, 1, 1) + timedelta(days=chance.randrange(24_000))
        made = datetime(2023, 12, 1, tzinfo=UTC)
        rows["person"] = [(
            person, given, family, born, chance.choice(("female", "male")), f"B{n:06}", "", "", f"{family} {given}".casefold(),
            f"{given} {family}".casefold(), made, house.organisation,
        )]  # fmt: skip
        visits = max(1, round(chance.triangular(1, MOST_VISITS, self.per_person * 3 - MOST_VISITS - 1)))
        last = self.today - timedelta(days=1 + chance.randrange(900))
        first = last - timedelta(days=7 * visits)
        rows["course"] = [(course, "pain in the calf", first, None, house.organisation, person)]
        for v in range(visits):
            self._visit(rows, person, course, where, first + timedelta(days=7 * v))
        return rows

    def _visit(self, rows: dict[str, list[tuple]], person: uuid.UUID, course: uuid.UUID, where: int, on: date) -> None:
        chance, organisation = self.chance, self.house.organisation
        visit, session, note = self._id(), self._id(), self._id()
        clinic, clinician = self.house.clinics[where], chance.choice(self.house.clinicians[where])
        at = datetime(on.year, on.month, on.day, 8 + chance.randrange(9), 0, tzinfo=UTC)
        needles = 1 + chance.randrange(6)
        before = chance.randrange(2, 9)
        acts = self._acts(needles, before, at)
        for kind, when, body in acts if chance.random() < self.entries_of else ():
            rows.setdefault("entry", []).append(
                (self._id(), kind, when, json.dumps(body), "bench", when, clinician, organisation, person, None, visit)
            )
        rows.setdefault("visit", []).append((
            visit, at, on, "signed", "adapt", True, 0, 0, False, at, clinic, clinician, course, organisation, person
        ))  # fmt: skip
        rows.setdefault("session", []).append((
            session, on, at, at + timedelta(minutes=20), needles, needles, before, max(before - 2, 0), "", clinic, clinician,
            organisation, person, visit,
        ))  # fmt: skip
        places = [body for kind, _, body in acts if kind == "needle-in"]
        for place in places:
            rows.setdefault("insertion", []).append((
                self._id(), on, place["muscle"], place["side"], 30.0, 0.25, at, at + timedelta(minutes=5), 1, clinician, None,
                organisation, person, session,
            ))  # fmt: skip
        if chance.random() < 0.03:
            kind, grade = chance.choice(EVENTS)
            rows.setdefault("adverseevent", []).append((
                self._id(), on, kind, grade, places[0]["muscle"], places[0]["side"], "", "[]", at, None, clinician, clinician,
                organisation, person, visit,
            ))  # fmt: skip
        self._note(rows, note, person, visit, clinic, clinician, at, acts)

    def _acts(self, needles: int, before: int, at: datetime) -> list[tuple[str, datetime, dict]]:
        chance = self.chance
        told = [("wrote", at, {"field": "complaint", "value": "pain in the calf", "seen": None})]
        told += [
            ("wrote", at, {"field": name, "value": [], "seen": None})
            for name in ("conditions", "medicines", "allergies", "implants")
        ]
        told.append(("pain", at, {"value": before, "when": "before"}))
        for k in range(needles):
            place = {"muscle": chance.choice(MUSCLES), "side": chance.choice(("left", "right"))}
            told.append(
                (
                    "needle-in",
                    at + timedelta(seconds=30 * k),
                    {"needle": f"n{k}", **place, "length_mm": 30, "diameter_mm": 0.25},
                )
            )
            told.append(("needle-out", at + timedelta(seconds=300 + k), {"needle": f"n{k}", "intact": True}))
        told.append(("pain", at + timedelta(minutes=20), {"value": max(before - 2, 0), "when": "after"}))
        told.append(("no-reaction", at + timedelta(minutes=20), {}))
        return told

    def _note(self, rows, note, person, visit, clinic, clinician, at, acts) -> None:
        # As large as a short real note; its words do not matter to the time that a page takes.
        body = json.dumps(
            {
                "needlepoint_note": 1,
                "visit": str(visit),
                "bench": True,
                "acts": [[kind, body] for kind, _, body in acts],
            }
        )
        self.seal += 1
        content = hashlib.sha256(body.encode()).hexdigest()
        told = at.isoformat(timespec="microseconds")
        lines = (str(self.house.organisation), str(self.seal), "note", str(note), told, content, self.before)
        hashed = hashlib.sha256("\n".join(lines).encode()).hexdigest()
        rows.setdefault("seal", []).append(
            (self.seal, self.seal, "note", note, content, self.before, hashed, at, self.house.organisation)
        )
        self.before = hashed
        rows.setdefault("note", []).append((
            note, body, "Bench clinician", at, clinic, clinician, self.house.organisation, person, self.seal, visit
        ))  # fmt: skip
