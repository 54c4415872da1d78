"""How are you since the visit? A warning sign is answered at once with what to do, and somebody of the clinic looks at it."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from needlepoint.clinic.access.links import now_utc
from needlepoint.clinic.access.patients import PatientRequest, patient_page
from needlepoint.clinic.access.trail import leave_trail
from needlepoint.clinic.asking import known
from needlepoint.clinic.pages.patient.mine import mine
from needlepoint.clinic.records.checking_in import answer_check_in
from needlepoint.clinic.records.models import CheckIn, Insertion, Visit
from needlepoint.clinic.records.reading import read_visit
from needlepoint.plan.knowledge import Watch
from needlepoint.treat.knowledge import ReactionKind

#: Seen at the needling itself, not days after it.
DURING = frozenset({"twitch", "pain-during", "relaxed", "drop-of-blood"})
#: Said beside the signs, and no sign itself.
WHEN = "It can start"
MOST_LETTERS = 2000


@dataclass(frozen=True, slots=True)
class Tick:
    """One thing to tick."""

    value: str
    words: str
    so: bool


@dataclass(frozen=True, slots=True)
class CheckInPage:
    """The questions of one check-in."""

    title: str
    scale: tuple[tuple[int, bool], ...]
    reactions: tuple[Tick, ...]
    no_reaction: bool
    signs: tuple[Tick, ...]
    no_sign: bool
    words: str
    wrong: str


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do about a warning sign, or what to know about a reaction."""

    title: str
    words: str


@dataclass(frozen=True, slots=True)
class AfterPage:
    """What follows from the answers: what to do now, first."""

    title: str
    urgent: tuple[Advice, ...]
    known: tuple[Advice, ...]
    worried: bool


@patient_page
@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: PatientRequest, id_: str) -> HttpResponse:
    """One check-in, answered once."""
    here = mine(request)
    found = CheckIn.objects.filter(pk=id_, visit=here.visit, due_on__lte=timezone.localdate()).first()
    if found is None:
        raise Http404("there is no such check-in for this person")
    title = _("How are you since %(day)s?") % {"day": date_format(here.visit.on, "j F")}
    if found.answered_at is not None:
        leave_trail(request, "read the own check-in", request.patient.pk)
        return render(request, "patient/checked_in.html", here.context(page=_after(title, found.answers)))
    watches, wrong = watches_for(here.visit), ""
    if request.method == "POST":
        answers, wrong = _answers(request.POST, watches)
        if not wrong:
            _keep(request, found, answers)
            return redirect("my-check-in", id_=found.pk)
    page = _page(title, watches, request.POST, wrong)
    return render(
        request, "patient/check_in.html",
        here.context(page=page, has_errors=bool(wrong)), status=422 if wrong else 200,
    )  # fmt: skip


def watches_for(visit: Visit) -> tuple[Watch, ...]:
    """The warning signs of what lies beneath the muscles that were needled; all of them where a muscle is not known."""
    muscles = set(Insertion.objects.filter(session__visit=visit).values_list("muscle", flat=True))
    muscles = muscles or {one.muscle for one in read_visit(visit).session.sites if one.muscle}
    atlas = known().plan.atlas
    beneath: set[str] = set()
    for muscle in muscles:
        at = atlas.muscles.get(muscle)
        beneath |= set(at.beneath if at else atlas.structures)
    return tuple(one for one in known().plan.watches if one.structures & beneath)


def _reactions() -> tuple[ReactionKind, ...]:
    return tuple(one for one in known().treat.reactions.values() if one.id not in DURING)


def _signs(watches: tuple[Watch, ...]) -> tuple[tuple[str, str, Watch], ...]:
    """Each sign once, with its id and what it warns of; signs that several share lead to the first, the most urgent."""
    seen: dict[str, tuple[str, str, Watch]] = {}
    for watch in sorted(watches, key=lambda one: (-one.stay_minutes, one.from_hours, one.id)):
        for n, words in enumerate(watch.patient):
            if words.startswith(WHEN):
                continue
            seen.setdefault(words, (f"{watch.id}-{n}", words, watch))
    return tuple(seen.values())


def _page(title: str, watches: tuple[Watch, ...], form: QueryDict, wrong: str) -> CheckInPage:
    had, sign = form.getlist("reaction"), form.getlist("sign")
    return CheckInPage(
        title=title,
        scale=tuple((n, form.get("pain") == str(n)) for n in range(11)),
        reactions=tuple(Tick(one.id, one.title, one.id in had) for one in _reactions()),
        no_reaction="none" in had,
        signs=tuple(Tick(id_, words, id_ in sign) for id_, words, _watch in _signs(watches)),
        no_sign="none" in sign,
        words=form.get("words", "")[:MOST_LETTERS],
        wrong=wrong,
    )


def _answers(form: QueryDict, watches: tuple[Watch, ...]) -> tuple[dict[str, Any], str]:
    pain, had, told = form.get("pain", ""), set(form.getlist("reaction")), set(form.getlist("sign"))
    signs = {id_: (words, watch) for id_, words, watch in _signs(watches)}
    if pain not in map(str, range(11)):
        return {}, _("Say how strong the pain is now, from 0 to 10.")
    for name, ticked in (("reaction", had), ("sign", told)):
        if not ticked and (name == "reaction" or signs):
            return {}, _("Tick what is true, or “None of these”, in each part.")
        if "none" in ticked and len(ticked) > 1:
            return {}, _("You ticked something and “None of these” too. Take one of the two away.")
    met = [signs[one] for one in signs if one in told]
    return {
        "pain_now": int(pain),
        "reactions": [one.title for one in _reactions() if one.id in had],
        "warning_signs": [words for words, _watch in met],
        "may_be": list(dict.fromkeys(watch.title for _words, watch in met)),
        "in_own_words": form.get("words", "").replace("\x00", "").strip()[:MOST_LETTERS],
        "wants_a_call": form.get("call") == "yes",
    }, ""


def _keep(request: PatientRequest, found: CheckIn, answers: dict[str, Any]) -> None:
    needs_look = bool(answers["warning_signs"] or answers["wants_a_call"])
    if answer_check_in(found.pk, answers, needs_look=needs_look, now=now_utc()):
        leave_trail(request, "answered a check-in", request.patient.pk, changed=True)


def _after(title: str, answers: dict[str, Any]) -> AfterPage:
    met = set(answers.get("may_be", ()))
    had = set(answers.get("reactions", ()))
    return AfterPage(
        title=title,
        urgent=tuple(
            Advice(_("It may be: %(what)s") % {"what": one.title.lower()}, one.act_patient)
            for one in known().plan.watches
            if one.title in met
        ),
        known=tuple(Advice(one.title, one.patient) for one in _reactions() if one.title in had),
        worried=bool(answers.get("wants_a_call")),
    )
