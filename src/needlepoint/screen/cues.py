"""Words that turn what stands beside them: denial, family, past, doubt."""

import re
from enum import Enum

from needlepoint.screen.knowledge import Cues
from needlepoint.terms.lexicon import Lexicon, Name


class Manner(Enum):
    """How a thing is mentioned."""

    SAID = "said"
    DENIED = "denied"
    PERHAPS = "perhaps"
    HISTORY = "history"
    OVER = "over"
    FAMILY = "family"


#: Which manner wins when a part of a text holds several cues: the kind of cue is the name of its list in the knowledge.
CUE_ORDER = (
    (Manner.FAMILY, "family"),
    (Manner.PERHAPS, "doubt"),
    (Manner.DENIED, "negation"),
    (Manner.PERHAPS, "uncertain"),
    (Manner.OVER, "past"),
)
SHORT_FORMS = (
    (re.compile(r"\bh/o\b", re.I), "history of"),
    (re.compile(r"\bs/p\b", re.I), "status post"),
    (re.compile(r"\br/o\b", re.I), "rule out"),
    (re.compile(r"\bc/o\b", re.I), "complains of"),
    (re.compile(r"\bw/o\b", re.I), "without"),
    (re.compile(r"\bb/l\b", re.I), "bilateral"),
    (re.compile(r"\bn/a\b", re.I), "none"),
    (re.compile(r"\bw/(?=\s|\w)", re.I), "with "),
    # Times and weeks as clinicians write them: 3/52 is three weeks, 6/12 six months, 10/7 ten days, 20/40 the twentieth week of pregnancy.
    (re.compile(r"(?<![/\d])\b(\d{1,3})/52\b(?!/)(?:\s+(?:ago|post)\b)?", re.I), r"\1 weeks ago"),
    (re.compile(r"(?<![/\d])\b(\d{1,2})/12\b(?!/)(?:\s+(?:ago|post)\b)?", re.I), r"\1 months ago"),
    (re.compile(r"(?<![/\d])\b(\d{1,2})/7\b(?!/|\s+days)(?:\s+(?:ago|post)\b)?", re.I), r"\1 days ago"),
    (re.compile(r"(?<![/\d])\b([4-9]|[1-3]\d|4[0-2])/40\b(?!/|\s+vision)", re.I), r"pregnant \1 weeks"),
    (re.compile(r"(?<!\w)[-\u2010-\u2015\u2212]\s?ve\b", re.I), " negative"),
    (re.compile(r"\+\s?ve\b", re.I), " positive"),
    (re.compile(r"\bT/L\b"), "thoracolumbar"),
    (re.compile(r"\bL/S(?:p|pine)?\b", re.I), "lumbar spine"),
    (re.compile(r"\bT/S(?:p|pine)?\b", re.I), "thoracic spine"),
    (re.compile(r"\bC/Sp(?:ine)?\b", re.I), "cervical spine"),
    (re.compile(r"#(?=\d)"), " "),
    (re.compile(r"\bdz\b", re.I), "disease"),
    (re.compile(r"\bd/o\b", re.I), "disorder"),
    (re.compile(r"\bdef\b", re.I), "deficiency"),
    (re.compile(r"\bvit\b", re.I), "vitamin"),
)
#: A denial that begins with one of these is meant for the whole list that follows it.
DENIES = frozenset({"deny", "denied", "denying", "never", "negative", "nil"})
#: These begin a statement of their own when the name of a medicine follows: "s/p stent on clopidogrel".
TAKES = frozenset({"on", "take", "taking"})
NONE_WORDS = frozenset({"none", "nil", "nothing", "no", "nill"})
#: Words that may stand beside them and change nothing: "nil regular meds", "PMH: none of note".
BESIDE_NONE = frozenset(
    {
        "known", "at", "all", "taken", "regular", "reg", "reported", "really", "med", "medicine", "medication", "pmh", "pmhx", "dh", "dhx",
        "significant", "sig", "relevant", "note", "of", "current", "currently", "other",
    }
)  # fmt: skip
#: These say that there is no allergy, in whatever list they stand. Those about medicines or food say nothing of metal or latex.
NO_ALLERGY_WORDS = frozenset({"nka", "nkda", "nkfa"})
NO_ALLERGY_OF_A_KIND = frozenset({"nkda", "nkfa", "drug", "food", "medicine", "medication"})
#: Words that hold a text together and can never be names.
JOINTS = frozenset(
    {
        "a", "an", "the", "and", "or", "nor", "of", "in", "on", "at", "to", "by", "for", "from", "with", "is", "are", "was", "were", "has",
        "have", "had", "his", "her", "their", "my", "i", "he", "she", "they",
    }
)  # fmt: skip
#: A denial of a denial is a doubt, and goes before the denial in it.
_NOT_EXCLUDED = (
    "cannot rule out", "can't rule out", "could not rule out", "not ruled out", "not excluded", "cannot exclude", "can't exclude",
    "to rule out", "to exclude", "not yet excluded", "cannot be excluded", "cannot be ruled out", "not yet ruled out",
)  # fmt: skip
_HISTORY = ("history of", "history", "hx", "hx of")
#: Headings of a list: what follows is said as it stands.
_HEADINGS = ("pmh", "pmhx", "past medical history", "medical history", "psh", "dh", "dhx", "meds")
#: A family heading is meant for the whole list that follows it.
FAMILY_HEADINGS = frozenset({"fh", "fhx", "family"})


def cue_lexicon(cues: Cues) -> Lexicon[str]:
    """The cues as a lexicon of their kinds."""
    names = [
        Name(word, kind)
        for kind in ("family", "negation", "uncertain", "past", "current", "but")
        for word in getattr(cues, kind)
    ]
    names += [Name(word, "doubt") for word in _NOT_EXCLUDED]
    names += [Name(word, "history") for word in _HISTORY]
    names += [Name(word, "current") for word in _HEADINGS]
    return Lexicon.of(names)
