"""How much one private link may write: a link can be passed on, and nobody who has it may fill the record of the clinic."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Sum, TextField
from django.db.models.functions import Cast, Length
from django.utils.translation import gettext as _

from needlepoint.clinic.records.models import Entry, PrivateLink
from needlepoint.clinic.records.seal import canonical

#: Entries that one private link may write into its visit: our own choice. All questions answered ten times over are fewer.
MOST_BY_LINK = 2_000
#: Letters in them, all together: our own choice. A hundred drawings are fewer.
MOST_LETTERS_BY_LINK = 4_000_000


@dataclass
class Room:
    """What is left of it."""

    entries: int
    letters: int

    def take(self, body: Mapping[str, Any]) -> bool:
        """Take the room that this needs, if there is as much."""
        letters = len(canonical(body))
        if self.entries < 1 or self.letters < letters:
            return False
        self.entries -= 1
        self.letters -= letters
        return True


def room_of(link: PrivateLink) -> Room:
    """How much may still be written by this link? Ask within the transaction that holds its visit."""
    written = Entry.objects.filter(link=link).aggregate(
        entries=Count("*"), letters=Sum(Length(Cast("body", TextField())))
    )
    return Room(MOST_BY_LINK - written["entries"], MOST_LETTERS_BY_LINK - (written["letters"] or 0))


def no_room() -> str:
    """Why nothing more is taken, in words for a patient."""
    return _("So much was written by this link that no more is taken. What was kept stays; tell your clinic the rest.")
