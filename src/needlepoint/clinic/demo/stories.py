"""The invented people of the demo clinic. They are named after birds and say that they are a demo, so that nobody takes them for patients."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Story:
    """One invented person: who, with which pain, where it is needled, and how it went, visit by visit.

    ``pain``: strength before each visit, the last of them today. ``hurts``: (patch of the skin, side). ``muscles``: (muscle, side).
    ``days_ago``: of the visits that were signed. ``today``: how far today's visit is: ``none``, ``planned``, ``answered``, ``open``.
    """

    name: str
    age: int
    sex: str
    complaint: str
    hurts: tuple[tuple[str, str], ...]
    muscles: tuple[tuple[str, str], ...]
    pain: tuple[int, ...]
    days_ago: tuple[int, ...]
    today: str = "none"
    height_cm: int = 170
    weight_kg: int = 68
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)
    events: Mapping[int, tuple[str, str]] = field(default_factory=dict)


STORIES = (
    Story(
        "Wren", 31, "female", "Pain at the outside of the left elbow since a move of house, worse when gripping.",
        (("lateral-elbow", "left"), ("dorsal-forearm-radial-upper", "left")),
        (("extensor-carpi-radialis-longus", "left"), ("brachioradialis", "left"), ("extensor-digitorum", "left")),
        (7, 5, 4), (21, 14), "answered", 168, 61,
    ),
    Story(
        "Robin", 44, "male", "Tight right calf since hill runs three weeks ago.",
        (("calf-inner", "right"), ("calf-lower", "right")), (("gastrocnemius-medial", "right"), ("soleus", "right")),
        (6, 4, 3, 2), (28, 19, 9), "planned", 182, 79,
    ),
    Story(
        "Heron", 67, "female", "Ache in the left buttock after sitting.",
        (("buttock-upper-outer", "left"), ("lateral-hip", "left")), (("gluteus-medius", "left"),),
        (6, 5), (12,), "planned", 163, 70, {"medicines": ("apixaban 5 mg",), "conditions": ("atrial fibrillation",)},
    ),
    Story(
        "Kestrel", 26, "male", "Left shoulder ache at the end of throwing.",
        (("lateral-shoulder", "left"), ("scapula-below-ridge", "left")), (("infraspinatus", "left"), ("deltoid-middle", "left")),
        (5, 4, 4), (16, 8), "open", 185, 82,
    ),
    Story(
        "Plover", 38, "female", "Front of the right thigh pulls when sprinting.",
        (("anterior-thigh-middle", "right"),), (("rectus-femoris", "right"), ("vastus-lateralis", "right")),
        (5, 3, 1), (24, 15), "none", 171, 64,
    ),
    Story(
        "Dunlin", 52, "male", "Stiff neck on the left, worse after the desk.",
        (("cervicothoracic", "left"), ("edge-of-shoulder", "left")), (("upper-trapezius", "left"), ("levator-scapulae", "left")),
        (6, 6, 5), (22, 11), "planned", 177, 84, {"conditions": ("tension-type headache",)},
    ),
    Story(
        "Siskin", 29, "female", "Pain down the outside of the left thigh since a half marathon.",
        (("lateral-thigh-upper", "left"),), (("tensor-fasciae-latae", "left"), ("gluteus-medius", "left")),
        (6, 5, 4, 3, 2), (40, 33, 26, 12), "none", 166, 57,
    ),
    Story(
        "Avocet", 59, "male", "Both calves cramp at night.",
        (("calf-outer", "left"), ("calf-outer", "right")), (("gastrocnemius-lateral", "left"), ("gastrocnemius-lateral", "right")),
        (4, 4), (10,), "none", 179, 91, {"medicines": ("metformin",), "conditions": ("type 2 diabetes",)},
        events={0: ("bleeding", "mild")},
    ),
    Story(
        "Linnet", 35, "female", "Outside of the right shin aches on stairs.",
        (("lateral-leg-upper", "right"),), (("tibialis-anterior", "right"),), (5, 3), (18,), "none", 160, 55,
    ),
    Story(
        "Curlew", 48, "female", "New: ache between neck and left shoulder, first visit.",
        (("edge-of-shoulder", "left"),), (), (5,), (), "planned", 172, 75,
    ),
)  # fmt: skip
