"""Fields that were written, by people who may not have seen each other's words.

Whoever writes says which entries they saw. An entry that somebody saw and wrote over is superseded. What remains is the value of the field: one, or
several that did not see each other, a *conflict*, which only a person can settle, by writing a value that saw them all.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True)
class Wrote:
    """Somebody wrote a value into a field, having seen the entries ``seen``. ``value`` is plain JSON; ``None`` takes the field back."""

    id: str
    at: datetime
    field: str
    value: Any
    seen: frozenset[str] = frozenset()
    by: str = ""
    device: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """A value that stands, with the entries that wrote it (several, when people wrote the same without seeing each other)."""

    value: Any
    entries: tuple[str, ...]
    by: str
    device: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Written:
    """Every field that was written, with the values that stand in it, the latest first."""

    fields: Mapping[str, tuple[Value, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def value(self, name: str) -> Any:
        """The value of a field; ``None`` when it was never written, was taken back, or is in conflict: not known."""
        standing = self.fields.get(name, ())
        return standing[0].value if len(standing) == 1 else None

    def entries(self, name: str) -> tuple[str, ...]:
        """The entries that a writer of this field has seen who sees it now."""
        return tuple(one for value in self.fields.get(name, ()) for one in value.entries)

    @property
    def conflicts(self) -> Mapping[str, tuple[Value, ...]]:
        """The fields in which people did not see each other's words."""
        return {name: standing for name, standing in self.fields.items() if len(standing) > 1}

    @property
    def known(self) -> Mapping[str, Any]:
        """The fields with one value that was not taken back."""
        return {
            name: standing[0].value
            for name, standing in self.fields.items()
            if len(standing) == 1 and standing[0].value is not None
        }


def written(entries: Iterable[Wrote]) -> Written:
    """What do these entries add up to? Neither the order in which they come nor doubles matter."""
    by_field: dict[str, dict[str, Wrote]] = {}
    for entry in entries:
        by_field.setdefault(entry.field, {})[entry.id] = entry
    return Written(MappingProxyType({name: _standing(by_field[name]) for name in sorted(by_field)}))


def _standing(entries: Mapping[str, Wrote]) -> tuple[Value, ...]:
    superseded = {seen for one in entries.values() for seen in one.seen if _before(entries.get(seen), one)}
    standing = sorted(
        # Entries that all claim to have been seen by another, in a circle, hide nothing: then all stand.
        [one for one in entries.values() if one.id not in superseded] or entries.values(),
        key=lambda one: (one.at, one.id),
        reverse=True,
    )
    alike: list[list[Wrote]] = []
    for one in standing:
        for group in alike:
            if _same(group[0].value, one.value):
                group.append(one)
                break
        else:
            alike.append([one])
    return tuple(
        Value(group[0].value, tuple(one.id for one in group), group[0].by, group[0].device, group[0].at)
        for group in alike
    )


def _before(seen: Wrote | None, by: Wrote) -> bool:
    """An entry supersedes what it saw, and never itself. Two that claim to have seen each other cannot both be right: the later one stands."""
    if seen is None or seen.id == by.id:
        return False
    return by.id not in seen.seen or (by.at, by.id) > (seen.at, seen.id)


def _same(one: Any, other: Any) -> bool:
    """Equal as JSON: ``True`` is not ``1``."""
    if type(one) is not type(other) and not (isinstance(one, int | float) and isinstance(other, int | float)):
        return False
    if isinstance(one, bool) != isinstance(other, bool):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(_same(a, b) for a, b in zip(one, other, strict=True))
    return bool(one == other)
