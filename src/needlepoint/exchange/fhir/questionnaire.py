"""A QuestionnaireResponse whose questions carry our own ids: each answer is a reply or a measurement."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from needlepoint.exchange.fhir.page import Page
from needlepoint.exchange.fhir.said import Aside, Measured, Replied, Said, Trouble, Why
from needlepoint.exchange.fhir.wanted import Wanted
from needlepoint.terms import Truth

STATUS = frozenset({"in-progress", "completed", "amended", "entered-in-error", "stopped"})
#: How *yes*, *no* and *not known* are coded: in words, in HL7's yes/no table, in SNOMED CT and in LOINC's answers.
_CODED: Mapping[str, Truth] = {
    "yes": True, "y": True, "true": True, "373066001": True, "la33-6": True,
    "no": False, "n": False, "false": False, "373067005": False, "la32-8": False,
    "unknown": None, "unk": None, "asku": None, "asked-unknown": None, "261665006": None, "la4489-6": None,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Form:
    """A form that was filled in: when, and by which names our measurements go in it."""

    page: Page
    wanted: Wanted
    when: str
    on: date | None
    measurements: Mapping[str, str]


def read_questionnaire(page: Page, wanted: Wanted) -> Iterator[Said]:
    """All answers, however deep they lie. A question without an answer was not answered."""
    status = page.status("status", STATUS)
    if status == "entered-in-error":
        yield Aside(Why.ERROR)
        return
    authored = page.day("authored")
    if authored and authored.after(wanted.on):
        yield Aside(Why.LATER)
        return
    on = authored.first if authored else None
    written = page.text("authored")
    known = wanted.knowledge.measurements.values()
    names = {name: one.id for one in known for name in (one.key.replace("_", "-"), one.id)}
    form = _Form(page, wanted, f"{on.isoformat()}{(written or '')[10:19]}" if on else "", on, names)
    todo = list(page.parts("item"))[::-1]
    while todo:
        item = todo.pop()
        link = (item.text("linkId") or "").strip()
        answers = list(item.parts("answer"))
        for answer in answers:
            if link:
                yield from _answer(answer, link, form)
            else:
                yield Trouble(page.origin, "an answer has no linkId, so nobody knows to which question it belongs")
        deeper = [*item.parts("item"), *(one for answer in answers for one in answer.parts("item"))]
        todo.extend(deeper[::-1])


def _answer(answer: Page, link: str, form: _Form) -> Iterator[Said]:
    origin = f"{form.page.origin} {link}"
    name = link.lower().replace("_", "-").replace(" ", "-")
    quantity = answer.part("valueQuantity")
    value = quantity.number("value") if quantity else answer.number("valueDecimal")
    value = answer.number("valueInteger") if value is None else value
    measurement = form.measurements.get(name)
    if measurement and value is not None:
        unit = (quantity.text("code") or quantity.text("unit")) if quantity else None
        yield Measured(measurement, value, unit, origin, form.when, form.on)
    else:
        link = name if name in form.wanted.knowledge.facts else link
        for told in _told(answer) if value is None else (value,):
            yield Replied(link, told, origin, form.when, form.on, form=True)


def _told(answer: Page) -> tuple[Truth | str, ...]:
    """Yes, no, not known, or the words that were written. Empty when the answer holds nothing."""
    truth = answer.truth("valueBoolean")
    if truth is not None:
        return (truth,)
    coding = answer.part("valueCoding")
    words = [coding.text("code"), coding.text("display")] if coding else []
    words += [answer.text("valueString"), answer.text("valueDate"), answer.text("valueDateTime")]
    written = [word.strip() for word in words if word and word.strip()]
    for word in written:
        if word.lower() in _CODED:
            return (_CODED[word.lower()],)
    return (written[-1],) if written else ()
