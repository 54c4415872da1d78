"""May this person be needled today, and where not?"""

from needlepoint.screen.assess import assess
from needlepoint.screen.clearance import Clearance, Finding, OpenQuestion, SiteClearance
from needlepoint.screen.facts import Asked, FactDefinition, FactKind, Measurement
from needlepoint.screen.hear import Listener
from needlepoint.screen.knowledge import ScreenKnowledge
from needlepoint.screen.rule import Rule, Scope
from needlepoint.screen.told import (
    Answers,
    Because,
    Entry,
    Needle,
    Proposal,
    Reading,
    Reply,
    SetAside,
)
from needlepoint.terms import NotUnderstood

__all__ = [
    "Answers",
    "Asked",
    "Because",
    "Clearance",
    "Entry",
    "FactDefinition",
    "FactKind",
    "Finding",
    "Listener",
    "Measurement",
    "Needle",
    "NotUnderstood",
    "OpenQuestion",
    "Proposal",
    "Reading",
    "Reply",
    "Rule",
    "Scope",
    "ScreenKnowledge",
    "SetAside",
    "SiteClearance",
    "assess",
]
