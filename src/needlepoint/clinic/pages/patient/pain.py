"""Where it hurts: painted on a body, or chosen from a list; the second needs neither scripts nor a screen."""

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from needlepoint.clinic.access.patients import PatientRequest, patient_page
from needlepoint.clinic.access.trail import leave_trail
from needlepoint.clinic.asking import known
from needlepoint.clinic.pages.patient.mine import mine, over
from needlepoint.clinic.pages.patient.present_questions import Seen
from needlepoint.clinic.pages.patient.steps import person_for_chart
from needlepoint.clinic.pages.patient.writing import NotKept, write
from needlepoint.clinic.records.keeping import VisitIsCancelled, VisitIsSigned
from needlepoint.exchange.chart.layers import chart_names
from needlepoint.journey import Written

#: So many places can be told in words at once; whoever has more, paints.
PLACES = 4
STRENGTHS = tuple(map(str, range(11)))
SIDES = ("left", "right", "both", "midline")


@dataclass(frozen=True, slots=True)
class PainPage:
    """The body to paint on."""

    value: str
    person: str
    names: str
    seen: tuple[Seen, ...]
    entries: str
    wrong: str


@patient_page
@require_http_methods(["GET", "HEAD", "POST"])
def pain(request: PatientRequest) -> HttpResponse:
    """The body, to paint on."""
    here = mine(request)
    if here.closed:
        return over(request, here)
    written, wrong = here.read.written, ""
    if request.method == "POST":
        try:
            painting = _painting(request.POST)
            if painting is None and not written.value("pain"):
                wrong = _("Nothing is painted yet. Paint where it hurts, or choose it from the list.")
            else:
                write(request, written, {} if painting is None else {"painting": painting})
                return redirect("my-complaint")
        except NotKept as error:
            wrong = error.words(_unread())
        except (ValueError, RecursionError):
            wrong = _unread()
        except (VisitIsSigned, VisitIsCancelled):
            return over(request, here)
    leave_trail(request, "opened the own pain drawing", request.patient.pk)
    painting = written.value("painting")
    page = PainPage(
        value=json.dumps(painting) if painting else "",
        person=json.dumps(person_for_chart(here.visit, written)),
        names=_names(),
        seen=tuple(Seen("painting", " ".join(written.entries("painting"))) for _one in written.entries("painting")[:1]),
        entries=" ".join(written.entries("painting")),
        wrong=wrong,
    )
    return render(
        request, "patient/pain.html",
        here.context(page=page, has_errors=bool(wrong), main_class="page--whole"), status=422 if wrong else 200,
    )  # fmt: skip


def _unread() -> str:
    return _("The drawing could not be read. Please try once more, or choose from the list.")


def _painting(form: QueryDict) -> dict[str, Any] | None:
    text = form.get("painting", "")
    if not text.strip():
        return None
    told = json.loads(text)
    if not isinstance(told, dict):
        raise ValueError("a painting is an object")
    return told


@lru_cache(1)
def _names() -> str:
    return json.dumps({"regions": chart_names(known().locator.knowledge)["regions"]})


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place in words, as it stands in the form."""

    number: int
    region: str
    side: str
    strength: str


@dataclass(frozen=True, slots=True)
class WordsPage:
    """Places of pain to choose from lists."""

    rows: tuple[PlaceRow, ...]
    regions: tuple[tuple[str, str], ...]
    sides: tuple[tuple[str, str], ...]
    strengths: tuple[str, ...]
    several: bool
    seen: tuple[Seen, ...]
    wrong: str


@patient_page
@require_http_methods(["GET", "HEAD", "POST"])
def pain_in_words(request: PatientRequest) -> HttpResponse:
    """The same without painting: places, sides and how strong."""
    here = mine(request)
    if here.closed:
        return over(request, here)
    written, wrong = here.read.written, ""
    rows = _rows(request.POST) if request.method == "POST" else _rows_of(written)
    if request.method == "POST":
        places, wrong = _places(rows)
        if not wrong:
            try:
                write(request, written, {"pain": places})
                return redirect("my-complaint")
            except NotKept as error:
                wrong = error.words(_("Some of this cannot be kept as it stands. Please look at it again."))
            except (VisitIsSigned, VisitIsCancelled):
                return over(request, here)
    page = WordsPage(
        rows=rows,
        regions=tuple((one, one) for one in regions()),
        sides=(("left", _("left")), ("right", _("right")), ("both", _("both sides")), ("midline", _("in the middle"))),
        strengths=STRENGTHS,
        several=any(row.region for row in rows[1:]),
        seen=tuple(Seen("pain", " ".join(written.entries("pain"))) for _one in written.entries("pain")[:1]),
        wrong=wrong,
    )
    return render(
        request, "patient/pain_in_words.html",
        here.context(page=page, has_errors=bool(wrong)), status=422 if wrong else 200,
    )  # fmt: skip


@lru_cache(1)
def regions() -> tuple[str, ...]:
    """The places of the body in words that the core understands whole."""
    gazetteer = known().screen.gazetteer
    titles = sorted({one.title for one in known().screen.atlas.regions.values()})
    heard = {title: gazetteer.read(title, None) for title in titles}
    return tuple(title for title, named in heard.items() if named.places and not named.left_over)


def _rows(form: QueryDict) -> tuple[PlaceRow, ...]:
    return tuple(
        PlaceRow(n, form.get(f"region-{n}", ""), form.get(f"side-{n}", ""), form.get(f"strength-{n}", ""))
        for n in range(1, PLACES + 1)
    )


def _rows_of(written: Written) -> tuple[PlaceRow, ...]:
    told = written.value("pain") or []
    rows = [
        PlaceRow(n, one.get("region", ""), one.get("side") or "", f"{one['intensity']:g}" if one.get("intensity") is not None else "")
        for n, one in enumerate(told[:PLACES], 1)
    ]  # fmt: skip
    return (*rows, *(PlaceRow(n, "", "", "") for n in range(len(rows) + 1, PLACES + 1)))


def _places(rows: tuple[PlaceRow, ...]) -> tuple[list[dict[str, Any]], str]:
    places = []
    for row in rows:
        if not row.region:
            continue
        if row.region not in regions() or row.side not in ("", *SIDES) or row.strength not in ("", *STRENGTHS):
            return [], _("Choose a place from the list, and how strong from 0 to 10.")
        places.append(
            {"region": row.region, "side": row.side or None, "intensity": int(row.strength) if row.strength else None}
        )
    return places, "" if places else _("Choose at least one place.")
