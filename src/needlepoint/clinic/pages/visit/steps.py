"""Which part of the page belongs to which step."""

from collections.abc import Callable
from typing import Any

from needlepoint.clinic.pages.visit.consent import consent_context
from needlepoint.clinic.pages.visit.locate import locate_context
from needlepoint.clinic.pages.visit.opened import Opened
from needlepoint.clinic.pages.visit.plan import plan_context
from needlepoint.clinic.pages.visit.recover import recover_context
from needlepoint.clinic.pages.visit.screen import screen_context
from needlepoint.clinic.pages.visit.sign import sign_context
from needlepoint.clinic.pages.visit.treat import treat_context

_OWN: dict[str, Callable[[Opened], dict[str, Any]]] = {
    "screen": screen_context,
    "locate": locate_context,
    "plan": plan_context,
    "consent": consent_context,
    "recover": recover_context,
}
_WITH_PLAN = {"treat": treat_context, "sign": sign_context}


def step_context(opened: Opened, planned: Callable[[], Any]) -> dict[str, Any]:
    """What the template of the open step shows. ``planned`` makes the plan itself, for the steps that need more than its words."""
    if opened.step in _OWN:
        return _OWN[opened.step](opened)
    return _WITH_PLAN[opened.step](opened.request, opened.visit, opened.read, planned())
