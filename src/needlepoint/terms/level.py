"""How much a finding weighs: clear < adapt < weigh < stop."""

from enum import IntEnum


class Level(IntEnum):
    """The four answers to *may I be needled here?*, from best to worst.

    ``STOP`` is an absolute contraindication, ``WEIGH`` a relative one (someone has to decide and say why),
    ``ADAPT`` a precaution (needle, but differently). A finding of level ``CLEAR`` is a *note*.
    """

    CLEAR = 0
    ADAPT = 1
    WEIGH = 2
    STOP = 3

    @property
    def word(self) -> str:
        """The word for a clearance, as the contract spells it."""
        return self.name.lower()

    @property
    def finding_word(self) -> str:
        """The word for a finding: one that weighs nothing is a note."""
        return "note" if self is Level.CLEAR else self.word

    @classmethod
    def from_word(cls, word: str) -> "Level":
        """Which level does this word name? Raises ValueError for a word that names none."""
        if word == "note":
            return cls.CLEAR
        try:
            return cls[word.upper()]
        except KeyError:
            raise ValueError(f"'{word}' is no level: use stop, weigh, adapt, note or clear") from None
