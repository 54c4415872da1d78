"""Left and right are the patient's own; a place in the middle has neither."""

from enum import StrEnum


class Side(StrEnum):
    """On which side of the patient a place lies."""

    LEFT = "left"
    RIGHT = "right"
    MIDLINE = "midline"

    @property
    def other(self) -> "Side":
        """The same place on the other side; the middle stays the middle."""
        return {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}.get(self, self)
