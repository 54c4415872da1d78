"""A check-in, as ready words."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from needlepoint.clinic.pages.people import saying
from needlepoint.clinic.records.models import CheckIn


@dataclass(frozen=True, slots=True)
class CheckInPage:
    """What somebody told after a visit, and whether it was looked at."""

    name: str
    person: str
    visit: str
    visit_words: str
    answered: str
    answers: tuple[tuple[str, str], ...]
    needs_look: bool
    looked: str
    may_look: bool


def check_in_page(check_in: CheckIn, may_write: bool) -> CheckInPage:
    """One check-in."""
    open_ = check_in.needs_look and check_in.looked_at is None
    return CheckInPage(
        name=str(check_in.person),
        person=reverse("person", args=[check_in.person_id]),
        visit=reverse("visit", args=[check_in.visit_id]),
        visit_words=_("Visit of %(day)s") % {"day": saying.day(check_in.visit.on)},
        answered=saying.moment(check_in.answered_at) if check_in.answered_at else "",
        answers=answers_in_words(check_in.answers),
        needs_look=open_,
        looked=_("%(who)s, %(when)s") % {"who": check_in.looked_by.name, "when": saying.moment(check_in.looked_at)}
        if check_in.looked_by and check_in.looked_at
        else "",
        may_look=open_ and may_write,
    )


def answers_in_words(answers: Any) -> tuple[tuple[str, str], ...]:
    """Each question and its answer. A question that nobody answered is not left out: that it was not answered is told."""
    if not isinstance(answers, dict):
        return ()
    return tuple((key.replace("_", " ").replace("-", " ").capitalize(), _said(value)) for key, value in answers.items())


def _said(value: Any) -> str:
    if value is None or value == "":
        return _("not answered")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(_said(one) for one in value) or _("nothing")
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_said(one)}" for key, one in value.items())
    return str(value)
