"""One FHIR resource, read with care: what has the wrong shape counts as absent, and is told."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from needlepoint.exchange.fhir.concept import LONGEST, Coding, Concept, concept_of
from needlepoint.exchange.fhir.day import Day, read_day

Fields = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Span:
    """When something was: its first and its last day, as far as told. ``told``: something was written there."""

    start: Day | None = None
    end: Day | None = None
    told: bool = False


@dataclass(slots=True)
class Page:
    """A resource or a part of one, where it stands (``origin``), and what was wrong with it (``troubles``)."""

    fields: Fields
    origin: str
    troubles: list[str] = field(default_factory=list)

    def text(self, key: str) -> str | None:
        """The text under this key."""
        value = self.fields.get(key)
        if isinstance(value, str):
            return value if value.isascii() else value.encode("utf-8", "replace").decode()
        if value is not None:
            self._wrong(key, "text")
        return None

    def truth(self, key: str) -> bool | None:
        """The yes or no under this key."""
        value = self.fields.get(key)
        if value is None or isinstance(value, bool):
            return value
        self._wrong(key, "true or false")
        return None

    def number(self, key: str) -> float | None:
        """The number under this key."""
        value = self.fields.get(key)
        if value is None:
            return None
        if isinstance(value, int | float) and not isinstance(value, bool):
            try:
                number = float(value)
            except OverflowError:
                number = math.inf
            if math.isfinite(number):
                return number
        self._wrong(key, "a number")
        return None

    def part(self, key: str) -> "Page | None":
        """The object under this key."""
        value = self.fields.get(key)
        if value is None:
            return None
        if isinstance(value, dict):
            return Page(value, self.origin, self.troubles)
        self._wrong(key, "an object")
        return None

    def parts(self, key: str) -> "Iterator[Page]":
        """The objects in the list under this key."""
        value = self.fields.get(key)
        if value is None:
            return
        if not isinstance(value, list):
            self._wrong(key, "a list")
            return
        for one in value:
            if isinstance(one, dict):
                yield Page(one, self.origin, self.troubles)
            else:
                self._wrong(key, "a list of objects")

    def day(self, key: str) -> Day | None:
        """The day or days that the date under this key can mean."""
        written = self.text(key)
        if written is None:
            return None
        day = read_day(written)
        if day is None:
            self._wrong(key, f"a date such as 2026-03-02, and “{written[:40]}” is none")
        return day

    def span(self, name: str) -> Span:
        """When something was: ``nameDateTime``, ``nameInstant`` or ``namePeriod``. Other forms say only that it was."""
        for key in (f"{name}DateTime", f"{name}Instant", f"{name}Date"):
            if key in self.fields:
                day = self.day(key)
                return Span(day, day, told=True)
        if f"{name}Period" in self.fields:
            period = self.part(f"{name}Period")
            return Span(period.day("start"), period.day("end"), told=True) if period else Span(told=True)
        return Span(told=any(f"{name}{kind}" in self.fields for kind in ("Age", "Range")))

    def concept(self, key: str) -> Concept | None:
        """The coded or written thing under this key."""
        value = self.fields.get(key)
        if value is None:
            return None
        part = self.part(key)
        return part.as_concept() if part else None

    def as_concept(self) -> Concept | None:
        """This object as a coded or written thing."""
        codings = _codings(self.fields.get("coding"))
        if codings is None:
            codings = tuple((one.text("system"), one.text("code"), one.text("display")) for one in self.parts("coding"))
        text = self.text("text")
        if text and len(text) > LONGEST:
            self.troubles.append(f"its text is longer than {LONGEST} signs; only the beginning was read")
        return concept_of(text, codings)

    def status(self, key: str, known: frozenset[str]) -> str | None:
        """The status under this key, a code or a coded thing. One that is not ``known`` counts as absent."""
        value = self.fields.get(key)
        if value is None:
            return None
        if isinstance(value, str):
            codes = [value]
        else:
            part = self.part(key)
            codes = [one.text("code") or "" for one in part.parts("coding")] if part else []
            if part and not codes and part.text("text"):
                codes = [(part.text("text") or "").lower()]
        for code in codes:
            if code in known:
                return code
        if codes:
            self.troubles.append(f"its {key} “{codes[0][:40]}” is none that FHIR knows")
        return None

    def reference(self, key: str) -> str | None:
        """Where the reference under this key points to."""
        part = self.part(key)
        return part.text("reference") if part else None

    def _wrong(self, key: str, what: str) -> None:
        self.troubles.append(f"{key} should be {what}; it was left out")


def _codings(listed: object) -> tuple[Coding, ...] | None:
    """The codings in this list when they are just as they should be, which is quick; ``None`` when they need more care."""
    if not isinstance(listed, list):
        return None
    codings = []
    for one in listed:
        if not isinstance(one, dict):
            return None
        coding = (one.get("system"), one.get("code"), one.get("display"))
        for text in coding:
            if text is not None and not (isinstance(text, str) and text.isascii()):
                return None
        codings.append(coding)
    return tuple(codings)


def named(resource: Fields, fallback: str) -> str:
    """How a resource is named to a reader: ``Condition/123``, or where it stands when it has no id."""
    kind, id_ = resource.get("resourceType"), resource.get("id")
    whole = isinstance(kind, str) and isinstance(id_, str) and id_ and len(id_) <= 200
    return f"{kind}/{id_}" if whole else fallback


def reference_key(reference: str) -> str:
    """A reference in one form: ``Patient/1`` for absolute addresses and versions too. Others stay as they are."""
    if reference.count("/") == 1 or reference.startswith(("urn:", "#")) or "?" in reference:
        return reference
    parts = reference.partition("/_history/")[0].rstrip("/").split("/")
    return "/".join(parts[-2:])
