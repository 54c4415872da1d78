"""A session told tap by tap, and a small knowledge to judge it with."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import cache

from needlepoint.library import load_knowledge
from needlepoint.terms import Side
from needlepoint.treat import (
    Act,
    Advice,
    Advised,
    Bound,
    EventKind,
    Grade,
    GradeMeaning,
    NeedleIn,
    NeedleOut,
    NoReaction,
    NowStep,
    PainTold,
    ReactionKind,
    TreatKnowledge,
    What,
    missing,
    session_of,
)

TEN = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
LATER = TEN + timedelta(hours=1)


def at(minutes: float) -> datetime:
    """So many minutes after ten o'clock."""
    return TEN + timedelta(minutes=minutes)


def acts(*whats: What, start: float = 0) -> list[Act]:
    """These acts, a minute apart, with ids in their order."""
    return [Act(f"act-{start + n:03g}", at(start + n), what) for n, what in enumerate(whats)]


def put_in(needle: str, muscle: str | None = "tibialis-anterior", side: Side | None = Side.LEFT, **told) -> NeedleIn:
    """A needle of the usual size goes in."""
    return NeedleIn(
        **{"needle": needle, "muscle": muscle, "side": side, "length_mm": 30.0, "diameter_mm": 0.25, **told}
    )


def whole(*needles: str) -> list[What]:
    """A session with which nothing is wrong."""
    return [
        PainTold(6, "before"),
        *(put_in(one) for one in needles),
        *(NeedleOut(one, intact=True) for one in needles),
        PainTold(3, "after"),
        NoReaction(),
        Advised(("soreness",)),
    ]


def lacking(told: Iterable[Act], known: TreatKnowledge | None = None, now: datetime = LATER) -> list[str]:
    """The ids of what is missing."""
    return [one.id for one in missing(session_of(told), known or small(), now=now)]


@cache
def small() -> TreatKnowledge:
    """One reaction, two events, two things to tell."""
    lung = _event(
        "pneumothorax",
        {Grade.SIGNIFICANT: "Air, no stay.", Grade.SERIOUS: "A stay in hospital."},
        Grade.SERIOUS,
        NowStep("needles-out", "Take all needles out.", Grade.SIGNIFICANT, None, ()),
        NowStep("call", "Call the emergency number.", Grade.SERIOUS, None, ()),
        NowStep("reassure", "Stay with the person.", None, None, ()),
        local=True,
    )
    broken = _event(
        "broken-needle",
        {Grade.MILD: "Taken out.", Grade.SERIOUS: "Surgery."},
        Grade.MILD,
        NowStep("still", "Keep still.", Grade.SERIOUS, None, ()),
        local=True,
        broken=True,
    )
    faint = _event("faint", dict.fromkeys(Grade, "Faint."), Grade.MILD)
    return TreatKnowledge(
        atlas=load_knowledge().atlas,
        grades={one: GradeMeaning(one, one.value, "…", None, None, ()) for one in Grade},
        reactions={
            "soreness": ReactionKind("soreness", "Soreness", "Sore.", "Sore.", "Three days.", None, (), None, ())
        },
        events={one.id: one for one in (lung, broken, faint)},
        advice=(
            Advice("soreness", "Soreness", "You may be sore.", frozenset(), None, ()),
            Advice("lung-signs", "Signs of the lung", "Breathless: call.", frozenset({"pleura"}), None, ()),
        ),
        bounds={
            "unplanned-stay": Bound("unplanned-stay", "", 10, "minutes", "", None, ()),
            "clock-tolerance": Bound("clock-tolerance", "", 2, "minutes", "", None, ()),
        },
        release="0",
        sha256="0",
    )


def _event(id_: str, grades: dict[Grade, str], grade: Grade, *now: NowStep, local=False, broken=False) -> EventKind:
    return EventKind(
        id_, id_.capitalize(), grades, grade, (), now, (), (), "Told.", local, broken, None, (), None, None, ()
    )
