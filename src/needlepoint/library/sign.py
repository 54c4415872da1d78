"""Reading the `when` of a red flag: a small tree of symptoms, places, ages and facts."""

from collections.abc import Callable, Container
from typing import Any

from needlepoint.locate.signs import Every, Has, IsSex, Known, OlderThan, PainIn, Sign, Some, YoungerThan

Path = tuple[str | int, ...]
_KEYS = "all, any, has, pain_in, older_than, younger_than, sex, known"


class SignReader:
    """Turns plain documents into signs; what means nothing is told to ``fault`` and read as a sign that never holds."""

    def __init__(
        self,
        symptoms: Container[str],
        facts: Container[str],
        places: Container[str],
        fault: Callable[[Path, str], None],
    ) -> None:
        self.symptoms, self.facts, self.places, self.fault = symptoms, facts, places, fault

    def read(self, doc: Any, path: Path) -> Sign:
        """The sign that a document spells."""
        if not isinstance(doc, dict) or len(doc) != 1:
            self.fault(path, f"one key is expected here: {_KEYS}")
            return Some(())
        ((key, value),) = doc.items()
        here = (*path, key)
        if key in ("all", "any"):
            if not isinstance(value, list) or not value:
                self.fault(here, "a list of signs is expected here")
                return Some(())
            parts = tuple(self.read(one, (*here, n)) for n, one in enumerate(value))
            return Every(parts) if key == "all" else Some(parts)
        return self._leaf(key, value, here)

    def _leaf(self, key: str, value: Any, here: Path) -> Sign:
        if key == "has" and self._known(value, self.symptoms, "symptom", here):
            return Has(value)
        if key == "known" and self._known(value, self.facts, "fact", here):
            return Known(value)
        if key == "pain_in" and isinstance(value, list) and value:
            return PainIn(tuple(one for one in value if self._known(one, self.places, "region", here)))
        if key in ("older_than", "younger_than") and isinstance(value, int | float) and 0 < value < 120:
            return OlderThan(float(value)) if key == "older_than" else YoungerThan(float(value))
        if key == "sex" and value in ("female", "male"):
            return IsSex(value)
        if key not in ("has", "known"):
            self.fault(here, f"this is not understood here; known are: {_KEYS}")
        return Some(())

    def _known(self, value: Any, known: Container[str], what: str, here: Path) -> bool:
        if isinstance(value, str) and value in known:
            return True
        self.fault(here, f"there is no {what} '{value}'")
        return False
