"""Reading a rule's ``when`` from YAML: each mapping with its one key becomes one part of an expression."""

from collections.abc import Callable, Mapping
from typing import Any

from needlepoint.body import Atlas
from needlepoint.body.parts import FEATURES
from needlepoint.screen import expression as e
from needlepoint.screen.facts import Between, FactDefinition, Measurement

#: What may be said of a plan, and with which words.
PLANS: Mapping[str, frozenset[str]] = {
    "technique": frozenset({"superficial", "deep", "threaded"}),
    "stimulation": frozenset({"none", "electrical", "manual", "heat"}),
    "guidance": frozenset({"none", "ultrasound"}),
    "position": frozenset({"prone", "supine", "side-lying", "sitting", "standing"}),
}
SITTINGS = frozenset({"both-sides-of-chest", "both-lungs"})
Path = tuple[str | int, ...]


class WhenReader:
    """Reads one rule's ``when``. ``fault(path, what)`` is called for everything that is wrong with it."""

    def __init__(
        self,
        atlas: Atlas,
        facts: Mapping[str, FactDefinition],
        measurements: Mapping[str, Measurement],
        fault: Callable[[Path, str], None],
    ) -> None:
        self.atlas, self.facts, self.measurements, self.fault = atlas, facts, measurements, fault

    def read(self, raw: object, path: Path) -> e.Expression:
        """The expression that this piece of YAML says; something that is never so where it says nothing sound."""
        if not isinstance(raw, dict) or len(raw) != 1:
            self.fault(path, "each part of `when` is a mapping with exactly one key, such as `fact: haemophilia`")
            return e.Some(())
        key, value = next(iter(raw.items()))
        reader = getattr(self, f"_{str(key).replace('-', '_')}", None)
        if reader is None or str(key).startswith("_"):
            self.fault((*path, key), f"'{key}' is nothing that `when` can hold")
            return e.Some(())
        return reader(value, (*path, key))  # type: ignore[no-any-return]

    def _known(self, value: object, among: Mapping[str, Any] | frozenset[str], path: Path, what: str) -> str:
        if not isinstance(value, str) or value not in among:
            self.fault(path, f"'{value}' is no {what} that is known")
        return str(value)

    def _fact(self, value: object, path: Path) -> e.Expression:
        return e.Fact(self._known(value, self.facts, path, "fact"))

    def _here(self, value: object, path: Path) -> e.Expression:
        fact = self._known(value, self.facts, path, "fact")
        if fact in self.facts and not self.facts[fact].located:
            self.fault(
                path, f"'{fact}' is not located, so it lies nowhere; use `fact: {fact}` or set `located: yes` there"
            )
        return e.Here(fact)

    def _all(self, value: object, path: Path) -> e.Expression:
        return e.All(self._parts(value, path))

    def _any(self, value: object, path: Path) -> e.Expression:
        return e.Some(self._parts(value, path))

    def _parts(self, value: object, path: Path) -> tuple[e.Expression, ...]:
        if not isinstance(value, list) or not value:
            self.fault(path, "this wants a list of parts, and it may not be empty")
            return ()
        return tuple(self.read(part, (*path, n)) for n, part in enumerate(value))

    def _not(self, value: object, path: Path) -> e.Expression:
        return e.Not(self.read(value, path))

    def _quantity(self, value: object, path: Path) -> e.Expression:
        if not isinstance(value, dict):
            self.fault(path, "a quantity wants an id and a value, such as `{id: inr, above: 3}`")
            return e.Some(())
        return e.Quantity(self.between(value, path))

    def _measured(self, value: object, path: Path) -> e.Expression:
        return e.Surely(self._quantity(value, path))

    def between(self, value: Mapping[str, Any], path: Path) -> Between:
        """Two ends of a quantity, checked against what is believable of it."""
        name = self._known(value.get("id"), self.measurements, (*path, "id"), "measurement")
        unknown = set(value) - {"id", "above", "at_least", "below", "at_most"}
        for key in sorted(unknown):
            self.fault((*path, key), f"'{key}' is no way to compare; use above, at_least, below or at_most")
        low = value.get("above", value.get("at_least"))
        high = value.get("below", value.get("at_most"))
        if low is None and high is None:
            self.fault(path, "this compares with nothing; give above, at_least, below or at_most")
        measurement = self.measurements.get(name)
        for end in (low, high):
            if end is None:
                continue
            if isinstance(end, bool) or not isinstance(end, int | float):
                self.fault(path, f"'{end}' is no number")
                low = high = None
            elif measurement and not measurement.plausible[0] <= end <= measurement.plausible[1]:
                self.fault(path, f"{end:g} is outside what {name} can be in {measurement.unit}: is the unit right?")
        if low is not None and high is not None and low > high:
            self.fault(path, "no value lies in this range")
        return Between(name, low, "at_least" in value, high, "at_most" in value)

    def _beneath(self, value: object, path: Path) -> e.Expression:
        return e.Beneath(self._known(value, self.atlas.structures, path, "structure"))

    def _feature(self, value: object, path: Path) -> e.Expression:
        return e.Feature(self._known(value, FEATURES, path, "feature"))

    def _area(self, value: object, path: Path) -> e.Expression:
        area = self._known(value, self.atlas.areas, path, "area")
        return e.InArea(area, self.atlas.area_bits([area], None) if area in self.atlas.areas else 0)

    def _region(self, value: object, path: Path) -> e.Expression:
        return e.At("region", self._known(value, self.atlas.regions, path, "region"))

    def _muscle(self, value: object, path: Path) -> e.Expression:
        return e.At("muscle", self._known(value, self.atlas.muscles, path, "muscle"))

    def _barred(self, value: object, path: Path) -> e.Expression:
        return e.Barred(partly=True) if value == "partly" else self._only_yes(value, path, e.Barred())

    def _coarse(self, value: object, path: Path) -> e.Expression:
        return self._only_yes(value, path, e.NamedCoarsely())

    def _only_yes(self, value: object, path: Path, expression: e.Expression) -> e.Expression:
        if value is not True:
            self.fault(path, "this can only be `yes`; put `not:` around it for the opposite")
        return expression

    def _planned(self, value: object, path: Path) -> e.Expression:
        if not isinstance(value, dict) or len(value) != 1:
            self.fault(path, "a plan wants one key, such as `{technique: deep}`")
            return e.Some(())
        key, word = next(iter(value.items()))
        self._known(key, PLANS, path, "part of a plan")
        if key in PLANS:
            self._known(word, PLANS[key], (*path, key), key)
        return e.Planned(str(key), str(word))

    def _needle_may_reach(self, value: object, path: Path) -> e.Expression:
        if value == "any":
            return e.NeedleMayReach(None)
        return e.NeedleMayReach(self._known(value, self.atlas.structures, path, "structure"))

    def _session(self, value: object, path: Path) -> e.Expression:
        return e.Sitting(self._known(value, SITTINGS, path, "thing that can be said of a sitting"))
