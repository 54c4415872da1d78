"""What was actually done?"""

from needlepoint.treat.acts import (
    Act,
    Advised,
    Grade,
    Happened,
    NeedleIn,
    NeedleOut,
    NoReaction,
    NotDone,
    PainTold,
    PainWhen,
    Point,
    Positioned,
    Prepared,
    Reacted,
    Stays,
    StepTaken,
    Stimulated,
    Twitch,
    Undone,
    What,
)
from needlepoint.treat.advice import advice_for
from needlepoint.treat.fold import session_of
from needlepoint.treat.knowledge import (
    Advice,
    Bound,
    EventKind,
    GradeMeaning,
    NowStep,
    ReactionKind,
    TreatKnowledge,
)
from needlepoint.treat.missing import Missing, missing
from needlepoint.treat.rate import Rate, rate
from needlepoint.treat.retained import Retained, retained
from needlepoint.treat.session import Event, Insertion, Reaction, Session, Site
from needlepoint.treat.undo import Odd

__all__ = [
    "Act",
    "Advice",
    "Advised",
    "Bound",
    "Event",
    "EventKind",
    "Grade",
    "GradeMeaning",
    "Happened",
    "Insertion",
    "Missing",
    "NeedleIn",
    "NeedleOut",
    "NoReaction",
    "NotDone",
    "NowStep",
    "Odd",
    "PainTold",
    "PainWhen",
    "Point",
    "Positioned",
    "Prepared",
    "Rate",
    "Reacted",
    "Reaction",
    "ReactionKind",
    "Retained",
    "Session",
    "Site",
    "StepTaken",
    "Stays",
    "Stimulated",
    "TreatKnowledge",
    "Twitch",
    "Undone",
    "What",
    "advice_for",
    "missing",
    "rate",
    "retained",
    "session_of",
]
