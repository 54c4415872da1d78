"""The step *locate*: where it hurts, which muscles could explain it, and what the fingers find."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from needlepoint.clinic.asking import known
from needlepoint.clinic.pages.people.saying import place
from needlepoint.clinic.pages.visit.fields import FINDING_TITLES, Shown, answer_word, muscle_title
from needlepoint.clinic.pages.visit.opened import Opened
from needlepoint.exchange.chart.layers import chart_names
from needlepoint.exchange.paper.locate_page import MOST_CARDS

#: What the chart can show at one time.
CHARTS = ("draw", "muscles", "care")
#: So many questions about the pain stand open; the others are folded.
MOST_AT_FIRST = 6


@dataclass(frozen=True, slots=True)
class Finger:
    """One thing that the fingers can find: yes, no, or not known."""

    key: str
    title: str
    value: str


@dataclass(frozen=True, slots=True)
class Muscle:
    """A muscle of the ranking, or one that was palpated: its reasons, what was found, and the tap that needles it."""

    id: str
    side: str
    title: str
    percent: int | None
    card: dict[str, Any] | None
    sources: tuple[str, ...]
    next: bool
    found: Shown
    fingers: tuple[Finger, ...]
    opens: bool
    proposed: bool
    propose: str
    withdraw: str

    @property
    def key(self) -> str:
        """As an id of an element."""
        return f"{self.id}-{self.side}"


def locate_context(opened: Opened) -> dict[str, Any]:
    """What the template ``visit/steps/locate.html`` shows."""
    page = opened.page
    chart = str(opened.request.GET.get("chart", "draw"))
    asked = [
        {"shown": opened.shown(_field(opened, one["id"]), one["text"]), "why": one["why"]}
        for one in page.get("pain_questions", ())
    ]
    return {
        "chart": chart if chart in CHARTS else "draw",
        "charts": CHARTS,
        "names": _names(),
        "person": _person(opened),
        "painting": opened.shown("painting"),
        "layers": _layers(opened, chart),
        "complaint": opened.shown("complaint"),
        "located": page.get("located"),
        "muscles": list(_muscles(opened)),
        "pain_questions": asked[:MOST_AT_FIRST],
        "more_pain_questions": asked[MOST_AT_FIRST:],
        "next_step": opened.step_address("plan"),
    }


@lru_cache(1)
def _names() -> str:
    return json.dumps(chart_names(known().locator.knowledge))


def _person(opened: Opened) -> str:
    """The body that is shown: of this sex, age and build, as far as they are known."""
    born, on, written = opened.visit.person.birth_date, opened.visit.on, opened.read.written
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    told = {
        "age": age,
        "sex": opened.visit.person.sex if opened.visit.person.sex in ("female", "male") else None,
        **{key: written.value(f"person.{key}") for key in ("height_cm", "weight_kg", "build")},
    }
    return json.dumps({key: value for key, value in told.items() if value is not None})


def _layers(opened: Opened, chart: str) -> str:
    layers = opened.page.get("layers")
    if layers is None:
        return "[]"
    painting = opened.read.written.value("painting")
    drawn = [{"type": "painting", "painting": painting}] if isinstance(painting, dict) else []
    if chart == "care":
        return json.dumps([layers["clearance"]])
    return json.dumps([*drawn, layers["muscles"]] if chart == "muscles" else drawn)


def _field(opened: Opened, id_: str) -> str:
    fields = opened.read.written.fields
    spelled = f"answers.{id_.replace('-', '_')}"
    return spelled if spelled in fields else f"answers.{id_}"


def _muscles(opened: Opened) -> Iterator[Muscle]:
    """First the likeliest, then what to palpate next, then whatever was palpated or proposed besides: nothing that was found is hidden."""
    page, written = opened.page, opened.read.written
    candidates = {(one["muscle"], one["side"]): one for one in page.get("candidates", ())}
    cards = dict(zip(list(candidates)[:MOST_CARDS], (page.get("located") or {}).get("cards", ()), strict=False))
    first = list(cards)
    palpate = [(one["muscle"], one["side"]) for one in page.get("palpate", ())]
    touched = [
        (muscle, side)
        for name in written.fields
        if name.startswith(("examination.", "proposed.")) and written.value(name) is not None
        for muscle, _slash, side in [name.partition(".")[2].partition("/")]
    ]
    for at in dict.fromkeys([*first, *palpate, *touched]):
        yield _muscle(opened, at, candidates.get(at), cards.get(at), next_=at in palpate, first=at in palpate[:1])


def _muscle(
    opened: Opened,
    at: tuple[str, str],
    candidate: dict[str, Any] | None,
    card: dict[str, Any] | None,
    *,
    next_: bool,
    first: bool,
) -> Muscle:
    muscle, side = at
    found = opened.shown(f"examination.{muscle}/{side}")
    value = found.value if isinstance(found.value, dict) else {}
    numbered = dict((opened.page.get("located") or {}).get("sources", ()))
    field = f"proposed.{muscle}/{side}"
    return Muscle(
        id=muscle,
        side=side,
        title=place(candidate["title"] if candidate else muscle_title(muscle), side),
        percent=round(candidate["probability"] * 100) if candidate else None,
        card=card,
        sources=tuple(f"{numbered[number]} [{read}]" for number, read in card["sources"]) if card else (),
        next=next_,
        found=found,
        fingers=tuple(
            Finger(key, str(title), answer_word(value.get(key), asked=key in value)) for key, title in FINDING_TITLES.items()
        ),
        opens=first or any(value.get(key) is not None for key in FINDING_TITLES),
        proposed=isinstance(opened.read.written.value(field), dict),
        propose=json.dumps({"act": "propose", "field": field}),
        withdraw=json.dumps({"act": "withdraw", "field": field}),
    )  # fmt: skip
