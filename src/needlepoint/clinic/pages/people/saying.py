"""Ages, days and times, as they are said on a page."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def age(birth_date: date, on: date) -> str:
    """How old is somebody on this day? In days, weeks and months while a year says too little; not before the birth."""
    if on < birth_date:
        return _("not born yet")
    days = (on - birth_date).days
    months = (on.year - birth_date.year) * 12 + on.month - birth_date.month - (on.day < birth_date.day)
    if days == 0:
        return _("born today")
    if days < 14:
        return ngettext("%(n)d day old", "%(n)d days old", days) % {"n": days}
    if months < 3:
        return ngettext("%(n)d week old", "%(n)d weeks old", days // 7) % {"n": days // 7}
    if months < 24:
        return ngettext("%(n)d month old", "%(n)d months old", months) % {"n": months}
    return str(months // 12)


def day(on: date) -> str:
    """A day as `2 March 2026`."""
    return date_format(on, "j F Y")


def short_day(on: date) -> str:
    """A day as `2 Mar 2026`."""
    return date_format(on, "j M Y")


def clock(at: datetime) -> str:
    """A time of day in the clinic's time zone, as `09:30`."""
    return date_format(timezone.localtime(at), "H:i")


def moment(at: datetime) -> str:
    """A day and a time in the clinic's time zone, as `2 Mar 2026, 09:30`."""
    return date_format(timezone.localtime(at), "j M Y, H:i")


def side(told: str) -> str:
    """Which side, in words; nothing for what has none."""
    return {"left": _("left"), "right": _("right"), "midline": _("midline")}.get(told, "")


def title(kinds: Mapping[str, Any], id_: str) -> str:
    """What is called so in the knowledge; what is not known there is told as it was written."""
    found = kinds.get(id_)
    return str(found.title) if found else id_.replace("-", " ")


def place(muscle: str, told: str) -> str:
    """A muscle and its side, as `upper trapezius, left`."""
    return f"{muscle}, {side(told)}" if side(told) else muscle
