"""Codes of the world's classifications: one code, a range of codes, and a book that says what a code means."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

#: Systems whose codes are ordered trees: a shorter code covers all that begin with it.
TREES = frozenset({"icd10", "atc"})

SYSTEMS: Mapping[str, str] = {
    "http://hl7.org/fhir/sid/icd-10-cm": "icd10",
    "http://hl7.org/fhir/sid/icd-10": "icd10",
    "http://hl7.org/fhir/sid/icd-10-gm": "icd10",
    "http://fhir.de/codesystem/bfarm/icd-10-gm": "icd10",
    "urn:oid:2.16.840.1.113883.6.90": "icd10",
    "urn:oid:2.16.840.1.113883.6.3": "icd10",
    "icd10": "icd10",
    "icd10cm": "icd10",
    "icd-10": "icd10",
    "icd-10-cm": "icd10",
    "http://snomed.info/sct": "snomed",
    "urn:oid:2.16.840.1.113883.6.96": "snomed",
    "snomed": "snomed",
    "snomedct": "snomed",
    "sct": "snomed",
    "http://www.nlm.nih.gov/research/umls/rxnorm": "rxnorm",
    "urn:oid:2.16.840.1.113883.6.88": "rxnorm",
    "rxnorm": "rxnorm",
    "http://www.whocc.no/atc": "atc",
    "urn:oid:2.16.840.1.113883.6.73": "atc",
    "atc": "atc",
    "http://loinc.org": "loinc",
    "urn:oid:2.16.840.1.113883.6.1": "loinc",
    "loinc": "loinc",
}


def system_named(name: str | None) -> str | None:
    """Which of our systems does this address or name stand for? ``None`` for one we do not know."""
    return SYSTEMS.get((name or "").strip().lower().rstrip("/"))


def bare(code: str) -> str:
    """A code without its dot and in capitals, so that ``d68.1`` and ``D681`` are the same."""
    return code.strip().upper().replace(".", "")


@dataclass(frozen=True, slots=True)
class Code:
    """One code: ``system`` is icd10, snomed, rxnorm, atc or loinc."""

    system: str
    value: str


@dataclass(frozen=True, slots=True)
class CodeRange:
    """All codes from ``first`` to ``last`` with their children, in one system.

    In a tree ``I48`` covers ``I48.91``, and ``I20-I25`` covers ``I25.110``. Elsewhere a range is a single code.
    """

    system: str
    first: str
    last: str

    @classmethod
    def parse(cls, system: str, text: str) -> "CodeRange":
        """Read ``D68.1-D68.2`` or ``D66``. Raises ValueError when it is empty, reversed or of unlike length."""
        if system not in TREES:
            value = text.strip()
            if not value:
                raise ValueError("an empty code matches nothing")
            return cls(system, value, value)
        first, dash, last = (bare(part) for part in text.partition("-"))
        last = last if dash else first
        if not first or not last:
            raise ValueError(f"'{text}' is no code and no range of codes")
        if len(first) < (3 if system == "icd10" else 1):
            raise ValueError(f"'{text}' would match almost everything")
        if last[: len(first)] < first[: len(last)]:
            raise ValueError(f"the range '{text}' runs backwards")
        return cls(system, first, last)

    def covers(self, value: str) -> bool:
        """Does this range cover that code (or a child of it)?"""
        if self.system not in TREES:
            return value.strip() == self.first
        code = bare(value)
        return (
            code[: len(self.first)] >= self.first
            and code[: len(self.last)] <= self.last
            and len(code) >= min(len(self.first), len(self.last))
        )


@dataclass(frozen=True, slots=True)
class CodeBook:
    """What each code means: from ranges to ids, looked up quickly. Answers are remembered."""

    ranges: tuple[tuple[CodeRange, str], ...]
    _exact: dict[Code, tuple[str, ...]] = field(default_factory=dict, repr=False, compare=False)
    _trees: dict[tuple[str, str], tuple[tuple[CodeRange, str], ...]] = field(
        default_factory=dict, repr=False, compare=False
    )

    @classmethod
    def of(cls, entries: Iterable[tuple[CodeRange, str]]) -> "CodeBook":
        """A book of these ranges and the ids that they stand for."""
        book = cls(tuple(entries))
        exact: dict[Code, list[str]] = {}
        trees: dict[tuple[str, str], list[tuple[CodeRange, str]]] = {}
        for span, meaning in book.ranges:
            if span.system in TREES:
                for letter in range(ord(span.first[0]), ord(span.last[0]) + 1):
                    trees.setdefault((span.system, chr(letter)), []).append((span, meaning))
            else:
                exact.setdefault(Code(span.system, span.first), []).append(meaning)
        book._exact.update({code: tuple(dict.fromkeys(meanings)) for code, meanings in exact.items()})
        book._trees.update({key: tuple(spans) for key, spans in trees.items()})
        return book

    def meanings(self, code: Code) -> tuple[str, ...]:
        """Which ids does this code stand for? Empty when it is in no range."""
        known = self._exact.get(code)
        if known is None:
            value = bare(code.value)
            spans = self._trees.get((code.system, value[:1]), ())
            known = tuple(dict.fromkeys(meaning for span, meaning in spans if span.covers(value)))
            if known and len(self._exact) < 100_000:
                self._exact[code] = known
        return known
