"""Which needle, where, how deep, and how not?"""

from needlepoint.plan.knowledge import PlanKnowledge, Risk, Watch
from needlepoint.plan.person import Person, person_of
from needlepoint.plan.plan import (
    Declined,
    DepthBasis,
    HazardShown,
    NeedlePlan,
    Plan,
    SessionPlan,
    SitePlan,
)
from needlepoint.plan.propose import propose
from needlepoint.plan.reach import StockNeedle
from needlepoint.plan.session import Circumstances, Earlier

__all__ = [
    "Circumstances",
    "Declined",
    "DepthBasis",
    "Earlier",
    "HazardShown",
    "NeedlePlan",
    "Person",
    "Plan",
    "PlanKnowledge",
    "Risk",
    "SessionPlan",
    "SitePlan",
    "StockNeedle",
    "Watch",
    "person_of",
    "propose",
]
