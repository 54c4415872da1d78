"""A case file, or one person's FHIR record, as something that can be heard."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from needlepoint.body import Place, PlacesNamed
from needlepoint.exchange.case.around import Around
from needlepoint.exchange.case.parse import document_text, parse_case, parse_document
from needlepoint.exchange.case.plan_words import plan_word
from needlepoint.exchange.case.shape import CaseFile, EntryPart, MeasuredPart, PersonPart, ProposedPart
from needlepoint.exchange.told import Examined, InputError, PainTold, Told
from needlepoint.screen import Asked, Entry, Needle, NotUnderstood, Proposal, Reading, Reply, ScreenKnowledge
from needlepoint.terms import Code, Side
from needlepoint.terms.code import system_named
from needlepoint.terms.lexicon import nearest


def read_document(raw: bytes, name: str, knowledge: ScreenKnowledge, *, on: date | None, today: date) -> Told:
    """What does this file tell, be it a case file or a FHIR bundle? ``on`` is the day asked for, if any; it goes before the file's own."""
    document = parse_document(raw, name)
    if "resourceType" in document:
        from needlepoint.exchange.fhir import read_bundle

        return read_bundle(document, label=name, on=on or today, knowledge=knowledge)
    return read_case(document, document_text(raw, name), name, knowledge, on=on, today=today)


def read_case(
    document: dict[str, Any], text: str, name: str, knowledge: ScreenKnowledge, *, on: date | None, today: date
) -> Told:
    """What does this case file tell? Raises InputError with a line for every fault of its form."""
    case = parse_case(document, text, name)
    day = on or case.on or today
    reader = _CaseReader(case, name, knowledge, day)
    return reader.told(on or case.on)


class _CaseReader:
    """Reads one checked case file, collecting what nobody understands."""

    def __init__(self, case: CaseFile, name: str, knowledge: ScreenKnowledge, day: date) -> None:
        self.case, self.name, self.knowledge, self.day = case, name, knowledge, day
        self.missed: list[NotUnderstood] = []

    def told(self, on: date | None) -> Told:
        """All of it."""
        replies, readings = self._person(self.case.person or PersonPart())
        readings += self._measurements()
        entries, asked = self._lists()
        if self.case.complaint:
            entries.append(Entry(None, self.case.complaint, "complaint"))
        self._places_of_pain_and_examination()
        around = Around(self.case, self.name, self.day, self._read_places, self._miss)
        earlier, competitions, proposed = around.earlier(), around.competitions(), self._proposed()
        return Told(
            label=self.name,
            on=on,
            entries=tuple(entries),
            replies=(*replies, *self._answers()),
            readings=tuple(readings),
            asked=frozenset(asked),
            proposed=proposed,
            not_understood=tuple(self.missed),
            complaint=self.case.complaint,
            pain=self._pain(),
            painting=self.case.painting,
            examination=self._examination(),
            stock=tuple((one.length_mm, one.diameter_mm) for one in self.case.stock or ()),
            earlier=earlier,
            competitions=competitions,
        )

    def _pain(self) -> tuple[PainTold, ...]:
        return tuple(
            PainTold(one.region, one.side, one.intensity, tuple(one.quality), f"pain[{n}]")
            for n, one in enumerate(self.case.pain or ())
        )

    def _examination(self) -> tuple[Examined, ...]:
        return tuple(
            Examined(
                one.muscle,
                one.side,
                f"examination[{n}]",
                recognised_pain=one.recognised_pain,
                referred_pain=one.referred_pain,
                tenderness=one.tenderness,
                taut_band=one.taut_band,
                twitch=one.twitch,
            )
            for n, one in enumerate(self.case.examination or ())
        )

    def _miss(self, text: str, origin: str, near: tuple[str, ...] = ()) -> None:
        self.missed.append(NotUnderstood(text, origin, near))

    def _person(self, person: PersonPart) -> tuple[list[Reply], list[Reading]]:
        replies: list[Reply] = []
        readings: list[Reading] = []
        if person.birth_date:
            if person.birth_date > self.day:
                raise InputError(
                    f"{self.name}: person.birth_date: {person.birth_date} is after the day of the visit, {self.day}; correct one of them"
                )
            age = _years(person.birth_date, self.day)
            if person.age is not None and abs(person.age - age) > 1:
                raise InputError(
                    f"{self.name}: person.age: {person.age:g} does not fit the birth date, which gives {age}; correct one of them"
                )
            readings.append(Reading("age-years", age, "person.birth_date"))
        elif person.age is not None:
            readings.append(Reading("age-years", person.age, "person.age"))
        for key in ("height_cm", "weight_kg", "bmi", "gestation_weeks"):
            value = getattr(person, key)
            if value is not None:
                readings.append(Reading(key.replace("_", "-"), value, f"person.{key}"))
        if person.bmi is None and person.height_cm and person.weight_kg:
            bmi = person.weight_kg / (person.height_cm / 100) ** 2
            readings.append(Reading("bmi", round(bmi, 1), "person.weight_kg"))
        replies += self._sex_and_build(person)
        if person.pregnant is not None:
            replies.append(Reply("pregnant", person.pregnant, "person.pregnant"))
        return replies, readings

    def _sex_and_build(self, person: PersonPart) -> list[Reply]:
        replies: list[Reply] = []
        sex = (person.sex or "").lower()
        if sex in ("female", "f", "woman", "male", "m", "man"):
            is_female = sex in ("female", "f", "woman")
            replies += [Reply("female", is_female, "person.sex"), Reply("male", not is_female, "person.sex")]
        elif sex and sex not in ("unknown", "other", "intersex", "non-binary", "not stated"):
            self._miss(person.sex or "", "person.sex", ("female", "male", "other", "unknown"))
        build = (person.build or "").lower()
        known = {"slim": "slim", "thin": "slim", "lean": "slim", "slight": "slim", "heavy": "heavy", "large": "heavy", "obese": "heavy",
                 "average": "", "medium": "", "normal": "", "athletic": "", "muscular": "", "unknown": "?"}  # fmt: skip
        if build in known and known[build] != "?":
            replies += [Reply(f"{one}-build", known[build] == one, "person.build") for one in ("slim", "heavy")]
        elif build and build not in known:
            self._miss(person.build or "", "person.build", ("slim", "average", "heavy"))
        return replies

    def _measurements(self) -> list[Reading]:
        readings = []
        keys = {one.key: one.id for one in self.knowledge.measurements.values()}
        for key, given in (self.case.measurements or {}).items():
            origin = f"measurements.{key}"
            id_ = keys.get(key) or keys.get(key.lower()) or (key if key in self.knowledge.measurements else None)
            if given is None:
                continue
            value = given if isinstance(given, MeasuredPart) else MeasuredPart(value=given)
            if id_ is None:
                self._miss(f"{key}: {value.value:g}", origin, nearest(key, keys))
            else:
                readings.append(Reading(id_, value.value, origin, value.unit, value.on))
        return readings

    def _lists(self) -> tuple[list[Entry], list[Asked]]:
        entries: list[Entry] = []
        asked: list[Asked] = []
        for which in Asked:
            given = getattr(self.case, which.value)
            if given is None:
                continue
            asked.append(which)
            entries.extend(self._entry(which, n, one) for n, one in enumerate(given))
        return entries, asked

    def _entry(self, which: Asked, n: int, given: str | EntryPart) -> Entry:
        origin = f"{which.value}[{n}]"
        if isinstance(given, str):
            return Entry(which, given, origin)
        codes = []
        for one in given.code if isinstance(given.code, list) else [given.code] if given.code else []:
            system = system_named(one.system)
            if system is None:
                self._miss(f"{one.system} {one.code}", origin, ("icd10", "icd10cm", "snomed", "rxnorm", "atc"))
            else:
                codes.append(Code(system, one.code))
        side = Side(given.side) if given.side in ("left", "right", "midline") else None
        return Entry(
            which, given.text, origin, tuple(codes), side, given.place, given.active, True, given.since, given.until
        )

    def _answers(self) -> list[Reply]:
        replies = []
        for key, given in (self.case.answers or {}).items():
            value: bool | float | str | None = given
            if isinstance(given, str):
                value = _YES_NO.get(given.strip().lower(), given)
            elif isinstance(given, int) and not isinstance(given, bool):
                value = float(given)
            replies.append(Reply(key, value, f"answers.{key}"))
        return replies

    def _places_of_pain_and_examination(self) -> None:
        for n, pain in enumerate(self.case.pain or ()):
            self._read_places(pain.region, pain.side, f"pain[{n}].region")
        for n, found in enumerate(self.case.examination or ()):
            self._read_places(found.muscle, found.side, f"examination[{n}].muscle")

    def _read_places(self, text: str, side: str | None, origin: str) -> PlacesNamed:
        one_side = Side(side) if side in ("left", "right", "midline") else None
        named = self.knowledge.gazetteer.read(text, one_side)
        if not named.places:
            self._miss(text, origin, self.knowledge.gazetteer.nearest(text))
        else:
            for word in named.left_over:
                self._miss(word, origin, self.knowledge.gazetteer.nearest(text))
        return named

    def _proposed(self) -> tuple[Proposal, ...]:
        return tuple(one for n, part in enumerate(self.case.proposed or ()) for one in self._proposal(n, part))

    def _proposal(self, n: int, part: ProposedPart) -> list[Proposal]:
        origin = f"proposed[{n}]"
        told = part.site or part.muscle or part.region
        if not told:
            self._miss("(no place named)", origin, ("muscle", "region", "site"))
        sides = ["left", "right"] if part.side == "both" else [part.side]
        named = [self._read_places(told, side, f"{origin}.{_key_of(part)}") for side in sides if told]
        places: list[Place | None] = list(dict.fromkeys(place for one in named for place in one.places)) or [None]
        if part.muscle and part.region and not part.site:
            places = self._with_region(places, part, origin)
        plan: dict[str, str | None] = {}
        for key in ("technique", "stimulation", "guidance", "position"):
            given = getattr(part, key)
            plan[key], understood = plan_word(key, given)
            if not understood:
                self._miss(str(given), f"{origin}.{key}")
        needle = Needle(part.needle.length_mm, part.needle.diameter_mm) if part.needle else Needle()
        measured = self._measured(part, origin)
        return [Proposal(place, told or "", origin, needle, **plan, measured_mm=measured) for place in places]

    def _with_region(self, places: list[Place | None], part: ProposedPart, origin: str) -> list[Place | None]:
        """A muscle needled at a named region: the hazards of both."""
        at = self._read_places(part.region or "", None, f"{origin}.region")
        if not at.places or places == [None]:
            return places or list(at.places)
        gather = self.knowledge.atlas.gather
        return [
            gather(
                place.label,
                place.muscles,
                region.regions,
                place.side or region.side,
                coarse=place.coarse or region.coarse,
            )
            for place in places
            if place
            for region in at.places
        ]

    def _measured(self, part: ProposedPart, origin: str) -> dict[str, float]:
        measured: dict[str, float] = {}
        for key, mm in (part.measured or {}).items():
            structure = key.removeprefix("skin_to_").removesuffix("_mm").replace("_", "-")
            if mm is None:
                continue
            if structure not in self.knowledge.atlas.structures:
                self._miss(key, f"{origin}.measured", nearest(structure, self.knowledge.atlas.structures))
            elif mm <= 0:
                raise InputError(
                    f"{self.name}: {origin}.measured.{key}: a distance is more than 0 mm; correct it or leave it out"
                )
            else:
                measured[structure] = mm
        return measured


_YES_NO: Mapping[str, bool | None] = {"yes": True, "no": False, "unknown": None, "not known": None, "": None}


def _key_of(part: ProposedPart) -> str:
    return "site" if part.site else "muscle" if part.muscle else "region"


def _years(birth: date, on: date) -> int:
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))
