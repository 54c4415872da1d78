"""A coded or written thing (a FHIR CodeableConcept) as codes that we know the system of, and one text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from needlepoint.screen import Asked
from needlepoint.terms import Code, Side, words_of
from needlepoint.terms.code import system_named

#: What SNOMED CT writes behind a name to say of which kind it is.
_TAIL = re.compile(
    r"\s*\((?:disorder|finding|situation|procedure|regime/therapy|event|observable entity|morphologic abnormality|"
    r"body structure|substance|product|medicinal product|medicinal product form|clinical drug|physical object|"
    r"physical force|organism|person|qualifier value|context-dependent category|navigational concept|record artifact|"
    r"occupation|social concept)\)\s*$",
    re.IGNORECASE,
)
#: More of one text than this is a letter and not the name of a thing.
LONGEST = 2_000

_ABSENT = "http://hl7.org/fhir/uv/ips/codesystem/absent-unknown-uv-ips"
#: Statements that a whole list is empty. ``None``: understood, but it tells of only a part of the list, or of nothing.
_NONE_KNOWN: Mapping[tuple[str, str], Asked | None] = {
    ("snomed", "716186003"): Asked.ALLERGIES,
    ("snomed", "409137002"): None,
    ("snomed", "428607008"): None,
    ("snomed", "429625007"): None,
    (_ABSENT, "no-known-allergies"): Asked.ALLERGIES,
    (_ABSENT, "no-known-medication-allergies"): None,
    (_ABSENT, "no-known-environmental-allergies"): None,
    (_ABSENT, "no-known-food-allergies"): None,
    (_ABSENT, "no-allergy-info"): None,
    (_ABSENT, "no-known-problems"): Asked.CONDITIONS,
    (_ABSENT, "no-problem-info"): None,
    (_ABSENT, "no-known-medications"): Asked.MEDICINES,
    (_ABSENT, "no-medication-info"): None,
    (_ABSENT, "no-known-devices"): Asked.IMPLANTS,
    (_ABSENT, "no-device-info"): None,
    (_ABSENT, "no-known-procedures"): None,
    (_ABSENT, "no-procedure-info"): None,
}
#: The same in words, where there is no such code.
_NONE_KNOWN_WORDS: Mapping[str, Asked | None] = {
    "no known allergies": Asked.ALLERGIES,
    "no known allergy": Asked.ALLERGIES,
    "no known drug allergies": None,
    "no known drug allergy": None,
    "nka": Asked.ALLERGIES,
    "nkda": None,
    "no known problems": Asked.CONDITIONS,
    "no known conditions": Asked.CONDITIONS,
    "no known medications": Asked.MEDICINES,
    "no known medicines": Asked.MEDICINES,
    "no known implants": Asked.IMPLANTS,
    "no known devices": Asked.IMPLANTS,
}
#: Words that name no thing, and words that may stand beside them.
_NONE = frozenset({"none", "nil", "nill", "nothing", "no", "nka", "nkda"})
_BESIDE_NONE = frozenset(
    "known at all taken regular reported really drug food or allergy to medicine medication problem condition".split()  # noqa: SIM905
)
_SIDES: Mapping[tuple[str, str], Side] = {("snomed", "7771000"): Side.LEFT, ("snomed", "24028007"): Side.RIGHT}
_SIDE_TEXTS = {"left": Side.LEFT, "right": Side.RIGHT, "unilateral left": Side.LEFT, "unilateral right": Side.RIGHT}


@dataclass(frozen=True, slots=True)
class Concept:
    """Codes of known systems, and a text to read. ``is_statement``: it names nothing, but says that there is none."""

    codes: tuple[Code, ...]
    text: str
    is_statement: bool = False
    says_none: Asked | None = None
    side: Side | None = None

    @property
    def names_nothing(self) -> bool:
        """Is its text one such as “none”, without being the statement that a list is empty?"""
        return not self.is_statement and says_nothing(self.text)


#: One coding as written: system, code, display.
Coding = tuple[str | None, str | None, str | None]


@lru_cache(maxsize=65_536)
def concept_of(text: str | None, codings: tuple[Coding, ...]) -> Concept | None:
    """What do this text and these codings say together? ``None`` when they say nothing at all."""
    codes: dict[Code, None] = {}
    statement, says_none, side = False, None, None
    for system, code, _ in codings:
        if not code:
            continue
        known = system_named(system)
        if known:
            codes[Code(known, code.strip())] = None
        key = (known or (system or "").strip().lower(), code.strip())
        if key in _NONE_KNOWN:
            statement, says_none = True, says_none or _NONE_KNOWN[key]
        side = side or _SIDES.get(key)
    if not codes and text and text.strip().lower() in _NONE_KNOWN_WORDS:
        statement, says_none = True, says_none or _NONE_KNOWN_WORDS[text.strip().lower()]
    written = _written_together(text, [display for _, _, display in codings if display])
    if not written and not codes:
        written = "; ".join(f"{code} ({system or 'no code system'})" for system, code, _ in codings if code)
    if not written and not codes:
        return None
    return Concept(tuple(codes), written, statement, says_none, side or _SIDE_TEXTS.get(written.lower()))


def _written_together(text: str | None, displays: list[str]) -> str:
    """The text, and the names of its codes where they say more than the text does."""
    kept: list[str] = []
    for one in (text or "", *displays):
        bare = without_tail(one)
        if bare and not any(bare.lower() in known.lower() for known in kept):
            kept.append(bare)
    return "; ".join(kept)[:LONGEST]


def without_tail(text: str) -> str:
    """A name without the kind that SNOMED CT writes behind it: “Gout (disorder)” is gout."""
    bare = _TAIL.sub("", text).strip()
    return bare or text.strip()


@lru_cache(maxsize=65_536)
def says_nothing(text: str) -> bool:
    """Is this a text such as “none”, “NKDA” or “no known allergies”, which names no thing at all?"""
    words = [word.plain for word in words_of(text) if not word.is_mark]
    return not _NONE.isdisjoint(words) and _NONE.union(_BESIDE_NONE).issuperset(words)
