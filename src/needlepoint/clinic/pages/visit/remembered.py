"""What a process remembers for a while: the last few things that took long to make."""

from collections import OrderedDict
from threading import Lock
from typing import Generic, TypeVar
from uuid import UUID

_Value = TypeVar("_Value")

#: Of which visit, and made from what.
Place = tuple[UUID, str]


class Remembered(Generic[_Value]):
    """The last values, each at its place; what was not asked for longest is forgotten first. Several threads may ask at once."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[Place, _Value] = OrderedDict()
        self._lock = Lock()

    def get(self, place: Place) -> _Value | None:
        """What is remembered there, if anything."""
        with self._lock:
            if place not in self._values:
                return None
            self._values.move_to_end(place)
            return self._values[place]

    def put(self, place: Place, value: _Value) -> _Value:
        """Remember this."""
        with self._lock:
            self._values[place] = value
            self._values.move_to_end(place)
            while len(self._values) > self._most:
                self._values.popitem(last=False)
        return value

    def forget(self) -> None:
        """Forget everything."""
        with self._lock:
            self._values.clear()
