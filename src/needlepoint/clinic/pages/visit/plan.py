"""The step *plan*: a card for each place, what the session looks like, and how a place is meant to be needled."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from needlepoint.clinic.asking import known
from needlepoint.clinic.pages.image import as_image
from needlepoint.clinic.pages.people.saying import place
from needlepoint.clinic.pages.visit.fields import muscle_title, number_words
from needlepoint.clinic.pages.visit.opened import Opened

TECHNIQUES = ("deep", "superficial")
GUIDANCES = ("none", "ultrasound")
POSITIONS = ("prone", "supine", "side-lying", "sitting")


@dataclass(frozen=True, slots=True)
class Line:
    """A name and its words."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a place, as an image: what is drawn in it can run nothing."""

    svg: SafeString
    caption: str


@dataclass(frozen=True, slots=True)
class Depth:
    """A depth that can be measured on this person, such as by ultrasound."""

    name: str
    title: str
    value: str


@dataclass(frozen=True, slots=True)
class Meant:
    """How the clinician means to needle a place: what the plan is asked for."""

    field: str
    proposed: bool
    technique: str
    guidance: str
    position: str
    length_mm: str
    diameter_mm: str
    depths: tuple[Depth, ...]
    propose: str
    withdraw: str

    @property
    def key(self) -> str:
        """As an id of an element."""
        return self.field.replace(".", "-").replace("/", "-")


@dataclass(frozen=True, slots=True)
class Site:
    """One place of the plan, for ``parts/site_card.html``, and beneath it what can be changed."""

    number: int
    title: str
    side: str
    level: str
    complete: bool
    needle: str
    stop: str
    stop_words: str
    basis_kind: str
    basis: str
    lines: tuple[Line, ...]
    warnings: tuple[str, ...]
    hazards: tuple[dict[str, Any], ...]
    pictures: tuple[Picture, ...]
    declined: str
    would_change: str
    instead: str
    sources: tuple[str, ...]
    unreviewed: bool
    disagreements: tuple[str, ...]
    before: str
    later: str
    meant: Meant | None


def plan_context(opened: Opened) -> dict[str, Any]:
    """What the template ``visit/steps/plan.html`` shows."""
    plan = opened.page.get("plan")
    return {
        "plan": plan,
        "cards": list(_cards(opened, plan)) if plan else [],
        "proposed_only": [] if plan else list(_proposed(opened)),
        "signs": _signs(plan) if plan else [],
        "techniques": TECHNIQUES,
        "guidances": GUIDANCES,
        "positions": POSITIONS,
        "locate_address": opened.step_address("locate"),
        "next_step": opened.step_address("consent"),
    }


def _signs(plan: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"title": title, "hours": hours, "clinician": clinician, "act": act}
        for title, hours, clinician, act, _patient, _act in plan["signs"]
    ]


def _cards(opened: Opened, plan: dict[str, Any]) -> Iterator[Site]:
    sources = dict(plan["sources"])
    for card, site in zip(plan["cards"], opened.page["sites"], strict=True):
        yield _card(opened, card, site, sources)


def _card(opened: Opened, card: dict[str, Any], site: dict[str, Any], sources: dict[int, str]) -> Site:
    more = [Line(_("Reach"), card["reach"])] if card["reach"] else []
    dose = [Line(_("Dose"), card["dose"])] if card["dose"] else []
    said = [Line(name, words) for name, words in card["lines"]]
    safer = [Line(_("Chosen instead of"), card["safer"])] if card["safer"] else []
    extra = [f"{card['asked']}"] if card["asked"] else []
    if card["later"]:
        extra.append(_("Another day: %(why)s.") % {"why": card["later"].rstrip(".")})
    return Site(
        number=card["number"],
        title=card["title"],
        side=card["side"] or "",
        level=card["level"],
        complete=card["complete"],
        needle=card["needle"] or "",
        stop=card["stop"] or "",
        stop_words=card["stop_words"] or "",
        basis_kind=card["kind"] or "",
        basis=card["basis"] or "",
        lines=(*more, *said, *dose, *safer),
        warnings=(*extra, *card["warnings"]),
        hazards=tuple({**one, "title": one["title"][:1].upper() + one["title"][1:], "avoid_by": _avoid(one)} for one in card["hazards"]),
        pictures=tuple(_pictures(card, site)),
        declined=card["declined"] or "",
        would_change="; ".join(card["would_change"]),
        instead=" ".join(one for one in (card["instead"], _elsewhere(card)) if one),
        sources=tuple(f"{sources[number]} [{read}]" for number, read in card["sources"]),
        unreviewed=card["unreviewed"],
        disagreements=tuple(card["disagreements"]),
        before="",
        later=card["later"] or "",
        meant=_meant(opened, site["muscle"], site["side"], site["structures"]) if site["muscle"] and site["side"] else None,
    )  # fmt: skip


def _avoid(hazard: dict[str, Any]) -> str:
    """How it is avoided, the depth that is kept from it, and why that depth."""
    parts = [
        hazard["avoid_by"],
        f"{hazard['kept']}." if hazard["kept"] else "",
        f"{hazard['kept_why']}." if hazard["kept_why"] else "",
    ]
    return " ".join(one for one in parts if one)


def _elsewhere(card: dict[str, Any]) -> str:
    return _("For the same pain: %(muscles)s.") % {"muscles": card["elsewhere"]} if card["elsewhere"] else ""


def _pictures(card: dict[str, Any], site: dict[str, Any]) -> Iterator[Picture]:
    if card["sketch"]:
        image = as_image(card["sketch"]["svg"])
        words = _("Sketch to scale: %(needle)s, stop at %(stop)s") % {"needle": card["needle"], "stop": card["stop"]}
        yield Picture(
            format_html('<img class="site__sketch" src="{}" alt="{}">', image, words),
            _("A sketch to scale; not this person's anatomy."),
        )
    muscle = known().screen.atlas.muscles.get(site["muscle"] or "")
    if card["needle"] and muscle is not None and muscle.footprint:
        side = site["side"] if site["side"] in ("left", "right") else "left"
        address = reverse("visit-place-picture", args=[site["muscle"], side])
        words = _("Where it lies: %(place)s") % {"place": place(card["title"], card["side"] or "")}
        yield Picture(format_html('<img loading="lazy" src="{}" alt="{}">', address, words), "")


def _meant(opened: Opened, muscle: str, side: str, structures: list[dict[str, str]]) -> Meant:
    field = f"proposed.{muscle}/{side}"
    value = opened.read.written.value(field)
    told = value if isinstance(value, dict) else {}
    needle, measured = _part(told, "needle"), _part(told, "measured")
    return Meant(
        field=field,
        proposed=isinstance(value, dict),
        technique=str(told.get("technique") or ""),
        guidance=str(told.get("guidance") or ""),
        position=str(told.get("position") or ""),
        length_mm=_mm(needle.get("length_mm")),
        diameter_mm=_mm(needle.get("diameter_mm")),
        depths=tuple(
            Depth(key, one["title"], _mm(measured.get(key)))
            for one in structures
            for key in [f"skin_to_{one['id'].replace('-', '_')}_mm"]
        ),
        propose=json.dumps({"act": "propose", "field": field}),
        withdraw=json.dumps({"act": "withdraw", "field": field}),
    )


def _mm(value: Any) -> str:
    return number_words(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _part(told: Any, key: str) -> dict[str, Any]:
    """A part of what was written, if it has the shape that it should have: devices write it, not we."""
    part = told.get(key) if isinstance(told, dict) else None
    return part if isinstance(part, dict) else {}


def _proposed(opened: Opened) -> Iterator[tuple[str, Meant]]:
    """The places that were chosen, where no plan can be made of them: each can still be mended or withdrawn."""
    for name in opened.read.written.known:
        if name.startswith("proposed."):
            muscle, _slash, side = name.partition(".")[2].partition("/")
            told = opened.read.written.value(name)
            measured = _part(told, "measured")
            ids = [key.removeprefix("skin_to_").removesuffix("_mm").replace("_", "-") for key in measured]
            yield (
                place(muscle_title(muscle), side),
                _meant(opened, muscle, side, [{"id": one, "title": one.replace("-", " ")} for one in ids]),
            )
