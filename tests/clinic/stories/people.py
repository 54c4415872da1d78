"""The people of the stories, invented like those of the demo, and fewer: each story has somebody of its own."""

from needlepoint.clinic.demo.stories import Story

ELBOW = (("lateral-elbow", "left"), ("dorsal-forearm-radial-upper", "left"))
ELBOW_MUSCLES = (
    ("extensor-carpi-radialis-longus", "left"),
    ("brachioradialis", "left"),
    ("extensor-digitorum", "left"),
)
CALF, CALF_MUSCLES = (("calf-inner", "right"),), (("gastrocnemius-medial", "right"), ("soleus", "right"))


def _ready(
    name: str, complaint: str, hurts: tuple[tuple[str, str], ...], muscles: tuple[tuple[str, str], ...]
) -> Story:
    """Asked, planned and, in `world`, agreed: the session can begin."""
    return Story(name, 36, "female", complaint, hurts, muscles, (6,), (), "answered")


#: Nobody asked them anything yet.
NEW = Story("Dipper", 41, "female", "Pain at the outside of the left elbow.", (), (), (0,), (), "planned", 168, 61)
#: Was here a week ago with the same three muscles, and comes again.
AGAIN = Story(
    "Tern",
    34,
    "male",
    "Pain at the outside of the left elbow since a move of house.",
    ELBOW,
    ELBOW_MUSCLES,
    (7, 5),
    (7,),
    "planned",
    178,
    74,
)
BY_KEYBOARD = _ready("Wigeon", "Left elbow hurts when gripping.", ELBOW, ELBOW_MUSCLES)
PNEUMOTHORAX = _ready(
    "Ruff", "Ache at the left shoulder blade.", (("scapula-below-ridge", "left"),), (("infraspinatus", "left"),)
)
FORGOTTEN = _ready("Smew", "Tight right calf.", CALF, CALF_MUSCLES)
NETWORK = _ready("Knot", "Tight right calf after a run.", CALF, CALF_MUSCLES)
KILLED = _ready("Brent", "Tight right calf on stairs.", CALF, CALF_MUSCLES)
CLOSED = _ready("Snipe", "Tight right calf at night.", CALF, CALF_MUSCLES)
TWO_TABLETS = _ready("Stint", "Tight right calf since hills.", CALF, CALF_MUSCLES)
WITHOUT_SCRIPTS = Story("Twite", 45, "male", "Tight right calf.", CALF, CALF_MUSCLES, (4,), (), "planned", 181, 77)
#: What the lead sees: visits that were signed, and a bruise.
BRUISED = Story(
    "Garganey", 59, "male", "Both calves cramp at night.", CALF, CALF_MUSCLES, (4, 4, 3), (20, 10), "none", 179, 91,
    events={0: ("bleeding", "mild")},
)  # fmt: skip

READY = (BY_KEYBOARD, PNEUMOTHORAX, FORGOTTEN, NETWORK, KILLED, CLOSED, TWO_TABLETS)
EVERYBODY = (NEW, AGAIN, *READY, WITHOUT_SCRIPTS, BRUISED)
