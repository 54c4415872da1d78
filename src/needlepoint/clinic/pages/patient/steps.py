"""Which questions this person is asked, how far they are, and what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from needlepoint.clinic.asking import ask, known
from needlepoint.clinic.pages.patient.fields import told_by_patient
from needlepoint.clinic.records.models import Visit
from needlepoint.clinic.records.reading import VisitRead
from needlepoint.exchange.case.read import read_case
from needlepoint.exchange.told import InputError
from needlepoint.journey import Written
from needlepoint.library import load_question_groups
from needlepoint.screen import Answers
from needlepoint.screen.groups import GroupItem, QuestionGroup, ToldBy
from needlepoint.screen.questions import question_text

#: So many of the last questions stand on one page.
AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class Step:
    """One page of questions for this person: the group, the items that they are asked, and whether all of it was answered."""

    group: QuestionGroup
    items: tuple[GroupItem, ...]
    answered: bool

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that this page writes."""
        if self.group.asks:
            return (self.group.asks.value,)
        facts = [fact for item in self.items for fact in item.facts]
        sizes = [size_field(one) for one in self.group.measures]
        return (*map(answer, facts), *map(answer, self.group.settles), *sizes)

    def parts_of(self, general: str) -> frozenset[str]:
        """The fields of this page that say a part of this general fact."""
        return frozenset(map(answer, known().screen.specifics[general])).intersection(self.fields)


def answer(fact: str) -> str:
    """The field of the answer to one question."""
    return f"answers.{fact}"


def size_field(measurement: str) -> str:
    """The field of a height or a weight."""
    return f"person.{known().screen.measurements[measurement].key}"


@lru_cache(1)
def groups() -> tuple[QuestionGroup, ...]:
    """The groups that the person is asked, in their order."""
    return tuple(one for one in load_question_groups() if one.told_by is ToldBy.PERSON)


def steps(visit: Visit, written: Written) -> tuple[Step, ...]:
    """The pages of questions for this person."""
    anyway = known_anyway(visit, written)
    found = []
    for group in groups():
        if group.after and not written.value(group.after.value):
            continue
        items = group.items_for(anyway)
        if items or group.asks:
            found.append(Step(group, items, _answered(group, items, written)))
    return tuple(found)


def known_anyway(visit: Visit, written: Written) -> Answers:
    """What follows from age, sex and size alone."""
    person = {"birth_date": visit.person.birth_date.isoformat()}
    if visit.person.sex:
        person["sex"] = visit.person.sex
    document = {"needlepoint": 1, "person": person}
    try:
        told = read_case(document, "", "visit", known().screen, on=visit.on, today=visit.on)
    except InputError:
        return Answers()
    return told.answers(known().listener, on=visit.on)


def _answered(group: QuestionGroup, items: Sequence[GroupItem], written: Written) -> bool:
    if group.asks:
        return written.value(group.asks.value) is not None
    return all(written.value(answer(fact)) is not None for item in items for fact in item.facts)


@dataclass(frozen=True, slots=True)
class Question:
    """One question that is asked by itself."""

    fact: str
    text: str


def last_questions(visit: Visit, read: VisitRead) -> tuple[Question, ...]:
    """What else could change the answer, and only the patient can tell: asked once the groups are answered."""
    try:
        clearance = ask(visit, read).planned.assessment.clearance
    except InputError:
        return ()
    return tuple(
        Question(one.id, one.text)
        for one in clearance.questions
        if one.id in told_by_patient() and not read.written.fields.get(answer(one.id))
    )


def questions_of(facts: Sequence[str]) -> tuple[Question, ...]:
    """These facts as questions of their own."""
    return tuple(Question(fact, question_text(fact, known().screen)) for fact in facts)


def person_for_chart(visit: Visit, written: Written) -> dict[str, object]:
    """What the body chart needs to be a body like this person's."""
    born = visit.person.birth_date
    told: dict[str, object] = {
        "age": visit.on.year - born.year - ((visit.on.month, visit.on.day) < (born.month, born.day))
    }
    if visit.person.sex in ("female", "male"):
        told["sex"] = visit.person.sex
    for key in ("height_cm", "weight_kg"):
        if (size := written.value(f"person.{key}")) is not None:
            told[key] = size
    return told
