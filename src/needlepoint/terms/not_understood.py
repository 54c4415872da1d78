"""What nobody understood is shown, never dropped."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A text that nobody understood, and the known words nearest to it."""

    text: str
    origin: str
    nearest: tuple[str, ...] = ()
