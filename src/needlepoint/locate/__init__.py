"""Which muscles could explain this pain, and what dangers imitate it?"""

from needlepoint.locate.candidates import (
    Ask,
    Candidate,
    Candidates,
    Factor,
    Flag,
    Next,
    OtherCause,
    PlaceFit,
)
from needlepoint.locate.explain import Explanation, explain
from needlepoint.locate.find import find
from needlepoint.locate.hear import ComplaintReader
from needlepoint.locate.knowledge import LocateKnowledge
from needlepoint.locate.place import marks_of
from needlepoint.locate.told import (
    Complaint,
    Drawing,
    Heard,
    Mark,
    Palpation,
    Told,
    mark_of_painting,
    mark_of_place,
)

__all__ = [
    "Ask",
    "Candidate",
    "Candidates",
    "Complaint",
    "ComplaintReader",
    "Drawing",
    "Explanation",
    "Factor",
    "Flag",
    "Heard",
    "LocateKnowledge",
    "Mark",
    "Next",
    "OtherCause",
    "Palpation",
    "PlaceFit",
    "Told",
    "explain",
    "find",
    "mark_of_painting",
    "mark_of_place",
    "marks_of",
]
