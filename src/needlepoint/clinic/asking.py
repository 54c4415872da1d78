"""Asking the core about a visit, and keeping what it concluded. Nothing is decided here."""

import json
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import IntegrityError, transaction

from needlepoint.clinic.records.models import Conclusion, Session, Visit
from needlepoint.clinic.records.reading import VisitRead
from needlepoint.clinic.records.signed import last_words
from needlepoint.exchange.case.parse import parse_case
from needlepoint.exchange.case.read import read_case
from needlepoint.exchange.locating import Locator
from needlepoint.exchange.planning import Planned, plan_case
from needlepoint.exchange.told import Told
from needlepoint.journey import case_of
from needlepoint.library import load_knowledge, load_locate_knowledge, load_plan_knowledge, load_treat_knowledge
from needlepoint.plan import PlanKnowledge
from needlepoint.screen import Answers, Listener, ScreenKnowledge
from needlepoint.treat import TreatKnowledge


@dataclass(frozen=True, slots=True)
class Known:
    """The knowledge of every step, loaded once for a process."""

    screen: ScreenKnowledge
    locator: Locator
    plan: PlanKnowledge
    treat: TreatKnowledge
    listener: Listener


@lru_cache(1)
def known() -> Known:
    """The knowledge that this process asks with."""
    screen = load_knowledge()
    return Known(
        screen,
        Locator(screen, load_locate_knowledge()),
        load_plan_knowledge(),
        load_treat_knowledge(),
        Listener(screen),
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """A visit's case as it was heard, and what was concluded from it."""

    document: dict[str, Any]
    told: Told
    answers: Answers
    planned: Planned


def case_document(visit: Visit, read: VisitRead) -> dict[str, Any]:
    """The visit as a case: what the record knows of the person, and what was written. What was needled before comes from signed sessions."""
    person: dict[str, Any] = {"birth_date": visit.person.birth_date.isoformat()}
    if visit.person.sex:
        person["sex"] = visit.person.sex
    document = case_of(read.written, person)
    document["on"] = visit.on.isoformat()
    if "consents" not in document.get("answers", {}) and _agreed(visit):
        document.setdefault("answers", {})["consents"] = True
    if "earlier" not in document and (before := _needled_before(visit)):
        document["earlier"] = before
    return document


def _agreed(visit: Visit) -> bool:
    """Did the person sign that they agree to be needled today? A *no* is not told as an answer: it would leave no words to agree to later.

    Which places they agreed to is another question, that of the consent itself.
    """
    return bool(last_words(visit).values_list("agreed", flat=True).first())


def _needled_before(visit: Visit) -> list[dict[str, Any]]:
    """What was needled before, from the sessions of this person that were signed here. None here is not none: elsewhere is not known."""
    sessions = (
        Session.objects.filter(person=visit.person, on__lt=visit.on).order_by("-on").prefetch_related("needles")[:5]
    )
    places = dict.fromkeys((one.muscle, one.side, session.on) for session in sessions for one in session.needles.all())
    return [{"muscle": muscle, "side": side, "on": on.isoformat()} for muscle, side, on in places]


def ask(visit: Visit, read: VisitRead) -> Asked:
    """May this person be needled, which muscles, and how? Raises InputError when what was written cannot be used together."""
    document = case_document(visit, read)
    return ask_case(document, visit.on)


def ask_case(document: dict[str, Any], on: date) -> Asked:
    """The same for a case that is there already."""
    text = json.dumps(document, ensure_ascii=False)
    parse_case(document, text, "visit")
    k = known()
    told = replace(read_case(document, text, "visit", k.screen, on=on, today=on), label="")
    answers = told.answers(k.listener, on=on)
    return Asked(document, told, answers, plan_case(k.locator, k.plan, told, answers, on=on))


def conclude(visit: Visit, kind: str, head: int, sha256: str, body: dict[str, Any]) -> None:
    """Keep what was concluded, whole; once for what it was concluded from, and never beside a signed note."""
    if Conclusion.objects.filter(visit=visit, kind=kind, head=head, knowledge_sha256=sha256).exists():
        return
    try:
        with transaction.atomic():
            # Whoever signs at this moment is waited for: the note lists what was concluded before it.
            held = Visit.objects.select_for_update(no_key=True).filter(pk=visit.pk)
            if held.values_list("state", flat=True).first() == Visit.State.SIGNED:
                return
            Conclusion.objects.create(
                person_id=visit.person_id, visit=visit, kind=kind, head=head, knowledge_sha256=sha256, body=body
            )
    except IntegrityError:
        return  # another request concluded the same at the same moment
