"""The overview as ready words."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from needlepoint.clinic.pages.patient.consenting import asked_consent
from needlepoint.clinic.pages.patient.mine import Mine
from needlepoint.clinic.records.consenting import last_consent
from needlepoint.clinic.records.models import CheckIn, Visit


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing to do, or done. ``state`` is done, open or waiting."""

    title: str
    words: str
    state: str
    href: str
    act: str


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """What is to do for a visit."""

    greeting: str
    words: str
    next: ToDo | None
    things: tuple[ToDo, ...]
    ready: str


def overview_page(here: Mine) -> OverviewPage:
    """What has this person to do?"""
    visit = here.visit
    day = date_format(visit.on, "j F")
    greeting = _("Hello %(name)s") % {"name": visit.person.given}
    check_ins = tuple(_check_in(one, day) for one in _due(visit))
    if visit.state == Visit.State.CANCELLED:
        return OverviewPage(greeting, _("Your visit on %(day)s was cancelled.") % {"day": day}, None, check_ins, "")
    if visit.state == Visit.State.SIGNED:
        words = _("Your visit was on %(day)s.") % {"day": day}
        ready = "" if check_ins else _("There is nothing to do now. Your clinic asks you later how you are.")
        return OverviewPage(greeting, words, _first(check_ins), check_ins, ready)
    things = (*check_ins, _questions(here), _pain(here), *_consent(here))
    first = _first(things)
    ready = "" if first else _("That is all. Thank you. Your clinic has your answers.")
    words = _("Before your visit on %(day)s we need to know a few things. It takes about three minutes.") % {"day": day}
    return OverviewPage(greeting, words if first else "", first, things, ready)


def _first(things: tuple[ToDo, ...]) -> ToDo | None:
    return next((one for one in things if one.state == "open"), None)


def _questions(here: Mine) -> ToDo:
    href = reverse("my-questions")
    total, answered = len(here.steps), sum(one.answered for one in here.steps)
    if here.open_step or here.last:
        words = (
            _("%(done)s of %(all)s pages are done. Go on where you stopped.") % {"done": answered, "all": total}
            if answered
            else _("Is needling safe for you?")
        )
        return ToDo(_("Questions about your health"), words, "open", href, _("Go on") if answered else _("Start"))
    return ToDo(_("Questions about your health"), _("All answered."), "done", href, _("Look over"))


def _pain(here: Mine) -> ToDo:
    written = here.read.written
    href = reverse("my-pain")
    if written.value("painting") or written.value("pain"):
        if written.value("complaint") is None:
            return ToDo(
                _("Where it hurts"), _("Drawn. Now tell it in words."), "open", reverse("my-complaint"), _("Go on")
            )
        return ToDo(_("Where it hurts"), _("Drawn and told."), "done", href, _("Change"))
    return ToDo(_("Where it hurts"), _("Paint it on a body, or choose it from a list."), "open", href, _("Start"))


def _consent(here: Mine) -> tuple[ToDo, ...]:
    title, href = _("Your consent"), reverse("my-consent")
    asked = asked_consent(here)
    if asked is None:
        return (ToDo(title, _("Comes when your clinic has planned where to needle."), "waiting", "", ""),)
    last = last_consent(here.visit)
    if last is None:
        return (ToDo(title, _("Read what will be done, then say yes or no."), "open", href, _("Read")),)
    if last.wording_sha256 != asked["sha256"]:
        return (ToDo(title, _("The plan has changed, so we ask you again."), "open", href, _("Read")),)
    words = _("You said yes.") if last.agreed else _("You said no. There will be no needling.")
    return (ToDo(title, words, "done", href, _("Read again")),)


def _due(visit: Visit) -> list[CheckIn]:
    today = timezone.localdate()
    return list(CheckIn.objects.filter(visit=visit, due_on__lte=today).order_by("due_on"))


def _check_in(one: CheckIn, day: str) -> ToDo:
    title, href = _("How are you since %(day)s?") % {"day": day}, reverse("my-check-in", args=[one.pk])
    if one.answered_at is not None:
        return ToDo(
            title,
            _("Told on %(day)s.") % {"day": date_format(timezone.localdate(one.answered_at), "j F")},
            "done",
            href,
            _("Read"),
        )
    return ToDo(title, _("Half a minute."), "open", href, _("Answer"))
