"""What the core concluded of a visit, in ready words: kept, so that a page on which nothing changed computes nothing."""

from dataclasses import asdict, replace
from typing import Any

import orjson

from needlepoint.clinic.asking import Asked, Known, ask_case, case_document, conclude, known
from needlepoint.clinic.pages.visit.remembered import Remembered
from needlepoint.clinic.records.models import Conclusion, Visit
from needlepoint.clinic.records.reading import VisitRead
from needlepoint.clinic.records.seal import canonical, sha256
from needlepoint.exchange.answers.locate import locate_answer
from needlepoint.exchange.answers.plan import plan_answer
from needlepoint.exchange.answers.screen import screen_answer
from needlepoint.exchange.chart.layers import chart_layers
from needlepoint.exchange.paper.locate_page import present_located
from needlepoint.exchange.paper.plan_page import present_plan
from needlepoint.exchange.paper.presenter import present
from needlepoint.exchange.planning import Planned
from needlepoint.exchange.told import InputError

Page = dict[str, Any]
Answers = dict[str, dict[str, object]]

#: Raise it when the words of the page change their shape: then those that were kept before are made anew.
SHAPE = 1
#: The kind under which the words of a page are kept.
PAGE = "page"

#: So that each answer on a long form costs one asking and no writing.
pages: Remembered[Page] = Remembered(64)
_answers: Remembered[Answers] = Remembered(64)
#: During a session only acts are written, and the case stays what it was.
_plans: Remembered[Planned] = Remembered(32)


def page_of(visit: Visit, read: VisitRead, *, keep: tuple[str, ...] = ()) -> Page:
    """What the pages of this visit say. ``keep``: which conclusions are shown now (clearance, located, plan), so that they are kept whole.

    A signed visit shows what was concluded for it then, whatever is known today.
    """
    if visit.state == Visit.State.SIGNED and (kept := _as_signed(visit, read)) is not None:
        return kept
    document = case_document(visit, read)
    place = (visit.pk, _key(document))
    page = pages.get(place) or _kept(visit, place[1]) or _made(visit, document, place)
    if not page["error"] and visit.state in (Visit.State.PLANNED, Visit.State.OPEN):
        _glance(visit, read, page)
        if keep:
            _keep(visit, read, document, page, keep)
    return page


def planned_of(visit: Visit, read: VisitRead) -> Planned | None:
    """The plan itself, for what needs more than words; ``None`` when what was written cannot be used together."""
    document = case_document(visit, read)
    place = (visit.pk, _key(document))
    found = _plans.get(place)
    if found is not None:
        return found
    try:
        return _plans.put(place, ask_case(document, visit.on).planned)
    except InputError:
        return None


def _key(document: dict[str, Any]) -> str:
    """All that a page depends on: the case with what is known of the person, the knowledge, and the shape of the words."""
    k = known()
    return sha256(canonical([SHAPE, k.screen.sha256, k.locator.knowledge.sha256, k.plan.sha256, document]))


def _as_signed(visit: Visit, read: VisitRead) -> Page | None:
    found = Conclusion.objects.filter(visit=visit, kind=PAGE, head=read.case_head).order_by("-made_at").first()
    page: Page | None = found.body if found is not None else None
    return page if page is not None and page.get("shape") == SHAPE else None


def _kept(visit: Visit, key: str) -> Page | None:
    found = Conclusion.objects.filter(visit=visit, kind=PAGE, knowledge_sha256=key).order_by("-head").first()
    return pages.put((visit.pk, key), found.body) if found is not None else None


def _keep(visit: Visit, read: VisitRead, document: dict[str, Any], page: Page, kinds: tuple[str, ...]) -> None:
    place = (visit.pk, _key(document))
    there = set(Conclusion.objects.filter(visit=visit, head=read.case_head).values_list("kind", "knowledge_sha256"))
    missing = [kind for kind in kinds if (kind, page["sha256"][kind]) not in there]
    if missing:
        if _answers.get(place) is None:
            _made(visit, document, place)
        answers = _answers.get(place) or {}
        for kind in missing:
            conclude(visit, kind, read.case_head, page["sha256"][kind], answers[kind])
    if (PAGE, place[1]) not in there:
        conclude(visit, PAGE, read.case_head, place[1], page)


def _glance(visit: Visit, read: VisitRead, page: Page) -> None:
    """What the list of today shows, unless somebody wrote in the meantime."""
    level, complete = page["level"], page["complete"]
    if (visit.level, visit.complete) != (level, complete):
        visit.level, visit.complete = level, complete
        Visit.objects.filter(pk=visit.pk, head=read.head).update(level=level, complete=complete)


def _made(visit: Visit, document: dict[str, Any], place: tuple[Any, str]) -> Page:
    try:
        asked = ask_case(document, visit.on)
    except InputError as error:
        return pages.put(place, {"shape": SHAPE, "error": list(error.lines), "level": "", "complete": False})
    k, assessment = known(), asked.planned.assessment
    _plans.put(place, asked.planned)
    _answers.put(
        place,
        {
            "clearance": screen_answer(assessment.clearance, asked.told.notes),
            "located": locate_answer(assessment.located),
            "plan": plan_answer(asked.planned, k.plan),
        },
    )
    return pages.put(place, _words(asked, k))


def _words(asked: Asked, k: Known) -> Page:
    """The presented words as plain JSON: the same when they are made and when they are read back."""
    planned = asked.planned
    assessment, plan = planned.assessment, planned.plan
    clearance, located = assessment.clearance, assessment.located
    # The consent stands by itself; its icons are pictures with an address of their own.
    needling = replace(present_plan(planned, k.plan, "", pictures=False), consent=None, risks=())
    page = {
        "shape": SHAPE,
        "error": [],
        "level": clearance.clearance.word,
        "person_level": clearance.person.word,
        "complete": clearance.complete,
        "screen": asdict(present(clearance, k.screen, "", asked.told.notes)),
        "located": asdict(present_located(assessment, k.locator.knowledge, pictures=False)),
        "candidates": [
            {"muscle": one.muscle, "side": one.side.value, "title": one.title, "probability": round(one.probability, 4)}
            for one in located.candidates
        ],
        "palpate": [{"muscle": one.muscle, "side": one.side.value} for one in located.palpate_next],
        "pain_questions": [{"id": one.id, "text": one.text, "why": one.why} for one in located.questions],
        "plan": asdict(needling),
        "sites": [
            {
                "muscle": one.muscle,
                "side": one.side.value if one.side else None,
                "today": n in plan.session.today,
                "structures": [{"id": each.structure, "title": each.title} for each in one.hazards],
            }
            for n, one in enumerate(plan.sites)
        ],
        "consent": plan_answer(planned, k.plan)["consent"],
        "layers": chart_layers(assessment, k.locator.knowledge),
        "sha256": {"clearance": clearance.sha256, "located": located.sha256, "plan": plan.sha256},
    }
    return orjson.loads(orjson.dumps(page))  # type: ignore[no-any-return]
