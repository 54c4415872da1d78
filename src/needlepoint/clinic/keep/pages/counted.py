"""How much a record holds, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Counted:
    """So many of a kind."""

    name: str
    words: str


def counted(rows: Mapping[str, int]) -> tuple[Counted, ...]:
    """What people have a word for; the rest is counted together."""
    return tuple(_counted(dict(rows)))


def _counted(rows: dict[str, int]) -> Iterator[Counted]:
    for key, name in _words().items():
        if count := rows.pop(key, 0):
            yield Counted(name, str(count))
    rows.pop("attachmentcontent", None)
    rows.pop("person", None)
    if rest := sum(rows.values()):
        yield Counted(_("Other rows"), str(rest))


def _words() -> dict[str, str]:
    return {
        "course": _("Courses of care"),
        "visit": _("Visits"),
        "entry": _("Entries of visits"),
        "note": _("Signed notes"),
        "addendum": _("Addenda"),
        "consent": _("Consents"),
        "session": _("Sessions"),
        "insertion": _("Needles"),
        "adverseevent": _("Adverse events"),
        "checkin": _("Questions asked afterwards"),
        "attachment": _("Pictures and documents"),
    }
