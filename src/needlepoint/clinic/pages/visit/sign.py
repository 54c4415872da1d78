"""The step *sign*: what keeps the note open, what it will say, and the button."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from needlepoint.clinic.access.rights import Right, has
from needlepoint.clinic.asking import known
from needlepoint.clinic.pages.entries.sent import number_of
from needlepoint.clinic.pages.people import saying
from needlepoint.clinic.pages.visit.fields import muscle_title
from needlepoint.clinic.pages.visit.since import since
from needlepoint.clinic.records.models import Member, NoteTemplate, Visit
from needlepoint.clinic.records.reading import VisitRead
from needlepoint.clinic.records.signing import open_points, unseen
from needlepoint.exchange.planning import Planned
from needlepoint.journey.ready import CONSENT_REASON, PLAN_REASON

_STEP_OF = {
    "conflict": "screen", "consent": "consent", "refused": "sign", "against-plan": "sign", "not-planned": "sign", "case": "screen",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """Something that is missing, and where to mend it."""

    words: str
    href: str


def sign_context(request: HttpRequest, visit: Visit, read: VisitRead, planned: Planned | None) -> dict[str, Any]:
    """What the template ``visit/steps/sign.html`` shows."""
    found = open_points(visit, read, planned, now=datetime.now(UTC))
    # What is signed is what was seen: a piece that is only refreshed tells what is new, and leaves it to be read.
    refresh = "refresh" in request.GET
    # Who tells no number has seen nothing.
    seen_head = (number_of(request.GET.get("head")) or 0) if refresh else read.head
    told = number_of(request.GET.get("seen"))
    listed_from = seen_head if told is None else told
    member: Member | None = getattr(request, "member", None)
    new = unseen(read, listed_from, member, request.GET.get("device", "")) if member else ()
    why = {one.id for one in found}
    return {
        "may_sign": has(getattr(request, "member", None), Right.TREAT) and visit.state in ("planned", "open"),
        "open_points": [
            OpenPoint(one.words, reverse("visit-step", args=[visit.pk, _STEP_OF.get(one.id, "treat")])) for one in found
        ],
        "seen_head": seen_head,
        "listed_from": listed_from,
        "since": since(new) if new else None,
        "nothing_done": not read.session.needles and read.session.not_done is None,
        "act_address": reverse("treat-act", args=[visit.pk]),
        "sign_now": reverse("sign", args=[visit.pk]),
        "note_text": _written(read, "note.text"),
        "consent_reason": _written(read, CONSENT_REASON),
        "ask_consent_reason": bool(why & {"consent", "refused"}) or _written(read, CONSENT_REASON).value != "",
        "plan_reason": _written(read, PLAN_REASON),
        "ask_plan_reason": bool(why & {"against-plan", "not-planned"}) or _written(read, PLAN_REASON).value != "",
        "written_so_far": [
            (title, words)
            for title, name in (
                (_("How consent was given, or what happened"), CONSENT_REASON),
                (_("Why it was done otherwise than planned"), PLAN_REASON),
                (_("Anything else"), "note.text"),
            )
            if (words := _written(read, name).value)
        ],
        "templates": list(NoteTemplate.objects.order_by("name")[:50]),
        "summary": _summary(read),
    }


@dataclass(frozen=True, slots=True)
class Text:
    """A text field of the note: what stands in it, and the entries that wrote it."""

    field: str
    value: str
    seen: str


def _written(read: VisitRead, name: str) -> Text:
    value = read.written.value(name)
    return Text(name, value if isinstance(value, str) else "", " ".join(read.written.entries(name)))


def _summary(read: VisitRead) -> list[tuple[str, str]]:
    session, treat = read.session, known().treat
    before, after = session.pain_of("before"), session.pain_of("after")
    places = [
        f"{saying.place(muscle_title(one.muscle or '?'), one.side or '?')}: {one.insertions}" for one in session.sites
    ]
    reactions = ", ".join(saying.title(treat.reactions, one.kind) for one in session.reactions)
    return [
        ("Needles", f"{session.insertions} in, {session.insertions - len(session.still_in)} out"),
        ("Places", "; ".join(places) or "none"),
        ("Twitches", str(sum(one.twitches for one in session.needles))),
        ("Pain", f"{'not told' if before is None else f'{before:g}'} before, {'not told' if after is None else f'{after:g}'} after"),
        ("Reactions", reactions or ("none seen" if session.none_seen else "not asked")),
        ("Events", ", ".join(f"{saying.title(treat.events, one.kind)} ({one.grade})" for one in session.events) or "none"),
    ]  # fmt: skip
