"""The step *recover*: what to do now and in the next days, when to get help, and when the clinic asks how it goes. Made to be printed."""

from datetime import UTC, datetime, timedelta
from typing import Any

from needlepoint.clinic.asking import known
from needlepoint.clinic.pages.people.saying import day
from needlepoint.clinic.pages.visit.opened import Opened
from needlepoint.terms import Side
from needlepoint.treat import Act, NeedleIn, advice_for, session_of

#: The numbers of ``treat`` that say after how many days the person is asked.
CHECK_INS = ("first-check-in", "second-check-in")


def recover_context(opened: Opened) -> dict[str, Any]:
    """What the template ``visit/steps/recover.html`` shows."""
    plan = opened.page.get("plan")
    return {
        "advice": _advice(opened, with_signs=not plan or not plan["signs"]),
        "told": bool(opened.read.session.advised),
        "signs": _signs(plan) if plan else [],
        "stay": plan["stay"] if plan else None,
        "check_ins": _check_ins(opened),
        "helps": (opened.page.get("consent") or {}).get("helps", ""),
        "person_name": str(opened.visit.person),
        "day": day(opened.visit.on),
        "clinic_name": opened.visit.clinic.name,
        "treat_address": opened.step_address("treat"),
        "next_step": opened.step_address("sign"),
    }


def _advice(opened: Opened, *, with_signs: bool) -> list[dict[str, str]]:
    """What has to be told after these needles; before the first, after those that are planned.

    ``with_signs``: with the warning signs of places, where the plan does not show them already.
    """
    session = opened.read.session
    if not session.needles:
        at = datetime(2000, 1, 1, tzinfo=UTC)
        planned = [one for one in opened.page.get("sites", ()) if one["today"] and one["muscle"]]
        session = session_of(
            [
                Act(f"plan-{n}", at, NeedleIn(f"plan-{n}", one["muscle"], Side(one["side"]) if one["side"] else None))
                for n, one in enumerate(planned)
            ]
        )
    told = [one for one in advice_for(session, known().treat) if with_signs or not one.structures]
    return [{"title": one.title[:1].upper() + one.title[1:], "words": one.words} for one in told]


def _signs(plan: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"title": title, "hours": hours, "patient": patient, "act": act}
        for title, hours, _clinician, _act, patient, act in plan["signs"]
    ]


def _check_ins(opened: Opened) -> list[str]:
    """The days that were set at signing, or that signing will set."""
    made = [one.due_on for one in opened.visit.check_ins.order_by("due_on")] if opened.signed else []
    bounds = known().treat.bounds
    days = [int(bounds[id_].value) for id_ in CHECK_INS if id_ in bounds]
    return [day(one) for one in made or [opened.visit.on + timedelta(days=after) for after in days]]
