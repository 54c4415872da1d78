"""From entries, replies and readings to answers: what is so, what is not, and what is not known of a person on the day."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from needlepoint.screen.cues import Manner
from needlepoint.screen.facts import Asked, FactDefinition, FactKind
from needlepoint.screen.knowledge import ScreenKnowledge, Term
from needlepoint.screen.mention import Mention, Reader, TextRead, Where
from needlepoint.screen.reasons import unit_word
from needlepoint.screen.settled import settle_answers
from needlepoint.screen.told import Answers, Because, Entry, Reading, Reply, SetAside
from needlepoint.terms import NotUnderstood, Side, plain
from needlepoint.terms.lexicon import nearest

#: A medicine that was stopped so lately may still work: nobody knows until it is asked.
_STILL_WORKS_DAYS = 14
#: Doses, years and other numbers say nothing about which word was meant.
_NUMBERS = re.compile(r"\b\d+([.,]\d+)?\s?(mg|mcg|g|ml|iu|units?|%)?\b", re.IGNORECASE)
#: How a mention reads when it does not count.
_WHY_ASIDE = {
    Manner.FAMILY: "said of the family, not of the person",
    Manner.OVER: "over, so it does not count",
}


@dataclass(slots=True)
class Hearing:
    """What has been heard so far. The worrying answer wins over the good one; nothing heard is thrown away."""

    yes: dict[str, list[Because]] = field(default_factory=dict)
    no: dict[str, list[Because]] = field(default_factory=dict)
    unsure: dict[str, list[Because]] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    nowhere: set[str] = field(default_factory=set)
    quantities: dict[str, tuple[float, Because]] = field(default_factory=dict)
    asked: set[Asked] = field(default_factory=set)
    not_understood: list[NotUnderstood] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)

    def so(self, fact: FactDefinition, because: Because, areas: int) -> None:
        """This is so; ``areas`` says where, 0 for nowhere in particular."""
        self.yes.setdefault(fact.id, []).append(because)
        if fact.located:
            if areas:
                self.places[fact.id] = self.places.get(fact.id, 0) | areas
            else:
                self.nowhere.add(fact.id)

    def not_so(self, fact: str, because: Because) -> None:
        """This was denied."""
        self.no.setdefault(fact, []).append(because)

    def perhaps(self, fact: str, because: Because) -> None:
        """This may be so; nobody knows yet."""
        self.unsure.setdefault(fact, []).append(because)


@dataclass(slots=True)
class Listener:
    """Hears what is told, with one knowledge. Make it once for many people."""

    knowledge: ScreenKnowledge
    reader: Reader = field(init=False)
    _names: tuple[str, ...] = field(init=False)
    _near: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.reader = Reader(self.knowledge)
        self._names = tuple(name.written for name in self.knowledge.lexicon.names)

    def hear(
        self,
        entries: Iterable[Entry],
        replies: Iterable[Reply],
        readings: Iterable[Reading],
        asked: Iterable[Asked],
        *,
        on: date,
        already: Iterable[NotUnderstood] = (),
    ) -> Answers:
        """What is known of this person on this day? ``asked`` are the lists that were given as a whole."""
        hearing = Hearing(asked=set(asked), not_understood=list(already))
        for entry in entries:
            self.hear_entry(hearing, entry, on=on)
        for reply in replies:
            self._hear_reply(hearing, reply)
        for reading in readings:
            self._hear_reading(hearing, reading, on=on)
        return settle_answers(hearing, self.knowledge)

    # Entries

    def hear_entry(self, hearing: Hearing, entry: Entry, *, on: date) -> None:
        """Hear one line of a list: by its codes first, then by its text."""
        by_code = [self._term(meaning) for code in entry.codes for meaning in self.knowledge.codes.meanings(code)]
        read = self.reader.read(entry.text, on=on)
        stated = self._stated_where(entry)
        told_code = None
        if by_code:
            code = next(one for one in entry.codes if self.knowledge.codes.meanings(one))
            told_code = f"{code.system} {code.value}"
            said_by_text = {term.id for mention in read.mentions for term in mention.terms}
            only_coded = tuple(
                term for term in self._without_generals(by_code, said_by_text) if term.id not in said_by_text
            )
            mention = Mention(
                only_coded, entry.text or f"{code.system} {code.value}", Manner.SAID, stated or read.where, None
            )
            self._hear_mention(hearing, mention, entry, on, code=told_code)
        for mention in read.mentions:
            by_both = any(term in by_code for term in mention.terms)
            there = replace(mention, where=stated) if stated else mention
            self._hear_mention(hearing, there, entry, on, code=told_code if by_both else None)
        if read.no_allergy:
            hearing.asked.add(Asked.ALLERGIES)
        elif read.no_allergy_of_a_kind:
            reason = "no allergy to medicines or food; it says nothing of metal, latex or plaster"
            hearing.set_aside.append(SetAside(entry.text, entry.origin, reason))
        elif read.nothing and entry.asked and not by_code:
            hearing.asked.add(entry.asked)
        elif not by_code:
            self._name_what_is_left(hearing, entry, read)

    def _without_generals(self, terms: Iterable[Term], said: Iterable[str]) -> tuple[Term, ...]:
        """The terms without those that another one implies anyway: "hip replacement" says more than "joint replacement", and where."""
        distinct = tuple(dict.fromkeys(terms))
        implied = {
            general
            for one in (*(term.id for term in distinct), *said)
            for general in self.knowledge.generals.get(one, ())
        }
        return tuple(term for term in distinct if term.id not in implied)

    def _name_what_is_left(self, hearing: Hearing, entry: Entry, read: TextRead) -> None:
        """What nobody understood: words beside what is known, or the whole entry when nothing of it is."""
        left_over = read.left_over
        if entry.asked is not None and not read.mentions:
            left_over = (entry.text.strip() or (f"(code {entry.codes[0].value})" if entry.codes else "(empty)"),)
        for text in left_over:
            self._miss(hearing, text, entry)

    def _miss(self, hearing: Hearing, text: str, entry: Entry) -> None:
        hearing.not_understood.append(NotUnderstood(text, entry.origin, self.nearest(text)))

    def nearest(self, text: str) -> tuple[str, ...]:
        """Known names that look like this text."""
        known = self._near.get(text)
        if known is None:
            known = nearest(_NUMBERS.sub(" ", text).strip() or text, self._names)
            if len(self._near) < 50_000:
                self._near[text] = known
        return known

    def _stated_where(self, entry: Entry) -> Where:
        """Where the entry itself says that it lies, beside its text."""
        bits = 0
        for place in self.knowledge.gazetteer.read(entry.place, entry.side).places if entry.place else ():
            bits |= place.areas
        side = entry.side if entry.side in (Side.LEFT, Side.RIGHT) else None
        return Where(bits, None if bits else side)

    def _term(self, meaning: str) -> Term:
        fact = self.knowledge.facts.get(meaning)
        if fact is not None:
            return Term(fact.id, fact.kind, fact.id)
        return Term(None, self.knowledge.unremarkable[meaning].kind, meaning)

    def _hear_mention(
        self, hearing: Hearing, mention: Mention, entry: Entry, on: date, *, code: str | None = None
    ) -> None:
        fitting = [term for term in mention.terms if _belongs(term, mention, entry)]
        for term in fitting:
            if term.fact is not None:
                self._hear_fact(hearing, self.knowledge.facts[term.fact], mention, entry, on, code)
        if fitting or not mention.terms:
            return
        if all(term.kind is FactKind.ALLERGY for term in mention.terms):
            self._miss(hearing, mention.written, entry)
        elif any(term.fact for term in mention.terms):
            reason = "an allergy to it, not the taking or having of it"
            hearing.set_aside.append(SetAside(mention.written, entry.origin, reason))

    def _hear_fact(
        self, hearing: Hearing, fact: FactDefinition, mention: Mention, entry: Entry, on: date, code: str | None
    ) -> None:
        whole = not entry.text or mention.written.lower() == entry.text.lower()
        said = mention.written if whole else f"{mention.written} (“{entry.text}”)"
        since = mention.since or entry.since
        manner = _manner_of(mention, entry)
        because = Because(_said(fact, said, manner, since), entry.origin, code, since)
        spared = [word for word in fact.words_that_spare if _has_word(word, mention, entry)]
        if manner is Manner.FAMILY:
            hearing.set_aside.append(SetAside(said, entry.origin, _WHY_ASIDE[manner]))
        elif manner is Manner.DENIED:
            hearing.not_so(fact.id, because)
        elif spared:
            reason = f"“{spared[0]}”: does not count as {fact.title.lower()}"
            hearing.set_aside.append(SetAside(said, entry.origin, reason))
        elif manner is Manner.PERHAPS:
            hearing.perhaps(fact.id, because)
        elif fact.lasts_weeks and since and entry.active is not True and since < on - timedelta(weeks=fact.lasts_weeks):
            hearing.set_aside.append(
                SetAside(because.fact, entry.origin, f"more than {fact.lasts_weeks:g} weeks ago, so it is over")
            )
        elif fact.within_weeks is not None:
            self._hear_recent(hearing, fact, because, self._areas_of(fact, mention.where), since, on)
        elif (
            manner is Manner.OVER
            and fact.kind is FactKind.MEDICINE
            and since
            and (on - since).days <= _STILL_WORKS_DAYS
        ):
            hearing.perhaps(fact.id, because)
        elif manner is Manner.OVER and not fact.past_counts:
            reason = "no longer taken, so it does not count" if fact.kind is FactKind.MEDICINE else _WHY_ASIDE[manner]
            hearing.set_aside.append(SetAside(said, entry.origin, reason))
        elif manner is Manner.HISTORY and not fact.past_counts:
            hearing.perhaps(fact.id, because)
        else:
            hearing.so(fact, because, self._areas_of(fact, mention.where))

    def _hear_recent(
        self, hearing: Hearing, fact: FactDefinition, because: Because, areas: int, since: date | None, on: date
    ) -> None:
        """A fact that counts only for some weeks. Without a date we do not know whether it still does."""
        if since is None:
            hearing.perhaps(fact.id, because)
        elif since > on - timedelta(weeks=fact.within_weeks or 0):
            hearing.so(fact, because, areas)
        else:
            hearing.set_aside.append(
                SetAside(because.fact, because.origin, f"more than {fact.within_weeks:g} weeks ago")
            )

    def _areas_of(self, fact: FactDefinition, where: Where) -> int:
        """The bits of where a fact lies: where it was said to, else in its own areas on the side that was said."""
        if not fact.located:
            return 0
        return where.areas or (self.knowledge.atlas.area_bits(fact.areas, where.side) if fact.areas else 0)

    # Replies and readings

    def _hear_reply(self, hearing: Hearing, reply: Reply) -> None:
        name = reply.id.strip().lower().replace("_", "-").replace(" ", "-")
        fact, measurement = self.knowledge.facts.get(name), self.knowledge.measurements.get(name)
        if measurement is None:
            measurement = next(
                (one for one in self.knowledge.measurements.values() if one.key.replace("_", "-") == name), None
            )
        if fact is not None and (reply.value is None or isinstance(reply.value, bool)):
            because = Because(f"{fact.title}: {'yes' if reply.value else 'no'}", reply.origin)
            if reply.value is True:
                hearing.so(fact, because, self._areas_of(fact, Where()))
            elif reply.value is False:
                hearing.not_so(fact.id, because)
        elif measurement is not None and isinstance(reply.value, float):
            self._hear_reading(hearing, Reading(measurement.id, reply.value, reply.origin), on=date.min)
        elif reply.value is not None or (fact is None and measurement is None and name not in _PLAN_ANSWERS):
            known = (*self.knowledge.facts, *self.knowledge.measurements)
            told = reply.id if fact is None and measurement is None else f"{reply.id}: {reply.value}"
            hearing.not_understood.append(NotUnderstood(told, reply.origin, nearest(name, known)))

    def _hear_reading(self, hearing: Hearing, reading: Reading, *, on: date) -> None:
        measurement = self.knowledge.measurements.get(reading.id)
        if measurement is None:
            hearing.not_understood.append(
                NotUnderstood(reading.id, reading.origin, nearest(reading.id, self.knowledge.measurements))
            )
            return
        times = (
            1.0 if reading.unit in (None, measurement.unit) else dict(measurement.other_units).get(reading.unit or "")
        )
        if times is None:
            hearing.not_understood.append(
                NotUnderstood(f"{reading.id} in {reading.unit}", reading.origin, (measurement.unit,))
            )
            return
        value = reading.value * times
        if measurement.id == "temperature-c" and reading.unit == "[degF]":
            value = (reading.value - 32) / 1.8
        said = f"{measurement.title} {value:.4g} {unit_word(measurement.unit)}".strip()
        if reading.on and measurement.valid_days is not None and (on - reading.on).days > measurement.valid_days:
            hearing.set_aside.append(SetAside(said, reading.origin, f"older than {measurement.valid_days} days"))
            return
        low, high = measurement.plausible
        if not low <= value <= high:
            hearing.not_understood.append(NotUnderstood(f"{said} is outside {low:g} to {high:g}", reading.origin, ()))
            return
        hearing.quantities[measurement.id] = (value, Because(said, reading.origin, None, reading.on))


_PLAN_ANSWERS = frozenset({"planned-technique", "planned-stimulation"})


_ALLERGIC = ("allerg", "sensitiv", "intoleran", "anaphyla")


def _belongs(term: Term, mention: Mention, entry: Entry) -> bool:
    """Does this meaning fit the list? "Aspirin" among allergies is not taken; "nickel" among illnesses is no allergy yet."""
    if entry.asked is Asked.ALLERGIES:
        return term.kind is FactKind.ALLERGY
    if term.kind is not FactKind.ALLERGY:
        return True
    return any(word.startswith(_ALLERGIC) or "hypersens" in word for word in (*plain(mention.written), *mention.beside))


def _manner_of(mention: Mention, entry: Entry) -> Manner:
    if entry.confirmed is False:
        return Manner.DENIED
    if entry.confirmed is None and mention.manner in (Manner.SAID, Manner.HISTORY):
        return Manner.PERHAPS
    if entry.active is False and mention.manner in (Manner.SAID, Manner.HISTORY):
        return Manner.OVER
    if entry.active is True and mention.manner in (Manner.HISTORY, Manner.OVER):
        return Manner.SAID
    return mention.manner


def _said(fact: FactDefinition, said: str, manner: Manner, since: date | None) -> str:
    if manner is Manner.DENIED:
        return f"denied: {said}"
    if manner is Manner.PERHAPS:
        return f"perhaps: {said}"
    if fact.kind is FactKind.MEDICINE:
        return f"{said}, taken now"
    return f"{said}, since {since.isoformat()}" if since else said


def _has_word(word: str, mention: Mention, entry: Entry) -> bool:
    """Does this word stand in the same part of the text as what is mentioned?"""
    wanted = plain(word)
    beside = mention.beside or plain(entry.text)
    return any(beside[at : at + len(wanted)] == wanted for at in range(len(beside) - len(wanted) + 1))
